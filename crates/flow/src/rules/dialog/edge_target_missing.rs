//! ## What it does
//! Checks that every edge leads to a node that exists.
//!
//! ## Why it is bad
//! A conversation that takes the edge has no next node: the platform refuses the flow, or the
//! conversation stops without an answer.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "by" }] }
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
use crate::problem::Severity;
use crate::rules::context::{DialogContext, EdgeAt};
use crate::rules::{Check, Proposal, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD103",
    name: "edge-target-missing",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Edge,
    summary: "An edge leads to a node that does not exist.",
    check: Check::DialogEdge(check),
    veto: Some(refuse),
};

fn check(context: &DialogContext<'_>, index: EdgeAt, report: &mut Report<'_>) {
    if context.target(index).is_some() {
        return;
    }
    let edge = context.edge(index);
    let message = format!(
        "Edge \"{}\" leads to \"{}\", which is no node. A conversation that takes it stops \
         without an answer. Connect it to a node, or remove it.",
        edge.id.text, edge.target.text
    );
    report
        .problem(edge.target.at, message)
        .id(&edge.id.text)
        .id(&edge.target.text)
        .fix("Remove the edge", delete_edge(context.flow, index));
}

fn refuse(context: &DialogContext<'_>, proposal: &Proposal<'_>) -> Option<String> {
    context.find(proposal.target).is_none().then(|| {
        format!(
            "\"{}\" is no node, so nothing can lead to it.",
            proposal.target
        )
    })
}
