//! ## What it does
//! Compares the values of the cases under one node. Values differ where any letter does. Disabled cases are
//! passed over.
//!
//! ## Why it is bad
//! The first of them is taken, and the other one never.
//!
//! ## Example
//! ```json fails
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "switch", "label": "Choose",
//!               "config": { "switch": { "type": "cognigyScript", "operator": "context.choice" } } },
//!             { "_id": "4", "type": "default" },
//!             { "_id": "10", "type": "case", "label": "Case 10", "config": { "case": { "value": "yes" } } },
//!             { "_id": "11", "type": "case", "label": "Case 11", "config": { "case": { "value": "yes" } } },
//!             { "_id": "2", "type": "end" }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "2", "children": ["4", "10", "11"] },
//!                 { "node": "4", "next": null, "children": [] },
//!                 { "node": "10", "next": null, "children": [] },
//!                 { "node": "11", "next": null, "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "switch", "label": "Choose",
//!               "config": { "switch": { "type": "cognigyScript", "operator": "context.choice" } } },
//!             { "_id": "4", "type": "default" },
//!             { "_id": "10", "type": "case", "label": "Case 10", "config": { "case": { "value": "yes" } } },
//!             { "_id": "11", "type": "case", "label": "Case 11", "config": { "case": { "value": "no" } } },
//!             { "_id": "2", "type": "end" }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "2", "children": ["4", "10", "11"] },
//!                 { "node": "4", "next": null, "children": [] },
//!                 { "node": "10", "next": null, "children": [] },
//!                 { "node": "11", "next": null, "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## When to switch it off
//! Never: such a case is not taken.

use crate::problem::Severity;
use crate::rules::chart_context::ChartContext;
use crate::rules::ids::Map;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CH602",
    name: "duplicate-case",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Node,
    summary: "Two cases of a switch have the same value.",
    check: Check::Chart(check),
    veto: None,
};

fn check(context: &ChartContext<'_>, report: &mut Report<'_>) {
    let structure = context.structure();
    let mut seen = Map::default();
    for step in structure.order() {
        let children = structure.children(step.node);
        seen.clear();
        for &child in children {
            let node = context.node(child);
            let value = node
                .setting(context.tree, "case")
                .and_then(|case| case.get("value"));
            let Some(value) = value.filter(|_| !node.is_disabled && node.type_name.text == "case")
            else {
                continue;
            };
            let text = value.as_str().unwrap_or_else(|| value.raw().into());
            let Some(first) = seen.get(&text).copied() else {
                seen.insert(text, value.id());
                continue;
            };
            let message = format!(
                "\"{}\" is for \"{}\" too, which an earlier case of \"{}\" takes, so it is never run. \
                 Give it another value, or remove it.",
                Quoted(node.name()),
                Quoted(&text),
                Quoted(context.node(step.node).name())
            );
            report
                .problem(value.id(), message)
                .id(&node.id.text)
                .related(first, "The case that is taken");
        }
    }
}
