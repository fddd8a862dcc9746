//! A uniform grid over the world: finds what may touch a rectangle.

use crate::geometry::{Point, Rect};
use crate::rules::ids::Map;

/// Side of a cell: a few cards.
const CELL: f64 = 512.0;
/// Something that would cover more cells than this is kept apart and always looked at.
const MAX_CELLS: i64 = 256;

/// Numbered rectangles by the cells they touch.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    cells: Map<(i32, i32), Vec<u32>>,
    large: Vec<u32>,
}

impl Grid {
    /// An empty grid.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the rectangle `rect` under the number `item`. O(cells it touches).
    pub fn insert(&mut self, item: u32, rect: Rect) {
        match cells(rect) {
            Some(cells) => {
                for cell in cells {
                    self.cells.entry(cell).or_default().push(item);
                }
            }
            None => self.large.push(item),
        }
    }

    /// Removes what was added with the same number and rectangle.
    pub fn remove(&mut self, item: u32, rect: Rect) {
        match cells(rect) {
            Some(cells) => {
                for cell in cells {
                    if let Some(items) = self.cells.get_mut(&cell) {
                        items.retain(|&other| other != item);
                    }
                }
            }
            None => self.large.retain(|&other| other != item),
        }
    }

    /// The numbers of all that may touch `area`, sorted, each once. O(cells of the area + found).
    pub fn query(&self, area: Rect) -> Vec<u32> {
        let mut found = self.large.clone();
        match cells(area) {
            Some(cells) => {
                for cell in cells {
                    if let Some(items) = self.cells.get(&cell) {
                        found.extend_from_slice(items);
                    }
                }
            }
            // Looking at every filled cell is cheaper than naming every cell of a huge area.
            None => {
                let (min, max) = (cell(area.min.x, area.min.y), cell(area.max.x, area.max.y));
                let inside =
                    |&(x, y): &(i32, i32)| x >= min.0 && x <= max.0 && y >= min.1 && y <= max.1;
                for (_, items) in self.cells.iter().filter(|(at, _)| inside(at)) {
                    found.extend_from_slice(items);
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether more than `limit` of what is in `area` starts there, where `corner` gives the top
    /// left corner of an item. Counts each once, stops at the limit, sorts nothing.
    pub fn exceeds(&self, area: Rect, limit: usize, corner: impl Fn(u32) -> Point) -> bool {
        let mut count = 0;
        let mut over = |at: (i32, i32), items: &[u32]| {
            count += items
                .iter()
                .filter(|&&item| {
                    let corner = corner(item);
                    // An item is in every cell it touches and counts in its first one.
                    cell(corner.x, corner.y) == at && area.contains(corner)
                })
                .count();
            count > limit
        };
        match cells(area) {
            Some(mut named) => {
                named.any(|at| self.cells.get(&at).is_some_and(|items| over(at, items)))
            }
            None => self.cells.iter().any(|(&at, items)| over(at, items)),
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "saturates, which clamps far coordinates"
)]
fn cell(x: f64, y: f64) -> (i32, i32) {
    ((x / CELL).floor() as i32, (y / CELL).floor() as i32)
}

/// The cells a rectangle touches; none when they are too many.
fn cells(rect: Rect) -> Option<impl Iterator<Item = (i32, i32)>> {
    let (min, max) = (cell(rect.min.x, rect.min.y), cell(rect.max.x, rect.max.y));
    let count = (i64::from(max.0) - i64::from(min.0) + 1)
        .saturating_mul(i64::from(max.1) - i64::from(min.1) + 1);
    (count <= MAX_CELLS)
        .then(|| (min.0..=max.0).flat_map(move |x| (min.1..=max.1).map(move |y| (x, y))))
}
