//! ## What it does
//! Finds nodes whose label, and flows whose name, is empty or only white space.
//!
//! ## Why it is bad
//! On the canvas, in reports and in the platform's own lists nobody can tell it from others.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "bye", "type": "end", "label": "" }],
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
//! Where flows are generated and never read.

use crate::problem::Severity;
use crate::rules::context::DialogContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD109",
    name: "blank-label",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Node,
    summary: "A label or the name of the flow is empty.",
    check: Check::Dialog(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, report: &mut Report<'_>) {
    let flow = context.flow;
    if flow.name.text.trim().is_empty() {
        let message = "The flow has no name, so nobody can tell it from others in a list. Name it.";
        report
            .problem(flow.name.at, message.to_owned())
            .id(&flow.id.text);
    }
    for node in &flow.nodes {
        if node.label.text.trim().is_empty() {
            let message = format!(
                "Node \"{}\" has no label, so a reader cannot see what it is for. Say it in a few \
                 words.",
                node.id.text
            );
            report.problem(node.label.at, message).id(&node.id.text);
        }
    }
}
