//! Commands that change what is seen, and nothing in the document.

use leptos::prelude::*;

use super::{AppCommand, Group, Heard, always, with_document, with_graph, with_selection};
use crate::ui::keys;
use crate::ui::theme::ThemeChoice;
use crate::ui::tour;
use crate::ui::workplace::{Overlay, Workplace};

fn toggle(panel: RwSignal<bool>) {
    panel.update(|open| *open = !*open);
}

fn choose_theme(place: Workplace, choice: ThemeChoice) {
    place.theme.choice.set(choice);
}

/// An entry without keys of its own.
macro_rules! unbound {
    ($id:literal, $name:literal, $possible:expr, $run:expr) => {
        AppCommand {
            id: $id,
            name: $name,
            group: Group::View,
            keys: &[],
            heard: Heard::Page,
            possible: $possible,
            run: $run,
        }
    };
}

/// The commands.
pub(super) const COMMANDS: &[AppCommand] = &[
    AppCommand {
        id: "fit",
        name: "Fit everything",
        group: Group::View,
        keys: &["1"],
        heard: Heard::Design,
        possible: with_graph,
        run: |place| place.desk.fit(),
    },
    AppCommand {
        id: "fit-selection",
        name: "Fit the selection",
        group: Group::View,
        keys: &["2"],
        heard: Heard::Design,
        possible: with_selection,
        run: |place| place.desk.fit_selection(),
    },
    AppCommand {
        id: "zoom-100",
        name: "Zoom to 100 %",
        group: Group::View,
        keys: &["0"],
        heard: Heard::Design,
        possible: with_graph,
        run: |place| keys::zoom_to(place.desk, 1.0),
    },
    AppCommand {
        id: "zoom-in",
        name: "Zoom in",
        group: Group::View,
        keys: &["+", "="],
        heard: Heard::Design,
        possible: with_graph,
        run: |place| keys::zoom_by(place.desk, 1.25),
    },
    AppCommand {
        id: "zoom-out",
        name: "Zoom out",
        group: Group::View,
        keys: &["-"],
        heard: Heard::Design,
        possible: with_graph,
        run: |place| keys::zoom_by(place.desk, 0.8),
    },
    unbound!(
        "toggle-outline",
        "Show or hide the outline",
        with_graph,
        |place| {
            toggle(place.panels.outline);
        }
    ),
    unbound!(
        "toggle-source",
        "Show or hide the source",
        with_graph,
        |place| {
            toggle(place.panels.source);
        }
    ),
    unbound!(
        "toggle-inspector",
        "Show or hide the inspector",
        with_graph,
        |place| {
            toggle(place.panels.inspector);
        }
    ),
    unbound!(
        "toggle-problems",
        "Show or hide the problems",
        with_document,
        |place| {
            toggle(place.panels.problems);
        }
    ),
    unbound!("theme-light", "Light theme", always, |place| {
        choose_theme(place, ThemeChoice::Light);
    }),
    unbound!("theme-dark", "Dark theme", always, |place| {
        choose_theme(place, ThemeChoice::Dark);
    }),
    unbound!("theme-system", "Theme of the system", always, |place| {
        choose_theme(place, ThemeChoice::System);
    }),
    unbound!(
        "toggle-minimap",
        "Show or hide the minimap",
        with_graph,
        |place| {
            toggle(place.panels.minimap);
        }
    ),
    AppCommand {
        id: "tour",
        name: "Take the tour",
        group: Group::Help,
        keys: &[],
        heard: Heard::Page,
        possible: always,
        run: tour::start,
    },
    AppCommand {
        id: "palette",
        name: "Command palette",
        group: Group::Help,
        keys: &["Mod+K"],
        heard: Heard::Page,
        possible: always,
        run: |place| place.overlay.set(Some(Overlay::Palette)),
    },
    AppCommand {
        id: "shortcuts",
        name: "Keyboard shortcuts",
        group: Group::Help,
        keys: &["?"],
        heard: Heard::Page,
        possible: always,
        run: |place| place.overlay.set(Some(Overlay::Shortcuts)),
    },
];
