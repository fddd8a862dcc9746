//! ## What it does
//! Finds nodes to which no path leads from the entry point. Nodes that only hang off an
//! unreachable node are listed with it, not one by one: mend the first and the rest follows.
//!
//! ## Why it is bad
//! Whatever these nodes do never happens. Mostly a connection was forgotten or deleted.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "help", "type": "action", "label": "Help" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "bye" },
//!             { "id": "e2", "source": "help", "target": "bye" }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "help", "type": "action", "label": "Help" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "help" },
//!             { "id": "e2", "source": "help", "target": "bye" }] }
//! ```
//!
//! ## When to switch it off
//! While a branch is being built. Rather acknowledge it with a reason.

use crate::problem::Severity;
use crate::rules::context::DialogContext;
use crate::rules::cut_off::cut_off;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD401",
    name: "unreachable-node",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "No path leads to a node from the entry point.",
    check: Check::Dialog(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, report: &mut Report<'_>) {
    if context.entry().is_none() {
        return; // Everything would be unreachable: that is the entry point's problem.
    }
    if context.reachable().iter().all(|&reached| reached) {
        return;
    }
    for part in cut_off(context.graph(), context.components(), context.reachable()) {
        let node = context.node(part.root);
        let more = match part.rest.len() {
            0 => String::new(),
            1 => " 1 more node hangs off it.".to_owned(),
            count => format!(" {count} more nodes hang off it."),
        };
        let message = format!(
            "No path leads from the entry point to \"{}\", so what it does never happens.{more} \
             Connect it, or delete it.",
            node.label.text
        );
        report
            .problem(node.at, message)
            .id(&node.id.text)
            .ids(part.rest.iter().map(|&node| &context.node(node).id.text));
    }
}
