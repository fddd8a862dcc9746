//! ## What it does
//! Checks that `entryPoint` is the id of a node of the flow.
//!
//! ## Why it is bad
//! A conversation starts at the entry point. Without it the platform has nowhere to start: the
//! flow can be uploaded, but it never answers.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "begin",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "bye" }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "bye" }] }
//! ```
//!
//! ## When to switch it off
//! Never: such a flow cannot run.

use crate::command::dialog::set_text;
use crate::document::NodeKind;
use crate::problem::Severity;
use crate::rules::context::DialogContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD101",
    name: "entry-point-missing",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "The entry point names no node.",
    check: Check::Dialog(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, report: &mut Report<'_>) {
    let entry = &context.flow.entry_point;
    if context.entry().is_some() {
        return;
    }
    let message = format!(
        "The entry point \"{}\" names no node, so a conversation has nowhere to start. Choose the \
         node where it starts.",
        entry.text
    );
    let finding = report.problem(entry.at, message).id(&entry.text);
    let mut starts = context
        .flow
        .nodes
        .iter()
        .filter(|node| node.kind == NodeKind::Start);
    if let (Some(start), None) = (starts.next(), starts.next()) {
        finding.fix(
            format!("Start at \"{}\"", start.id.text),
            set_text("Set entry point", entry.at, &start.id.text),
        );
    }
}
