//! A canvas with what lies over it: tools, a map, a panel. Views for which what is to be seen is not
//! under any of it. What is measured where is not known here.

use super::View;
use crate::geometry::{Point, Rect};

/// Room that is smaller than this, in pixels, is none: then what lies over the canvas is ignored.
const LEAST: (f64, f64) = (160.0, 96.0);
/// More things than this are not kept clear of: each multiplies the ways to do so by four.
const MOST: usize = 6;

/// A canvas with what lies over it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stage {
    /// The size of the canvas, in pixels.
    pub size: (f64, f64),
    /// What of it is covered, in pixels from its corner.
    pub covered: Vec<Rect>,
}

impl Stage {
    /// Whether it has no size yet.
    pub fn is_empty(&self) -> bool {
        self.size.0 <= 0.0 || self.size.1 <= 0.0
    }

    /// Shows all of `area` where nothing covers it, as large as that goes, at most at 100 %.
    pub fn fitting(&self, area: Rect, margin: f64) -> View {
        let fitted =
            |room: Rect| View::fitting(area, room.width(), room.height(), margin).panned(room.min);
        fitted(self.room(|room| (fitted(room).zoom, size(room))))
    }

    /// Moves `view` by as little as brings `area` where nothing covers it.
    pub fn revealing(&self, view: View, area: Rect, margin: f64) -> View {
        let (min, max) = (
            view.screen_from_world(area.min),
            view.screen_from_world(area.max),
        );
        let shown = |room: Rect| {
            view.panned(Point::default() - room.min)
                .revealing(area, room.width(), room.height(), margin)
                .panned(room.min)
        };
        let holds = |room: Rect| room.width() >= max.x - min.x && room.height() >= max.y - min.y;
        shown(self.room(|room| {
            if holds(room) {
                (1.0, -shown(room).pan.distance(view.pan))
            } else {
                (0.0, size(room))
            }
        }))
    }

    /// The largest part that nothing covers.
    pub fn largest(&self) -> Rect {
        self.room(|room| (0.0, size(room)))
    }

    /// The part that nothing covers with the highest score; of equal ones the largest.
    fn room(&self, score: impl Fn(Rect) -> (f64, f64)) -> Rect {
        let whole = Rect::at(Point::default(), self.size.0, self.size.1);
        let mut rooms = vec![whole];
        for covered in self.covered.iter().take(MOST) {
            rooms = rooms
                .into_iter()
                .flat_map(|room| beside(room, *covered))
                .collect();
        }
        rooms.retain(|room| room.width() >= LEAST.0 && room.height() >= LEAST.1);
        rooms
            .into_iter()
            .map(|room| (score(room), size(room), room))
            .max_by(|(a, a_size, _), (b, b_size, _)| {
                (a.0.total_cmp(&b.0))
                    .then(a.1.total_cmp(&b.1))
                    .then(a_size.total_cmp(b_size))
            })
            .map_or(whole, |(_, _, room)| room)
    }
}

fn size(room: Rect) -> f64 {
    room.width() * room.height()
}

/// What is left of a room on each side of something that lies in it.
fn beside(room: Rect, covered: Rect) -> Vec<Rect> {
    if !room.intersects(covered) {
        return vec![room];
    }
    let (min, max) = (room.min, room.max);
    let left = Rect {
        min,
        max: Point::new(covered.min.x, max.y),
    };
    let right = Rect {
        min: Point::new(covered.max.x, min.y),
        max,
    };
    let above = Rect {
        min,
        max: Point::new(max.x, covered.min.y),
    };
    let below = Rect {
        min: Point::new(min.x, covered.max.y),
        max,
    };
    let mut rooms = vec![left, right, above, below];
    rooms.retain(|room| room.width() > 0.0 && room.height() > 0.0);
    rooms
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A palette, a map and tools, as they lie over a canvas of 1280 × 800.
    fn stage() -> Stage {
        Stage {
            size: (1280.0, 800.0),
            covered: vec![
                Rect::at(Point::new(12.0, 12.0), 496.0, 42.0),
                Rect::at(Point::new(1082.0, 622.0), 186.0, 118.0),
                Rect::at(Point::new(1004.0, 752.0), 264.0, 36.0),
            ],
        }
    }

    fn on_screen(view: View, area: Rect) -> Rect {
        Rect {
            min: view.screen_from_world(area.min),
            max: view.screen_from_world(area.max),
        }
    }

    #[test]
    fn what_is_wide_goes_above_the_map_and_what_is_high_beside_it() {
        let wide = Rect::at(Point::default(), 4_000.0, 400.0);
        let shown = on_screen(stage().fitting(wide, 24.0), wide);
        assert!(shown.max.y < 622.0 && shown.width() > 1_200.0, "{shown:?}");
        let high = Rect::at(Point::default(), 400.0, 4_000.0);
        let shown = on_screen(stage().fitting(high, 24.0), high);
        assert!(shown.height() > 650.0, "{shown:?}");
        assert!(stage().covered.iter().all(|it| !shown.intersects(*it)));
    }

    #[test]
    fn without_anything_over_it_the_canvas_is_used_whole() {
        let empty = Stage {
            size: (800.0, 600.0),
            covered: Vec::new(),
        };
        let area = Rect::at(Point::new(-500.0, 900.0), 4_000.0, 300.0);
        assert_eq!(
            empty.fitting(area, 40.0),
            View::fitting(area, 800.0, 600.0, 40.0)
        );
        assert_eq!(empty.largest(), Rect::at(Point::default(), 800.0, 600.0));
    }

    #[test]
    fn what_covers_everything_is_ignored() {
        let narrow = Stage {
            size: (360.0, 500.0),
            covered: vec![Rect::at(Point::new(12.0, 30.0), 336.0, 440.0)],
        };
        let area = Rect::at(Point::default(), 1_000.0, 300.0);
        assert_eq!(
            narrow.fitting(area, 40.0),
            View::fitting(area, 360.0, 500.0, 40.0)
        );
    }

    #[test]
    fn what_is_seen_already_stays_and_what_is_under_something_comes_out_the_short_way() {
        let view = View::default();
        let seen = Rect::at(Point::new(500.0, 300.0), 208.0, 64.0);
        assert_eq!(stage().revealing(view, seen, 64.0), view);
        let under = Rect::at(Point::new(1_070.0, 640.0), 100.0, 40.0);
        let shown = stage().revealing(view, under, 20.0);
        assert!(shown.pan.distance(view.pan) < 130.0, "{shown:?}");
        let area = on_screen(shown, under);
        assert!(stage().covered.iter().all(|it| !area.intersects(*it)));
    }

    proptest! {
        #[test]
        fn what_is_fitted_is_covered_by_nothing(
            width in 600.0..2_000.0_f64,
            height in 500.0..1_400.0_f64,
            wide in 10.0..50_000.0_f64,
            high in 10.0..50_000.0_f64,
        ) {
            let stage = Stage { size: (width, height), covered: vec![
                Rect::at(Point::new(12.0, 12.0), 496.0, 42.0),
                Rect::at(Point::new(width - 198.0, height - 178.0), 186.0, 118.0),
                Rect::at(Point::new(width - 276.0, height - 48.0), 264.0, 36.0),
            ] };
            let area = Rect::at(Point::new(-70.0, 33.0), wide, high);
            let shown = on_screen(stage.fitting(area, 16.0), area);
            prop_assert!(stage.covered.iter().all(|it| !shown.intersects(*it)), "{shown:?}");
            prop_assert!(Rect::at(Point::default(), width, height).encloses(shown));
            let revealed = stage.revealing(View::default(), Rect::at(area.min, 100.0, 40.0), 64.0);
            let card = on_screen(revealed, Rect::at(area.min, 100.0, 40.0));
            prop_assert!(stage.covered.iter().all(|it| !card.intersects(*it)), "{card:?}");
        }
    }
}
