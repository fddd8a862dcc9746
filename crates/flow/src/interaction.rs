//! Pointer gestures as a state machine that knows no browser: panning, marquee, dragging cards,
//! connecting. It takes pointer events in screen pixels and answers with effects; whoever owns the
//! document and the screen carries them out.

use crate::geometry::{Point, Rect};
use crate::view::View;

/// How far the pointer moves, in pixels, before a press becomes a drag.
const DRAG_THRESHOLD: f64 = 4.0;
/// The grid that dragged cards snap to, in world units.
pub const GRID_STEP: f64 = 4.0;

/// What is under the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Nothing.
    Canvas,
    /// A card.
    Card(u32),
    /// The handle of a card, from which connections are drawn.
    Handle(u32),
    /// A wire.
    Wire(u32),
}

/// A pointer event.
#[derive(Clone, Copy, Debug)]
pub struct Pointer {
    /// Where, in screen pixels from the canvas's top left corner.
    pub at: Point,
    /// Whether Shift is held: adds to the selection.
    pub shift: bool,
    /// Whether the press pans whatever is under it: space held, or the middle button.
    pub pan: bool,
    /// Whether it is a finger: dragging the empty canvas then pans.
    pub touch: bool,
}

/// Which gesture is under way.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Gesture {
    /// None.
    #[default]
    Idle,
    /// The pointer is down and has not moved yet.
    Pressed {
        /// What it was pressed on.
        target: Target,
        /// Where, on the screen.
        from: Point,
        /// Whether Shift was held.
        shift: bool,
        /// Whether moving pans.
        pan: bool,
    },
    /// The view follows the pointer.
    Panning {
        /// Where the pointer was last.
        last: Point,
    },
    /// A rectangle is drawn.
    Marquee {
        /// Where it started, in the world.
        from: Point,
        /// Whether what it holds is added to the selection.
        add: bool,
    },
    /// Cards follow the pointer.
    Dragging {
        /// Where the drag started, in the world.
        from: Point,
    },
    /// A connection follows the pointer.
    Connecting {
        /// The card it leaves.
        source: u32,
    },
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Effect {
    /// Select this alone, or toggle it.
    Select {
        /// What.
        target: Target,
        /// Toggle it and keep the rest.
        toggle: bool,
    },
    /// Select nothing.
    ClearSelection,
    /// Move the view by this many pixels.
    Pan(Point),
    /// Show the marquee, in world coordinates.
    Marquee(Rect),
    /// Select what the marquee holds and hide it.
    SelectArea {
        /// The area, in world coordinates.
        area: Rect,
        /// Keep what was selected.
        add: bool,
    },
    /// The selected cards are being dragged: show them moved by this much, in world units.
    Drag(Point),
    /// Move the selected cards by this much and end the drag.
    Drop(Point),
    /// Show a connection from the card to this point of the world; look what is under it.
    Reach {
        /// The card it leaves.
        source: u32,
        /// Where it is, in the world.
        at: Point,
    },
    /// End the connection: on the card under the point, if there is one.
    Connect {
        /// The card it leaves.
        source: u32,
        /// Where it was let go, in the world.
        at: Point,
    },
    /// Hide whatever the gesture showed; nothing happened.
    Cancel,
}

impl Gesture {
    /// Whether nothing is under way.
    pub fn is_idle(&self) -> bool {
        *self == Self::Idle
    }

    /// The pointer went down on `target`. `selected` says whether that is selected already.
    pub fn press(&mut self, pointer: Pointer, target: Target, selected: bool) -> Option<Effect> {
        let pan = pointer.pan || (pointer.touch && target == Target::Canvas);
        *self = Self::Pressed {
            target,
            from: pointer.at,
            shift: pointer.shift,
            pan,
        };
        // Pressing an unselected card selects it at once, so that the drag has something to move.
        let unselected_card = matches!(target, Target::Card(_)) && !selected;
        (unselected_card && !pointer.shift && !pan).then_some(Effect::Select {
            target,
            toggle: false,
        })
    }

    /// The pointer moved.
    pub fn drag(&mut self, pointer: Pointer, view: View) -> Option<Effect> {
        let world = view.world_from_screen(pointer.at);
        match *self {
            Self::Idle => None,
            Self::Pressed {
                target,
                from,
                shift,
                pan,
            } => {
                if from.distance(pointer.at) < DRAG_THRESHOLD {
                    return None;
                }
                let start = view.world_from_screen(from);
                *self = match target {
                    _ if pan => Self::Panning { last: from },
                    Target::Canvas | Target::Wire(_) => Self::Marquee {
                        from: start,
                        add: shift,
                    },
                    Target::Card(_) => Self::Dragging { from: start },
                    Target::Handle(source) => Self::Connecting { source },
                };
                self.drag(pointer, view)
            }
            Self::Panning { last } => {
                *self = Self::Panning { last: pointer.at };
                Some(Effect::Pan(pointer.at - last))
            }
            Self::Marquee { from, .. } => Some(Effect::Marquee(Rect::spanning(from, world))),
            Self::Dragging { from } => Some(Effect::Drag(snapped(world - from))),
            Self::Connecting { source } => Some(Effect::Reach { source, at: world }),
        }
    }

    /// The pointer went up.
    pub fn release(&mut self, pointer: Pointer, view: View) -> Option<Effect> {
        let world = view.world_from_screen(pointer.at);
        match std::mem::take(self) {
            Self::Idle | Self::Panning { .. } => None,
            Self::Pressed { pan: true, .. } if !pointer.touch => None,
            Self::Pressed {
                target: Target::Canvas,
                shift,
                ..
            } => (!shift).then_some(Effect::ClearSelection),
            Self::Pressed {
                target: Target::Handle(card),
                shift,
                ..
            } => Some(Effect::Select {
                target: Target::Card(card),
                toggle: shift,
            }),
            Self::Pressed { target, shift, .. } => Some(Effect::Select {
                target,
                toggle: shift,
            }),
            Self::Marquee { from, add } => Some(Effect::SelectArea {
                area: Rect::spanning(from, world),
                add,
            }),
            Self::Dragging { from } => Some(Effect::Drop(snapped(world - from))),
            Self::Connecting { source } => Some(Effect::Connect { source, at: world }),
        }
    }

    /// The gesture was broken off: Escape, or the system took the pointer away.
    pub fn cancel(&mut self) -> Option<Effect> {
        let was = std::mem::take(self);
        (!was.is_idle()).then_some(Effect::Cancel)
    }
}

fn snapped(offset: Point) -> Point {
    let snap = |value: f64| (value / GRID_STEP).round() * GRID_STEP;
    Point::new(snap(offset.x), snap(offset.y))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> Pointer {
        Pointer {
            at: Point::new(x, y),
            shift: false,
            pan: false,
            touch: false,
        }
    }

    #[test]
    fn a_click_selects_and_a_click_on_nothing_clears() {
        let mut gesture = Gesture::default();
        let card = Target::Card(3);
        let select = Effect::Select {
            target: card,
            toggle: false,
        };
        assert_eq!(gesture.press(at(5.0, 5.0), card, false), Some(select));
        assert_eq!(gesture.drag(at(6.0, 6.0), View::default()), None);
        assert_eq!(gesture.release(at(6.0, 6.0), View::default()), Some(select));
        gesture.press(at(0.0, 0.0), Target::Canvas, false);
        assert_eq!(
            gesture.release(at(0.0, 0.0), View::default()),
            Some(Effect::ClearSelection)
        );
    }

    #[test]
    fn dragging_a_card_is_in_world_units_on_the_grid() {
        let mut gesture = Gesture::default();
        let view = View {
            pan: Point::new(100.0, 0.0),
            zoom: 0.5,
        };
        gesture.press(at(100.0, 100.0), Target::Card(0), true);
        let moved = Point::new(24.0, 12.0);
        assert_eq!(
            gesture.drag(at(111.6, 106.3), view),
            Some(Effect::Drag(moved))
        );
        assert_eq!(
            gesture.release(at(111.6, 106.3), view),
            Some(Effect::Drop(moved))
        );
        assert!(gesture.is_idle());
    }

    #[test]
    fn escape_ends_any_gesture_without_effect_on_the_document() {
        for target in [
            Target::Canvas,
            Target::Card(0),
            Target::Handle(0),
            Target::Wire(0),
        ] {
            let mut gesture = Gesture::default();
            gesture.press(at(0.0, 0.0), target, false);
            gesture.drag(at(50.0, 50.0), View::default());
            assert_eq!(gesture.cancel(), Some(Effect::Cancel));
            assert_eq!(gesture.release(at(50.0, 50.0), View::default()), None);
        }
    }

    #[test]
    fn a_finger_on_the_canvas_pans_and_a_mouse_draws_a_marquee() {
        let mut gesture = Gesture::default();
        gesture.press(
            Pointer {
                touch: true,
                ..at(0.0, 0.0)
            },
            Target::Canvas,
            false,
        );
        let pan = gesture.drag(at(10.0, 4.0), View::default());
        assert_eq!(pan, Some(Effect::Pan(Point::new(10.0, 4.0))));
        gesture.cancel();
        gesture.press(at(0.0, 0.0), Target::Canvas, false);
        let area = Rect::spanning(Point::default(), Point::new(10.0, 4.0));
        assert_eq!(
            gesture.drag(at(10.0, 4.0), View::default()),
            Some(Effect::Marquee(area))
        );
    }
}
