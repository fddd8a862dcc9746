//! ## What it does
//! Computes the checksum of the flow in a sync payload and compares it with the one that stands
//! there: SHA-256, in lower case, of the flow with sorted keys as Python's `json.dumps(flow,
//! sort_keys=True)` writes it.
//!
//! ## Why it is bad
//! The platform refuses the payload. A checksum that does not match means that the flow was
//! changed after it was exported, by hand or on the way.
//!
//! ## Example
//! ```json fails
//! { "dialog_id": "f", "version": "1.0.0", "exported_at": "2026-01-01T00:00:00Z",
//!   "artifact":
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "bye" }] },
//!   "checksum": "5d41402abc4b2a76b9719d911017c592" }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "dialog_id": "f", "version": "1.0.0", "exported_at": "2026-01-01T00:00:00Z",
//!   "artifact":
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "bye" }] },
//!   "checksum": "4435a4f683197ffb6c7662b856b818e44d6f4114a31d4ede0576bd0703cb2a74" }
//! ```
//!
//! ## When to switch it off
//! Never: such a payload is refused.

use crate::checksum::checksum;
use crate::command::{Change, Command};
use crate::problem::Severity;
use crate::rules::context::DialogContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD601",
    name: "artifact-checksum",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Text,
    summary: "The checksum of a sync payload does not match its flow.",
    check: Check::Dialog(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, report: &mut Report<'_>) {
    let root = context.tree.root();
    if context.flow.at == root.id() {
        return; // A flow on its own carries no checksum.
    }
    let checksum = checksum(context.value(context.flow.at));
    let command = |change| Command::one("Set checksum", change);
    let Some(found) = root.get("checksum") else {
        let message = "The payload has no checksum, so the platform refuses it. Add it.";
        let change = Change::SetMember {
            at: root.id(),
            key: "checksum".to_owned(),
            value: checksum.as_str().into(),
        };
        report
            .problem(root.id(), message.to_owned())
            .id(&context.flow.id.text)
            .fix("Add the checksum", command(change));
        return;
    };
    if found.is_text(&checksum) {
        return;
    }
    let message = "The checksum does not match the flow: it was changed after the checksum was made, \
                   and the platform refuses it. Look at what changed, then set the checksum anew.";
    let change = Change::Replace {
        at: found.id(),
        value: checksum.as_str().into(),
    };
    report
        .problem(found.id(), message.to_owned())
        .id(&context.flow.id.text)
        .fix("Set the checksum anew", command(change));
}
