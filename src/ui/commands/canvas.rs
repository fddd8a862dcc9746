//! Commands that edit what stands on the canvas.

use flow::open_document::{Align, Spread};

use super::{
    AppCommand, Group, Heard, unlocked, with_cards, with_graph, with_movable, with_selection,
    writable,
};
use crate::ui::canvas::{add, arrange, clipboard, connect, frames, heal, notes};
use crate::ui::workplace::Workplace;

fn with_two(place: Workplace) -> Result<(), &'static str> {
    with_at_least(place, 2, "fewer than two cards are selected")
}

fn with_three(place: Workplace) -> Result<(), &'static str> {
    with_at_least(place, 3, "fewer than three cards are selected")
}

fn with_at_least(
    place: Workplace,
    count: usize,
    missing: &'static str,
) -> Result<(), &'static str> {
    with_cards(place)?;
    unlocked(place)?;
    match place
        .desk
        .peek(|open| open.selection().cards.len() >= count)
    {
        Some(true) => Ok(()),
        _ => Err(missing),
    }
}

fn editable(place: Workplace) -> Result<(), &'static str> {
    with_graph(place)?;
    writable(place)
}

fn editable_cards(place: Workplace) -> Result<(), &'static str> {
    with_cards(place)?;
    writable(place)
}

fn placeable(place: Workplace) -> Result<(), &'static str> {
    with_graph(place)?;
    unlocked(place)
}

fn placeable_cards(place: Workplace) -> Result<(), &'static str> {
    with_cards(place)?;
    unlocked(place)
}

/// An entry for an alignment or a distribution.
macro_rules! arranged {
    ($id:literal, $name:literal, $possible:expr, $run:expr) => {
        AppCommand {
            id: $id,
            name: $name,
            group: Group::Edit,
            keys: &[],
            heard: Heard::Canvas,
            possible: $possible,
            run: $run,
        }
    };
}

/// The commands. What they return is whether something was changed, which the desk has said.
pub(super) const COMMANDS: &[AppCommand] = &[
    AppCommand {
        id: "add",
        name: "Add a card",
        group: Group::Edit,
        keys: &["N"],
        heard: Heard::Canvas,
        possible: editable,
        run: |place| {
            add::ask(place.desk);
        },
    },
    AppCommand {
        id: "connect",
        name: "Connect to",
        group: Group::Edit,
        keys: &["C"],
        heard: Heard::Canvas,
        possible: editable_cards,
        run: |place| {
            connect::ask(place.desk);
        },
    },
    AppCommand {
        id: "duplicate",
        name: "Duplicate",
        group: Group::Edit,
        keys: &["Mod+D"],
        heard: Heard::Canvas,
        possible: |place| with_movable(place).and_then(|()| writable(place)),
        run: |place| {
            clipboard::duplicate(place.desk);
        },
    },
    AppCommand {
        id: "heal",
        name: "Delete and heal",
        group: Group::Edit,
        keys: &["Mod+Delete", "Mod+Backspace"],
        heard: Heard::Canvas,
        possible: |place| with_selection(place).and_then(|()| writable(place)),
        run: |place| {
            heal::heal(place.desk);
        },
    },
    AppCommand {
        id: "group",
        name: "Group",
        group: Group::Edit,
        keys: &["Mod+G"],
        heard: Heard::Canvas,
        possible: placeable_cards,
        run: |place| {
            frames::group(place.desk);
        },
    },
    AppCommand {
        id: "ungroup",
        name: "Ungroup",
        group: Group::Edit,
        keys: &["Mod+Shift+G"],
        heard: Heard::Canvas,
        possible: placeable_cards,
        run: |place| {
            frames::ungroup(place.desk);
        },
    },
    AppCommand {
        id: "note",
        name: "Add a note",
        group: Group::Edit,
        keys: &["Shift+S"],
        heard: Heard::Canvas,
        possible: placeable,
        run: |place| {
            notes::add_note(place.desk);
        },
    },
    arranged!("align-left", "Align left", with_two, |place| {
        arrange::align(place.desk, Align::Left);
    }),
    arranged!("align-center", "Align centres", with_two, |place| {
        arrange::align(place.desk, Align::Center);
    }),
    arranged!("align-right", "Align right", with_two, |place| {
        arrange::align(place.desk, Align::Right);
    }),
    arranged!("align-top", "Align top", with_two, |place| {
        arrange::align(place.desk, Align::Top);
    }),
    arranged!("align-middle", "Align middles", with_two, |place| {
        arrange::align(place.desk, Align::Middle);
    }),
    arranged!("align-bottom", "Align bottom", with_two, |place| {
        arrange::align(place.desk, Align::Bottom);
    }),
    arranged!(
        "distribute-horizontally",
        "Distribute horizontally",
        with_three,
        |place| {
            arrange::distribute(place.desk, Spread::Horizontally);
        }
    ),
    arranged!(
        "distribute-vertically",
        "Distribute vertically",
        with_three,
        |place| {
            arrange::distribute(place.desk, Spread::Vertically);
        }
    ),
];
