//! Two fingers on the canvas: they move it and zoom it, and nothing else. What one finger does is in
//! [`super::Gesture`], as for any pointer.

use crate::geometry::Point;
use crate::view::View;

/// The fingers that are down.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fingers {
    /// Each by the number the browser gives it, the first one first.
    down: Vec<(i32, Point)>,
    /// Whether there were two at once. Until all are up, none of them does anything else.
    pinches: bool,
}

impl Fingers {
    /// Whether what the fingers do is no gesture of a single pointer.
    pub fn pinches(&self) -> bool {
        self.pinches
    }

    /// A finger went down; true when it is the second one, which breaks off what the first did.
    pub fn press(&mut self, finger: i32, at: Point) -> bool {
        self.down.retain(|(other, _)| *other != finger);
        self.down.push((finger, at));
        let begins = self.down.len() == 2 && !self.pinches;
        self.pinches |= begins;
        begins
    }

    /// A finger moved; the view that follows, where there is a second one beside it.
    pub fn moved(&mut self, finger: i32, at: Point, view: View) -> Option<View> {
        let place = self.down.iter().position(|(other, _)| *other == finger)?;
        let before = std::mem::replace(&mut self.down[place].1, at);
        if !self.pinches || place > 1 {
            return None;
        }
        let (_, other) = *self.down.get(1 - place)?;
        Some(view.pinched((before, other), (at, other)))
    }

    /// A finger went up, or the system took it away.
    pub fn release(&mut self, finger: i32) {
        self.down.retain(|(other, _)| *other != finger);
        self.pinches &= !self.down.is_empty();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_under_the_fingers_stays_under_them() {
        let view = View {
            pan: Point::new(30.0, -40.0),
            zoom: 0.7,
        };
        let (first, second) = (Point::new(100.0, 100.0), Point::new(200.0, 160.0));
        let mut fingers = Fingers::default();
        assert!(!fingers.press(1, first));
        assert!(fingers.press(2, second));
        let to = Point::new(300.0, 220.0);
        let pinched = fingers.moved(2, to, view).unwrap();
        assert!((pinched.zoom / view.zoom - 2.0).abs() < 1e-9);
        for (before, after) in [(first, first), (second, to)] {
            let world = view.world_from_screen(before);
            assert!(pinched.screen_from_world(world).distance(after) < 1e-9);
        }
    }

    #[test]
    fn one_finger_that_is_left_does_nothing() {
        let mut fingers = Fingers::default();
        fingers.press(1, Point::default());
        assert!(!fingers.pinches());
        fingers.press(2, Point::new(10.0, 0.0));
        assert!(!fingers.press(3, Point::new(20.0, 0.0)));
        fingers.release(1);
        fingers.release(3);
        assert!(fingers.pinches());
        assert_eq!(fingers.moved(2, Point::default(), View::default()), None);
        fingers.release(2);
        assert!(!fingers.pinches());
    }
}
