//! ## What it does
//! Finds code nodes that were saved with `hasError`: the editor of Cognigy.AI could not compile the code.
//!
//! ## Why it is bad
//! The node fails when a conversation comes to it.
//!
//! ## Example
//! ```json fails
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "code", "label": "Prepare",
//!               "config": { "code": "const a = ;", "hasError": true } },
//!             { "_id": "2", "type": "end" }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "2", "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "code", "label": "Prepare",
//!               "config": { "code": "const a = 1;", "hasError": false } },
//!             { "_id": "2", "type": "end" }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "2", "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## When to switch it off
//! Never: such code does not run.

use crate::problem::Severity;
use crate::rules::chart_context::ChartContext;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CH505",
    name: "code-error",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Node,
    summary: "The code of a node has a mistake, as Cognigy.AI found itself.",
    check: Check::Chart(check),
    veto: None,
};

fn check(context: &ChartContext<'_>, report: &mut Report<'_>) {
    for node in &context.chart.nodes {
        let Some(mark) = node.setting(context.tree, "hasError") else {
            continue;
        };
        if node.type_name.text == "code" && mark.as_bool() == Some(true) {
            let message = format!(
                "Cognigy.AI could not compile the code of \"{}\" when it was saved, so the node fails \
                 when a conversation comes to it. Correct the code there.",
                Quoted(node.name())
            );
            report.problem(mark.id(), message).id(&node.id.text);
        }
    }
}
