//! Reads turns of the wheel, and remembers what it does without a key: that depends on whether there is a
//! mouse or a trackpad, so this browser keeps it, as it does the theme. What a turn means is decided by
//! [`flow::interaction::wheel`].

use flow::geometry::Point;
use flow::interaction::wheel::{Wheel, With};
use web_sys::WheelEvent;

use crate::browser::page;

/// Where the choice is kept.
const KEY: &str = "flowdeck.wheel";

/// Whether the wheel zooms, and pans with Ctrl.
pub fn zooms() -> bool {
    page::remembered(KEY).as_deref() == Some("zoom")
}

/// Lets this browser remember what the wheel does.
pub fn remember(zooms: bool) {
    page::remember(KEY, Some(if zooms { "zoom" } else { "pan" }));
}

/// The turn that an event tells of, while Ctrl is known to be held or not.
pub fn read(event: &WheelEvent, held: bool) -> Wheel {
    let unit = match event.delta_mode() {
        WheelEvent::DOM_DELTA_LINE => 18.0,
        WheelEvent::DOM_DELTA_PAGE => 400.0,
        _ => 1.0,
    };
    Wheel {
        by: Point::new(event.delta_x(), event.delta_y()) * unit,
        with: With::told(event.ctrl_key(), event.meta_key(), held),
        shift: event.shift_key(),
    }
}
