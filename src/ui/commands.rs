//! The commands of the page: one table from which come the keys, the palette and the sheet of
//! shortcuts. Each module below holds the commands of one subject; what they do to a document is
//! done by the core.
//!
//! A new command is one more entry in such a table; a new table is one more line in [`TABLES`].

mod canvas;
mod clipboard;
mod edit;
mod file;
mod find;
mod go;
mod picture;
mod snippet;
mod view;

use flow::keyboard::Keymap;
use leptos::prelude::*;

use super::app::Activity;
use super::workplace::Workplace;
use crate::browser::page;

/// Where commands are sorted under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Opening, saving, closing.
    File,
    /// Changing what is open.
    Edit,
    /// Pan, zoom, layout, panels, colours.
    View,
    /// Moving about.
    Go,
    /// Help with the page.
    Help,
}

impl Group {
    /// All of them, in the order they are shown in.
    pub const ALL: [Self; 5] = [Self::File, Self::Edit, Self::View, Self::Go, Self::Help];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::View => "View",
            Self::Go => "Go",
            Self::Help => "Help",
        }
    }
}

/// Where the keys of a command are heard. None is while a gesture is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Everywhere, even while something is typed.
    Always,
    /// On every screen, unless something is typed or a dialog is open.
    Page,
    /// Where documents are edited.
    Design,
    /// There, while the keyboard is on the graph, in the outline, or nowhere.
    Canvas,
    /// The same, but for the keys that every browser answers with an event of its own.
    Clipboard,
}

/// Something the page can be told to do.
pub struct AppCommand {
    /// Its name for settings; never changed.
    pub id: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// Where it is sorted under.
    pub group: Group,
    /// The keys it comes with, the one to be shown first.
    pub keys: &'static [&'static str],
    /// Where they are heard.
    pub heard: Heard,
    /// Why it cannot be done now, where it cannot.
    pub possible: fn(Workplace) -> Result<(), &'static str>,
    /// Does it.
    pub run: fn(Workplace),
}

/// All tables, in the order in which they are shown.
const TABLES: [&[AppCommand]; 9] = [
    file::COMMANDS,
    edit::COMMANDS,
    clipboard::COMMANDS,
    canvas::COMMANDS,
    find::COMMANDS,
    snippet::COMMANDS,
    picture::COMMANDS,
    view::COMMANDS,
    go::COMMANDS,
];

/// Every command.
pub fn all() -> impl Iterator<Item = &'static AppCommand> {
    TABLES.into_iter().flatten()
}

/// The command with this id.
pub fn named(id: &str) -> Option<&'static AppCommand> {
    all().find(|command| command.id == id)
}

/// Where the keys that the user chose are kept.
const KEY: &str = "flowdeck.keys";

/// The keys of all commands, with what the user chose in this browser.
pub fn keymap() -> Keymap {
    let mut keymap = Keymap::new(all().map(|command| (command.id, command.keys)));
    if let Some(own) = page::remembered(KEY) {
        keymap.read(&own);
    }
    keymap
}

/// Changes keys, and keeps that in this browser.
pub fn change_keys(place: Workplace, change: impl FnOnce(&mut Keymap)) {
    place.keymap.update(change);
    let own = place.keymap.with_untracked(Keymap::write);
    page::remember(KEY, Some(own.as_str()).filter(|own| !own.is_empty()));
}

/// What a command says that is always possible.
#[expect(
    clippy::unnecessary_wraps,
    reason = "stands where others say why they are not"
)]
fn always(_: Workplace) -> Result<(), &'static str> {
    Ok(())
}

/// A document must be shown.
fn with_document(place: Workplace) -> Result<(), &'static str> {
    let is_design = place.activity.get_untracked() == Activity::Design;
    match place.desk.active.get_untracked() {
        None => Err("no document is open"),
        Some(_) if !is_design => Err("only in Design"),
        Some(_) => Ok(()),
    }
}

/// A document must be shown that is drawn.
fn with_graph(place: Workplace) -> Result<(), &'static str> {
    with_document(place)?;
    let is_graph = place.desk.peek(|open| {
        let document = open.document();
        document.dialog_flow().is_some()
            || document.state_flow().is_some()
            || document.chart().is_some()
    });
    if is_graph == Some(true) {
        Ok(())
    } else {
        Err("the document is no graph")
    }
}

/// Something must be selected in it.
fn with_selection(place: Workplace) -> Result<(), &'static str> {
    with_graph(place)?;
    match place.desk.peek(|open| open.selection().is_empty()) {
        Some(false) => Ok(()),
        _ => Err("nothing is selected"),
    }
}

/// A card must be selected in it.
fn with_cards(place: Workplace) -> Result<(), &'static str> {
    with_graph(place)?;
    match place.desk.peek(|open| open.selection().cards.is_empty()) {
        Some(false) => Ok(()),
        _ => Err("no card is selected"),
    }
}

/// A card or note must be selected in it.
fn with_movable(place: Workplace) -> Result<(), &'static str> {
    with_graph(place)?;
    match place.desk.peek(|open| open.selection().is_movable()) {
        Some(true) => Ok(()),
        _ => Err("no card and no note is selected"),
    }
}

/// The document may be changed.
fn unlocked(place: Workplace) -> Result<(), &'static str> {
    if place.desk.read_only.get_untracked() {
        Err("this tab only shows the workspace")
    } else {
        Ok(())
    }
}

/// The text of the document may be changed.
fn writable(place: Workplace) -> Result<(), &'static str> {
    unlocked(place)?;
    if place.desk.is_export() {
        Err("an export of Cognigy.AI is only looked at")
    } else {
        Ok(())
    }
}
