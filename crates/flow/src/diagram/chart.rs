//! What a chart looks like: its nodes as cards, and what a conversation comes to after each as wires.

use std::sync::Arc;

use compact_str::{CompactString, format_compact};

use super::{Card, CardKind, Diagram, Ids, Link, LinkOf, display, number};
use crate::document::chart::Structure;
use crate::document::chart::content;
use crate::document::chart::types::Family;
use crate::document::{Chart, ChartNode, Document, Relation};
use crate::json::{Tree, ValueId};
use crate::rules::chart_index::Destination;
use crate::rules::ids::Map;
use crate::rules::links::Beside;
use crate::scene::{Direction, WireEnds};

pub(super) fn diagram(chart: &Chart, tree: &Tree) -> Diagram {
    let structure = Structure::of(chart);
    let mut known = Ids::default();
    let mut cards: Vec<Card> = chart
        .nodes
        .iter()
        .map(|node| card(node, known.add(&node.id.text), tree))
        .collect();
    let mut wires = Vec::with_capacity(chart.nodes.len());
    for step in structure.order() {
        leave(chart, &structure, step.node, &mut wires);
    }
    let mut by_reference: Map<&str, u32> = Map::default();
    for (node, of) in (0_u32..).zip(&chart.nodes) {
        if let Some(reference) = &of.reference {
            by_reference.entry(&reference.text).or_insert(node);
        }
    }
    for (source, node) in (0_u32..).zip(&chart.nodes) {
        let Some(jump) = &node.jump else { continue };
        let reference = jump.node.as_ref().map(|field| field.text.as_str());
        let target = reference.and_then(|reference| by_reference.get(reference).copied());
        cards[source as usize].line = match target {
            Some(target) => {
                wires.push(link(source, target, jump.at, false, true));
                format_compact!("→ {}", display(chart.nodes[target as usize].name()))
            }
            None if jump.flow.is_some() => "→ another flow".into(),
            None => "→ nowhere".into(),
        };
    }
    // The order that they are looked up by.
    wires.sort_unstable_by_key(|link| link.at);
    number(&mut wires, cards.len());
    for link in &mut wires {
        // Branches are not tried one after the other: their heads say when they are taken.
        link.number = 0;
    }
    let about = |of: &Relation| {
        Some((
            of.at,
            u32::try_from(structure.ids.find(&of.node.text)?).ok()?,
        ))
    };
    Diagram {
        cards,
        wires,
        entry: structure.start(),
        direction: Direction::Down,
        relations: chart.relations.iter().filter_map(about).collect(),
        tree: Some(Arc::new(structure)),
    }
}

fn card(node: &ChartNode, occurrence: u32, tree: &Tree) -> Card {
    let type_name = display(&node.type_name.text);
    Card {
        id: node.id.text.clone(),
        occurrence,
        kind: CardKind::Chart(Family::of(&node.type_name.text)),
        type_label: if node.is_disabled {
            format_compact!("{type_name}, disabled")
        } else {
            type_name
        },
        label: display(node.name()),
        line: display(&content::line(tree, node)),
        position: None,
        at: node.at,
    }
}

fn link(source: u32, target: u32, at: ValueId, is_default: bool, is_jump: bool) -> Link {
    Link {
        of: LinkOf::Relation(at),
        id: CompactString::default(),
        ends: WireEnds::between(source, target),
        number: 0,
        is_default,
        is_jump,
        label: CompactString::default(),
        at,
    }
}

/// The wires that leave a node: to its branches, to what follows it, or, where its branch has ended, to
/// what follows that. O(references of its relation).
fn leave(chart: &Chart, structure: &Structure, node: u32, wires: &mut Vec<Link>) {
    let own = structure.relation(node).map(|at| &chart.relations[at]);
    // Branches are a part of what the relation lists, in its order.
    let mut listed = own.into_iter().flat_map(|own| &own.children);
    let branches = structure.children(node);
    for (number, target) in structure.successors(chart, node).enumerate() {
        let id = &chart.nodes[target as usize].id.text;
        let branch = branches
            .get(number)
            .filter(|branch| **branch == target)
            .and_then(|_| listed.find(|child| child.text == *id));
        let (at, is_default) = match (own, branch) {
            (None, _) => (chart.nodes[node as usize].at, true),
            (Some(_), Some(child)) => (child.at, false),
            (Some(own), None) if structure.next(node) == Some(target) => {
                (own.next.as_ref().map_or(own.at, |field| field.at), false)
            }
            (Some(own), None) => (own.next_at.unwrap_or(own.at), true),
        };
        wires.push(link(node, target, at, is_default, false));
    }
}

impl Diagram {
    /// Says on the cards of a chart where jumps into other flows lead, which only the charts beside it
    /// know. O(nodes).
    pub fn name_jumps(&mut self, document: &Document, beside: &Beside) {
        let Some(chart) = document.chart() else {
            return;
        };
        for (card, node) in self.cards.iter_mut().zip(&chart.nodes) {
            let Some(jump) = &node.jump else { continue };
            let Destination::Node(at) = beside.index.destination(beside.own, jump) else {
                continue;
            };
            let Some(target) = beside.index.node(at).filter(|_| at.chart != beside.own) else {
                continue;
            };
            let flow = beside.index.charts()[at.chart as usize].flow_name();
            card.line = match flow {
                Some(flow) => format_compact!("→ {} › {}", display(flow), display(&target.name)),
                None => format_compact!("→ {}", display(&target.name)),
            };
        }
    }
}
