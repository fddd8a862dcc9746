//! Feeds frames to what is held at the rim of the canvas, for as long as the view moves under it. How
//! far it moves is decided by [`flow::interaction::rim`].

use flow::interaction::Pointer;
use flow::view::View;
use leptos::prelude::*;

use super::gestures::Gestures;
use crate::browser::page;

/// What is known between two frames.
#[derive(Clone, Copy, Default)]
pub(super) struct Rim {
    /// Where the pointer is.
    pointer: Pointer,
    /// When the last frame was, in milliseconds since the page was opened; none while no frame is asked
    /// for.
    last: Option<f64>,
    /// The view before it moved in this gesture.
    from: Option<View>,
}

impl Gestures {
    /// Notes where the pointer is, and asks for frames when it is where the view moves.
    pub(super) fn watch_rim(self, pointer: Pointer) {
        let size = self.desk.size.get_untracked();
        let drifts = self
            .gesture
            .with_untracked(|gesture| gesture.drifts(pointer.at, size));
        let begins = self.rim.try_update_value(|rim| {
            rim.pointer = pointer;
            let begins = drifts && rim.last.is_none();
            if begins {
                rim.last = Some(page::now());
            }
            begins
        });
        if begins == Some(true) {
            page::next_frame(move || self.rim_frame());
        }
    }

    /// A gesture begins: the view has not moved in it.
    pub(super) fn start_rim(self) {
        self.rim.update_value(|rim| rim.from = None);
    }

    /// A gesture is broken off: the view is where it was when it began.
    pub(super) fn undo_rim(self) {
        let from = self.rim.try_update_value(|rim| rim.from.take());
        if let Some(view) = from.flatten() {
            self.desk.view.set(view);
        }
    }

    fn rim_frame(self) {
        let now = page::now();
        // The canvas may be gone by the time a frame comes.
        let Some((pointer, last)) = self
            .rim
            .try_update_value(|rim| (rim.pointer, rim.last.replace(now)))
        else {
            return;
        };
        let elapsed = now - last.unwrap_or(now);
        let view = self.desk.view.get_untracked();
        let size = self.desk.size.get_untracked();
        match self.step(|gesture| gesture.tick(pointer, view, size, elapsed)) {
            Some(effects) => {
                self.rim.update_value(|rim| {
                    rim.from.get_or_insert(view);
                });
                for effect in effects {
                    self.carry_out(Some(effect), pointer.at);
                }
                page::next_frame(move || self.rim_frame());
            }
            None => self.rim.update_value(|rim| rim.last = None),
        }
    }
}
