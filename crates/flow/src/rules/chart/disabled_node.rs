//! ## What it does
//! Counts the disabled nodes of a chart, and names them.
//!
//! ## Why it is bad
//! A disabled node is passed over. Often it was switched off for a test, and forgotten.
//!
//! ## Example
//! ```json fails
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "say", "label": "Greet", "isDisabled": true,
//!               "config": { "say": { "type": "text", "text": ["Hi"] } } },
//!             { "_id": "2", "type": "end" }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "2", "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "say", "label": "Greet",
//!               "config": { "say": { "type": "text", "text": ["Hi"] } } },
//!             { "_id": "2", "type": "end" }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "2", "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## When to switch it off
//! Where disabled nodes are kept for later as a habit.

use crate::problem::Severity;
use crate::rules::chart_context::ChartContext;
use crate::rules::wording::{Quoted, list};
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CH403",
    name: "disabled-node",
    severity: Severity::Info,
    since: "0.1.0",
    scope: Scope::Node,
    summary: "Nodes of the chart are disabled.",
    check: Check::Chart(check),
    veto: None,
};

fn check(context: &ChartContext<'_>, report: &mut Report<'_>) {
    let nodes = context.chart.nodes.iter();
    let disabled: Vec<_> = nodes.filter(|node| node.is_disabled).collect();
    let Some(first) = disabled.first() else {
        return;
    };
    let names: Vec<Quoted<'_>> = disabled.iter().map(|node| Quoted(node.name())).collect();
    let message = match disabled.len() {
        1 => format!(
            "{} is disabled, so it is passed over. Enable it, or remove it when it is not needed.",
            list(&names)
        ),
        count => format!(
            "{count} nodes are disabled, so they are passed over: {}. Enable them, or remove those that \
             are not needed.",
            list(&names)
        ),
    };
    let ids = disabled.iter().map(|node| &node.id.text);
    report.problem(first.at, message).ids(ids);
}
