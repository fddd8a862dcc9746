//! ## What it does
//! Looks for `{{` in conditions of `if` nodes that are written as an expression. A condition is an expression
//! already. In the two values of a rule the braces are right.
//!
//! ## Why it is bad
//! In a condition the braces mean a block of code, not a value, so the branch is chosen by chance.
//!
//! ## Example
//! ```json fails
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "if", "label": "Is it late?",
//!               "config": { "condition": { "type": "condition", "condition": "{{context.hour}} > 20", "rule": { "left": "1", "operand": "eq", "right": "1" } } } },
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
//!               "config": { "condition": { "type": "condition", "condition": "context.hour > 20", "rule": { "left": "1", "operand": "eq", "right": "1" } } } },
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
//! Never: without the braces the condition says what is meant.

use crate::command::dialog::replace_within;
use crate::problem::Severity;
use crate::rules::chart_context::ChartContext;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};
use std::ops::Range;

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CH501",
    name: "script-in-condition",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Text,
    summary: "The condition of an if has double braces in it.",
    check: Check::Chart(check),
    veto: None,
};

fn check(context: &ChartContext<'_>, report: &mut Report<'_>) {
    for (node, condition) in context.expressions() {
        let text = condition.as_str().unwrap_or_default();
        let Some(at) = text.find("{{") else { continue };
        let message = format!(
            "The condition of \"{}\" has double braces in it, which mean a value in texts only: here the \
             branch is chosen by chance. Write the expression without them.",
            Quoted(node.name())
        );
        let finding = report
            .problem(condition.id(), message)
            .within(at..at + 2)
            .id(&node.id.text);
        if let Some(braces) = braces(&text) {
            let command = replace_within(
                "Remove double braces",
                context.tree,
                condition.id(),
                braces,
                "",
            );
            finding.fix("Remove the double braces", command);
        }
    }
}

/// Where the double braces of a condition are, when each pair is closed and none stands in a text in
/// quotes: then the condition means without them what was meant with them.
fn braces(text: &str) -> Option<Vec<Range<usize>>> {
    let bytes = text.as_bytes();
    let (mut found, mut is_open, mut quote) = (Vec::new(), false, None);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let pair = &bytes[at..bytes.len().min(at + 2)];
        let is_brace = pair == b"{{" || pair == b"}}";
        match (byte, quote) {
            (b'\\', _) | (b'{' | b'}', Some(_)) => return None,
            (b'"' | b'\'' | b'`', None) => quote = Some(byte),
            (_, Some(open)) if open == byte => quote = None,
            _ if is_brace && quote.is_none() => {
                if is_open != (byte == b'}') {
                    return None;
                }
                is_open = !is_open;
                found.push(at..at + 2);
                at += 1;
            }
            (b'{' | b'}', None) => return None,
            _ => {}
        }
        at += 1;
    }
    (!is_open && quote.is_none()).then_some(found)
}
