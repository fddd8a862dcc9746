//! Where cards stand: by hand, as the file says, or by the automatic layout, in this order.

use std::collections::HashSet;

use compact_str::CompactString;

use crate::diagram::{Card, Diagram};
use crate::geometry::{Point, Rect};
use crate::layout::{CARD_GAP, CARD_WIDTH, Graph, LAYER_GAP, arrange, tree};
use crate::rules::ids::Map;
use crate::scene::card_rect;
use crate::session::Positions;

/// Automatic positions, kept so that a card does not jump when another one is edited.
#[derive(Clone, Debug, Default)]
pub struct Placement {
    /// By id, and which of the cards with that id it is.
    automatic: Map<(CompactString, u32), Point>,
}

impl Placement {
    /// The top left corner of every card. A graph without any position is laid out as a whole;
    /// later, new cards go next to what leads to them.
    ///
    /// # Complexity
    /// O(cards + wires), logarithms aside.
    pub fn corners(&mut self, diagram: &Diagram, by_hand: &Positions) -> Vec<Point> {
        let mut corners: Vec<Option<Point>> = diagram
            .cards
            .iter()
            .map(|card| {
                let given = by_hand.get(&card.id).copied().or(card.position);
                // A second card of the same id would hide the first one.
                let shift = f64::from(card.occurrence) * CARD_GAP;
                given
                    .map(|point| point + Point::new(shift, shift))
                    .or_else(|| self.automatic.get(&name(card)).copied())
            })
            .collect();
        if corners.iter().all(Option::is_none) {
            let arranged = arrange_diagram(diagram);
            for (card, corner) in diagram.cards.iter().zip(&arranged) {
                self.automatic.insert(name(card), *corner);
            }
            return arranged;
        }
        self.place_rest(diagram, &mut corners);
        corners.into_iter().map(Option::unwrap_or_default).collect()
    }

    fn place_rest(&mut self, diagram: &Diagram, corners: &mut [Option<Point>]) {
        let mut before: Vec<Option<u32>> = vec![None; corners.len()];
        for link in &diagram.wires {
            before[link.ends.target as usize].get_or_insert(link.ends.source);
        }
        let mut below = corners
            .iter()
            .flatten()
            .map(|&corner| card_rect(corner))
            .reduce(Rect::union)
            .map(|bounds| Point::new(bounds.min.x, bounds.max.y + CARD_GAP))
            .unwrap_or_default();
        let mut taken: HashSet<(i64, i64)> = corners
            .iter()
            .flatten()
            .map(|&corner| slot(corner))
            .collect();
        for index in 0..corners.len() {
            if corners[index].is_some() {
                continue;
            }
            let beside = before[index].and_then(|source| corners[source as usize]);
            let mut corner = match beside {
                Some(source) => source + Point::new(CARD_WIDTH + LAYER_GAP, 0.0),
                None => below,
            };
            while !taken.insert(slot(corner)) {
                corner.y += PITCH;
            }
            if beside.is_none() {
                below.x += CARD_WIDTH + CARD_GAP;
            }
            self.automatic.insert(name(&diagram.cards[index]), corner);
            corners[index] = Some(corner);
        }
    }
}

const PITCH: f64 = crate::layout::CARD_HEIGHT + CARD_GAP;

fn name(card: &Card) -> (CompactString, u32) {
    (card.id.clone(), card.occurrence)
}

/// Which coarse slot a card stands in: two cards in one slot would overlap.
#[expect(
    clippy::cast_possible_truncation,
    reason = "saturates, which is fine for a slot"
)]
fn slot(corner: Point) -> (i64, i64) {
    (
        (corner.x / CARD_WIDTH).round() as i64,
        (corner.y / PITCH).round() as i64,
    )
}

/// The automatic layout of a whole diagram.
pub fn arrange_diagram(diagram: &Diagram) -> Vec<Point> {
    if let Some(tree) = diagram.tree() {
        return tree::arrange(tree);
    }
    let edges: Vec<(u32, u32)> = diagram
        .wires
        .iter()
        .map(|link| (link.ends.source, link.ends.target))
        .collect();
    arrange(Graph {
        nodes: diagram.cards.len(),
        edges: &edges,
        entry: diagram.entry,
    })
}
