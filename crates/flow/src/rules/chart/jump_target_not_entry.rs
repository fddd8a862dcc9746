//! ## What it does
//! Finds `goTo` nodes whose target is not marked as an entry point.
//!
//! ## Why it is bad
//! Entry points are where an author expects conversations to come in. A jump into the middle of a chain
//! skips what was prepared before it, and breaks when somebody rearranges that chain.
//!
//! ## Example
//! ```json fails
//! { "nodes": [{ "_id": "1", "type": "start" }, { "_id": "2", "type": "end" },
//!             { "_id": "3", "type": "say", "referenceId": "r-3", "label": "Greet", "config": { "say": { "text": ["Hi"] } } },
//!             { "_id": "4", "type": "goTo", "label": "Again",
//!               "config": { "executionMode": "wait", "flowNode": { "flow": "f-1", "node": "r-3" } } }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "4", "children": [] },
//!                 { "node": "4", "next": "2", "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "nodes": [{ "_id": "1", "type": "start" }, { "_id": "2", "type": "end" },
//!             { "_id": "3", "type": "say", "referenceId": "r-3", "label": "Greet", "isEntryPoint": true,
//!               "config": { "say": { "text": ["Hi"] } } },
//!             { "_id": "4", "type": "goTo", "label": "Again",
//!               "config": { "executionMode": "wait", "flowNode": { "flow": "f-1", "node": "r-3" } } }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "4", "children": [] },
//!                 { "node": "4", "next": "2", "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## When to switch it off
//! In projects that jump to any node as a matter of habit: the platform allows it.

use crate::problem::Severity;
use crate::rules::chart_context::ChartContext;
use crate::rules::chart_index::Destination;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CH302",
    name: "jump-target-not-entry",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Node,
    summary: "A goTo leads to a node that is not an entry point.",
    check: Check::Chart(check),
    veto: None,
};

fn check(context: &ChartContext<'_>, report: &mut Report<'_>) {
    let index = &context.beside().index;
    for node in &context.chart.nodes {
        let Some(jump) = node.jump.as_ref().filter(|_| node.type_name.text == "goTo") else {
            continue;
        };
        let Destination::Node(at) = context.destination(jump) else {
            continue;
        };
        let Some(target) = index.node(at).filter(|target| !target.may_be_entered) else {
            continue;
        };
        let message = format!(
            "\"{}\" goes to \"{}\", which is not marked as an entry point: whoever rearranges that \
             chain does not see that a conversation comes in there. Mark it, or go to an entry point.",
            Quoted(node.name()),
            Quoted(&target.name)
        );
        report
            .problem(jump.at, message)
            .id(&node.id.text)
            .id(&target.id);
    }
}
