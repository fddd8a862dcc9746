//! Which documents are open, in which order, and which one is shown.

use std::sync::Arc;

use flow::document::Document;
use flow::kept::kept_in;
use flow::rules::links::Beside;
use flow::session::Positions;
use leptos::prelude::*;
use web_sys::FileSystemFileHandle;

use super::{Desk, DocumentId, REOPENABLE, Seat};
use crate::ui::notices::{Notice, NoticeAction};

impl Desk {
    /// Opens a document in a new tab and shows it, with the layout, groups and notes that the file
    /// keeps; `positions` come first.
    pub fn open(
        self,
        file_name: &str,
        document: Document,
        positions: Positions,
        handle: Option<FileSystemFileHandle>,
    ) -> DocumentId {
        let (mut kept, annotations) = kept_in(document.tree());
        kept.extend(positions);
        let mut open = self.opened(document, kept);
        open.set_file_name(file_name);
        open.set_annotations(annotations);
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
                    beside: None,
                });
                id
            })
            .unwrap_or_default();
        self.show(id);
        id
    }

    /// Shows the document of this file and text, if it is open; false when it is not.
    pub fn show_same(self, file_name: &str, text: &str) -> bool {
        let open = self.store.with_value(|store| {
            let same =
                |seat: &&Seat| seat.file_name == file_name && seat.open.document().text() == text;
            store.seats.iter().find(same).map(|seat| seat.id)
        });
        if let Some(id) = open {
            self.show(id);
        }
        open.is_some()
    }

    /// Opens a chart in a new tab, or shows it where it is open already, with the charts it belongs to.
    pub fn open_chart(self, file_name: &str, document: Document, beside: Beside) -> DocumentId {
        let id = if self.show_same(file_name, document.text()) {
            self.active.get_untracked().unwrap_or_default()
        } else {
            self.open(file_name, document, Positions::new(), None)
        };
        self.store.update_value(|store| {
            if let Some(seat) = store.seat_mut(id) {
                seat.beside = Some(beside);
            }
        });
        self.show(id);
        id
    }

    /// Shows an open document; nothing when it is closed by now.
    pub fn show(self, id: DocumentId) {
        if self.store.with_value(|store| store.seat(id).is_none()) {
            return;
        }
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
            None => self.look_first(),
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
                let title = flow::diagram::display(seat.open.title());
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

    /// Whether a document was closed that can be opened again.
    pub fn has_closed(self) -> bool {
        self.store.with_value(|store| !store.closed.is_empty())
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
}
