//! ## What it does
//! Finds sets of nodes that a conversation cannot leave once it is there, with no `end` or
//! `fallback` node among them. What is already said by `dead-end-node` or `endless-loop` is not
//! said again, so what remains are loops that were marked with `isFallback`: marking a loop as
//! intended does not give it an end.
//!
//! ## Why it is bad
//! A conversation that gets there goes on until the user gives up.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "ask", "type": "intent", "label": "Ask", "properties": { "isFallback": true } },
//!             { "id": "reply", "type": "action", "label": "Reply" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "ask" },
//!             { "id": "e2", "source": "ask", "target": "reply" },
//!             { "id": "e3", "source": "reply", "target": "ask" }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "ask", "type": "intent", "label": "Ask", "properties": { "isFallback": true } },
//!             { "id": "reply", "type": "action", "label": "Reply" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "ask" },
//!             { "id": "e2", "source": "ask", "target": "reply" },
//!             { "id": "e3", "source": "reply", "target": "ask" },
//!             { "id": "e4", "source": "reply", "target": "bye", "condition": "context.done" }],
//!   "variables": [{ "name": "done", "type": "boolean", "default": false }] }
//! ```
//!
//! ## When to switch it off
//! Where a conversation is meant to go on until the user leaves.

use crate::problem::Severity;
use crate::rules::context::DialogContext;
use crate::rules::wording::list;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD404",
    name: "no-path-to-end",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "Nodes that only lead to each other, with no end among them.",
    check: Check::Dialog(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, report: &mut Report<'_>) {
    if context.can_end().iter().all(|&ends| ends) {
        return;
    }
    let components = context.components();
    let mut said = vec![false; components.count()];
    for found in context.loops() {
        said[components.of[found.nodes[0]]] = true;
    }
    for (index, said) in said.into_iter().enumerate() {
        let first = components.first(index);
        let dead_end = context.successors(first).next().is_none();
        if said || dead_end || context.can_end()[first] || context.leaves(index) {
            continue;
        }
        let names: Vec<_> = components
            .members(index)
            .map(|node| context.name(node))
            .collect();
        let message = format!(
            "No end can be reached from {}: once there, a conversation goes on until the user gives \
             up. Connect one of these nodes to an end.",
            list(&names)
        );
        report.problem(context.node(first).at, message).ids(
            components
                .members(index)
                .map(|node| &context.node(node).id.text),
        );
    }
}
