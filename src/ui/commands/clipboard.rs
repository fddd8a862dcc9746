//! Commands of the clipboard. Their usual keys are the browser's own: it answers them with an event that
//! needs no permission, which the canvas hears. From the palette, or by other keys, the clipboard is asked.

use super::{AppCommand, Group, Heard, unlocked, with_document, with_movable, writable};
use crate::browser::clipboard as system;
use crate::ui::canvas::clipboard;
use crate::ui::workplace::Workplace;

fn offered() -> Result<(), &'static str> {
    if system::is_offered() {
        Ok(())
    } else {
        Err("the browser offers the clipboard by its keys alone")
    }
}

/// The commands.
pub(super) const COMMANDS: &[AppCommand] = &[
    AppCommand {
        id: "copy",
        name: "Copy",
        group: Group::Edit,
        keys: &["Mod+C"],
        heard: Heard::Clipboard,
        possible: |place: Workplace| with_movable(place).and_then(|()| offered()),
        run: |place| clipboard::copy_selected(place.desk, false),
    },
    AppCommand {
        id: "cut",
        name: "Cut",
        group: Group::Edit,
        keys: &["Mod+X"],
        heard: Heard::Clipboard,
        possible: |place| {
            with_movable(place)?;
            writable(place)?;
            offered()
        },
        run: |place| clipboard::copy_selected(place.desk, true),
    },
    AppCommand {
        id: "paste",
        name: "Paste",
        group: Group::Edit,
        keys: &["Mod+V"],
        heard: Heard::Clipboard,
        possible: |place| {
            with_document(place)?;
            unlocked(place)?;
            offered()
        },
        run: |place| clipboard::paste_text(place.intake, place.desk),
    },
];
