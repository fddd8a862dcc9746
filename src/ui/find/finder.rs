//! What is looked for in the shown graph, what was found, and going from one to the next.

use std::sync::Arc;

use flow::diagram::display;
use flow::open_document::Selection;
use flow::search::{self, Found, Hit, Query};
use leptos::prelude::*;

use crate::browser::page;
use crate::ui::desk::{Desk, DocumentId};
use crate::ui::notices::Notice;
use crate::ui::workplace::Workplace;

/// What is looked for, and what was found; copied freely.
#[derive(Clone, Copy)]
pub struct Finder {
    place: Workplace,
    pub(super) text: RwSignal<String>,
    pub(super) with: RwSignal<String>,
    pub(super) match_case: RwSignal<bool>,
    pub(super) whole_word: RwSignal<bool>,
    pub(super) found: Memo<Arc<Found>>,
    /// Which of the hits was gone to.
    pub(super) at: RwSignal<Option<usize>>,
    /// That hit, and of which document.
    gone_to: StoredValue<Option<(Option<DocumentId>, Hit)>>,
}

impl Finder {
    /// A finder that looks for nothing yet.
    pub fn new(place: Workplace) -> Self {
        let text = RwSignal::new(String::new());
        let match_case = RwSignal::new(false);
        let whole_word = RwSignal::new(false);
        let found = Memo::new(move |_| {
            // Nobody looks while the panel is closed.
            if place.finding.get().is_none() {
                return Arc::default();
            }
            let text = text.get();
            let query = Query {
                text: &text,
                match_case: match_case.get(),
                whole_word: whole_word.get(),
            };
            let found = place
                .desk
                .read(|open| search::find(open.document(), &query));
            Arc::new(found.unwrap_or_default())
        });
        let finder = Self {
            place,
            text,
            with: RwSignal::new(String::new()),
            match_case,
            whole_word,
            found,
            at: RwSignal::new(None),
            gone_to: StoredValue::new(None),
        };
        // Another document, or what was deleted meanwhile: nobody went to what is there now.
        Effect::new(move |_| {
            // Read, not only tracked: a memo that nobody reads is never computed.
            found.with(|_| ());
            place.desk.active.track();
            if finder.at.get_untracked().is_some() && finder.current().is_none() {
                finder.at.set(None);
            }
        });
        finder
    }

    pub(super) fn desk(self) -> Desk {
        self.place.desk
    }

    /// The hit that was gone to, if it is still there.
    pub(super) fn current(self) -> Option<(usize, Hit)> {
        let at = self.at.get_untracked()?;
        let hit = self
            .found
            .with_untracked(|found| found.hits.get(at).copied())?;
        let here = (self.desk().active.get_untracked(), hit);
        (self.gone_to.get_value() == Some(here)).then_some((at, hit))
    }

    /// Goes to a hit: selects what it is in, shows and flashes it.
    pub(super) fn go(self, at: usize) {
        let Some(hit) = self
            .found
            .with_untracked(|found| found.hits.get(at).copied())
        else {
            return;
        };
        self.at.set(Some(at));
        let document = self.desk().active.get_untracked();
        self.gone_to.set_value(Some((document, hit)));
        let owner = self.desk().peek(|open| hit.place.owner(open.diagram()));
        match owner.flatten() {
            Some(owner) => self.desk().reveal(owner),
            None => self.desk().select(Selection::default()),
        }
        let where_it_is = self
            .desk()
            .peek(|open| search::described(open.document(), open.diagram(), &hit.place));
        let total = self.found.with_untracked(|found| found.total);
        let said = format!("{} of {total}: {}", at + 1, where_it_is.unwrap_or_default());
        self.desk().notices.announce(said);
    }

    pub(super) fn step(self, forward: bool) {
        let count = self.found.with_untracked(|found| found.hits.len());
        if count == 0 {
            return;
        }
        let next = match (self.current().map(|(at, _)| at), forward) {
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
        };
        self.go(next);
    }

    /// Replaces the hit that was gone to and goes to the next; without one it goes to the first.
    pub(super) fn replace(self) {
        let Some((at, hit)) = self.current() else {
            self.step(true);
            return;
        };
        let with = self.with.get_untracked();
        let made = self
            .desk()
            .peek(|open| search::replace_one(open, &hit, &with));
        match made {
            Some(Ok(replacement)) => {
                self.desk().apply(&replacement.command);
            }
            Some(Err(refusal)) => {
                self.desk().notices.show(Notice::error(refusal.to_string()));
                return;
            }
            None => return,
        }
        // What was put in may hold what is looked for.
        let end = hit.start as usize + with.len();
        let next = self.found.with_untracked(|found| {
            let fresh = |next: &Hit| next.place.at != hit.place.at || next.start as usize >= end;
            let after = found.hits.iter().enumerate().skip(at);
            after
                .into_iter()
                .find(|(_, next)| fresh(next))
                .map(|(at, _)| at)
        });
        match next {
            Some(next) => self.go(next),
            None => self.at.set(None),
        }
    }

    pub(super) fn replace_all(self) {
        let (text, with) = (self.text.get_untracked(), self.with.get_untracked());
        let query = Query {
            text: &text,
            match_case: self.match_case.get_untracked(),
            whole_word: self.whole_word.get_untracked(),
        };
        let made = self
            .desk()
            .peek(|open| search::replace_all(open, &query, &with));
        let Some(replacement) = made.flatten() else {
            return;
        };
        self.at.set(None);
        let changed = self.desk().apply(&replacement.command);
        let count = if changed { replacement.count } else { 0 };
        let said = format!("Replaced {count} of them. One undo takes it back.");
        self.desk().notices.announce(said);
        if !replacement.skipped.is_empty() {
            let text = "Some names stay as they are: what they would be called is taken, empty, or no name.";
            let mut details: Vec<String> = replacement
                .skipped
                .iter()
                .take(6)
                .map(|it| display(it).to_string())
                .collect();
            let more = replacement.skipped.len().saturating_sub(6);
            if more > 0 {
                details.push(format!("And {more} more."));
            }
            self.desk()
                .notices
                .show(Notice::info(text).with_details(details));
        }
    }

    pub(super) fn close(self) {
        self.place.finding.set(None);
        page::focus_first(".graph");
    }
}
