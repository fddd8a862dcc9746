//! ## What it does
//! Finds loops: sets of nodes that all lead to each other, with no `end` or `fallback` node among
//! them. Nodes whose property `isFallback` is true are part of an intended loop and are left out
//! first.
//!
//! It is an error when nothing leads out of the loop, or when one can go round without passing an
//! `intent` node, which waits for the user. It is a warning when the loop waits and has a way out.
//! The shortest way round through the first node of the loop is shown.
//!
//! ## Why it is bad
//! A conversation in a loop that does not wait never answers again. One that waits but has no way
//! out never ends.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "ask", "type": "action", "label": "Ask again" },
//!             { "id": "check", "type": "condition", "label": "Check" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "ask" },
//!             { "id": "e2", "source": "ask", "target": "check" },
//!             { "id": "e3", "source": "check", "target": "bye", "condition": "context.done" },
//!             { "id": "e4", "source": "check", "target": "ask" }],
//!   "variables": [{ "name": "done", "type": "boolean", "default": false }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "ask", "type": "intent", "label": "Answer", "properties": { "isFallback": true } },
//!             { "id": "check", "type": "condition", "label": "Check" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "ask" },
//!             { "id": "e2", "source": "ask", "target": "check" },
//!             { "id": "e3", "source": "check", "target": "bye", "condition": "context.done" },
//!             { "id": "e4", "source": "check", "target": "ask" }],
//!   "variables": [{ "name": "done", "type": "boolean", "default": false }] }
//! ```
//!
//! ## When to switch it off
//! Rather mark one node of an intended loop with `isFallback`: then the loop is documented where
//! it is.

use crate::command::dialog::set_property;
use crate::document::NodeKind;
use crate::json::NewValue;
use crate::problem::Severity;
use crate::rules::context::{DialogContext, NodeAt};
use crate::rules::loops::Loop;
use crate::rules::wording::way_round;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD403",
    name: "endless-loop",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "Nodes lead round in a circle without an end.",
    check: Check::Dialog(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, report: &mut Report<'_>) {
    for found in context.loops() {
        let way = found.shortest_way(context);
        let (severity, reason) = describe(found);
        let message = format!("{} is a loop. {reason}", spelled(context, &way));
        let mut on_way: Vec<NodeAt> = way.clone();
        on_way.sort_unstable();
        let beside = found
            .nodes
            .iter()
            .filter(|node| on_way.binary_search(node).is_err());
        let mut finding = report
            .problem(context.node(way[0]).at, message)
            .severity(severity)
            .ids(
                way.iter()
                    .chain(beside)
                    .map(|&node| &context.node(node).id.text),
            );
        if context.settings.all_cycles > 0 {
            for other in found.more_ways(context, &way, context.settings.all_cycles) {
                let message = format!("Another way round: {}.", spelled(context, &other));
                finding = finding.related(context.node(other[0]).at, message);
            }
        }
        let waiting = way
            .iter()
            .find(|&&node| context.node(node).kind == NodeKind::Intent);
        if let (Severity::Warning, Some(&chosen)) = (severity, waiting) {
            let mark = Some(NewValue::Literal("true".to_owned()));
            finding.fix(
                format!(
                    "Mark \"{}\" as part of an intended loop",
                    context.name(chosen)
                ),
                set_property(context.flow, chosen, "isFallback", mark, context.tree),
            );
        }
    }
}

/// How bad a loop is, why, and what to do.
fn describe(found: &Loop) -> (Severity, &'static str) {
    match (found.can_leave, found.restless.is_empty()) {
        (false, false) => (
            Severity::Error,
            "Nothing leads out of it and it does not wait for the user, so the conversation hangs \
             for ever. Break the loop.",
        ),
        (false, true) => (
            Severity::Error,
            "Nothing leads out of it, so the conversation never ends. Connect one of its nodes to an \
             end.",
        ),
        (true, false) => (
            Severity::Error,
            "It does not wait for the user, so the conversation can hang for ever. Put an intent \
             node into it, or break it.",
        ),
        (true, true) => (
            Severity::Warning,
            "It waits for the user and has a way out, so it may be intended: then mark it. Otherwise \
             break it.",
        ),
    }
}

fn spelled(context: &DialogContext<'_>, way: &[NodeAt]) -> String {
    let names: Vec<_> = way.iter().map(|&node| context.name(node)).collect();
    way_round(&names)
}
