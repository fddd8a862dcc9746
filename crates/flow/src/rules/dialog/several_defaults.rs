//! ## What it does
//! Finds nodes with several unconditional edges. Alternatives are no problem: edges into `intent`
//! nodes, among which the user's input decides, with one edge into a `fallback` node for input
//! that fits none.
//!
//! ## Why it is bad
//! Only one of them is ever taken. Which one is not said in the flow.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "a", "type": "end", "label": "A" },
//!             { "id": "b", "type": "end", "label": "B" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "a" },
//!             { "id": "e2", "source": "start", "target": "b" }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "a", "type": "intent", "label": "A" },
//!             { "id": "b", "type": "intent", "label": "B" },
//!             { "id": "sorry", "type": "fallback", "label": "Sorry" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "a" },
//!             { "id": "e2", "source": "start", "target": "b" },
//!             { "id": "e3", "source": "start", "target": "sorry" },
//!             { "id": "e4", "source": "a", "target": "bye" },
//!             { "id": "e5", "source": "b", "target": "bye" }] }
//! ```
//!
//! ## When to switch it off
//! Never: only one of the edges has an effect.

use crate::document::NodeKind;
use crate::problem::Severity;
use crate::rules::context::{DialogContext, EdgeAt, NodeAt};
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD506",
    name: "several-defaults",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Node,
    summary: "Several edges without a condition leave a node and are no alternatives.",
    check: Check::DialogNode(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, index: NodeAt, report: &mut Report<'_>) {
    let is_default = |&edge: &EdgeAt| context.edge(edge).condition.is_none();
    if context.edges_out(index).filter(is_default).nth(1).is_none() {
        return;
    }
    let mut defaults: Vec<(NodeAt, EdgeAt)> = context
        .edges_out(index)
        .filter(is_default)
        .filter_map(|edge| Some((context.target(edge)?, edge)))
        .collect();
    // Several edges to one node are duplicates, which is another problem.
    defaults.sort_unstable();
    defaults.dedup_by_key(|(target, _)| *target);
    let count = |kind: NodeKind| {
        let of_kind = |&&(target, _): &&(NodeAt, EdgeAt)| context.node(target).kind == kind;
        defaults.iter().filter(of_kind).count()
    };
    let (intents, fallbacks) = (count(NodeKind::Intent), count(NodeKind::Fallback));
    let others = defaults.len() - intents - fallbacks;
    let alternatives = intents > 0 && others == 0 && fallbacks <= 1;
    if defaults.len() < 2 || alternatives {
        return;
    }
    let mut edges: Vec<EdgeAt> = defaults.into_iter().map(|(_, edge)| edge).collect();
    edges.sort_unstable();
    let node = context.node(index);
    let message = format!(
        "{} edges without a condition leave \"{}\", and only one of them is ever taken. Give the \
         others a condition, or remove them.",
        edges.len(),
        context.name(index)
    );
    let mut finding = report
        .problem(context.edge(edges[1]).at, message)
        .id(&node.id.text)
        .ids(edges.iter().map(|&edge| &context.edge(edge).id.text));
    for &edge in edges.iter().filter(|&&edge| edge != edges[1]) {
        finding = finding.related(context.edge(edge).at, "Has no condition either.");
    }
}
