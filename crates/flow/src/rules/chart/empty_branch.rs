//! ## What it does
//! Finds branches with no body, or with nothing but disabled nodes in it. What an agent does when it calls no
//! tool (`aiAgentJobDefault`) may be empty, and disabled nodes are passed over with their branches.
//!
//! ## Why it is bad
//! It may be that nothing is to be done there. It may be as well that somebody forgot it.
//!
//! ## Example
//! ```json fails
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "if", "label": "Is it late?",
//!               "config": { "condition": { "type": "condition", "condition": "context.rounds > 3", "rule": { "left": "1", "operand": "eq", "right": "1" } } } },
//!             { "_id": "4", "type": "then", "label": "Yes" },
//!             { "_id": "5", "type": "else", "label": "No" },
//!             { "_id": "6", "type": "say", "label": "Late",
//!               "config": { "say": { "type": "text", "text": ["Late"] } } },
//!             { "_id": "2", "type": "end" }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "2", "children": ["4", "5"] },
//!                 { "node": "4", "next": "6", "children": [] },
//!                 { "node": "5", "next": null, "children": [] },
//!                 { "node": "6", "next": null, "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "if", "label": "Is it late?",
//!               "config": { "condition": { "type": "condition", "condition": "context.rounds > 3", "rule": { "left": "1", "operand": "eq", "right": "1" } } } },
//!             { "_id": "4", "type": "then", "label": "Yes" },
//!             { "_id": "5", "type": "else", "label": "No" },
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
//! Where branches without a body are a habit, such as an `if` without an `else`.

use crate::document::chart::Place;
use crate::document::chart::types::{branches_of, is_marker};
use crate::problem::Severity;
use crate::rules::chart_context::ChartContext;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CH402",
    name: "empty-branch",
    severity: Severity::Info,
    since: "0.1.0",
    scope: Scope::Node,
    summary: "A branch does nothing.",
    check: Check::Chart(check),
    veto: None,
};

fn check(context: &ChartContext<'_>, report: &mut Report<'_>) {
    let structure = context.structure();
    for step in structure.order() {
        let node = context.node(step.node);
        let type_name = node.type_name.text.as_str();
        let Some(Place::Under(parent)) = structure.place(step.node) else {
            continue;
        };
        let parent = context.node(parent);
        let is_head = is_marker(type_name) && type_name != "aiAgentJobDefault";
        let is_off = node.is_disabled || parent.is_disabled;
        // One in a wrong place is told for that.
        let own = branches_of(&parent.type_name.text);
        let is_misplaced = !own.is_empty() && own.iter().all(|branch| branch.marker != type_name);
        if !is_head || is_off || is_misplaced || !structure.children(step.node).is_empty() {
            continue;
        }
        let mut body =
            std::iter::successors(structure.next(step.node), |&node| structure.next(node));
        if body.any(|node| !context.node(node).is_disabled) {
            continue;
        }
        let named = if node.name() == type_name {
            String::new()
        } else {
            format!(" \"{}\"", Quoted(node.name()))
        };
        let message = format!(
            "The branch {type_name}{named} of \"{}\" does nothing. Put in what is to happen there, unless \
             that is meant.",
            Quoted(parent.name())
        );
        report
            .problem(node.at, message)
            .id(&node.id.text)
            .id(&parent.id.text);
    }
}
