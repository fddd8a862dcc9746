//! The part of the world that the canvas shows: pan and zoom. What lies over the canvas is in [`stage`].

pub mod stage;

use crate::geometry::{Point, Rect};

/// The smallest zoom: a flow of 50,000 nodes still fits.
pub const MIN_ZOOM: f64 = 0.002;
/// The largest zoom.
pub const MAX_ZOOM: f64 = 4.0;

/// Maps the world to the screen: scaled by `zoom`, then moved by `pan`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Where the world's origin is on the screen.
    pub pan: Point,
    /// Screen pixels per world unit.
    pub zoom: f64,
}

impl Default for View {
    fn default() -> Self {
        Self {
            pan: Point::default(),
            zoom: 1.0,
        }
    }
}

impl View {
    /// Where a point of the world is on the screen.
    pub fn screen_from_world(self, world: Point) -> Point {
        world * self.zoom + self.pan
    }

    /// Which point of the world is at a point of the screen.
    pub fn world_from_screen(self, screen: Point) -> Point {
        (screen - self.pan) * (1.0 / self.zoom)
    }

    /// The part of the world on a screen of this size.
    pub fn visible(self, width: f64, height: f64) -> Rect {
        Rect {
            min: self.world_from_screen(Point::default()),
            max: self.world_from_screen(Point::new(width, height)),
        }
    }

    /// Moved by `offset` pixels.
    pub fn panned(self, offset: Point) -> Self {
        Self {
            pan: self.pan + offset,
            ..self
        }
    }

    /// Zoomed by `factor` so that what is at `screen` stays there.
    pub fn zoomed_at(self, screen: Point, factor: f64) -> Self {
        let zoom = (self.zoom * factor).clamp(MIN_ZOOM, MAX_ZOOM);
        let world = self.world_from_screen(screen);
        Self {
            pan: screen - world * zoom,
            zoom,
        }
    }

    /// Moved and zoomed so that what was at two points of the screen is at two others: what lies
    /// between them follows their middle and their distance.
    pub fn pinched(self, before: (Point, Point), after: (Point, Point)) -> Self {
        let middle = |(a, b): (Point, Point)| (a + b) * 0.5;
        let apart = |(a, b): (Point, Point)| a.distance(b).max(1.0);
        self.zoomed_at(middle(before), apart(after) / apart(before))
            .panned(middle(after) - middle(before))
    }

    /// Shows all of `area` with a margin, at most at 100 %.
    pub fn fitting(area: Rect, width: f64, height: f64, margin: f64) -> Self {
        let room = |size: f64| (size - 2.0 * margin).max(1.0);
        let zoom = (room(width) / area.width().max(1.0))
            .min(room(height) / area.height().max(1.0))
            .clamp(MIN_ZOOM, 1.0);
        let middle = Point::new(width / 2.0, height / 2.0);
        Self {
            pan: middle - area.center() * zoom,
            zoom,
        }
    }

    /// Moved, not zoomed, so that a point of the world is in the middle of the screen.
    pub fn centered(self, world: Point, width: f64, height: f64) -> Self {
        Self {
            pan: Point::new(width / 2.0, height / 2.0) - world * self.zoom,
            ..self
        }
    }

    /// Moved, not zoomed, by as little as brings `area` onto the screen with a margin.
    pub fn revealing(self, area: Rect, width: f64, height: f64, margin: f64) -> Self {
        let min = self.screen_from_world(area.min);
        let max = self.screen_from_world(area.max);
        let shift = |min: f64, max: f64, size: f64| {
            if max - min > size - 2.0 * margin {
                size / 2.0 - f64::midpoint(min, max)
            } else if min < margin {
                margin - min
            } else if max > size - margin {
                size - margin - max
            } else {
                0.0
            }
        };
        self.panned(Point::new(
            shift(min.x, max.x, width),
            shift(min.y, max.y, height),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_brought_to_the_middle() {
        let view = View {
            pan: Point::new(30.0, -40.0),
            zoom: 0.5,
        };
        let centered = view.centered(Point::new(100.0, 60.0), 640.0, 480.0);
        assert_eq!(
            centered.world_from_screen(Point::new(320.0, 240.0)),
            Point::new(100.0, 60.0)
        );
        assert_eq!(centered.zoom.to_bits(), view.zoom.to_bits());
    }

    #[test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let view = View {
            pan: Point::new(30.0, -40.0),
            zoom: 0.7,
        };
        let pointer = Point::new(320.0, 200.0);
        let zoomed = view.zoomed_at(pointer, 1.3);
        let (before, after) = (
            view.world_from_screen(pointer),
            zoomed.world_from_screen(pointer),
        );
        assert!(before.distance(after) < 1e-9);
    }

    #[test]
    fn fitting_shows_everything() {
        let area = Rect::at(Point::new(-500.0, 900.0), 4000.0, 300.0);
        let view = View::fitting(area, 800.0, 600.0, 40.0);
        assert!(view.visible(800.0, 600.0).encloses(area));
    }

    #[test]
    fn revealing_moves_only_what_is_off_the_screen() {
        let view = View::default();
        let inside = Rect::at(Point::new(100.0, 100.0), 50.0, 50.0);
        assert_eq!(view.revealing(inside, 800.0, 600.0, 20.0), view);
        let outside = Rect::at(Point::new(900.0, 100.0), 50.0, 50.0);
        assert_eq!(
            view.revealing(outside, 800.0, 600.0, 20.0).pan,
            Point::new(-170.0, 0.0)
        );
    }
}
