//! ## What it does
//! Checks that `nextStep` is the id of a node of the flow that is linked to the payload. Without a
//! linked flow it only tells that this was not checked.
//!
//! ## Why it is bad
//! The dialog would have to go on at a node that does not exist.
//!
//! ## Example
//! ```json fails
//! { "dialogId": "d-1", "session": { "cart_total": 129.9 },
//!   "transition": { "nextStep": "checkout" } }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "dialogId": "d-1", "session": { "cart_total": 129.9 }, "user": { "tier": "gold" } }
//! ```
//!
//! ## When to switch it off
//! When the flow is not at hand.

use compact_str::CompactString;

use crate::command::payload::state_variables::set_next_step;
use crate::document::StateVariables;
use crate::expression::nearest;
use crate::problem::Severity;
use crate::rules::{Check, Payload, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "SV107",
    name: "next-step-missing",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Payload,
    summary: "The next step names no node of the linked flow.",
    check: Check::StateVariables(check),
    veto: None,
};

fn check(payload: &Payload<'_, StateVariables>, report: &mut Report<'_>) {
    let Some(step) = &payload.view.next_step else {
        return;
    };
    let id = &step.text;
    let Some(flow) = &payload.settings.links.flow else {
        let message = format!(
            "No flow is linked, so whether \"{id}\" is one of its nodes was not checked. Link the flow \
             of this dialog."
        );
        let finding = report.problem(step.at, message).id(id);
        finding.severity(Severity::Info);
        return;
    };
    if flow.nodes.contains(id) {
        return;
    }
    let message = format!(
        "The flow \"{}\" has no node \"{id}\", so the dialog cannot go on there. Choose one of its \
         nodes.",
        flow.name
    );
    let finding = report.problem(step.at, message).id(id);
    if let Some(meant) = nearest(id, flow.nodes.iter().map(CompactString::as_str)) {
        finding.fix(
            format!("Go on at \"{meant}\""),
            set_next_step(payload.view, Some(meant)),
        );
    }
}
