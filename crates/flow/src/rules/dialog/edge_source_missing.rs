//! ## What it does
//! Checks that every edge leaves a node that exists.
//!
//! ## Why it is bad
//! No conversation can ever take the edge. Mostly its node was renamed or deleted by hand, and
//! what it led to is cut off.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "bye" },
//!             { "id": "e2", "source": "strat", "target": "bye" }] }
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
    code: "FD102",
    name: "edge-source-missing",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Edge,
    summary: "An edge leaves a node that does not exist.",
    check: Check::DialogEdge(check),
    veto: Some(refuse),
};

fn check(context: &DialogContext<'_>, index: EdgeAt, report: &mut Report<'_>) {
    if context.source(index).is_some() {
        return;
    }
    let edge = context.edge(index);
    let message = format!(
        "Edge \"{}\" leaves \"{}\", which is no node, so no conversation can take it. Connect it \
         to a node, or remove it.",
        edge.id.text, edge.source.text
    );
    report
        .problem(edge.source.at, message)
        .id(&edge.id.text)
        .id(&edge.source.text)
        .fix("Remove the edge", delete_edge(context.flow, index));
}

fn refuse(context: &DialogContext<'_>, proposal: &Proposal<'_>) -> Option<String> {
    context.find(proposal.source).is_none().then(|| {
        format!(
            "\"{}\" is no node, so nothing can leave it.",
            proposal.source
        )
    })
}
