//! ## What it does
//! Follows jumps (`goTo`, `executeFlow`, `aiAgentHandover`) through all charts that are opened together, within
//! a flow too, and finds loops without a node that waits (`question`, `optionalQuestion`, `wait`, `aiAgentJob`)
//! and without a `goTo` that waits for input. A loop is reported in each of its charts, at the first of its
//! jumps there. Disabled nodes are passed over.
//!
//! ## Why it is bad
//! The conversation goes round by itself, says the same again and again, and is cut off by the platform.
//!
//! ## Example
//! ```json fails
//! { "nodes": [{ "_id": "1", "type": "start", "referenceId": "s-1" },
//!             { "_id": "3", "type": "say", "label": "Greet",
//!               "config": { "say": { "type": "text", "text": ["Hi"] } } },
//!             { "_id": "4", "type": "goTo", "label": "Again",
//!               "config": { "flowNode": { "flow": "f-1", "node": "s-1" }, "executionMode": "continue" } },
//!             { "_id": "2", "type": "end" }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "4", "children": [] },
//!                 { "node": "4", "next": "2", "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "nodes": [{ "_id": "1", "type": "start", "referenceId": "s-1" },
//!             { "_id": "3", "type": "say", "label": "Greet",
//!               "config": { "say": { "type": "text", "text": ["Hi"] } } },
//!             { "_id": "4", "type": "goTo", "label": "Again",
//!               "config": { "flowNode": { "flow": "f-1", "node": "s-1" }, "executionMode": "wait" } },
//!             { "_id": "2", "type": "end" }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "4", "children": [] },
//!                 { "node": "4", "next": "2", "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## When to switch it off
//! Where flows count their rounds themselves and leave the loop in time.

use crate::document::chart::types::is_marker;
use crate::problem::Severity;
use crate::rules::chart_context::ChartContext;
use crate::rules::chart_index::{ChartIndex, Destination, NodeOf};
use crate::rules::wording::{Quoted, list, way_round};
use crate::rules::{Check, Report, Rule, Scope};
use compact_str::CompactString;
use std::collections::BTreeSet;

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CH303",
    name: "jump-loop",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "Jumps lead round in a loop that never waits for the user.",
    check: Check::Chart(check),
    veto: None,
};

fn check(context: &ChartContext<'_>, report: &mut Report<'_>) {
    let beside = context.beside();
    let (index, loops) = (&beside.index, beside.index.loops());
    let mut seen = BTreeSet::new();
    for (number, node) in (0_u32..).zip(&context.chart.nodes) {
        let Some(jump) = node.jump.as_ref().filter(|_| !node.is_disabled) else {
            continue;
        };
        let at = context.node_of(number);
        let Some((number, found)) = loops.loop_of(at) else {
            continue;
        };
        let Destination::Node(target) = context.destination(jump) else {
            continue;
        };
        // Another jump of the loop may be what leads round.
        let is_on_it = loops
            .loop_of(target)
            .is_some_and(|(other, _)| other == number);
        if !is_on_it || !seen.insert(number) {
            continue;
        }
        let way = loops.way_round(at, target);
        let own = way.iter().filter(|step| step.chart == at.chart);
        let ids = own
            .filter_map(|&step| index.node(step))
            .map(|step| &step.id);
        let message = message(index, &way, found.can_leave);
        report.problem(jump.at, message).ids(ids);
    }
}

fn message(index: &ChartIndex, way: &[NodeOf], can_leave: bool) -> String {
    // The heads of branches say nothing to a reader.
    let nodes = way.iter().filter_map(|&step| index.node(step));
    let nodes = nodes.filter(|node| !is_marker(&node.type_name));
    let names: Vec<Quoted<'_>> = nodes.map(|node| Quoted(&node.name)).collect();
    let charts: BTreeSet<u32> = way.iter().map(|step| step.chart).collect();
    let flow = |&chart: &u32| index.charts()[chart as usize].flow_name();
    let flows: Vec<&CompactString> = charts.iter().filter_map(flow).collect();
    let flows: Vec<Quoted<'_>> = flows.into_iter().map(|name| Quoted(name)).collect();
    let between = match (charts.len(), flows.is_empty()) {
        (0 | 1, _) => " within this flow".to_owned(),
        (count, true) => format!(" between {count} flows"),
        (_, false) => format!(" between the flows {}", list(&flows)),
    };
    let way = way_round(&names);
    if can_leave {
        format!(
            "A conversation can go round{between} without waiting for the user: {way}. Make sure that \
             something on the way ends it, or let the jump wait for input."
        )
    } else {
        format!(
            "A conversation goes round{between} and never waits for the user: {way}. Ask something on \
             the way, or let the jump wait for input."
        )
    }
}
