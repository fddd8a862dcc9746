//! ## What it does
//! Checks that the type of every node is one of `start`, `intent`, `action`, `condition`, `end`,
//! `fallback`.
//!
//! ## Why it is bad
//! The platform does not know what to do at such a node and refuses the flow.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "bye", "type": "ende", "label": "Bye" }],
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
use crate::rules::context::{DialogContext, NodeAt};
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD202",
    name: "unsupported-node-type",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Node,
    summary: "A node has a type the platform does not know.",
    check: Check::DialogNode(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, index: NodeAt, report: &mut Report<'_>) {
    let node = context.node(index);
    if node.kind != NodeKind::Unknown {
        return;
    }
    let message = format!(
        "\"{}\" has the type \"{}\", which the platform does not know. The types are start, intent, \
         action, condition, end and fallback.",
        context.name(index),
        node.type_name.text
    );
    let finding = report.problem(node.type_name.at, message).id(&node.id.text);
    if let Some(meant) = context.meant_type(index) {
        finding.fix(
            format!("Change it to {meant}"),
            set_text("Change type", node.type_name.at, meant),
        );
    }
}
