//! What the wheel does without a key. This browser remembers it, as it does the theme: it depends on
//! whether there is a mouse or a trackpad.

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
