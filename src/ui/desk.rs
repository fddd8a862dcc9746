//! The desk: the open documents and what of them the screens follow. The only place that changes
//! an open document.
//!
//! Documents are plain data in a store; signals only say that something changed. A component reads
//! the store inside a memo that follows [`Desk::revision`].

mod asking;
mod dragging;
mod links;
mod looking;
mod remarks;
mod rules;
mod stored;
mod tabs;

use std::sync::Arc;

use compact_str::CompactString;
use flow::command::Command;
use flow::diagram::Owner;
use flow::document::DocumentKind;
use flow::geometry::Point;
use flow::open_document::{Check, Ghost, OpenDocument, Selection};
use flow::rules::Settings;
use flow::rules::chart_index::ChartIndex;
use flow::rules::links::Beside;
use flow::session::Refused;
use flow::view::View;
use flow::workspace::{RawJson, RuleSettings};
use leptos::prelude::*;
use web_sys::FileSystemFileHandle;

pub use self::asking::Asked;
pub use self::stored::{Restored, Shared, Stamp};
use super::disk::Conflict;
use super::notices::{Notice, Notices};

/// Names an open document for as long as the page lives.
pub type DocumentId = u32;

/// What a tab shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Tab {
    /// Which document it is.
    pub id: DocumentId,
    /// The file's name.
    pub file_name: String,
    /// What the document calls itself.
    pub title: String,
    /// Its kind.
    pub kind: DocumentKind,
    /// Whether it differs from the file.
    pub unsaved: bool,
}

/// An open document with what belongs to this page alone.
struct Seat {
    id: DocumentId,
    file_name: String,
    open: OpenDocument,
    handle: Option<FileSystemFileHandle>,
    /// Pan and zoom when it was last looked at; none before the first look.
    view: Option<View>,
    /// The charts it was opened with, for one that was opened with others.
    beside: Option<Beside>,
}

/// How many closed documents can be opened again.
const REOPENABLE: usize = 10;

#[derive(Default)]
struct Store {
    seats: Vec<Seat>,
    /// Closed documents with the place of their tab, the last one last.
    closed: Vec<(usize, Seat)>,
    next: DocumentId,
    links: links::FlowOf,
    /// The charts that were opened one by one.
    charts: (Vec<DocumentId>, Arc<ChartIndex>),
    /// The selection that is known outside: of which document, and its revision.
    known_selection: Option<(DocumentId, u64)>,
}

impl Store {
    fn seat(&self, id: DocumentId) -> Option<&Seat> {
        self.seats.iter().find(|seat| seat.id == id)
    }

    fn seat_mut(&mut self, id: DocumentId) -> Option<&mut Seat> {
        self.seats.iter_mut().find(|seat| seat.id == id)
    }
}

/// A handle on the desk; copied freely.
#[derive(Clone, Copy)]
pub struct Desk {
    store: StoredValue<Store, LocalStorage>,
    /// The rules, once the page has them.
    check: StoredValue<Option<Check>>,
    /// The document that is shown.
    pub active: RwSignal<Option<DocumentId>>,
    /// The tabs, in order.
    pub tabs: RwSignal<Vec<Tab>>,
    /// Grows whenever the shown document, or which one that is, changes.
    pub revision: RwSignal<u64>,
    /// Grows whenever what is selected changes.
    pub selected: RwSignal<u64>,
    /// Grows while cards are dragged.
    pub dragged: RwSignal<u64>,
    /// Pan and zoom.
    pub view: RwSignal<View>,
    /// Size of the canvas in pixels.
    pub size: RwSignal<(f64, f64)>,
    /// What the canvas asks for before it adds or connects something.
    pub asked: RwSignal<Option<Asked>>,
    /// The last nudge, which the next one may go on with.
    nudged: StoredValue<Option<dragging::Nudge>>,
    /// Where the pointer is over the canvas, in pixels from its corner.
    pub pointer: StoredValue<Option<Point>>,
    /// The card or wire that was just jumped to, and its document.
    pub flashed: RwSignal<Option<(DocumentId, Owner)>>,
    /// What the fix that is pointed at would do to the picture.
    pub ghost: RwSignal<Option<Ghost>>,
    /// Whether cards glide to where they stand now, instead of jumping there.
    pub gliding: RwSignal<bool>,
    /// Whether a pointer gesture is under way, during which keys do nothing but break it off.
    pub gesturing: RwSignal<bool>,
    /// Whether nothing may be changed: another tab writes, or a newer version has written.
    pub read_only: RwSignal<bool>,
    /// The file that was found changed when it was to be saved.
    pub conflict: RwSignal<Option<Conflict>, LocalStorage>,
    /// The node of another chart that a jump is followed to: the chart's place among those opened
    /// together, and the node's id.
    pub other_chart: RwSignal<Option<(ChartOf, CompactString)>>,
    /// The byte of the text that was just jumped to, in a document that is no graph.
    pub jumped: RwSignal<Option<u32>>,
    /// How severe rules are, for every document.
    pub rules: RwSignal<RuleSettings>,
    /// The connections to tenants, each as JSON; never a secret.
    pub connections: RwSignal<Vec<RawJson>>,
    /// Connections that came with files, each with the name of its file, until the part that knows
    /// connections has looked at them.
    pub brought: RwSignal<Vec<Brought>>,
    /// What the user is told.
    pub notices: Notices,
}

/// The connections of one file, as it spells them.
#[derive(Clone, Debug, PartialEq)]
pub struct Brought {
    /// The name of the file.
    pub file_name: String,
    /// Each as JSON. Nothing of it is checked.
    pub connections: Vec<RawJson>,
}

/// A chart, by the charts it is one of and its place among them.
pub type ChartOf = (Arc<ChartIndex>, u32);

/// What the user is told when they change something that must not be.
const READ_ONLY: &str = "This tab only shows the workspace. Nothing was changed.";
/// What the user is told when they change the text of an export.
const EXPORT: &str = "Nothing was changed: an export of Cognigy.AI is only looked at here. Change the flow in \
                      Cognigy.AI and export it again.";

impl Desk {
    /// An empty desk.
    pub fn new() -> Self {
        Self {
            store: StoredValue::new_local(Store::default()),
            check: StoredValue::new(None),
            active: RwSignal::new(None),
            tabs: RwSignal::new(Vec::new()),
            revision: RwSignal::new(0),
            selected: RwSignal::new(0),
            dragged: RwSignal::new(0),
            view: RwSignal::new(View::default()),
            size: RwSignal::new((0.0, 0.0)),
            asked: RwSignal::new(None),
            nudged: StoredValue::new(None),
            pointer: StoredValue::new(None),
            flashed: RwSignal::new(None),
            ghost: RwSignal::new(None),
            gliding: RwSignal::new(false),
            gesturing: RwSignal::new(false),
            read_only: RwSignal::new(false),
            conflict: RwSignal::new_local(None),
            other_chart: RwSignal::new(None),
            jumped: RwSignal::new(None),
            rules: RwSignal::new(RuleSettings::default()),
            connections: RwSignal::new(Vec::new()),
            brought: RwSignal::new(Vec::new()),
            notices: Notices::new(),
        }
    }

    /// Reads the shown document, following its changes.
    pub fn read<T>(self, reader: impl FnOnce(&OpenDocument) -> T) -> Option<T> {
        self.revision.track();
        self.peek(reader)
    }

    /// Reads the shown document and its selection, following both.
    pub fn read_selected<T>(self, reader: impl FnOnce(&OpenDocument) -> T) -> Option<T> {
        self.selected.track();
        self.read(reader)
    }

    /// Reads what is selected in the shown document, following only that.
    pub fn read_selection<T>(self, reader: impl FnOnce(&Selection) -> T) -> Option<T> {
        self.selected.track();
        self.peek(|open| reader(open.selection()))
    }

    /// Reads the shown document as it is now.
    pub fn peek<T>(self, reader: impl FnOnce(&OpenDocument) -> T) -> Option<T> {
        let id = self.active.get_untracked()?;
        self.store
            .with_value(|store| store.seat(id).map(|seat| reader(&seat.open)))
    }

    fn with<T>(self, change: impl FnOnce(&mut OpenDocument) -> T) -> Option<T> {
        let id = self.active.get_untracked()?;
        self.store
            .try_update_value(|store| store.seat_mut(id).map(|seat| change(&mut seat.open)))
            .flatten()
    }

    /// Applies a command to the shown document. What stops it is told to the user.
    pub fn apply(self, command: &Command) -> bool {
        if self.refuses() || command.is_about_text() && self.refuses_edit() {
            return false;
        }
        match self.with(|open| open.apply(command)) {
            Some(Ok(changed)) => {
                if changed {
                    self.announce_change();
                    self.say_change(&command.label);
                }
                changed
            }
            Some(Err(refused)) => {
                self.notices.show(Notice::error(refused.to_string()));
                false
            }
            None => false,
        }
    }

    /// Builds a command from the shown document and applies it.
    pub fn run(self, build: impl FnOnce(&OpenDocument) -> Option<Command>) -> bool {
        match self.peek(build).flatten() {
            Some(command) => self.apply(&command),
            None => false,
        }
    }

    /// Changes what is said about the shown document alone: what of it is acknowledged. How severe
    /// rules are is changed by [`Desk::change_rules`].
    pub fn change_settings(self, change: impl FnOnce(&mut Settings)) {
        if self.refuses() {
            return;
        }
        self.with(|open| open.change_settings(change));
        self.announce_change();
    }

    /// Changes the connections that are kept with the workspace; false when this tab may not.
    pub fn change_connections(self, change: impl FnOnce(&mut Vec<RawJson>)) -> bool {
        if self.refuses() {
            return false;
        }
        self.connections.update(change);
        self.announce_change();
        true
    }

    /// Applies every fix of a rule to the shown document, as one step.
    pub fn fix_all(self, code: &str) -> Option<Result<usize, Refused>> {
        if self.refuses() {
            return None;
        }
        let result = self.with(|open| open.fix_all(code));
        self.announce_change();
        result
    }

    /// Takes the last step back.
    pub fn undo(self) {
        if self.refuses() {
            return;
        }
        self.glide();
        if let Some(label) = self.with(OpenDocument::undo).flatten() {
            self.announce_change();
            self.say_change(&format!("Undone: {label}"));
        }
    }

    /// Does the last undone step again.
    pub fn redo(self) {
        if self.refuses() {
            return;
        }
        self.glide();
        if let Some(label) = self.with(OpenDocument::redo).flatten() {
            self.announce_change();
            self.say_change(&format!("Done again: {label}"));
        }
    }

    /// Says to screen readers what was changed, and how many problems there are now.
    fn say_change(self, change: &str) {
        let count = self.peek(|open| open.problems().len()).unwrap_or_default();
        let problems = match count {
            0 => "No problems".to_owned(),
            1 => "1 problem".to_owned(),
            count => format!("{count} problems"),
        };
        self.notices.announce(format!("{change}. {problems}."));
    }

    /// Tells those who follow what is selected, if that is something else than they know.
    fn announce_selection(self) {
        let now = self
            .active
            .get_untracked()
            .zip(self.peek(OpenDocument::selection_revision));
        let known = self
            .store
            .try_update_value(|store| std::mem::replace(&mut store.known_selection, now));
        if known != Some(now) {
            self.selected.update(|count| *count += 1);
        }
    }

    fn announce_change(self) {
        self.store.update_value(Store::follow_links);
        let tabs = self.store.with_value(|store| {
            store
                .seats
                .iter()
                .map(|seat| Tab {
                    id: seat.id,
                    file_name: seat.file_name.clone(),
                    title: flow::diagram::display(seat.open.title()).to_string(),
                    kind: seat.open.document().kind(),
                    unsaved: seat.open.is_unsaved(),
                })
                .collect::<Vec<_>>()
        });
        if self.tabs.with_untracked(|old| *old != tabs) {
            self.tabs.set(tabs);
        }
        self.revision.update(|count| *count += 1);
        self.announce_selection();
    }
}

/// The desk of this page.
pub fn desk() -> Desk {
    expect_context::<Desk>()
}
