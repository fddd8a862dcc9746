//! ## What it does
//! Finds nodes that are neither `end` nor `fallback` and have no outgoing edge.
//!
//! ## Why it is bad
//! The conversation stays there for ever: the user gets no answer and nothing says it is over.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "hello", "type": "action", "label": "Say hello" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "hello" }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "hello", "type": "action", "label": "Say hello" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "hello" },
//!             { "id": "e2", "source": "hello", "target": "bye" }] }
//! ```
//!
//! ## When to switch it off
//! While a branch is being built. Rather acknowledge it with a reason.

use crate::problem::Severity;
use crate::rules::context::{DialogContext, NodeAt};
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD402",
    name: "dead-end-node",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Node,
    summary: "A node that is not terminal has no outgoing edge.",
    check: Check::DialogNode(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, index: NodeAt, report: &mut Report<'_>) {
    if context.is_terminal(index) || context.successors(index).next().is_some() {
        return;
    }
    let node = context.node(index);
    let message = format!(
        "\"{}\" leads nowhere and does not end the conversation: the user waits for ever. \
         Connect it to the next node, or to an end.",
        context.name(index)
    );
    report.problem(node.at, message).id(&node.id.text);
}
