//! Snapping while cards are dragged: to the edges and middles of cards nearby, else to the grid.

use super::OpenDocument;
use crate::geometry::{Point, Rect};
use crate::interaction::on_grid;
use crate::scene::card_rect;

/// How far around what is dragged cards are looked at, in world units.
const NEARBY: f64 = 480.0;
/// Something larger than this is aligned by hand: too much would be near it.
const LARGEST: f64 = 3_000.0;
/// So many cards nearby are looked at.
const MOST: usize = 200;

/// A line that shows what a dragged card is aligned with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guide {
    /// Where it starts.
    pub from: Point,
    /// Where it ends: straight below or to the right.
    pub to: Point,
}

/// How far dragged cards really go.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapped {
    /// By so much.
    pub by: Point,
    /// What they are aligned with then.
    pub guides: Vec<Guide>,
}

/// How a drag snaps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Snap {
    /// To nothing but whole units.
    Free,
    /// To cards that are less than this away from being aligned, in world units, else to the grid.
    Within(f64),
}

impl OpenDocument {
    /// How far the selected cards and notes go when they are dragged by `by`. O(selected + cards nearby).
    pub fn snap(&self, by: Point, snap: Snap) -> Snapped {
        let Snap::Within(reach) = snap else {
            let by = Point::new(by.x.round(), by.y.round());
            return Snapped {
                by,
                guides: Vec::new(),
            };
        };
        let mut snapped = Snapped {
            by: on_grid(by),
            guides: Vec::new(),
        };
        let selected = &self.selection().cards;
        let rects = (selected.iter()).map(|&card| card_rect(self.corners[card as usize]));
        let notes = self.selection().notes.iter();
        let notes = notes.filter_map(|id| Some(self.annotations().notes.get(id)?.area));
        let Some(bounds) = rects
            .chain(notes)
            .reduce(Rect::union)
            .map(|rect| rect.moved(by))
        else {
            return snapped;
        };
        if bounds.width() > LARGEST || bounds.height() > LARGEST {
            return snapped;
        }
        let near: Vec<Rect> = self
            .scene()
            .cards_in(bounds.grown(NEARBY))
            .into_iter()
            .filter(|card| !selected.contains(card))
            .take(MOST)
            .map(|card| self.scene().cards()[card as usize])
            .collect();
        let across = nearest(across(bounds), near.iter().copied().map(across), reach);
        let down = nearest(down(bounds), near.iter().copied().map(down), reach);
        if let Some((_, off)) = across {
            snapped.by.x = by.x + off;
        }
        if let Some((_, off)) = down {
            snapped.by.y = by.y + off;
        }
        let placed = bounds.moved(snapped.by - by);
        let on_line = |of: fn(Rect) -> [f64; 3], line: f64| {
            let touches = move |rect: &Rect| of(*rect).iter().any(|at| (at - line).abs() < 0.5);
            (near.iter().copied())
                .filter(touches)
                .fold(placed, Rect::union)
        };
        if let Some((line, _)) = across {
            let extent = on_line(self::across, line);
            snapped.guides.push(Guide {
                from: Point::new(line, extent.min.y),
                to: Point::new(line, extent.max.y),
            });
        }
        if let Some((line, _)) = down {
            let extent = on_line(self::down, line);
            snapped.guides.push(Guide {
                from: Point::new(extent.min.x, line),
                to: Point::new(extent.max.x, line),
            });
        }
        snapped
    }
}

/// The lines of a rectangle that others are aligned with, from left to right.
fn across(rect: Rect) -> [f64; 3] {
    [rect.min.x, rect.center().x, rect.max.x]
}

/// The same from top to bottom.
fn down(rect: Rect) -> [f64; 3] {
    [rect.min.y, rect.center().y, rect.max.y]
}

/// The line nearest to one of `own`, and how far that is from it; none within `reach`.
fn nearest(
    own: [f64; 3],
    others: impl Iterator<Item = [f64; 3]>,
    reach: f64,
) -> Option<(f64, f64)> {
    let mut best: Option<(f64, f64)> = None;
    for line in others.flatten() {
        for at in own {
            let off = line - at;
            if off.abs() < best.map_or(reach, |(_, least)| least.abs()) {
                best = Some((line, off));
            }
        }
    }
    best
}
