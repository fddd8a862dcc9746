//! ## What it does
//! Reads the conditions of `if` nodes that are written as an expression. They are JavaScript, which has more
//! than Flowdeck can judge. So only what cannot be right is reported: brackets that do not match, texts
//! that do not end, operators without a value, values without an operator, nothing at all.
//!
//! ## Why it is bad
//! The platform cannot evaluate the condition, so the branch is never taken.
//!
//! ## Example
//! ```json fails
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "if", "label": "Is it late?",
//!               "config": { "condition": { "type": "condition", "condition": "context.hour > && profile.awake", "rule": { "left": "1", "operand": "eq", "right": "1" } } } },
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
//!               "config": { "condition": { "type": "condition", "condition": "context.hour > 20 && profile.awake", "rule": { "left": "1", "operand": "eq", "right": "1" } } } },
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
//! Never: such a condition cannot be evaluated.

use crate::cognigy_script::without_snippets;
use crate::expression::{impossible, parse};
use crate::problem::Severity;
use crate::rules::chart_context::ChartContext;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CH502",
    name: "condition-syntax",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Text,
    summary: "The condition of an if cannot be read.",
    check: Check::Chart(check),
    veto: None,
};

fn check(context: &ChartContext<'_>, report: &mut Report<'_>) {
    for (node, condition) in context.expressions() {
        let text = condition.as_str().unwrap_or_default();
        // Double braces are a problem of their own.
        if text.contains("{{") || parse(&text).is_valid() {
            continue;
        }
        let Some(error) = impossible(&without_snippets(&text)) else {
            continue;
        };
        let name = Quoted(node.name());
        if text.trim().is_empty() {
            let message = format!(
                "The condition of \"{name}\" is empty, so its branch is never taken. Write what has to \
                 be true."
            );
            report.problem(condition.id(), message).id(&node.id.text);
            continue;
        }
        let column = text[..error.span.range().start].chars().count() + 1;
        let message = format!(
            "The condition of \"{name}\" cannot be read at column {column}, so its branch is never \
             taken: {}",
            error.message
        );
        report
            .problem(condition.id(), message)
            .within(error.span.range())
            .id(&node.id.text);
    }
}
