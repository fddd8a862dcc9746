//! How severe rules are, the same for every document on the desk, and what the rules say of each.

use std::sync::Arc;

use flow::document::Document;
use flow::open_document::{Check, OpenDocument};
use flow::report::FileReport;
use flow::rules::Settings;
use flow::session::Positions;
use flow::workspace::RuleSettings;
use leptos::prelude::*;

use super::{Desk, Seat};

/// An open document as it is checked here.
pub struct Checked {
    /// What was found, under the name of its file.
    pub report: FileReport,
    /// Its text.
    pub text: Arc<str>,
    /// What it was checked with.
    pub settings: Settings,
}

impl Desk {
    /// Changes how severe rules are, and checks every open document anew.
    pub fn change_rules(self, change: impl FnOnce(&mut RuleSettings)) {
        if self.refuses() {
            return;
        }
        let mut rules = self.rules.get_untracked();
        change(&mut rules);
        self.set_rules(rules);
        self.announce_change();
    }

    pub(super) fn set_rules(self, rules: RuleSettings) {
        if self.rules.with_untracked(|old| *old == rules) {
            return;
        }
        self.store.update_value(|store| {
            for seat in &mut store.seats {
                seat.open.change_settings(|settings| rules.apply(settings));
            }
        });
        self.rules.set(rules);
    }

    /// Has every document checked, those that are open and those to come: the rules arrive later
    /// than the page.
    pub fn check_with(self, check: Check) {
        self.check.set_value(Some(check));
        self.store.update_value(|store| {
            let closed = store.closed.iter_mut().map(|(_, seat)| seat);
            for seat in store.seats.iter_mut().chain(closed) {
                seat.open.check_with(check);
            }
        });
        self.announce_change();
    }

    /// A document of this desk, checked as the others are.
    pub(super) fn opened(self, document: Document, positions: Positions) -> OpenDocument {
        let mut open = OpenDocument::unchecked(document, positions);
        self.rules
            .with_untracked(|rules| open.change_settings(|settings| rules.apply(settings)));
        if let Some(check) = self.check.get_value() {
            open.check_with(check);
        }
        open
    }

    /// What the rules say of every open document, in the order of the tabs.
    pub fn checked(self) -> Vec<Checked> {
        let checked = |seat: &Seat| {
            let (open, document) = (&seat.open, seat.open.document());
            let problems = open.problems().to_vec();
            Checked {
                report: FileReport::checked(seat.file_name.clone(), document, problems)
                    .checked_with(open.settings()),
                text: document.tree().shared_text(),
                settings: open.settings().clone(),
            }
        };
        self.store
            .with_value(|store| store.seats.iter().map(checked).collect())
    }
}
