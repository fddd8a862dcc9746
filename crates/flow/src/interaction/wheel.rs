//! What a turn of the wheel means: it pans or zooms, as somebody prefers. Two fingers that pinch a
//! trackpad come as a turn with Ctrl that nobody holds, and always zoom.

use crate::geometry::Point;

/// How much a pixel of a wheel zooms: a notch by about a quarter.
const BY_WHEEL: f64 = 0.0022;
/// The same for fingers, which turn by a few pixels at a time.
const BY_PINCH: f64 = 0.01;

/// What a turn comes with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum With {
    /// With no key.
    #[default]
    Nothing,
    /// With Ctrl, or the key that Macs have instead.
    Key,
    /// With Ctrl that nobody holds: two fingers pinch.
    Pinch,
}

impl With {
    /// What a turn comes with that claims to come with Ctrl (`control`) or the key of Macs (`command`),
    /// where Ctrl is known to be held or not.
    pub fn told(control: bool, command: bool, held: bool) -> Self {
        match (control, command) {
            (true, _) if !held => Self::Pinch,
            (false, false) => Self::Nothing,
            _ => Self::Key,
        }
    }
}

/// A turn of the wheel.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Wheel {
    /// By how much, in pixels.
    pub by: Point,
    /// What it comes with.
    pub with: With,
    /// Whether it comes with Shift, which turns it aside.
    pub shift: bool,
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
        let zooms = match self.with {
            With::Nothing => zooms,
            With::Key => !zooms,
            With::Pinch => true,
        };
        if zooms {
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
        let speed = match self.with {
            With::Pinch => BY_PINCH,
            With::Nothing | With::Key => BY_WHEEL,
        };
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
        for (control, command) in [(true, false), (false, true)] {
            let with_key = Wheel {
                with: With::told(control, command, control),
                ..down()
            };
            assert!(matches!(with_key.turn(false), Turn::Zoom(factor) if factor < 1.0));
            assert_eq!(down().turn(false), pan);
            assert!(matches!(down().turn(true), Turn::Zoom(factor) if factor < 1.0));
            assert_eq!(with_key.turn(true), pan);
        }
    }

    #[test]
    fn a_pinch_zooms_whatever_the_wheel_does() {
        let pinch = Wheel {
            by: Point::new(0.0, -4.0),
            with: With::told(true, false, false),
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
