//! What the canvas shows: cards and wires in world coordinates, and which of them are where.
//! Knows geometry, not drawing.

mod grid;
mod labels;
mod route;

pub use grid::Grid;
pub use labels::place_labels;
pub use route::{Direction, Wire, WireEnds, route};

use crate::geometry::{Point, Rect};
use crate::layout::{CARD_HEIGHT, CARD_WIDTH};

/// Cards and wires with an index of where they are.
#[derive(Clone, Debug)]
pub struct Scene {
    cards: Vec<Rect>,
    ends: Vec<WireEnds>,
    direction: Direction,
    wires: Vec<Wire>,
    /// Whether every wire is routed round the cards as they stand. Moving cards routes their own
    /// wires alone.
    is_settled: bool,
    /// The wires at each card, for moving it.
    wires_of: Vec<Vec<u32>>,
    card_grid: Grid,
    wire_grid: Grid,
}

impl Scene {
    /// A scene of cards with these top left corners and wires between them, which leave cards in
    /// `direction`. O(cards + wires).
    pub fn new(corners: &[Point], ends: Vec<WireEnds>, direction: Direction) -> Self {
        let cards: Vec<Rect> = corners.iter().copied().map(card_rect).collect();
        let mut card_grid = Grid::new();
        for (index, rect) in cards.iter().enumerate() {
            card_grid.insert(index32(index), *rect);
        }
        let mut wires_of = vec![Vec::new(); cards.len()];
        for (index, ends) in ends.iter().enumerate() {
            wires_of[ends.source as usize].push(index32(index));
            if ends.target != ends.source {
                wires_of[ends.target as usize].push(index32(index));
            }
        }
        let wires: Vec<Wire> = ends
            .iter()
            .map(|ends| route(ends, direction, &cards, &card_grid))
            .collect();
        let mut wire_grid = Grid::new();
        for (index, wire) in wires.iter().enumerate() {
            wire_grid.insert(index32(index), wire.bounds());
        }
        Self {
            cards,
            ends,
            direction,
            wires,
            is_settled: true,
            wires_of,
            card_grid,
            wire_grid,
        }
    }

    /// Where every card is.
    pub fn cards(&self) -> &[Rect] {
        &self.cards
    }

    /// How every wire runs.
    pub fn wires(&self) -> &[Wire] {
        &self.wires
    }

    /// What every wire connects.
    pub fn ends(&self) -> &[WireEnds] {
        &self.ends
    }

    /// On which side wires leave cards.
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// Whether a scene made anew of the same cards and wires would be the same.
    pub fn is_settled(&self) -> bool {
        self.is_settled
    }

    /// The wires at a card.
    pub fn wires_of(&self, card: usize) -> &[u32] {
        &self.wires_of[card]
    }

    /// The rectangle around everything; none for an empty scene.
    pub fn bounds(&self) -> Option<Rect> {
        self.cards.iter().copied().reduce(Rect::union)
    }

    /// The cards that touch `area`, sorted.
    pub fn cards_in(&self, area: Rect) -> Vec<u32> {
        let mut found = self.card_grid.query(area);
        found.retain(|&card| self.cards[card as usize].intersects(area));
        found
    }

    /// Whether more than `limit` cards start in `area`. Cheaper than [`Scene::cards_in`], since it
    /// stops counting there.
    pub fn is_crowded(&self, area: Rect, limit: usize) -> bool {
        self.card_grid
            .exceeds(area, limit, |card| self.cards[card as usize].min)
    }

    /// The wires whose bounds touch `area`, sorted.
    pub fn wires_in(&self, area: Rect) -> Vec<u32> {
        let mut found = self.wire_grid.query(area);
        found.retain(|&wire| self.wires[wire as usize].bounds().intersects(area));
        found
    }

    /// The topmost card at a point: the last in file order.
    pub fn card_at(&self, point: Point) -> Option<u32> {
        self.cards_in(Rect::spanning(point, point)).pop()
    }

    /// The wire nearest to a point, at most `reach` away.
    pub fn wire_at(&self, point: Point, reach: f64) -> Option<u32> {
        let area = Rect::spanning(point, point).grown(reach);
        self.wires_in(area)
            .into_iter()
            .map(|wire| (wire, self.wires[wire as usize].distance(point)))
            .filter(|&(_, distance)| distance <= reach)
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(wire, _)| wire)
    }

    /// Moves cards and routes their wires anew. O(moved cards and their wires).
    pub fn move_cards(&mut self, moves: &[(u32, Point)]) {
        let mut touched = Vec::new();
        self.is_settled &= moves.is_empty();
        for &(card, corner) in moves {
            let rect = card_rect(corner);
            let old = std::mem::replace(&mut self.cards[card as usize], rect);
            self.card_grid.remove(card, old);
            self.card_grid.insert(card, rect);
            touched.extend_from_slice(&self.wires_of[card as usize]);
        }
        touched.sort_unstable();
        touched.dedup();
        for wire in touched {
            let ends = &self.ends[wire as usize];
            let next = route(ends, self.direction, &self.cards, &self.card_grid);
            self.wire_grid
                .remove(wire, self.wires[wire as usize].bounds());
            self.wire_grid.insert(wire, next.bounds());
            self.wires[wire as usize] = next;
        }
    }
}

/// The rectangle of a card whose top left corner is given.
pub fn card_rect(corner: Point) -> Rect {
    Rect::at(corner, CARD_WIDTH, CARD_HEIGHT)
}

fn index32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_is_counted_once_each_and_only_where_it_stands() {
        // Cards that each touch several cells of the grid.
        let corners: Vec<Point> = (0..100)
            .map(|card| Point::new(f64::from(card % 10) * 500.0, f64::from(card / 10) * 500.0))
            .collect();
        let scene = Scene::new(&corners, Vec::new(), Direction::Right);
        let all = Rect::spanning(Point::new(-10.0, -10.0), Point::new(6000.0, 6000.0));
        assert!(scene.is_crowded(all, 99));
        assert!(!scene.is_crowded(all, 100));
        let world = all.grown(1e7);
        assert!(scene.is_crowded(world, 99));
        assert!(!scene.is_crowded(world, 100));
        let corner = Rect::spanning(Point::new(-10.0, -10.0), Point::new(600.0, 600.0));
        assert!(scene.is_crowded(corner, 3));
        assert!(!scene.is_crowded(corner, 4));
    }
}
