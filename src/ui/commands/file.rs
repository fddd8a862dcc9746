//! Commands that open, save and close.

use leptos::prelude::*;

use super::{AppCommand, Group, Heard, always, with_document};
use crate::browser::page;
use crate::ui::app::Activity;
use crate::ui::files;
use crate::ui::start::{NEW_DIALOG_FLOW, NEW_STATE_FLOW, open_new};
use crate::ui::workplace::Workplace;

/// Opens what is new where it can be seen.
fn in_design(place: Workplace, open: impl FnOnce()) {
    place.activity.set(Activity::Design);
    open();
}

/// The commands.
pub(super) const COMMANDS: &[AppCommand] = &[
    AppCommand {
        id: "open",
        name: "Open files",
        group: Group::File,
        keys: &["Mod+O"],
        heard: Heard::Always,
        possible: always,
        run: |place| place.intake.choose(),
    },
    AppCommand {
        id: "save",
        name: "Save the file",
        group: Group::File,
        keys: &["Mod+S"],
        heard: Heard::Always,
        possible: |place| match place.desk.active.get_untracked() {
            Some(_) => Ok(()),
            None => Err("no document is open"),
        },
        run: |place| {
            page::finish_typing();
            files::save(place.desk);
        },
    },
    AppCommand {
        id: "new-dialog-flow",
        name: "New dialog flow",
        group: Group::File,
        keys: &[],
        heard: Heard::Page,
        possible: always,
        run: |place| {
            in_design(place, || {
                open_new(place.desk, "new-flow.json", NEW_DIALOG_FLOW);
            });
        },
    },
    AppCommand {
        id: "new-state-flow",
        name: "New state flow",
        group: Group::File,
        keys: &[],
        heard: Heard::Page,
        possible: always,
        run: |place| {
            in_design(place, || {
                open_new(place.desk, "new-state-flow.json", NEW_STATE_FLOW);
            });
        },
    },
    AppCommand {
        id: "open-sample",
        name: "Open a sample",
        group: Group::File,
        keys: &[],
        heard: Heard::Page,
        possible: always,
        run: |place| {
            in_design(place, || {
                files::open_sample(place.desk, "customer-support.json");
            });
        },
    },
    AppCommand {
        id: "close",
        name: "Close the document",
        group: Group::File,
        keys: &[],
        heard: Heard::Design,
        possible: with_document,
        run: |place| {
            if let Some(id) = place.desk.active.get_untracked() {
                files::close(place.desk, id);
            }
        },
    },
    AppCommand {
        id: "reopen",
        name: "Reopen the closed document",
        group: Group::File,
        keys: &["Mod+Shift+T"],
        heard: Heard::Design,
        possible: |place| {
            if place.desk.has_closed() {
                Ok(())
            } else {
                Err("nothing was closed")
            }
        },
        run: |place| place.desk.reopen(),
    },
];
