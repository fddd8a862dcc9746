//! ## What it does
//! Finds nodes that share an id, edges that share an id, and variables that share a name. A node
//! and an edge may have the same id. Blank ids are `blank-id`.
//!
//! ## Why it is bad
//! An edge to a shared id can mean either node: the platform takes one of them, and which one is
//! not said anywhere. Updates by id change the wrong one.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "bye", "type": "end", "label": "Bye" },
//!             { "id": "bye", "type": "end", "label": "Bye again" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "bye" }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "bye", "type": "end", "label": "Bye" },
//!             { "id": "bye_2", "type": "end", "label": "Bye again" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "bye" },
//!             { "id": "e2", "source": "start", "target": "bye_2", "condition": "context.tired" }],
//!   "variables": [{ "name": "tired", "type": "boolean" }] }
//! ```
//!
//! ## When to switch it off
//! Never: such a flow cannot run.

use crate::command::dialog::set_text;
use crate::document::Field;
use crate::problem::Severity;
use crate::rules::context::DialogContext;
use crate::rules::ids::{FreeIds, Ids};
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD104",
    name: "duplicate-id",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "Two nodes or two edges share an id, or two variables a name.",
    check: Check::Dialog(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, report: &mut Report<'_>) {
    let flow = context.flow;
    let nodes = |index: usize| &flow.nodes[index].id;
    find("node", "id", context.nodes_by_id(), nodes, report);
    let edges = |index: usize| &flow.edges[index].id;
    find("edge", "id", context.edges_by_id(), edges, report);
    let variables = |index: usize| &flow.variables[index].name;
    find(
        "variable",
        "name",
        context.variables_by_name(),
        variables,
        report,
    );
}

/// Reports what shares an id within one list. References mean the first, so the later one can be
/// renamed without touching anything else.
fn find<'a>(
    what: &str,
    key: &str,
    ids: &Ids,
    field: impl Fn(usize) -> &'a Field,
    report: &mut Report<'_>,
) {
    let mut free = FreeIds::new(ids);
    for &(later, earlier) in &ids.repeated {
        let (later, earlier) = (field(later), field(earlier));
        if later.text.trim().is_empty() {
            continue;
        }
        let message = format!(
            "The {what} {key} \"{}\" is taken by an earlier {what}, so what refers to it may mean \
             either. Give this one another {key}.",
            later.text
        );
        let id = free.take(&later.text);
        report
            .problem(later.at, message)
            .id(&later.text)
            .related(earlier.at, format!("The first {what} with this {key}."))
            .fix(
                format!("Rename it to \"{id}\""),
                set_text(format!("Rename {what}"), later.at, &id),
            );
    }
}
