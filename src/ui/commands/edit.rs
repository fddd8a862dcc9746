//! Commands that change the open document, and those that select in it.

use flow::geometry::Point;
use flow::open_document::Selection;
use flow::session::Session;
use leptos::prelude::*;

use super::{
    AppCommand, Group, Heard, unlocked, with_document, with_graph, with_movable, with_selection,
    writable,
};
use crate::browser::page;
use crate::ui::desk::Asked;
use crate::ui::keys;
use crate::ui::workplace::Workplace;

/// An entry for a nudge.
macro_rules! nudge {
    ($id:literal, $name:literal, $key:literal, $x:literal, $y:literal) => {
        AppCommand {
            id: $id,
            name: $name,
            group: Group::Edit,
            keys: &[$key],
            heard: Heard::Canvas,
            possible: |place| with_movable(place).and_then(|()| unlocked(place)),
            run: |place| keys::nudge(place.desk, Point::new($x, $y)),
        }
    };
}

fn history(
    place: Workplace,
    label: fn(&Session) -> Option<&str>,
    missing: &'static str,
) -> Result<(), &'static str> {
    with_document(place)?;
    unlocked(place)?;
    match place.desk.peek(|open| label(open.session()).is_some()) {
        Some(true) => Ok(()),
        _ => Err(missing),
    }
}

/// What is selected may go. Of an export that is notes alone, which do not stand in its file.
fn deletable(place: Workplace) -> Result<(), &'static str> {
    with_selection(place)?;
    let notes_alone = place.desk.peek(|open| {
        let selection = open.selection();
        selection.len() == selection.notes.len()
    });
    if notes_alone == Some(true) {
        unlocked(place)
    } else {
        writable(place)
    }
}

/// The commands.
pub(super) const COMMANDS: &[AppCommand] = &[
    AppCommand {
        id: "undo",
        name: "Undo",
        group: Group::Edit,
        keys: &["Mod+Z"],
        heard: Heard::Design,
        possible: |place| history(place, Session::undo_label, "there is nothing to undo"),
        run: |place| place.desk.undo(),
    },
    AppCommand {
        id: "redo",
        name: "Redo",
        group: Group::Edit,
        keys: &["Mod+Shift+Z", "Mod+Y"],
        heard: Heard::Design,
        possible: |place| history(place, Session::redo_label, "there is nothing to redo"),
        run: |place| place.desk.redo(),
    },
    AppCommand {
        id: "rename",
        name: "Rename or edit",
        group: Group::Edit,
        keys: &["F2", "Enter"],
        heard: Heard::Canvas,
        possible: with_graph,
        run: |place| {
            let note = place
                .desk
                .peek(|open| open.selection().single_note().cloned());
            if let Some(note) = note.flatten() {
                place.desk.asked.set(Some(Asked::Write { note }));
            } else {
                place.panels.inspector.set(true);
                page::after(0, page::focus_inspector);
            }
        },
    },
    AppCommand {
        id: "delete",
        name: "Delete",
        group: Group::Edit,
        keys: &["Delete", "Backspace"],
        heard: Heard::Canvas,
        possible: deletable,
        run: |place| {
            keys::delete_selected(place.desk);
        },
    },
    AppCommand {
        id: "select-all",
        name: "Select all",
        group: Group::Edit,
        keys: &["Mod+A"],
        heard: Heard::Canvas,
        possible: with_graph,
        run: |place| keys::select_all(place.desk),
    },
    AppCommand {
        id: "select-nothing",
        name: "Clear the selection",
        group: Group::Edit,
        keys: &["Escape"],
        heard: Heard::Canvas,
        possible: with_selection,
        run: |place| place.desk.select(Selection::default()),
    },
    AppCommand {
        id: "tidy",
        name: "Tidy the layout",
        group: Group::Edit,
        keys: &["Alt+Shift+T"],
        heard: Heard::Design,
        possible: |place| with_graph(place).and_then(|()| unlocked(place)),
        run: |place| keys::tidy(place.desk),
    },
    nudge!("nudge-left", "Move left", "ArrowLeft", -1.0, 0.0),
    nudge!("nudge-right", "Move right", "ArrowRight", 1.0, 0.0),
    nudge!("nudge-up", "Move up", "ArrowUp", 0.0, -1.0),
    nudge!("nudge-down", "Move down", "ArrowDown", 0.0, 1.0),
    nudge!(
        "nudge-left-far",
        "Move left, ten steps",
        "Shift+ArrowLeft",
        -10.0,
        0.0
    ),
    nudge!(
        "nudge-right-far",
        "Move right, ten steps",
        "Shift+ArrowRight",
        10.0,
        0.0
    ),
    nudge!(
        "nudge-up-far",
        "Move up, ten steps",
        "Shift+ArrowUp",
        0.0,
        -10.0
    ),
    nudge!(
        "nudge-down-far",
        "Move down, ten steps",
        "Shift+ArrowDown",
        0.0,
        10.0
    ),
];
