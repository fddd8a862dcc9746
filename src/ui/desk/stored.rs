//! What of the desk is stored between visits, and putting it back.

use std::collections::BTreeMap;
use std::sync::Arc;

use flow::annotations::Annotations;
use flow::document::Document;
use flow::json::ReadError;
use flow::rules::Acknowledgement;
use flow::session::Positions;
use flow::view::View;
use flow::workspace::{Member, Original, RawJson, RuleSettings, StoredDocument};
use leptos::prelude::*;
use web_sys::FileSystemFileHandle;

use super::{Desk, DocumentId, EXPORT, READ_ONLY, Seat};
use crate::ui::notices::Notice;

/// Tells whether what is stored of a document has changed: two that are equal say it has not.
#[derive(Clone, Debug)]
pub struct Stamp {
    revision: u64,
    saved: Arc<str>,
    acknowledgements: Vec<Acknowledgement>,
}

/// What is stored of the desk besides its documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shared {
    /// How severe rules are.
    pub rules: RuleSettings,
    /// The payloads, each with the flow it belongs to.
    pub links: BTreeMap<DocumentId, DocumentId>,
    /// The connections to tenants.
    pub connections: Vec<RawJson>,
}

impl PartialEq for Stamp {
    fn eq(&self, other: &Self) -> bool {
        self.revision == other.revision
            && Arc::ptr_eq(&self.saved, &other.saved)
            && self.acknowledgements == other.acknowledgements
    }
}

/// A document that comes back.
pub struct Restored {
    /// Its number in the store.
    pub id: DocumentId,
    /// The name of its file.
    pub file_name: String,
    /// The document, as it was edited.
    pub document: Document,
    /// Where nodes were placed by hand.
    pub positions: Positions,
    /// Its groups and notes.
    pub annotations: Annotations,
    /// Pan and zoom when it was last looked at.
    pub view: Option<View>,
    /// What the file holds, where that differs.
    pub file_text: Option<Arc<str>>,
    /// The problems that were accepted.
    pub acknowledgements: Vec<Acknowledgement>,
    /// Where it can be written back to.
    pub handle: Option<FileSystemFileHandle>,
}

impl Restored {
    /// A stored document as it goes on the desk under a number, without a handle.
    pub fn of(id: DocumentId, stored: &StoredDocument) -> Result<Self, Vec<ReadError>> {
        let original = stored.original.as_ref();
        Ok(Self {
            id,
            file_name: stored.file_name.clone(),
            document: Document::read(stored.text.clone())?,
            positions: stored.layout.clone(),
            annotations: stored.annotations.clone(),
            view: stored.view,
            file_text: original.and_then(|original| original.apply(&stored.text)),
            acknowledgements: stored.acknowledgements.clone(),
            handle: None,
        })
    }
}

impl Seat {
    fn stamp(&self) -> Stamp {
        Stamp {
            revision: self.open.session().revision(),
            saved: Arc::clone(self.open.saved_text()),
            acknowledgements: self.open.settings().acknowledgements.clone(),
        }
    }

    fn is_still(&self, restored: &Restored) -> bool {
        let file = restored
            .file_text
            .as_deref()
            .unwrap_or(restored.document.text());
        *self.open.document().text() == *restored.document.text()
            && **self.open.saved_text() == *file
            && *self.open.session().positions() == restored.positions
            && *self.open.annotations() == restored.annotations
            && self.open.settings().acknowledgements == restored.acknowledgements
    }
}

impl Desk {
    /// The open documents in the order of their tabs, and how far each has come.
    pub fn stamps(self) -> Vec<(DocumentId, Stamp)> {
        self.store.with_value(|store| {
            let stamp = |seat: &Seat| (seat.id, seat.stamp());
            store.seats.iter().map(stamp).collect()
        })
    }

    /// What is stored besides the documents.
    pub fn shared(self) -> Shared {
        Shared {
            rules: self.rules.get_untracked(),
            links: self.store.with_value(|store| store.links.clone()),
            connections: self.connections.get_untracked(),
        }
    }

    /// What is stored of a document.
    pub fn stored(self, id: DocumentId, unknown: Vec<Member>) -> Option<StoredDocument> {
        let shown = (self.active.get_untracked() == Some(id)).then(|| self.view.get_untracked());
        self.store.with_value(|store| {
            let seat = store.seat(id)?;
            let document = seat.open.document();
            Some(StoredDocument {
                id: id.to_string(),
                kind: document.kind().as_str().to_owned(),
                file_name: seat.file_name.clone(),
                text: document.tree().shared_text(),
                layout: seat.open.session().positions().clone(),
                annotations: seat.open.annotations().clone(),
                view: shown.or(seat.view),
                original: Original::between(document.text(), seat.open.saved_text()),
                acknowledgements: seat.open.settings().acknowledgements.clone(),
                unknown,
            })
        })
    }

    /// Pan and zoom of a document when it was last looked at.
    pub fn last_view(self, id: DocumentId) -> Option<View> {
        if self.active.get_untracked() == Some(id) {
            return Some(self.view.get_untracked());
        }
        self.store
            .with_value(|store| store.seat(id).and_then(|seat| seat.view))
    }

    /// The handle of the file a document came from.
    pub fn handle(self, id: DocumentId) -> Option<FileSystemFileHandle> {
        self.store
            .with_value(|store| store.seat(id).and_then(|seat| seat.handle.clone()))
    }

    /// Puts stored documents on the desk, in order and before those that are only here. A stored
    /// document that is open already is replaced where it differs; one of `known` that is stored
    /// no more is closed. What is `shared` takes the place of what was, but for the links of what
    /// is only here.
    pub fn restore(
        self,
        documents: Vec<Restored>,
        shared: Shared,
        active: Option<DocumentId>,
        known: &[DocumentId],
    ) {
        let Shared {
            rules,
            links,
            connections,
        } = shared;
        self.set_rules(rules);
        if self.connections.with_untracked(|old| *old != connections) {
            self.connections.set(connections);
        }
        let shown = self.active.get_untracked();
        let shown = self.store.try_update_value(|store| {
            let own = std::mem::replace(&mut store.links, links);
            let mut here = std::mem::take(&mut store.seats);
            let highest = documents.iter().map(|document| document.id).max();
            store.next = store.next.max(highest.map_or(0, |id| id + 1));
            let mut still_shown = None;
            for restored in documents {
                let place = here
                    .iter()
                    .position(|seat| seat.id == restored.id && known.contains(&seat.id));
                let kept = place.map(|place| here.remove(place));
                if kept.is_some() && shown == Some(restored.id) {
                    still_shown = shown;
                }
                let seat = match kept {
                    Some(seat) if seat.is_still(&restored) => seat,
                    kept => self.seat(restored, kept.and_then(|seat| seat.view)),
                };
                store.seats.push(seat);
            }
            let mut numbers: BTreeMap<DocumentId, DocumentId> =
                known.iter().map(|&id| (id, id)).collect();
            for mut seat in here {
                if known.contains(&seat.id) {
                    continue;
                }
                let old = seat.id;
                if store.seats.iter().any(|other| other.id == old) {
                    seat.id = store.next;
                    store.next += 1;
                }
                if shown == Some(old) {
                    still_shown = Some(seat.id);
                }
                numbers.insert(old, seat.id);
                store.seats.push(seat);
            }
            for (payload, flow) in own.iter().filter(|(payload, _)| !known.contains(payload)) {
                if let (Some(&payload), Some(&flow)) = (numbers.get(payload), numbers.get(flow)) {
                    store.links.insert(payload, flow);
                }
            }
            let wanted = active.filter(|id| store.seat(*id).is_some());
            still_shown
                .or(wanted)
                .or(store.seats.first().map(|seat| seat.id))
        });
        match shown.flatten() {
            Some(id) if self.active.get_untracked() == Some(id) => self.announce_change(),
            Some(id) => {
                // What was shown under that number is no more.
                self.active.set(None);
                self.show(id);
            }
            None => {
                self.active.set(None);
                self.announce_change();
            }
        }
    }

    /// Opens a document that was stored elsewhere in a new tab, under a new number, and shows it.
    pub fn add(self, restored: Restored) -> Option<DocumentId> {
        let id = self.store.try_update_value(|store| {
            let id = store.next;
            store.next += 1;
            store
                .seats
                .push(self.seat(Restored { id, ..restored }, None));
            id
        });
        if let Some(id) = id {
            self.show(id);
        }
        id
    }

    /// Lets the numbers of documents that are opened from now on start at `first`, out of the
    /// way of those that another tab gives.
    pub fn number_from(self, first: DocumentId) {
        self.store
            .update_value(|store| store.next = store.next.max(first));
    }

    /// Whether changes are refused; tells the user so.
    pub fn refuses(self) -> bool {
        let refuses = self.read_only.get_untracked();
        if refuses {
            self.notices.show(Notice::info(READ_ONLY));
        }
        refuses
    }

    /// Whether the text of the shown document stays as it is; tells the user so.
    pub fn refuses_edit(self) -> bool {
        let refuses = self.is_export();
        if refuses {
            self.notices.show(Notice::info(EXPORT));
        }
        refuses
    }

    /// Whether the shown document is an export, which is only looked at.
    pub fn is_export(self) -> bool {
        self.peek(|open| open.document().is_read_only()) == Some(true)
    }

    fn seat(self, restored: Restored, view: Option<View>) -> Seat {
        let mut open = self.opened(restored.document, restored.positions);
        open.set_file_name(&restored.file_name);
        open.set_annotations(restored.annotations);
        if let Some(text) = restored.file_text {
            open.mark_saved(text);
        }
        if !restored.acknowledgements.is_empty() {
            open.change_settings(|settings| settings.acknowledgements = restored.acknowledgements);
        }
        Seat {
            id: restored.id,
            file_name: restored.file_name,
            open,
            handle: restored.handle,
            view: view.or(restored.view),
            beside: None,
        }
    }
}
