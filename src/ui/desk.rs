//! The desk: the open documents and what of them the screens follow. The only place that changes
//! an open document.
//!
//! Documents are plain data in a store; signals only say that something changed. A component reads
//! the store inside a memo that follows [`Desk::revision`].

mod links;
mod rules;
mod stored;

use std::sync::Arc;

use flow::command::Command;
use flow::diagram::Owner;
use flow::document::{Document, DocumentKind};
use flow::geometry::{Point, Rect};
use flow::open_document::{OpenDocument, Selection};
use flow::rules::Settings;
use flow::session::{Positions, Refused};
use flow::view::View;
use flow::workspace::RuleSettings;
use leptos::prelude::*;
use web_sys::FileSystemFileHandle;

pub use self::stored::{Restored, Shared, Stamp};
use super::disk::Conflict;
use super::notices::{Notice, NoticeAction, Notices};
use crate::browser::page;

/// Names an open document for as long as the page lives.
pub type DocumentId = u32;

/// The zoom below which labels are hard to read.
const READABLE: f64 = 0.75;

/// How long a jump is shown, in milliseconds.
const FLASH: i32 = 900;

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
    /// The card or wire that was just jumped to, and its document.
    pub flashed: RwSignal<Option<(DocumentId, Owner)>>,
    /// Whether a pointer gesture is under way, during which keys do nothing but break it off.
    pub gesturing: RwSignal<bool>,
    /// Whether nothing may be changed: another tab writes, or a newer version has written.
    pub read_only: RwSignal<bool>,
    /// The file that was found changed when it was to be saved.
    pub conflict: RwSignal<Option<Conflict>, LocalStorage>,
    /// The byte of the text that was just jumped to, in a document that is no graph.
    pub jumped: RwSignal<Option<u32>>,
    /// How severe rules are, for every document.
    pub rules: RwSignal<RuleSettings>,
    /// What the user is told.
    pub notices: Notices,
}

/// What the user is told when they change something that must not be.
const READ_ONLY: &str = "This tab only shows the workspace. Nothing was changed.";

impl Desk {
    /// An empty desk.
    pub fn new() -> Self {
        Self {
            store: StoredValue::new_local(Store::default()),
            active: RwSignal::new(None),
            tabs: RwSignal::new(Vec::new()),
            revision: RwSignal::new(0),
            selected: RwSignal::new(0),
            dragged: RwSignal::new(0),
            view: RwSignal::new(View::default()),
            size: RwSignal::new((0.0, 0.0)),
            flashed: RwSignal::new(None),
            gesturing: RwSignal::new(false),
            read_only: RwSignal::new(false),
            conflict: RwSignal::new_local(None),
            jumped: RwSignal::new(None),
            rules: RwSignal::new(RuleSettings::default()),
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

    /// Opens a document in a new tab and shows it.
    pub fn open(
        self,
        file_name: &str,
        document: Document,
        positions: Positions,
        handle: Option<FileSystemFileHandle>,
    ) -> DocumentId {
        let mut open = OpenDocument::new(document, positions);
        self.apply_rules(&mut open);
        let id = self
            .store
            .try_update_value(|store| {
                let id = store.next;
                store.next += 1;
                let file_name = file_name.to_owned();
                store.seats.push(Seat {
                    id,
                    file_name,
                    open,
                    handle,
                    view: None,
                });
                id
            })
            .unwrap_or_default();
        self.show(id);
        id
    }

    /// Shows an open document.
    pub fn show(self, id: DocumentId) {
        let view = self.view.get_untracked();
        let previous = self.active.get_untracked();
        let measured = self.size.get_untracked().0 > 0.0;
        self.flashed.set(None);
        let next_view = self
            .store
            .try_update_value(|store| {
                // Before the canvas has a size there was no look worth remembering.
                if measured && let Some(seat) = previous.and_then(|id| store.seat_mut(id)) {
                    seat.view = Some(view);
                }
                store.seat(id).and_then(|seat| seat.view)
            })
            .flatten();
        self.active.set(Some(id));
        self.announce_change();
        match next_view {
            Some(view) => self.view.set(view),
            None => self.look(),
        }
    }

    /// The first look at a document: all of it where that can be read, else its beginning.
    pub fn look(self) {
        let (width, height) = self.size.get_untracked();
        self.fit();
        if width == 0.0 || self.view.get_untracked().zoom >= READABLE {
            return;
        }
        let start = self.peek(|open| {
            let entry = open.diagram().entry.unwrap_or_default();
            open.scene().cards().get(entry as usize).copied()
        });
        if let Some(card) = start.flatten() {
            let left = Point::new(72.0, height / 2.0);
            let card_left = Point::new(card.min.x, card.center().y);
            self.view.set(View {
                pan: left - card_left * READABLE,
                zoom: READABLE,
            });
        }
    }

    /// Closes a document; the tab beside it is shown. It can be opened again as it was.
    pub fn close(self, id: DocumentId) {
        if self.refuses() {
            return;
        }
        let closed = self
            .store
            .try_update_value(|store| {
                let index = store.seats.iter().position(|seat| seat.id == id)?;
                let seat = store.seats.remove(index);
                let title = flow::diagram::display(seat.open.document().title());
                let unsaved = seat.open.is_unsaved();
                if store.closed.len() >= REOPENABLE {
                    store.closed.remove(0);
                }
                store.closed.push((index, seat));
                let beside = index.min(store.seats.len().saturating_sub(1));
                Some((title, unsaved, store.seats.get(beside).map(|seat| seat.id)))
            })
            .flatten();
        let Some((title, unsaved, beside)) = closed else {
            return;
        };
        if self.active.get_untracked() == Some(id) {
            self.active.set(None);
            match beside {
                Some(next) => self.show(next),
                None => self.announce_change(),
            }
        } else {
            self.announce_change();
        }
        if unsaved {
            let text = format!("{title} was closed with work that is not in its file.");
            self.notices
                .show(Notice::info(text).with_action(NoticeAction::Reopen));
        }
    }

    /// Opens the document that was closed last again, with its history.
    pub fn reopen(self) {
        if self.refuses() {
            return;
        }
        let id = self
            .store
            .try_update_value(|store| {
                let (index, seat) = store.closed.pop()?;
                let id = seat.id;
                let index = index.min(store.seats.len());
                store.seats.insert(index, seat);
                Some(id)
            })
            .flatten();
        if let Some(id) = id {
            self.show(id);
        }
    }

    /// Applies a command to the shown document. What stops it is told to the user.
    pub fn apply(self, command: &Command) -> bool {
        if self.refuses() {
            return false;
        }
        match self.with(|open| open.apply(command)) {
            Some(Ok(changed)) => {
                if changed {
                    self.announce_change();
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
        if let Some(label) = self.with(OpenDocument::undo).flatten() {
            self.announce_change();
            self.notices.announce(format!("Undone: {label}"));
        }
    }

    /// Does the last undone step again.
    pub fn redo(self) {
        if self.refuses() {
            return;
        }
        if let Some(label) = self.with(OpenDocument::redo).flatten() {
            self.announce_change();
            self.notices.announce(format!("Done again: {label}"));
        }
    }

    /// Selects something else.
    pub fn select(self, selection: Selection) {
        self.with(|open| open.select(selection));
        self.selected.update(|count| *count += 1);
    }

    /// Changes the selection.
    pub fn change_selection(self, change: impl FnOnce(&mut Selection)) {
        if let Some(mut selection) = self.peek(|open| open.selection().clone()) {
            change(&mut selection);
            self.select(selection);
        }
    }

    /// Shows the selected cards moved by `offset` without a command.
    pub fn preview_move(self, offset: Point) {
        self.with(|open| open.preview_move(offset));
        self.dragged.update(|count| *count += 1);
    }

    /// Shows every card where it stands again.
    pub fn end_preview(self) {
        self.with(OpenDocument::end_preview);
        self.dragged.update(|count| *count += 1);
    }

    /// Moves the selected cards by `offset`.
    pub fn move_selected(self, offset: Point) {
        let command = self.with(|open| {
            open.end_preview();
            open.move_command(offset)
        });
        self.dragged.update(|count| *count += 1);
        if let Some(command) = command.flatten() {
            self.apply(&command);
        }
    }

    /// Fits everything into the canvas.
    pub fn fit(self) {
        let (width, height) = self.size.get_untracked();
        if let Some(bounds) = self.peek(|open| open.scene().bounds()).flatten()
            && width > 0.0
        {
            self.view.set(View::fitting(bounds, width, height, 56.0));
        }
    }

    /// Selects a card or wire, brings it into view and flashes it.
    pub fn reveal(self, owner: Owner) {
        let selection = Selection::of(owner);
        let bounds: Option<Rect> = self.peek(|open| open.bounds_of(&selection)).flatten();
        self.select(selection);
        let (width, height) = self.size.get_untracked();
        if let (Some(bounds), true) = (bounds, width > 0.0) {
            self.view.update(|view| {
                // Too small to read is as good as not in view.
                if view.zoom < 0.5 {
                    let zoomed = View {
                        pan: Point::default(),
                        zoom: 0.8,
                    };
                    let middle = Point::new(width / 2.0, height / 2.0);
                    *view = View {
                        pan: middle - bounds.center() * zoomed.zoom,
                        ..zoomed
                    };
                } else {
                    *view = view.revealing(bounds, width, height, 64.0);
                }
            });
        }
        self.flash(owner);
    }

    fn flash(self, owner: Owner) {
        let Some(document) = self.active.get_untracked() else {
            return;
        };
        let flash = Some((document, owner));
        self.flashed.set(flash);
        page::after(FLASH, move || {
            if self
                .flashed
                .try_get_untracked()
                .is_some_and(|now| now == flash)
            {
                self.flashed.set(None);
            }
        });
    }

    /// The name, text and handle of a document, for saving it.
    pub fn file(self, id: DocumentId) -> Option<(String, Arc<str>, Option<FileSystemFileHandle>)> {
        self.store.with_value(|store| {
            store.seat(id).map(|seat| {
                let text = seat.open.document().tree().shared_text();
                (seat.file_name.clone(), text, seat.handle.clone())
            })
        })
    }

    /// The text a document had when it was last saved or opened.
    pub fn saved_text(self, id: DocumentId) -> Option<Arc<str>> {
        self.store.with_value(|store| {
            store
                .seat(id)
                .map(|seat| Arc::clone(seat.open.saved_text()))
        })
    }

    /// Notes that `text` is in the file now.
    pub fn mark_saved(self, id: DocumentId, text: Arc<str>) {
        self.store.update_value(|store| {
            if let Some(seat) = store.seat_mut(id) {
                seat.open.mark_saved(text);
            }
        });
        self.announce_change();
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
                    title: flow::diagram::display(seat.open.document().title()).to_string(),
                    kind: seat.open.document().kind(),
                    unsaved: seat.open.is_unsaved(),
                })
                .collect::<Vec<_>>()
        });
        if self.tabs.with_untracked(|old| *old != tabs) {
            self.tabs.set(tabs);
        }
        self.revision.update(|count| *count += 1);
        self.selected.update(|count| *count += 1);
    }
}

/// The desk of this page.
pub fn desk() -> Desk {
    expect_context::<Desk>()
}
