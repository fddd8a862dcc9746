//! ## What it does
//! Finds nodes behind a `goTo` that continues, or behind a `stop`, in the same chain. What comes there by a jump
//! of its own, or is marked as an entry point, is run all the same, with all that follows it. An `end` or
//! another `stop` there does no harm.
//!
//! ## Why it is bad
//! What was put there is never said or done, although the chart looks as if it were.
//!
//! ## Example
//! ```json fails
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "stop", "label": "Stop here" },
//!             { "_id": "4", "type": "say", "label": "Say goodbye",
//!               "config": { "say": { "type": "text", "text": ["Bye"] } } },
//!             { "_id": "2", "type": "end" }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "4", "children": [] },
//!                 { "node": "4", "next": "2", "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "say", "label": "Say goodbye",
//!               "config": { "say": { "type": "text", "text": ["Bye"] } } },
//!             { "_id": "4", "type": "stop", "label": "Stop here" },
//!             { "_id": "2", "type": "end" }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "4", "children": [] },
//!                 { "node": "4", "next": "2", "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## When to switch it off
//! Where nodes are kept behind a stop on purpose while a flow is being built.

use crate::document::ChartNode;
use crate::document::chart::types::{is_stop, waits};
use crate::problem::Severity;
use crate::rules::chart_context::ChartContext;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CH401",
    name: "unreachable-after-stop",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Node,
    summary: "Nodes follow a goTo or a stop and are never run.",
    check: Check::Chart(check),
    veto: None,
};

fn check(context: &ChartContext<'_>, report: &mut Report<'_>) {
    let structure = context.structure();
    let order = structure.order();
    let mut at = 0;
    while let Some(step) = order.get(at) {
        at += 1;
        let node = context.node(step.node);
        if !stops(node) {
            continue;
        }
        let (mut behind, mut last) = (Vec::new(), structure.next(step.node));
        while let Some(next) = last.filter(|&next| !is_run(context, next)) {
            behind.push(next);
            last = structure.next(next);
        }
        // What stops behind a stop is told with it.
        let behind_it = structure.below(step.node).len();
        let kept = last.map_or(0, |last| structure.below(last).len());
        at += behind_it - kept - 1;
        let does_something = |&&next: &&u32| {
            let next = context.node(next);
            !next.is_disabled && !matches!(next.type_name.text.as_str(), "end" | "stop")
        };
        let Some(first) = behind.iter().find(does_something) else {
            continue;
        };
        let first_node = context.node(*first);
        let message = format!(
            "\"{}\" follows \"{}\", after which the conversation does not go on here, so it is never run. \
             Move it in front of that, or remove it.",
            Quoted(first_node.name()),
            Quoted(node.name())
        );
        let ids = behind.iter().skip_while(|next| *next != first);
        report
            .problem(first_node.at, message)
            .ids(ids.map(|&next| &context.node(next).id.text))
            .related(node.at, "After this the conversation does not go on");
    }
}

/// Whether nothing after a node in its chain is run.
fn stops(node: &ChartNode) -> bool {
    let may_wait = node.jump.as_ref().is_some_and(|jump| jump.waits);
    !node.is_disabled && is_stop(&node.type_name.text) && !may_wait
}

/// Whether a conversation comes to a node by another way than along its chain.
fn is_run(context: &ChartContext<'_>, node: u32) -> bool {
    let own = context.node(node);
    // Questions are entry points whether or not somebody wants that.
    let is_marked = own.is_entry_point == Some(true) && !waits(&own.type_name.text);
    is_marked || context.beside().index.is_jumped_to(context.node_of(node))
}
