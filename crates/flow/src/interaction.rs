//! Pointer gestures as a state machine that knows no browser: panning, marquee, dragging and
//! duplicating cards and notes, connecting and reconnecting. It takes pointer events in screen pixels and
//! answers with effects; whoever owns the document and the screen carries them out. What several
//! fingers do together is in [`fingers`], what the rim of the canvas does in [`rim`], and what the wheel
//! means in [`wheel`].

pub mod fingers;
pub mod rim;
#[cfg(test)]
mod tests;
pub mod wheel;

use crate::geometry::{Point, Rect};
use crate::view::View;

/// How far the pointer moves, in pixels, before a press becomes a drag.
const DRAG_THRESHOLD: f64 = 4.0;
/// The same for a finger, which never rests.
const TOUCH_THRESHOLD: f64 = 10.0;
/// The grid that dragged cards snap to, in world units.
pub const GRID_STEP: f64 = 4.0;

/// One end of a wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Where it leaves a card.
    Source,
    /// Where it enters one.
    Target,
}

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
    /// The grip at an end of a wire, by which it is reconnected.
    WireEnd(u32, End),
    /// The label of a group. Its cards are selected already.
    Group(u32),
    /// A note.
    Note(u32),
    /// The corner of a note, by which it is made larger or smaller.
    NoteCorner(u32),
}

/// A pointer event.
#[expect(
    clippy::struct_excessive_bools,
    reason = "keys and buttons, each of which is down or not"
)]
#[derive(Clone, Copy, Debug, Default)]
pub struct Pointer {
    /// Where, in screen pixels from the canvas's top left corner.
    pub at: Point,
    /// Whether Shift is held: adds to the selection.
    pub shift: bool,
    /// Whether Alt is held: a drag that starts so duplicates.
    pub alt: bool,
    /// Whether Ctrl is held: a drag then snaps to nothing.
    pub free: bool,
    /// Whether the press pans whatever is under it: space held, or the middle button.
    pub pan: bool,
    /// Whether it is a finger: dragging the empty canvas then pans.
    pub touch: bool,
}

/// What a drag is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// What is selected: cards and notes.
    Selected,
    /// The lower right corner of a note.
    NoteCorner(u32),
}

/// Which end of which connection follows the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loose {
    /// The far end of a new connection.
    New {
        /// The card it leaves.
        source: u32,
    },
    /// An end of a wire that there is.
    Wire {
        /// The wire.
        wire: u32,
        /// The end that follows the pointer; the other one stays.
        end: End,
    },
}

/// How a press began.
#[expect(
    clippy::struct_excessive_bools,
    reason = "what is known of a press, each true or not"
)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Press {
    /// What was pressed on.
    target: Target,
    /// Where, on the screen.
    from: Point,
    /// Whether Shift was held.
    shift: bool,
    /// Whether moving duplicates what is dragged.
    copies: bool,
    /// What is to be done before what is dragged is: select it alone (false), or with what is selected
    /// (true).
    selects: Option<bool>,
    /// Whether moving pans.
    pan: bool,
    /// Whether it is a finger.
    touch: bool,
}

/// Which gesture is under way.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Gesture {
    /// None.
    #[default]
    Idle,
    /// The pointer is down and has not moved yet.
    Pressed(Press),
    /// The pointer is down and what it does is done.
    Spent,
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
    /// Something follows the pointer.
    Dragging {
        /// What.
        held: Held,
        /// Where the drag started, in the world.
        from: Point,
    },
    /// A connection follows the pointer.
    Connecting(Loose),
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
    /// Put copies of what is selected in its place and select those: the drag moves them.
    Duplicate,
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
    /// Something is being dragged: show it moved.
    Drag {
        /// What.
        held: Held,
        /// By how much, in world units.
        by: Point,
        /// Whether it snaps to nothing.
        free: bool,
    },
    /// Move something and end the drag.
    Drop {
        /// What.
        held: Held,
        /// By how much, in world units.
        by: Point,
        /// Whether it snaps to nothing.
        free: bool,
    },
    /// Show a connection that ends at this point of the world; look what is under it.
    Reach {
        /// The end that is there.
        loose: Loose,
        /// Where it is, in the world.
        at: Point,
    },
    /// End the connection: on the card under the point, if there is one.
    Connect {
        /// The end that is there.
        loose: Loose,
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

    /// Whether something is being dragged.
    pub fn is_dragging(&self) -> bool {
        matches!(self, Self::Dragging { .. })
    }

    /// The pointer went down on `target`. `selected` says whether that is selected already.
    pub fn press(&mut self, pointer: Pointer, target: Target, selected: bool) -> Option<Effect> {
        let on_nothing = matches!(target, Target::Canvas | Target::Wire(_));
        let pan = pointer.pan || (pointer.touch && on_nothing);
        let is_thing = matches!(target, Target::Card(_) | Target::Note(_));
        // Pressing an unselected card or note selects it, so that the drag has something to move. A
        // finger may yet rest on it to add it to what is selected, so that waits.
        let selects = (is_thing && !selected && !pan).then_some(pointer.shift);
        let at_once = selects == Some(false) && !pointer.touch;
        *self = Self::Pressed(Press {
            target,
            from: pointer.at,
            shift: pointer.shift,
            copies: pointer.alt && (is_thing || matches!(target, Target::Group(_))),
            selects: selects.filter(|_| !at_once),
            pan,
            touch: pointer.touch,
        });
        at_once.then_some(Effect::Select {
            target,
            toggle: false,
        })
    }

    /// The pointer moved.
    pub fn drag(&mut self, pointer: Pointer, view: View) -> Option<Effect> {
        let world = view.world_from_screen(pointer.at);
        match *self {
            Self::Idle | Self::Spent => None,
            Self::Pressed(press) => {
                let threshold = if press.touch {
                    TOUCH_THRESHOLD
                } else {
                    DRAG_THRESHOLD
                };
                if press.from.distance(pointer.at) < threshold {
                    return None;
                }
                *self = press.moved(view);
                if let Some(toggle) = press.selects {
                    return Some(Effect::Select {
                        target: press.target,
                        toggle,
                    });
                }
                if press.copies && self.is_dragging() {
                    return Some(Effect::Duplicate);
                }
                self.drag(pointer, view)
            }
            Self::Panning { last } => {
                *self = Self::Panning { last: pointer.at };
                Some(Effect::Pan(pointer.at - last))
            }
            Self::Marquee { from, .. } => Some(Effect::Marquee(Rect::spanning(from, world))),
            Self::Dragging { held, from } => Some(Effect::Drag {
                held,
                by: world - from,
                free: pointer.free,
            }),
            Self::Connecting(loose) => Some(Effect::Reach { loose, at: world }),
        }
    }

    /// A finger rested where it went down: on a card or note it adds that to the selection or takes it
    /// out, on nothing it starts a marquee.
    pub fn long_press(&mut self, view: View) -> Option<Effect> {
        let Self::Pressed(press) = *self else {
            return None;
        };
        match press.target {
            _ if !press.touch => None,
            Target::Canvas | Target::Wire(_) => {
                let from = view.world_from_screen(press.from);
                *self = Self::Marquee { from, add: false };
                Some(Effect::Marquee(Rect::spanning(from, from)))
            }
            target @ (Target::Card(_) | Target::Note(_)) => {
                *self = Self::Spent;
                Some(Effect::Select {
                    target,
                    toggle: true,
                })
            }
            _ => None,
        }
    }

    /// The pointer went up.
    pub fn release(&mut self, pointer: Pointer, view: View) -> Option<Effect> {
        let world = view.world_from_screen(pointer.at);
        match std::mem::take(self) {
            Self::Idle | Self::Spent | Self::Panning { .. } => None,
            Self::Pressed(press) => press.clicked(),
            Self::Marquee { from, add } => Some(Effect::SelectArea {
                area: Rect::spanning(from, world),
                add,
            }),
            Self::Dragging { held, from } => Some(Effect::Drop {
                held,
                by: world - from,
                free: pointer.free,
            }),
            Self::Connecting(loose) => Some(Effect::Connect { loose, at: world }),
        }
    }

    /// The gesture was broken off: Escape, a second finger, or the system took the pointer away.
    pub fn cancel(&mut self) -> Option<Effect> {
        let was = std::mem::take(self);
        (!was.is_idle()).then_some(Effect::Cancel)
    }
}

impl Press {
    /// What it becomes once the pointer moves.
    fn moved(self, view: View) -> Gesture {
        let from = view.world_from_screen(self.from);
        let dragging = |held| Gesture::Dragging { held, from };
        match self.target {
            _ if self.pan => Gesture::Panning { last: self.from },
            Target::Canvas | Target::Wire(_) => Gesture::Marquee {
                from,
                add: self.shift,
            },
            Target::Card(_) | Target::Group(_) | Target::Note(_) => dragging(Held::Selected),
            Target::NoteCorner(note) => dragging(Held::NoteCorner(note)),
            Target::Handle(source) => Gesture::Connecting(Loose::New { source }),
            Target::WireEnd(wire, end) => Gesture::Connecting(Loose::Wire { wire, end }),
        }
    }

    /// What it means when the pointer goes up where it went down.
    fn clicked(self) -> Option<Effect> {
        let target = match self.target {
            _ if self.pan && !self.touch => return None,
            Target::Canvas => return (!self.shift).then_some(Effect::ClearSelection),
            Target::NoteCorner(note) => Target::Note(note),
            Target::Handle(card) => Target::Card(card),
            Target::WireEnd(wire, _) => Target::Wire(wire),
            other => other,
        };
        Some(Effect::Select {
            target,
            toggle: self.shift,
        })
    }
}

/// An offset or point, moved to the nearest one on the grid.
pub fn on_grid(point: Point) -> Point {
    let snap = |value: f64| (value / GRID_STEP).round() * GRID_STEP;
    Point::new(snap(point.x), snap(point.y))
}
