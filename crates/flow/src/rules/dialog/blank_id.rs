//! ## What it does
//! Finds ids of the flow, of nodes and of edges, and names of variables, that are empty or only
//! white space.
//!
//! ## Why it is bad
//! Nothing can refer to it, neither an edge nor a report nor an update through the platform.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "", "source": "start", "target": "bye" }] }
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

use crate::command::dialog::{rename_node_id, set_text};
use crate::document::Field;
use crate::problem::Severity;
use crate::rules::context::DialogContext;
use crate::rules::ids::FreeIds;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD105",
    name: "blank-id",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "The id of the flow, of a node or of an edge is empty, or the name of a variable.",
    check: Check::Dialog(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, report: &mut Report<'_>) {
    let flow = context.flow;
    if is_blank(&flow.id) {
        report.problem(flow.id.at, message("flow", "id"));
    }
    for variable in &flow.variables {
        if is_blank(&variable.name) {
            report.problem(variable.name.at, message("variable", "name"));
        }
    }
    let mut free = FreeIds::new(context.nodes_by_id());
    for (index, node) in flow.nodes.iter().enumerate() {
        if !is_blank(&node.id) {
            continue;
        }
        let id = free.take(node.kind.as_type());
        // References to the blank id mean the first node that has it.
        let command = if context.find(&node.id.text) == Some(index) {
            rename_node_id(flow, index, &id)
        } else {
            set_text("Name node", node.id.at, &id)
        };
        report
            .problem(node.id.at, message("node", "id"))
            .id(&node.id.text)
            .fix(format!("Call it \"{id}\""), command);
    }
    if !flow.edges.iter().any(|edge| is_blank(&edge.id)) {
        return;
    }
    let mut free = FreeIds::new(context.edges_by_id());
    for edge in flow.edges.iter().filter(|edge| is_blank(&edge.id)) {
        let id = free.take("edge");
        report
            .problem(edge.id.at, message("edge", "id"))
            .id(&edge.id.text)
            .fix(
                format!("Call it \"{id}\""),
                set_text("Name edge", edge.id.at, &id),
            );
    }
}

fn is_blank(field: &Field) -> bool {
    field.text.trim().is_empty()
}

fn message(what: &str, key: &str) -> String {
    format!("The {key} of this {what} is empty, so nothing can refer to it. Give it one.")
}
