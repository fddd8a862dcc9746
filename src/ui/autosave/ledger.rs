//! What was sent to the worker, what it has acknowledged, and what is still to be sent.

use std::collections::BTreeMap;

use flow::workspace::{INDEX_KEY, Link as PayloadLink, Member, StoredDocument, Workspace};

use crate::browser::workers::Link;
use crate::ui::desk::{Desk, DocumentId, Shared, Stamp};
use crate::worker::{Put, Save};

#[derive(Default)]
pub(super) struct Ledger {
    pub(super) link: Option<Link>,
    pub(super) restarts: u32,
    /// Whether this tab writes what the desk holds.
    pub(super) writes: bool,
    pub(super) sequence: u64,
    pub(super) acknowledged: u64,
    /// What was sent of each document, and when.
    pub(super) sent: BTreeMap<DocumentId, Sent>,
    pub(super) sent_index: (Vec<u8>, u64),
    /// What of the index is no mere look at the documents; none when it has to be sent again.
    pub(super) sent_shared: Option<Shared>,
    /// Keys to forget that belong to no document.
    pub(super) left_over: Vec<String>,
    /// Stored documents that this version cannot open. They stay as they are.
    pub(super) unopened: Vec<StoredDocument>,
    /// Keys of records that cannot even be read. They stay too.
    pub(super) unreadable: Vec<String>,
    /// What of the workspace this version only keeps.
    pub(super) rest: Workspace,
    /// The timer that counts is the one of the last change.
    pub(super) change: u64,
    pub(super) first_change: Option<f64>,
    /// The trouble with one of the stores that the user knows of.
    pub(super) told_trouble: Option<String>,
    pub(super) asked_to_keep: bool,
    /// Whether what was stored has been put on the desk once.
    pub(super) was_opened: bool,
}

/// What was sent of a document.
pub(super) struct Sent {
    pub(super) stamp: Option<Stamp>,
    pub(super) sequence: u64,
    pub(super) has_handle: bool,
    pub(super) unknown: Vec<Member>,
}

impl Ledger {
    pub(super) fn is_pending(&self, stamps: &[(DocumentId, Stamp)], shared: &Shared) -> bool {
        let unsent = stamps.iter().any(|(id, stamp)| {
            let sent = self.sent.get(id);
            sent.is_none_or(|sent| sent.stamp.as_ref() != Some(stamp))
        });
        let unacknowledged = self
            .sent
            .values()
            .any(|sent| sent.sequence > self.acknowledged)
            || self.sent_index.1 > self.acknowledged;
        let unsent = unsent || self.sent_shared.as_ref() != Some(shared);
        unsent || unacknowledged || stamps.len() != self.sent.len()
    }

    pub(super) fn unknown(&self, id: DocumentId) -> Vec<Member> {
        let sent = self.sent.get(&id);
        sent.map(|sent| sent.unknown.clone()).unwrap_or_default()
    }

    /// After this, everything that is not acknowledged is sent again.
    pub(super) fn forget_unacknowledged(&mut self) {
        for sent in self.sent.values_mut() {
            if sent.sequence > self.acknowledged {
                sent.stamp = None;
            }
        }
        if self.sent_index.1 > self.acknowledged {
            self.sent_index.0.clear();
            self.sent_shared = None;
        }
    }

    /// What has to be stored and is not sent yet; none when everything is.
    pub(super) fn collect(
        &mut self,
        desk: Desk,
        stamps: &[(DocumentId, Stamp)],
        active: Option<DocumentId>,
    ) -> Option<Save> {
        let sequence = self.sequence + 1;
        let mut puts = Vec::new();
        for (id, stamp) in stamps {
            let known = self.sent.get(id);
            if known.is_some_and(|sent| sent.stamp.as_ref() == Some(stamp)) {
                continue;
            }
            let unknown = self.unknown(*id);
            let Some(document) = desk.stored(*id, unknown.clone()) else {
                continue;
            };
            let has_handle = known.is_some_and(|sent| sent.has_handle);
            puts.push(Put {
                key: id.to_string(),
                payload: document.write_record(),
            });
            let sent = Sent {
                stamp: Some(stamp.clone()),
                sequence,
                has_handle,
                unknown,
            };
            self.sent.insert(*id, sent);
        }
        let mut removals = std::mem::take(&mut self.left_over);
        let open = |id: &DocumentId| stamps.iter().any(|(other, _)| other == id);
        removals.extend(self.sent.keys().filter(|id| !open(id)).map(u32::to_string));
        self.sent.retain(|id, _| open(id));
        let index = self.index(desk, stamps, active);
        self.sent_shared = Some(desk.shared());
        if index != self.sent_index.0 {
            puts.push(Put {
                key: INDEX_KEY.to_owned(),
                payload: index.clone(),
            });
            self.sent_index = (index, sequence);
        }
        if puts.is_empty() && removals.is_empty() {
            return None;
        }
        self.sequence = sequence;
        Some(Save {
            sequence,
            puts,
            removals,
        })
    }

    /// The workspace without its documents.
    pub(super) fn around(&self, desk: Desk) -> Workspace {
        let Shared {
            rules,
            links,
            connections,
        } = desk.shared();
        let mut around = self.rest.clone();
        around.connections = connections;
        around.rules = rules;
        let links = links.iter().map(|(payload, flow)| PayloadLink {
            payload: payload.to_string(),
            flow: flow.to_string(),
        });
        around.links.extend(links.map(|link| link.write()));
        around
    }

    fn index(
        &self,
        desk: Desk,
        stamps: &[(DocumentId, Stamp)],
        active: Option<DocumentId>,
    ) -> Vec<u8> {
        let mut index = self.around(desk);
        index.active = active.map(|id| id.to_string());
        let entry = |id: String, view| StoredDocument {
            id,
            kind: String::new(),
            file_name: String::new(),
            text: "".into(),
            layout: flow::session::Positions::new(),
            annotations: flow::annotations::Annotations::default(),
            view,
            original: None,
            acknowledgements: Vec::new(),
            unknown: Vec::new(),
        };
        let here = stamps
            .iter()
            .map(|(id, _)| entry(id.to_string(), desk.last_view(*id)));
        let unopened = self.unopened.iter();
        let unreadable = self.unreadable.iter();
        index.documents = here
            .chain(unopened.map(|it| entry(it.id.clone(), it.view)))
            .chain(unreadable.map(|id| entry(id.clone(), None)))
            .collect();
        index.write_index()
    }
}
