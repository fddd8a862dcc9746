//! Commands that find a text, replace it, and rename what it names.

use leptos::prelude::*;

use super::{AppCommand, Group, Heard, with_graph, writable};
use crate::ui::workplace::{Finding, Overlay};

/// The commands.
pub(super) const COMMANDS: &[AppCommand] = &[
    AppCommand {
        id: "find",
        name: "Find",
        group: Group::Edit,
        keys: &["Mod+F"],
        heard: Heard::Design,
        possible: with_graph,
        run: |place| place.finding.set(Some(Finding::Find)),
    },
    AppCommand {
        id: "replace",
        name: "Find and replace",
        group: Group::Edit,
        keys: &["Mod+H"],
        heard: Heard::Design,
        possible: |place| with_graph(place).and_then(|()| writable(place)),
        run: |place| place.finding.set(Some(Finding::Replace)),
    },
    AppCommand {
        id: "rename-everywhere",
        name: "Rename everywhere…",
        group: Group::Edit,
        keys: &["Shift+F2"],
        heard: Heard::Design,
        possible: |place| with_graph(place).and_then(|()| writable(place)),
        run: |place| place.overlay.set(Some(Overlay::Rename)),
    },
];
