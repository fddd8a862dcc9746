//! ## What it does
//! Says once when a chart comes without the settings (`config`) of its nodes, as charts from the API do. The
//! rules about texts, code, requests and secrets then have nothing to look at. Conditions of `if` nodes and
//! the targets of jumps are taken from the preview, where that has them.
//!
//! ## Why it is bad
//! A file without problems looks sound. Without settings it is only a file of which little is known.
//!
//! ## Example
//! ```json fails
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "say", "label": "Greet" },
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
//! Where you check the order of nodes alone, and know it.

use crate::problem::Severity;
use crate::rules::chart_context::ChartContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CH001",
    name: "settings-not-included",
    severity: Severity::Info,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "The settings of the nodes are not in the file.",
    check: Check::Chart(check),
    veto: None,
};

fn check(context: &ChartContext<'_>, report: &mut Report<'_>) {
    if context.chart.has_configs {
        return;
    }
    let message = "The settings of the nodes are not in this file, so the rules about texts, code, \
                   requests and secrets could not look at them. Export the flow as a package, or with \
                   the Cognigy command line, to have all of it checked.";
    report.problem(context.nodes_at(), message.to_owned());
}
