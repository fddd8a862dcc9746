//! ## What it does
//! Finds nodes all of whose outgoing edges have conditions, unless one of the conditions holds in
//! every case, as with `x == 1` and `x != 1`. `x > 5` and `x <= 5` leave something over: `x` may
//! be undefined. For a `condition` node it is a warning, for other types an information.
//!
//! ## Why it is bad
//! When no condition holds the conversation is stranded: nothing follows, and nothing says so.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "check", "type": "condition", "label": "Check" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "check" },
//!             { "id": "e2", "source": "check", "target": "bye", "condition": "intent.confidence > 0.8" }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "check", "type": "condition", "label": "Check" },
//!             { "id": "sorry", "type": "fallback", "label": "Sorry" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "check" },
//!             { "id": "e2", "source": "check", "target": "bye", "condition": "intent.confidence > 0.8" },
//!             { "id": "e3", "source": "check", "target": "sorry" }] }
//! ```
//!
//! ## When to switch it off
//! Where the conditions of a node are known to cover every case.

use crate::document::NodeKind;
use crate::problem::Severity;
use crate::rules::context::{DialogContext, EdgeAt, NodeAt};
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD505",
    name: "missing-default",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Node,
    summary: "All branches of a node have conditions, and possibly none of them holds.",
    check: Check::DialogNode(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, index: NodeAt, report: &mut Report<'_>) {
    let mut edges = context.edges_out(index);
    let has_default = edges
        .clone()
        .any(|edge| context.edge(edge).condition.is_none());
    if edges.len() == 0 || has_default || context.is_terminal(index) {
        return;
    }
    let conditions = context.conditions();
    let mut polarities = Vec::with_capacity(edges.len());
    for condition in edges.clone().filter_map(|edge| conditions.get(edge)) {
        if !condition.expression.is_valid() {
            return; // What it was meant to be is not known.
        }
        polarities.push(condition.polarity);
    }
    polarities.sort_unstable();
    let exhaustive = polarities.windows(2).any(|pair| {
        pair[0].fingerprint == pair[1].fingerprint && pair[0].positive != pair[1].positive
    });
    let always = |edge: EdgeAt| {
        let condition = conditions.get(edge);
        condition.and_then(|condition| condition.expression.constant()) == Some(true)
    };
    if exhaustive || edges.any(always) {
        return;
    }
    let node = context.node(index);
    let severity = if node.kind == NodeKind::Condition {
        Severity::Warning
    } else {
        Severity::Info
    };
    let message = format!(
        "Every branch of \"{}\" has a condition. When none of them holds, the conversation is \
         stranded. Add a branch without a condition.",
        context.name(index)
    );
    report
        .problem(node.at, message)
        .severity(severity)
        .id(&node.id.text);
}
