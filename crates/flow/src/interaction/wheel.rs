//! What a turn of the wheel means: it pans or zooms, as somebody prefers. Two fingers that pinch a
//! trackpad come as a turn with Ctrl that nobody holds, and always zoom.

use crate::geometry::Point;

/// How much a pixel of a wheel zooms: a notch by about a quarter.
const BY_WHEEL: f64 = 0.0022;
/// The same for fingers, which turn by a few pixels at a time.
const BY_PINCH: f64 = 0.01;

/// A turn of the wheel.
#[expect(
    clippy::struct_excessive_bools,
    reason = "keys, each of which is down or not"
)]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Wheel {
    /// By how much, in pixels.
    pub by: Point,
    /// Whether the turn comes with Ctrl, held or not.
    pub control: bool,
    /// Whether it comes with the key that Macs have instead.
    pub command: bool,
    /// Whether it comes with Shift, which turns it aside.
    pub shift: bool,
    /// Whether Ctrl is known to be held down.
    pub held: bool,
}

/// What it means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Turn {
    /// Move the view by so many pixels.
    Pan(Point),
    /// Zoom by this factor where the pointer is.
    Zoom(f64),
}

impl Wheel {
    /// What the turn means, where the wheel zooms without a key (`zooms`) or pans.
    pub fn turn(self, zooms: bool) -> Turn {
        let pinches = self.control && !self.held;
        let with_key = self.control || self.command;
        if pinches || with_key != zooms {
            return Turn::Zoom(self.factor());
        }
        let aside = self.shift && self.by.x == 0.0;
        let by = if aside {
            Point::new(self.by.y, 0.0)
        } else {
            self.by
        };
        Turn::Pan(by * -1.0)
    }

    /// By how much the turn zooms, where it does.
    pub fn factor(self) -> f64 {
        let pinches = self.control && !self.held;
        let speed = if pinches { BY_PINCH } else { BY_WHEEL };
        (-self.by.y * speed).exp().clamp(0.5, 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn down() -> Wheel {
        Wheel {
            by: Point::new(0.0, 100.0),
            ..Wheel::default()
        }
    }

    #[test]
    fn a_key_swaps_what_the_wheel_does() {
        let pan = Turn::Pan(Point::new(0.0, -100.0));
        let with_control = Wheel {
            control: true,
            held: true,
            ..down()
        };
        let with_command = Wheel {
            command: true,
            ..down()
        };
        for with_key in [with_control, with_command] {
            assert_eq!(down().turn(false), pan);
            assert!(matches!(with_key.turn(false), Turn::Zoom(factor) if factor < 1.0));
            assert!(matches!(down().turn(true), Turn::Zoom(factor) if factor < 1.0));
            assert_eq!(with_key.turn(true), pan);
        }
    }

    #[test]
    fn a_pinch_zooms_whatever_the_wheel_does() {
        let pinch = Wheel {
            by: Point::new(0.0, -4.0),
            control: true,
            ..Wheel::default()
        };
        for zooms in [false, true] {
            assert!(matches!(pinch.turn(zooms), Turn::Zoom(factor) if factor > 1.03));
        }
    }

    #[test]
    fn shift_turns_it_aside_and_no_turn_zooms_without_bounds() {
        let aside = Wheel {
            shift: true,
            ..down()
        };
        assert_eq!(aside.turn(false), Turn::Pan(Point::new(-100.0, 0.0)));
        let slanted = Wheel {
            by: Point::new(3.0, 4.0),
            ..aside
        };
        assert_eq!(slanted.turn(false), Turn::Pan(Point::new(-3.0, -4.0)));
        let far = Wheel {
            by: Point::new(0.0, 1e9),
            ..Wheel::default()
        };
        assert_eq!(far.turn(true), Turn::Zoom(0.5));
    }
}
