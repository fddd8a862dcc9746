//! What two pictures show of a comparison: how each card and wire is marked, and which cards are the same.

use super::{Comparison, Marks};
use crate::diagram::{Diagram, Link, LinkOf};
use crate::rules::ids::Map;

/// How the cards and wires of two pictures are marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlay {
    /// Of the old picture.
    pub old: MarksOf,
    /// Of the new picture.
    pub new: MarksOf,
    /// The cards that are the same, as (old, new), in the order of the old.
    pub pairs: Vec<(u32, u32)>,
}

/// How the cards and wires of one picture are marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarksOf {
    /// By card.
    pub cards: Vec<Marks>,
    /// By wire.
    pub wires: Vec<Marks>,
}

/// How the diagrams of the two documents of a comparison are marked.
///
/// # Complexity
/// O(entries · log wires + cards + wires).
pub fn overlay(comparison: &Comparison, old: &Diagram, new: &Diagram) -> Overlay {
    let unmarked = |diagram: &Diagram| MarksOf {
        cards: vec![Marks::SAME; diagram.cards.len()],
        wires: vec![Marks::SAME; diagram.wires.len()],
    };
    let mut overlay = Overlay {
        old: unmarked(old),
        new: unmarked(new),
        pairs: comparison.cards.iter().collect(),
    };
    for entry in &comparison.entries {
        let sides = [
            (&entry.old, old, &mut overlay.old),
            (&entry.new, new, &mut overlay.new),
        ];
        for (item, diagram, marks) in sides {
            let Some(item) = item else { continue };
            let card = item
                .card
                .and_then(|card| marks.cards.get_mut(card as usize));
            let wire = item.link.and_then(|link| diagram.wire_of(link));
            let wire = wire.and_then(|wire| marks.wires.get_mut(wire as usize));
            for mark in card.into_iter().chain(wire) {
                *mark = mark.and(entry.marks);
            }
        }
    }
    // The wires of a chart have no entries of their own: they follow from where the nodes stand.
    if old.tree().is_some() && new.tree().is_some() {
        mark_tree_wires(comparison, old, new, &mut overlay);
    }
    overlay
}

fn mark_tree_wires(comparison: &Comparison, old: &Diagram, new: &Diagram, overlay: &mut Overlay) {
    let is_tree = |link: &Link| matches!(link.of, LinkOf::Relation(_));
    // By the new cards at their ends.
    let mut before: Map<(u32, u32, bool), usize> = Map::default();
    for (wire, link) in old
        .wires
        .iter()
        .enumerate()
        .filter(|(_, link)| is_tree(link))
    {
        let source = comparison.cards.new_of(link.ends.source);
        let target = comparison.cards.new_of(link.ends.target);
        overlay.old.wires[wire] = gone_or(
            Marks::REMOVED,
            link,
            overlay.old.cards[link.ends.source as usize],
        );
        if let (Some(source), Some(target)) = (source, target) {
            before.entry((source, target, link.is_jump)).or_insert(wire);
        }
    }
    for (wire, link) in new
        .wires
        .iter()
        .enumerate()
        .filter(|(_, link)| is_tree(link))
    {
        let ends = (link.ends.source, link.ends.target, link.is_jump);
        if let Some(old) = before.remove(&ends) {
            overlay.old.wires[old] = Marks::SAME;
        } else {
            overlay.new.wires[wire] = gone_or(
                Marks::ADDED,
                link,
                overlay.new.cards[link.ends.source as usize],
            );
        }
    }
}

/// How a wire is marked that is in one picture only. A jump that leads elsewhere is one wire, not two.
fn gone_or(mark: Marks, link: &Link, source: Marks) -> Marks {
    if link.is_jump && source.has(Marks::RETARGETED) {
        Marks::RETARGETED
    } else {
        mark
    }
}
