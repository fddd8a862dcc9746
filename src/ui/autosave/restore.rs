//! Putting what is stored on the desk: when the page opens, when the tab that writes has written,
//! and when this tab takes over from it.

use std::collections::BTreeMap;

use flow::storage::Record;
use flow::workspace::{Assembled, Link, StoredDocument, Workspace};
use leptos::prelude::*;

use super::{Autosave, SaveState, Sent};
use crate::ui::desk::{DocumentId, Restored, Shared};
use crate::ui::files;
use crate::ui::notices::Notice;
use crate::worker::{Opened, StoredRecord};

impl Autosave {
    /// Takes what the worker has found.
    pub(super) fn opened(self, opened: Opened) {
        let failure = opened.failure.clone();
        let restarted = self
            .inner
            .try_with_value(|inner| inner.was_opened && inner.writes)
            .unwrap_or(false);
        // After a restart of the worker the desk is ahead of the store.
        match (restarted, opened.writes) {
            (false, _) => self.put_on_desk(opened),
            (true, true) => self.go_on_from(&opened),
            // The lock of the worker before is not free yet; or else another tab was faster.
            (true, false) => {
                let reason = "Another tab saves this workspace now.";
                self.state.set(SaveState::Failed(reason.to_owned()));
                return;
            }
        }
        match failure {
            Some(reason) => self.fail(&reason),
            None => {
                self.finish_opening();
                self.changed();
            }
        }
    }

    fn go_on_from(self, opened: &Opened) {
        self.inner.update_value(|inner| {
            inner.sequence = inner.sequence.max(opened.sequence);
            inner.acknowledged = inner.sequence;
            inner.sent_index = (Vec::new(), 0);
            inner.sent_shared = None;
        });
        self.state.set(SaveState::Saving);
        self.show_state();
    }

    fn put_on_desk(self, opened: Opened) {
        let Opened {
            writes,
            sequence,
            records,
            handles,
            recovered,
            trouble,
            ..
        } = opened;
        let records: Vec<Record> = records.into_iter().map(record).collect();
        let Assembled {
            mut workspace,
            left_over,
            unreadable,
        } = Assembled::of(&records);
        let documents = std::mem::take(&mut workspace.documents);
        let newer = workspace.newer.clone();
        let active = workspace.active.as_ref().and_then(|id| id.parse().ok());
        let mut restored = Vec::with_capacity(documents.len());
        let mut unopened = Vec::new();
        let mut unknown = Vec::new();
        for document in documents {
            let key = document.id.clone();
            let handle = handles.iter().find(|handle| handle.key == key);
            let handle = handle.map(|it| it.handle.clone());
            unknown.push(document.unknown.clone());
            let number = document.id.parse().ok();
            match number.and_then(|id| Restored::of(id, &document).ok()) {
                Some(seat) => restored.push(Restored { handle, ..seat }),
                None => {
                    unknown.pop();
                    unopened.push(document);
                }
            }
        }
        self.tell(&recovered, &left_over, &unopened, &unreadable);
        if let Some(trouble) = trouble {
            self.inner
                .update_value(|inner| inner.told_trouble = Some(trouble.clone()));
            self.tell_trouble(trouble);
        }
        let known: Vec<DocumentId> = self
            .inner
            .try_with_value(|inner| inner.sent.keys().copied().collect())
            .unwrap_or_default();
        let stored: Vec<(DocumentId, bool)> = restored
            .iter()
            .map(|it| (it.id, it.handle.is_some()))
            .collect();
        let shared = take_shared(&mut workspace, &stored);
        self.desk.restore(restored, shared, active, &known);
        let may_write = writes && newer.is_none();
        if !may_write {
            self.desk.number_from(apart());
        }
        let (stamps, now_shared) = (self.desk.stamps(), self.desk.shared());
        self.inner.update_value(|inner| {
            inner.writes = may_write;
            inner.sequence = inner.sequence.max(sequence);
            inner.acknowledged = inner.sequence;
            inner.left_over = left_over;
            inner.unopened = unopened;
            inner.unreadable = unreadable.into_iter().map(|(key, _)| key).collect();
            inner.rest = workspace;
            inner.sent = stored
                .into_iter()
                .zip(unknown)
                .map(|((id, has_handle), unknown)| {
                    let found = stamps.iter().find(|(other, _)| *other == id);
                    let stamp = found.map(|(_, stamp)| stamp.clone());
                    let sent = Sent {
                        stamp,
                        sequence,
                        has_handle,
                        unknown,
                    };
                    (id, sent)
                })
                .collect();
            // Written once more on taking over: order and views may be this tab's own by now.
            inner.sent_index = (Vec::new(), 0);
            inner.sent_shared = Some(now_shared);
        });
        self.desk.read_only.set(!may_write);
        self.state.set(match newer {
            Some(number) => SaveState::Newer(number),
            None if writes => SaveState::Saved,
            None => SaveState::Follows,
        });
    }

    /// What opening found that the user should know.
    fn tell(
        self,
        recovered: &[String],
        left_over: &[String],
        unopened: &[StoredDocument],
        unreadable: &[(String, String)],
    ) {
        let notices = self.desk.notices;
        if recovered.iter().any(|key| !left_over.contains(key)) {
            notices.show(Notice::info(
                "The browser had lost a part of what was saved here. Flowdeck has restored it from \
                 its second copy; nothing is missing.",
            ));
        }
        if !unopened.is_empty() {
            let names = unopened.iter().map(|it| it.file_name.clone()).collect();
            let text = "Some saved documents cannot be opened by this version of Flowdeck. They are \
                        kept as they are.";
            notices.show(Notice::error(text).with_details(names));
        }
        if !unreadable.is_empty() {
            let reasons = unreadable
                .iter()
                .map(|(_, reason)| reason.clone())
                .collect();
            let text =
                "Some of what was saved cannot be read. It was left as it is; the rest is open.";
            notices.show(Notice::error(text).with_details(reasons));
        }
    }

    /// Opens what the address asks for, once it is known what was open before.
    pub(super) fn finish_opening(self) {
        let first = self
            .inner
            .try_update_value(|inner| !std::mem::replace(&mut inner.was_opened, true));
        if first == Some(true) {
            self.opened.set(true);
            files::open_from_address(self.desk);
        }
    }
}

/// Takes out of the workspace what the desk takes care of; links to what is not open stay.
fn take_shared(workspace: &mut Workspace, open: &[(DocumentId, bool)]) -> Shared {
    let id = |key: &String| {
        let id: DocumentId = key.parse().ok()?;
        open.iter().any(|(other, _)| *other == id).then_some(id)
    };
    let mut links = BTreeMap::new();
    workspace.links.retain(|raw| {
        let ends = Link::read(raw).and_then(|link| Some((id(&link.payload)?, id(&link.flow)?)));
        links.extend(ends);
        ends.is_none()
    });
    Shared {
        rules: std::mem::take(&mut workspace.rules),
        links,
        connections: std::mem::take(&mut workspace.connections),
    }
}

fn record(record: StoredRecord) -> Record {
    Record {
        key: record.key,
        sequence: record.sequence,
        payload: record.payload,
    }
}

/// A number far above those that a tab that writes gives, and most likely no other tab's.
fn apart() -> DocumentId {
    const LOWEST: DocumentId = 1 << 30;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 2^30"
    )]
    let offset = (js_sys::Math::random() * f64::from(LOWEST)) as DocumentId;
    LOWEST + offset
}
