//! How severe rules are, the same for every document on the desk, and what the rules say of each.

use std::sync::Arc;

use flow::open_document::OpenDocument;
use flow::report::FileReport;
use flow::rules::Settings;
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

    /// Checks a document that was just opened with the settings of this desk.
    pub(super) fn apply_rules(self, open: &mut OpenDocument) {
        self.rules.with_untracked(|rules| {
            // It was checked with the usual ones.
            if *rules != RuleSettings::default() {
                open.change_settings(|settings| rules.apply(settings));
            }
        });
    }

    /// What the rules say of every open document, in the order of the tabs.
    pub fn checked(self) -> Vec<Checked> {
        let checked = |seat: &Seat| {
            let (open, document) = (&seat.open, seat.open.document());
            let problems = open.problems().to_vec();
            Checked {
                report: FileReport::checked(seat.file_name.clone(), document, problems),
                text: document.tree().shared_text(),
                settings: open.settings().clone(),
            }
        };
        self.store
            .with_value(|store| store.seats.iter().map(checked).collect())
    }
}
