//! ## What it does
//! Finds nodes to which no path leads from the entry point. Nodes that only hang off an
//! unreachable node are listed with it, not one by one: mend the first and the rest follows.
//!
//! ## Why it is bad
//! Whatever these nodes do never happens. Mostly a connection was forgotten or deleted.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "help", "type": "action", "label": "Help" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "bye" },
//!             { "id": "e2", "source": "help", "target": "bye" }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "help", "type": "action", "label": "Help" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "help" },
//!             { "id": "e2", "source": "help", "target": "bye" }] }
//! ```
//!
//! ## When to switch it off
//! While a branch is being built. Rather acknowledge it with a reason.

use petgraph::graph::NodeIndex;
use petgraph::visit::{Dfs, Visitable};

use crate::problem::Severity;
use crate::rules::context::DialogContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD401",
    name: "unreachable-node",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "No path leads to a node from the entry point.",
    check: Check::Dialog(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, report: &mut Report<'_>) {
    if context.entry().is_none() {
        return; // Everything would be unreachable: that is the entry point's problem.
    }
    let reachable = context.reachable();
    if reachable.iter().all(|&reached| reached) {
        return;
    }
    let graph = context.graph();
    let mut roots = roots(context, reachable);
    // A root takes along what hangs off it and what no earlier root took.
    let mut walk = Dfs::from_parts(Vec::new(), graph.visit_map());
    roots.sort_unstable();
    for root in roots {
        let mut cut_off = Vec::new();
        walk.move_to(NodeIndex::new(root));
        while let Some(node) = walk.next(graph) {
            if !reachable[node.index()] && node.index() != root {
                cut_off.push(node.index());
            }
        }
        cut_off.sort_unstable();
        let node = context.node(root);
        let more = match cut_off.len() {
            0 => String::new(),
            1 => " 1 more node hangs off it.".to_owned(),
            count => format!(" {count} more nodes hang off it."),
        };
        let message = format!(
            "No path leads from the entry point to \"{}\", so what it does never happens.{more} \
             Connect it, or delete it.",
            node.label.text
        );
        report
            .problem(node.at, message)
            .id(&node.id.text)
            .ids(cut_off.iter().map(|&node| &context.node(node).id.text));
    }
}

/// The first node, in file order, of every unreachable component into which no other leads.
fn roots(context: &DialogContext<'_>, reachable: &[bool]) -> Vec<usize> {
    let components = context.components();
    let mut entered = vec![false; components.members.len()];
    for (node, _) in reachable
        .iter()
        .enumerate()
        .filter(|&(_, &reached)| !reached)
    {
        for next in context.successors(node) {
            if components.of[next] != components.of[node] {
                entered[components.of[next]] = true;
            }
        }
    }
    components
        .members
        .iter()
        .enumerate()
        .filter(|(index, members)| !entered[*index] && !reachable[members[0]])
        .map(|(_, members)| members[0])
        .collect()
}
