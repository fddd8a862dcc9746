//! ## What it does
//! Looks at the heads of branches: `then` and `else` belong under an `if`, `case` and `default` under a
//! `switch`, and so on. A branch goes on after its head, not under it. Under nodes of types that Flowdeck does
//! not know, anything may stand.
//!
//! ## Why it is bad
//! The platform looks for the branch by its head. A branch without one, or a head without its parent, is
//! never run.
//!
//! ## Example
//! ```json fails
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "if", "label": "Is it late?", "config": {} },
//!             { "_id": "4", "type": "then" },
//!             { "_id": "2", "type": "end" }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "2", "children": ["4"] },
//!                 { "node": "4", "next": null, "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "if", "label": "Is it late?", "config": {} },
//!             { "_id": "4", "type": "then" },
//!             { "_id": "5", "type": "else" },
//!             { "_id": "2", "type": "end" }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "2", "children": ["4", "5"] },
//!                 { "node": "4", "next": null, "children": [] },
//!                 { "node": "5", "next": null, "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## When to switch it off
//! Never: such a branch does not run.

use crate::document::chart::types::{Branch, Count, Family, branches_of, is_marker, parent_of};
use crate::document::{ChartNode, Field};
use crate::problem::Severity;
use crate::rules::chart_context::ChartContext;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CH102",
    name: "branch-marker-misplaced",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "A branch stands where it cannot be, or is missing.",
    check: Check::Chart(check),
    veto: None,
};

fn check(context: &ChartContext<'_>, report: &mut Report<'_>) {
    let structure = context.structure();
    for (index, relation) in context.chart.relations.iter().enumerate() {
        let Some(node) = structure.ids.find(&relation.node.text) else {
            continue;
        };
        let node = u32::try_from(node).unwrap_or(u32::MAX);
        // A second relation is a problem of its own.
        if structure.relation(node) != Some(index) {
            continue;
        }
        in_chain(context, node, relation.next.as_ref(), report);
        let find = |id: &str| structure.ids.find(id);
        let children: Option<Vec<&ChartNode>> = relation
            .children
            .iter()
            .map(|field| find(&field.text).map(|child| &context.chart.nodes[child]))
            .collect();
        for (field, child) in relation.children.iter().zip(children.iter().flatten()) {
            under(context.node(node), child, field, report);
        }
        // What an unknown id was meant to be is not known either.
        if let Some(children) = children {
            counted(context.node(node), &children, report);
        }
    }
}

/// A head of a branch that follows another node in a chain.
fn in_chain(context: &ChartContext<'_>, node: u32, next: Option<&Field>, report: &mut Report<'_>) {
    let Some(next) = next else { return };
    let Some(head) = context.structure().ids.find(&next.text) else {
        return;
    };
    let head = &context.chart.nodes[head];
    if let Some(parent) = parent_of(&head.type_name.text) {
        let message = format!(
            "\"{}\" is the head of a branch and follows \"{}\", where it does nothing. Put it under a \
             node of the type {parent}, or remove it.",
            Quoted(head.name()),
            Quoted(context.node(node).name())
        );
        report.problem(next.at, message).id(&head.id.text);
    }
}

/// A child that is no branch of its parent.
fn under(parent: &ChartNode, child: &ChartNode, at: &Field, report: &mut Report<'_>) {
    let (parent_type, child_type) = (&parent.type_name.text, &child.type_name.text);
    let branches = branches_of(parent_type);
    if branches
        .iter()
        .any(|branch| branch.marker == child_type.as_str())
    {
        return;
    }
    let (name, called) = (Quoted(parent.name()), Quoted(child.name()));
    let message = if is_marker(parent_type) {
        format!(
            "\"{called}\" stands under \"{name}\", the head of a branch, and is never run there. What a \
             branch does follows its head: make it the next of \"{name}\"."
        )
    } else if branches.is_empty() || is_of_extension(parent_type, child_type) {
        return;
    } else if let Some(rightful) = parent_of(child_type) {
        format!(
            "\"{called}\" is a branch of a node of the type {rightful} and stands under \"{name}\", so it \
             is never run. Move it, or remove it."
        )
    } else {
        format!(
            "\"{called}\" stands under \"{name}\" as if it were a branch, and is never run there. Put it \
             behind the head of a branch."
        )
    };
    report
        .problem(at.at, message)
        .id(&child.id.text)
        .id(&parent.id.text);
}

/// Newer versions bring branches that are not known here, such as further tools of an agent.
fn is_of_extension(parent_type: &str, child_type: &str) -> bool {
    child_type.starts_with(parent_type) || Family::of(child_type) == Family::Other
}

/// Branches that a node lacks, or has twice.
fn counted(parent: &ChartNode, children: &[&ChartNode], report: &mut Report<'_>) {
    let name = Quoted(parent.name());
    let mut missing = Vec::new();
    for &Branch { marker, count } in branches_of(&parent.type_name.text) {
        let found = children
            .iter()
            .filter(|child| child.type_name.text == marker);
        match (found.count(), count) {
            (1, _) | (_, Count::Any) => {}
            (0, Count::One) => missing.push(marker),
            (count, Count::One) => {
                let message = format!(
                    "\"{name}\" has {count} branches {marker}, and only one can be taken. Remove the \
                     others."
                );
                report
                    .problem(parent.type_name.at, message)
                    .id(&parent.id.text);
            }
        }
    }
    if !missing.is_empty() {
        let message = format!(
            "\"{name}\" lacks the branch {}, so Cognigy.AI cannot go on where it would be taken. Put it \
             there, even if it is empty.",
            missing.join(" and the branch ")
        );
        report
            .problem(parent.type_name.at, message)
            .id(&parent.id.text);
    }
}
