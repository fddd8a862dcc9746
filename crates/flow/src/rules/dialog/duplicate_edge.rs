//! ## What it does
//! Finds edges whose source, target and condition an earlier edge has too.
//!
//! ## Why it is bad
//! The later edge is never taken. Somebody who changes one of the two will wonder why nothing
//! changes.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "bye" },
//!             { "id": "e2", "source": "start", "target": "bye" }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "bye" }] }
//! ```
//!
//! ## When to switch it off
//! Never: removing the second edge changes nothing.

use crate::command::dialog::delete_edge;
use crate::problem::Severity;
use crate::rules::context::{DialogContext, EdgeAt};
use crate::rules::{Check, Proposal, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD108",
    name: "duplicate-edge",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "Two edges have the same source, target and condition.",
    check: Check::Dialog(check),
    veto: Some(refuse),
};

fn check(context: &DialogContext<'_>, report: &mut Report<'_>) {
    for node in 0..context.flow.nodes.len() {
        if context.edges_out(node).len() < 2 {
            continue;
        }
        let key = |edge: EdgeAt| (context.target(edge), condition(context, edge));
        let mut edges: Vec<EdgeAt> = context
            .edges_out(node)
            .filter(|&edge| context.is_whole(edge))
            .collect();
        edges.sort_unstable_by_key(|&edge| (key(edge), edge));
        for same in edges.chunk_by(|&a, &b| key(a) == key(b)) {
            for &later in &same[1..] {
                describe(context, same[0], later, report);
            }
        }
    }
}

fn condition<'a>(context: &DialogContext<'a>, edge: EdgeAt) -> Option<&'a str> {
    let condition = context.edge(edge).condition.as_ref();
    condition.map(|condition| condition.text.as_str())
}

fn describe(context: &DialogContext<'_>, first: EdgeAt, later: EdgeAt, report: &mut Report<'_>) {
    let (first, edge) = (context.edge(first), context.edge(later));
    let message = format!(
        "Edge \"{}\" has the same ends and the same condition as \"{}\", so it is never taken. \
         Remove it.",
        edge.id.text, first.id.text
    );
    report
        .problem(edge.at, message)
        .id(&edge.id.text)
        .id(&first.id.text)
        .related(first.at, "The edge that is taken.")
        .fix("Remove the edge", delete_edge(context.flow, later));
}

fn refuse(context: &DialogContext<'_>, proposal: &Proposal<'_>) -> Option<String> {
    let (source, target) = (
        context.find(proposal.source)?,
        context.find(proposal.target)?,
    );
    let taken = context.edges_out(source).any(|edge| {
        proposal.replaces != Some(edge)
            && context.target(edge) == Some(target)
            && condition(context, edge) == proposal.condition
    });
    taken.then(|| {
        let (source, target) = (context.name(source), context.name(target));
        match proposal.condition {
            Some(condition) => {
                format!("\"{source}\" already leads to \"{target}\" when {condition}.")
            }
            None => format!("\"{source}\" already leads to \"{target}\" without a condition."),
        }
    })
}
