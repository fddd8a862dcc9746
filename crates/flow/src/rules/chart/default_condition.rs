//! ## What it does
//! Finds `if` nodes whose rule is `1` equals `1`, as every new one has it. The rule does not count where the node
//! uses an expression.
//!
//! ## Why it is bad
//! One is always one: the first branch is always taken, and the other one never.
//!
//! ## Example
//! ```json fails
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "if", "label": "Is it late?",
//!               "config": { "condition": { "type": "rule", "condition": "", "rule": { "left": "1", "operand": "eq", "right": "1" } } } },
//!             { "_id": "4", "type": "then" },
//!             { "_id": "5", "type": "else" },
//!             { "_id": "6", "type": "say", "label": "Late",
//!               "config": { "say": { "type": "text", "text": ["Late"] } } },
//!             { "_id": "7", "type": "say", "label": "Early",
//!               "config": { "say": { "type": "text", "text": ["Early"] } } },
//!             { "_id": "2", "type": "end" }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "2", "children": ["4", "5"] },
//!                 { "node": "4", "next": "6", "children": [] },
//!                 { "node": "5", "next": "7", "children": [] },
//!                 { "node": "6", "next": null, "children": [] },
//!                 { "node": "7", "next": null, "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "if", "label": "Is it late?",
//!               "config": { "condition": { "type": "rule", "condition": "", "rule": { "left": "{{context.hour}}", "operand": "gt", "right": "20" } } } },
//!             { "_id": "4", "type": "then" },
//!             { "_id": "5", "type": "else" },
//!             { "_id": "6", "type": "say", "label": "Late",
//!               "config": { "say": { "type": "text", "text": ["Late"] } } },
//!             { "_id": "7", "type": "say", "label": "Early",
//!               "config": { "say": { "type": "text", "text": ["Early"] } } },
//!             { "_id": "2", "type": "end" }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "2", "children": ["4", "5"] },
//!                 { "node": "4", "next": "6", "children": [] },
//!                 { "node": "5", "next": "7", "children": [] },
//!                 { "node": "6", "next": null, "children": [] },
//!                 { "node": "7", "next": null, "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## When to switch it off
//! Where you switch branches on and off this way while building a flow.

use crate::document::chart::{IfCondition, is_untouched};
use crate::problem::Severity;
use crate::rules::chart_context::ChartContext;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CH503",
    name: "default-condition",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Node,
    summary: "An if still has the rule it was made with.",
    check: Check::Chart(check),
    veto: None,
};

fn check(context: &ChartContext<'_>, report: &mut Report<'_>) {
    for node in &context.chart.nodes {
        let Some(IfCondition::Rule(rule)) = IfCondition::of(node, context.tree) else {
            continue;
        };
        if is_untouched(rule) {
            let message = format!(
                "\"{}\" still asks whether 1 equals 1, as every new if does, so its first branch is \
                 always taken. Put in what it should ask.",
                Quoted(node.name())
            );
            report.problem(rule.id(), message).id(&node.id.text);
        }
    }
}
