//! ## What it does
//! Finds edges into a `start` node and out of an `end` node.
//!
//! ## Why it is bad
//! A conversation begins at `start` and is over at `end`: the platform refuses an edge that says
//! otherwise. To begin again, lead to the node after `start`.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "bye" },
//!             { "id": "e2", "source": "bye", "target": "start" }] }
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
//! Never: such a flow cannot run.

use crate::command::dialog::delete_edge;
use crate::document::NodeKind;
use crate::problem::Severity;
use crate::rules::context::{DialogContext, EdgeAt, NodeAt};
use crate::rules::{Check, Proposal, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD107",
    name: "edge-against-type",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Edge,
    summary: "An edge enters a start node or leaves an end node.",
    check: Check::DialogEdge(check),
    veto: Some(refuse),
};

fn check(context: &DialogContext<'_>, index: EdgeAt, report: &mut Report<'_>) {
    let (Some(source), Some(target)) = (context.source(index), context.target(index)) else {
        return;
    };
    let Some(reason) = reason(context, source, target) else {
        return;
    };
    let edge = context.edge(index);
    let at = if context.node(source).kind == NodeKind::End {
        edge.source.at
    } else {
        edge.target.at
    };
    report
        .problem(at, format!("{reason} Remove the edge."))
        .id(&edge.id.text)
        .id(&edge.source.text)
        .id(&edge.target.text)
        .fix("Remove the edge", delete_edge(context.flow, index));
}

fn refuse(context: &DialogContext<'_>, proposal: &Proposal<'_>) -> Option<String> {
    let source = context.find(proposal.source)?;
    let target = context.find(proposal.target)?;
    reason(context, source, target)
}

fn reason(context: &DialogContext<'_>, source: NodeAt, target: NodeAt) -> Option<String> {
    let (from, to) = (context.node(source).kind, context.node(target).kind);
    if !is_against(from, to) {
        None
    } else if from == NodeKind::End {
        Some(format!(
            "\"{}\" ends the conversation, so nothing can follow it.",
            context.name(source)
        ))
    } else {
        Some(format!(
            "\"{}\" starts the conversation, so nothing can lead to it.",
            context.name(target)
        ))
    }
}

/// Whether an edge from the one kind of node to the other can never be right.
pub(in crate::rules) fn is_against(source: NodeKind, target: NodeKind) -> bool {
    source == NodeKind::End || target == NodeKind::Start
}
