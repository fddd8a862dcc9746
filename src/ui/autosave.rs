//! Autosave: whatever is done on the desk is in the worker's hands within a second, and what the
//! user is told of it follows what the worker has acknowledged.

mod books;
mod ledger;
mod restore;

use leptos::ev;
use leptos::prelude::*;

use self::books::Asked;
use self::ledger::{Ledger, Sent};
use super::desk::Desk;
use super::notices::Notice;
use crate::browser::page;
use crate::browser::workers::Link;
use crate::worker::{Handle, Report, Request};

/// How long nothing must happen before it is saved, in milliseconds.
const PAUSE: f64 = 300.0;
/// How long saving may be put off by going on, in milliseconds.
const LONGEST: f64 = 600.0;
/// After how long a save that failed is tried again, in milliseconds.
const RETRY: i32 = 5000;
/// After how long a store that does not answer is given up, in milliseconds.
const PATIENCE: i32 = 8000;
/// How often a worker that stopped is started again.
const RESTARTS: u32 = 3;

/// Where it is noted that there is something to restore. What is stored is known only some time
/// after the page is drawn; a start screen that is shown until then would only flash.
const EXPECTED: &str = "flowdeck.expects-documents";

/// Whether documents were open when the workspace was last saved.
pub fn expects_documents() -> bool {
    page::remembered(EXPECTED).is_some()
}

/// How the work stands with the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// What is stored is not known yet.
    Opening,
    /// Everything is stored.
    Saved,
    /// Something is not stored yet.
    Saving,
    /// Something cannot be stored, and why.
    Failed(String),
    /// Another tab stores.
    Follows,
    /// A newer version has stored; its format number.
    Newer(String),
}

/// A handle on the autosave; copied freely.
#[derive(Clone, Copy)]
pub struct Autosave {
    desk: Desk,
    /// How the work stands with the store.
    pub state: RwSignal<SaveState>,
    /// Whether what was stored is open, or it is known that it cannot be opened.
    pub opened: RwSignal<bool>,
    /// Whether an operation on a tenant was interrupted when the page was last open.
    pub interrupted: RwSignal<bool>,
    /// Whether it is to be said that a page from disk keeps the work in one place only.
    pub one_place_from_disk: RwSignal<bool>,
    asked: StoredValue<Asked, LocalStorage>,
    inner: StoredValue<Ledger, LocalStorage>,
}

impl Autosave {
    /// Starts the worker and restores what it has; then follows the desk.
    pub fn start(desk: Desk) -> Self {
        let autosave = Self {
            desk,
            state: RwSignal::new(SaveState::Opening),
            opened: RwSignal::new(false),
            interrupted: RwSignal::new(false),
            one_place_from_disk: RwSignal::new(false),
            asked: StoredValue::new_local(Asked::default()),
            inner: StoredValue::new_local(Ledger::default()),
        };
        autosave.connect();
        page::after(PATIENCE, move || {
            if autosave.state.try_get_untracked() == Some(SaveState::Opening) {
                autosave.fail("What was saved before does not open; it is not touched.");
            }
        });
        Effect::new(move |_| {
            desk.revision.track();
            desk.tabs.track();
            autosave.changed();
        });
        let hidden = window_event_listener(ev::visibilitychange, move |_| autosave.flush());
        let gone = window_event_listener(ev::pagehide, move |_| autosave.flush());
        let leave = window_event_listener(ev::beforeunload, move |event| {
            autosave.flush();
            if autosave.is_pending() {
                event.prevent_default();
            }
        });
        on_cleanup(move || {
            hidden.remove();
            gone.remove();
            leave.remove();
        });
        autosave
    }

    fn connect(self) {
        let link = Link::start(
            move |report| self.take(report),
            move |reason| self.worker_stopped(&reason),
        );
        let opened = link.and_then(|link| link.send(&Request::Open).map(|()| link));
        match opened {
            Ok(link) => self.inner.update_value(|inner| inner.link = Some(link)),
            Err(reason) => self.fail(&reason),
        }
    }

    fn worker_stopped(self, reason: &str) {
        self.give_up_asking();
        let again = self.inner.try_update_value(|inner| {
            inner.restarts += 1;
            inner.forget_unacknowledged();
            inner.restarts <= RESTARTS
        });
        // Not from within the listener of the worker that goes.
        page::after(0, move || {
            self.inner.update_value(|inner| inner.link = None);
            if again == Some(true) {
                self.connect();
            }
        });
        if again != Some(true) {
            self.fail(&format!(
                "The part of Flowdeck that saves has stopped. {reason}"
            ));
        }
    }

    fn fail(self, reason: &str) {
        self.state.set(SaveState::Failed(reason.to_owned()));
        self.finish_opening();
    }

    fn take(self, report: Report) {
        match report {
            Report::Opened(opened) => self.opened(opened),
            Report::Saved { sequence, trouble } => {
                let tell = self.inner.try_update_value(|inner| {
                    inner.acknowledged = inner.acknowledged.max(sequence);
                    inner.restarts = 0;
                    let is_new = trouble.is_some() && inner.told_trouble != trouble;
                    inner.told_trouble.clone_from(&trouble);
                    is_new
                });
                if let (Some(true), Some(trouble)) = (tell, trouble) {
                    self.tell_trouble(trouble);
                }
                self.ask_to_keep();
                self.show_state();
            }
            Report::Books {
                ticket,
                failure,
                records,
            } => self.answered(ticket, failure.map_or(Ok(records), Err)),
            Report::Interrupted => self.interrupted.set(true),
            Report::Failed { reason } => {
                self.inner.update_value(Ledger::forget_unacknowledged);
                self.state.set(SaveState::Failed(reason));
                page::after(RETRY, move || self.flush());
            }
        }
    }

    /// Says that there is one copy of the work instead of two. From disk that is no fault, but how
    /// browsers treat such a page; the banner says it then.
    fn tell_trouble(self, trouble: String) {
        if page::is_from_disk() {
            self.one_place_from_disk.set(true);
        } else {
            self.desk.notices.show(Notice::info(trouble));
        }
    }

    /// Asks the browser, once there is work to lose, not to clear it when the disk runs low.
    fn ask_to_keep(self) {
        let asked = self
            .inner
            .try_update_value(|inner| std::mem::replace(&mut inner.asked_to_keep, true));
        if asked == Some(false) {
            page::keep_storage();
        }
    }

    /// Whether anything is not known to be stored.
    pub fn is_pending(self) -> bool {
        let (stamps, shared) = (self.desk.stamps(), self.desk.shared());
        self.inner
            .try_with_value(|inner| inner.writes && inner.is_pending(&stamps, &shared))
            .unwrap_or(false)
    }

    /// Whether another tab writes the workspace and this one only shows it. Followed.
    pub fn follows(self) -> bool {
        self.desk.read_only.get() && !matches!(self.state.get(), SaveState::Newer(_))
    }

    fn show_state(self) {
        let writes = self.inner.try_with_value(|inner| inner.writes);
        if writes == Some(true) {
            self.state.set(if self.is_pending() {
                SaveState::Saving
            } else {
                SaveState::Saved
            });
        }
    }

    fn changed(self) {
        if !self.is_pending() {
            return;
        }
        if !matches!(self.state.get_untracked(), SaveState::Failed(_)) {
            self.state.set(SaveState::Saving);
        }
        let now = page::now();
        let wait = self.inner.try_update_value(|inner| {
            inner.change += 1;
            let first = *inner.first_change.get_or_insert(now);
            (inner.change, PAUSE.min(first + LONGEST - now).max(0.0))
        });
        let Some((change, wait)) = wait else { return };
        #[expect(clippy::cast_possible_truncation, reason = "at most 600")]
        page::after(wait as i32, move || {
            let is_last = self
                .inner
                .try_with_value(|inner| inner.change == change)
                .unwrap_or(false);
            if is_last {
                self.flush();
            }
        });
    }

    /// Sends what is not sent yet.
    fn flush(self) {
        // Also when a timer outlives the page it was for.
        if self.inner.try_with_value(|inner| inner.writes) != Some(true) {
            return;
        }
        let stamps = self.desk.stamps();
        page::remember(EXPECTED, (!stamps.is_empty()).then_some("yes"));
        let active = self.desk.active.get_untracked();
        let failed = self.inner.try_update_value(|inner| {
            inner.first_change = None;
            // Nothing is noted as sent that cannot be.
            inner.link.as_ref()?;
            let save = inner.collect(self.desk, &stamps, active)?;
            let link = inner.link.as_ref()?;
            let sent = link.send(&Request::Save(save)).err();
            for (id, sent) in &mut inner.sent {
                if let Some(handle) = self.desk.handle(*id).filter(|_| !sent.has_handle) {
                    sent.has_handle = true;
                    let key = id.to_string();
                    // Without it, saving asks for the file again.
                    let _ = link.send(&Request::KeepHandle(Handle { key, handle }));
                }
            }
            if sent.is_some() {
                inner.forget_unacknowledged();
            }
            sent
        });
        match failed.flatten() {
            Some(reason) => self.fail(&reason),
            None => self.changed_state(),
        }
    }

    /// A failure is shown until something is stored again.
    fn changed_state(self) {
        if !matches!(self.state.get_untracked(), SaveState::Failed(_)) {
            self.show_state();
        }
    }

    /// The whole workspace as the text of a file.
    pub fn workspace_text(self) -> String {
        let stamps = self.desk.stamps();
        let whole = self.inner.try_with_value(|inner| {
            let mut whole = inner.around(self.desk);
            whole.documents = stamps
                .iter()
                .filter_map(|(id, _)| self.desk.stored(*id, inner.unknown(*id)))
                .chain(inner.unopened.iter().cloned())
                .collect();
            whole
        });
        whole.unwrap_or_default().write()
    }
}
