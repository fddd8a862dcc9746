//! What fingers do on the canvas: two of them zoom it, one that rests means something of its own.

use flow::geometry::Point;
use flow::interaction::fingers::Fingers;
use leptos::prelude::*;
use web_sys::{MouseEvent, PointerEvent};

use super::gestures::Gestures;
use crate::browser::page;

/// How long a finger rests before that means something, in milliseconds.
const LONG_PRESS: i32 = 450;

impl Gestures {
    /// Takes note of a finger; true when what it does is no gesture of its own.
    pub(super) fn finger_down(self, event: &PointerEvent) -> bool {
        if event.pointer_type() != "touch" {
            return false;
        }
        let at = self.screen_point(event);
        let finger = event.pointer_id();
        let pinches = self.fingers.try_update_value(|fingers| {
            let begins = fingers.press(finger, at);
            (begins, fingers.pinches())
        });
        let (begins, pinches) = pinches.unwrap_or_default();
        if begins {
            self.cancel();
        }
        pinches
    }

    pub(super) fn wait_for_long_press(self) {
        let press = self.presses.get_value().wrapping_add(1);
        self.presses.set_value(press);
        page::after(LONG_PRESS, move || {
            if self.presses.try_get_value() == Some(press) {
                let view = self.desk.view.get_untracked();
                let effect = self.step(|gesture| gesture.long_press(view));
                self.carry_out(effect, Point::default());
            }
        });
    }

    /// Follows a finger; true when what it does is no gesture of its own.
    pub(super) fn finger_moved(self, event: &PointerEvent) -> bool {
        if event.pointer_type() != "touch" {
            return false;
        }
        let (at, finger) = (self.screen_point(event), event.pointer_id());
        let view = self.desk.view.get_untracked();
        let moved = self.fingers.try_update_value(|fingers| {
            let view = fingers.moved(finger, at, view);
            (view, fingers.pinches())
        });
        let (view, pinches) = moved.unwrap_or_default();
        if let Some(view) = view {
            self.desk.view.set(view);
        }
        pinches
    }

    /// Forgets a finger; true when what it did was no gesture of its own.
    pub(super) fn finger_up(self, event: &PointerEvent) -> bool {
        let finger = event.pointer_id();
        self.presses
            .update_value(|presses| *presses = presses.wrapping_add(1));
        let pinched = self.fingers.try_update_value(|fingers| {
            let pinched = fingers.pinches();
            fingers.release(finger);
            pinched
        });
        pinched.unwrap_or_default()
    }

    /// The system took the pointer away.
    pub fn taken_away(self, event: &PointerEvent) {
        self.finger_up(event);
        self.cancel();
    }

    /// The menu of the browser is asked for: a finger that rests means something else here.
    pub fn menu(self, event: &MouseEvent) {
        if self
            .fingers
            .with_value(|fingers| *fingers != Fingers::default())
        {
            event.prevent_default();
        }
    }
}
