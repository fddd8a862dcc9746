//! ## What it does
//! Looks at the relations, which say what follows what. Each node has one, each but the `start` is referred
//! to once, and none leads back to where it came from. What follows from such a mistake is not told again.
//!
//! ## Why it is bad
//! Cognigy.AI cannot show such a chart, or shows less than there is. Where a conversation goes is anybody's
//! guess.
//!
//! ## Example
//! ```json fails
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "say", "label": "Greet",
//!               "config": { "say": { "type": "text", "text": ["Hi"] } } },
//!             { "_id": "4", "type": "say", "label": "Lost",
//!               "config": { "say": { "type": "text", "text": ["Bye"] } } },
//!             { "_id": "2", "type": "end" }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "2", "children": [] },
//!                 { "node": "4", "next": "2", "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "say", "label": "Greet",
//!               "config": { "say": { "type": "text", "text": ["Hi"] } } },
//!             { "_id": "4", "type": "say", "label": "Found",
//!               "config": { "say": { "type": "text", "text": ["Bye"] } } },
//!             { "_id": "2", "type": "end" }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "4", "children": [] },
//!                 { "node": "4", "next": "2", "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## When to switch it off
//! Never: such a chart cannot be relied on.

use crate::document::Field;
use crate::document::chart::Place;
use crate::json::ValueId;
use crate::problem::Severity;
use crate::rules::chart_context::ChartContext;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CH101",
    name: "broken-tree",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "The relations of a chart do not make one tree.",
    check: Check::Chart(check),
    veto: None,
};

fn check(context: &ChartContext<'_>, report: &mut Report<'_>) {
    let (chart, structure) = (context.chart, context.structure());
    if structure.start().is_none() {
        let message = "The chart has no node of the type \"start\", so no conversation begins in it. Export \
                       the flow again.";
        report.problem(context.nodes_at(), message.to_owned());
    }
    for &(node, earlier) in &structure.ids.repeated {
        let (node, earlier) = (&chart.nodes[node], &chart.nodes[earlier]);
        let message = format!(
            "\"{}\" and \"{}\" have the same id, so what follows them cannot be told apart. Give one of \
             them another id.",
            Quoted(earlier.name()),
            Quoted(node.name())
        );
        let finding = report.problem(node.id.at, message).id(&node.id.text);
        finding.related(earlier.id.at, "The first one");
    }
    if chart.relations.is_empty() && !chart.nodes.is_empty() {
        let message = "The chart has no relations, so nothing says what follows what. Export the flow \
                       again.";
        report.problem(chart.at, message.to_owned());
        return;
    }
    let mut seen = Seen {
        is_referred: vec![false; chart.nodes.len()],
        placed: vec![None; chart.nodes.len()],
        is_broken: false,
    };
    relations(context, &mut seen, report);
    left_over(context, &seen, report);
}

/// What was seen of the relations.
struct Seen {
    /// Which nodes are referred to.
    is_referred: Vec<bool>,
    /// The reference that gives each node its place.
    placed: Vec<Option<ValueId>>,
    /// Whether some reference leads nowhere, or back.
    is_broken: bool,
}

/// A reference to a node.
struct Reference<'a> {
    from: u32,
    field: &'a Field,
    is_next: bool,
}

/// Looks at each relation.
fn relations(context: &ChartContext<'_>, seen: &mut Seen, report: &mut Report<'_>) {
    let (chart, structure) = (context.chart, context.structure());
    for (index, relation) in chart.relations.iter().enumerate() {
        let from = structure.ids.find(&relation.node.text);
        let is_first = from.is_some_and(|node| structure.relation(index32(node)) == Some(index));
        let references = relation.children.iter().map(|field| (field, false));
        let references = references.chain(relation.next.iter().map(|field| (field, true)));
        for (field, is_next) in references {
            if let Some(to) = structure.ids.find(&field.text) {
                seen.is_referred[to] = true;
            }
            if let (Some(from), true) = (from, is_first) {
                let from = index32(from);
                reference(
                    context,
                    &Reference {
                        from,
                        field,
                        is_next,
                    },
                    seen,
                    report,
                );
            }
        }
        let Some(from) = from else {
            let message = format!(
                "A relation is about \"{}\", a node that the chart does not have, so what follows there \
                 is lost. Remove the relation, or export the flow again.",
                Quoted(&relation.node.text)
            );
            report
                .problem(relation.node.at, message)
                .id(&relation.node.text);
            continue;
        };
        if let (false, Some(first)) = (is_first, structure.relation(index32(from))) {
            let message = format!(
                "\"{}\" has a second relation, so there are two answers to what follows it. Remove one \
                 of them.",
                Quoted(chart.nodes[from].name())
            );
            report
                .problem(relation.node.at, message)
                .id(&relation.node.text)
                .related(chart.relations[first].node.at, "The first one");
        }
    }
}

/// Says so when a reference leads nowhere, or to what has its place already.
fn reference(
    context: &ChartContext<'_>,
    reference: &Reference<'_>,
    seen: &mut Seen,
    report: &mut Report<'_>,
) {
    let &Reference {
        from,
        field,
        is_next,
    } = reference;
    let structure = context.structure();
    let own = context.node(from);
    let (name, id) = (Quoted(own.name()), Quoted(&field.text));
    let Some(to) = structure.ids.find(&field.text) else {
        seen.is_broken = true;
        let what = if is_next {
            "goes on to"
        } else {
            "has a branch that starts with"
        };
        let message = format!(
            "\"{name}\" {what} \"{id}\", a node that the chart does not have, so the conversation does \
             not go on there. Export the flow again, or take the reference out."
        );
        report
            .problem(field.at, message)
            .id(&own.id.text)
            .id(&field.text);
        return;
    };
    let place = if is_next {
        Place::After(from)
    } else {
        Place::Under(from)
    };
    if structure.place(index32(to)) == Some(place) && seen.placed[to].is_none() {
        seen.placed[to] = Some(field.at);
        return;
    }
    let target = &context.chart.nodes[to];
    let called = Quoted(target.name());
    let leads_back = structure.leads_to(index32(to), from);
    let is_lost = structure
        .start()
        .is_some_and(|start| !structure.leads_to(start, from));
    // What is cut off comes back into the chart where it always did.
    if is_lost && !leads_back {
        return;
    }
    seen.is_broken |= leads_back;
    let message = if leads_back {
        format!(
            "\"{name}\" leads back to \"{called}\", which comes before it, so the chart is a circle \
             without an end. A conversation goes back with a goTo."
        )
    } else {
        format!(
            "\"{called}\" follows \"{name}\" and another node too, and a node has one place only. Copy \
             it, or send the conversation there with a goTo."
        )
    };
    let finding = report
        .problem(field.at, message)
        .id(&own.id.text)
        .id(&target.id.text);
    if let Some(first) = seen.placed[to] {
        finding.related(first, "Here it has its place");
    }
}

/// Says so about nodes that nothing leads to, or after which nobody knows what follows.
fn left_over(context: &ChartContext<'_>, seen: &Seen, report: &mut Report<'_>) {
    let structure = context.structure();
    let mut is_repeated = vec![false; seen.placed.len()];
    for &(node, _) in &structure.ids.repeated {
        is_repeated[node] = true;
    }
    for (index, node) in (0_u32..).zip(&context.chart.nodes) {
        let has_relation = structure.relation(index).is_some();
        // Without a start everything would be lost.
        let is_lost = !seen.is_referred[index as usize]
            && structure.start().is_some_and(|start| start != index);
        // Where a chain breaks, it does not come to its end.
        let is_told = seen.is_broken && node.type_name.text == "end";
        if is_repeated[index as usize] || (has_relation && (!is_lost || is_told)) {
            continue;
        }
        let name = Quoted(node.name());
        let message = match (has_relation, is_lost) {
            (false, true) => format!(
                "\"{name}\" has no relation and nothing leads to it: it is in the file, but not in the \
                 chart. Remove it, or put it in its place."
            ),
            (false, false) => format!(
                "\"{name}\" has no relation, so nothing says what follows it. Export the flow again."
            ),
            (true, _) => format!(
                "Nothing leads to \"{name}\", so no conversation comes there. Put it in its place, or \
                 remove it."
            ),
        };
        let behind = structure
            .below(index)
            .iter()
            .map(|step| &context.node(step.node).id.text);
        report.problem(node.at, message).ids(behind);
    }
}

fn index32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
