//! What reviewers have accepted: problems with a reason and a name. They are told by file and fingerprint,
//! so that they hold when the same export is reviewed again.

use std::sync::Arc;

use flow::report::{Baseline, Report, ReportAcknowledgement};
use flow::review::{Place, Reviewed};
use leptos::prelude::*;

use super::store::ReviewDesk;
use crate::browser::page;

/// Where the name of the reviewer is kept.
const REVIEWER: &str = "flowdeck.reviewer";

/// The name of whoever reviews in this browser.
pub fn reviewer() -> String {
    page::remembered(REVIEWER).unwrap_or_default()
}

/// Keeps the name of whoever reviews.
pub fn set_reviewer(name: &str) {
    page::remember(REVIEWER, Some(name.trim()).filter(|name| !name.is_empty()));
}

impl ReviewDesk {
    /// Accepts a problem.
    pub fn acknowledge(self, place: Place, reason: &str) {
        let Some(file) = self.peek(place.file) else {
            return;
        };
        let Some(problem) = file.report.problems().get(place.problem) else {
            return;
        };
        let acknowledged = ReportAcknowledgement {
            path: file.path().to_owned(),
            fingerprint: problem.fingerprint,
            code: problem.rule.code.into(),
            reason: reason.trim().to_owned(),
            by: reviewer(),
            at: page::now_utc(),
        };
        self.book
            .update_value(|book| book.acknowledged.push(acknowledged));
        self.put_again(place.file);
    }

    /// Takes an acceptance back; false when it stands in the file itself.
    pub fn take_back(self, place: Place) -> bool {
        let Some(file) = self.peek(place.file) else {
            return false;
        };
        let Some(problem) = file.report.problems().get(place.problem) else {
            return false;
        };
        let gone = self.book.try_update_value(|book| {
            let before = book.acknowledged.len();
            book.acknowledged
                .retain(|own| own.path != file.path() || own.fingerprint != problem.fingerprint);
            before != book.acknowledged.len()
        });
        self.put_again(place.file);
        gone == Some(true)
    }

    /// Leaves out what is known from before.
    pub fn set_baseline(self, baseline: Option<Baseline>) {
        self.has_baseline.set(baseline.is_some());
        let found = self.book.try_update_value(|book| {
            book.baseline = baseline;
            book.found.clone()
        });
        self.put(found.unwrap_or_default());
    }

    /// Shows files with what was accepted in them, without what is known from before.
    pub(super) fn put(self, found: Vec<Arc<Reviewed>>) {
        self.book.update_value(|book| {
            book.known = vec![0; found.len()];
            book.found.clone_from(&found);
        });
        let files = found.into_iter().enumerate();
        let files = files
            .map(|(number, file)| self.marked(number, file))
            .collect();
        // Numbers of files and problems may mean others now.
        self.selected.set(None);
        self.known
            .set(self.book.with_value(|book| book.known.iter().sum()));
        self.files.set(files);
        self.answer();
    }

    fn put_again(self, file: usize) {
        self.book
            .with_value(|book| super::kept::write(&book.acknowledged));
        let found = self.book.with_value(|book| book.found.get(file).cloned());
        if let Some(found) = found {
            let marked = self.marked(file, found);
            self.files.update(|files| {
                if let Some(place) = files.get_mut(file) {
                    *place = marked;
                }
            });
        }
    }

    /// A file as it is shown.
    fn marked(self, number: usize, file: Arc<Reviewed>) -> Arc<Reviewed> {
        let marked = self.book.try_update_value(|book| {
            let mut own = book.acknowledged.iter();
            let is_accepted = own.any(|known| known.path == file.path());
            if !is_accepted && book.baseline.is_none() {
                return None;
            }
            let mut report = Report {
                files: vec![file.report.clone()],
                ..Report::default()
            };
            if let Some(baseline) = &book.baseline {
                let known = baseline.subtract(&mut report, &str::to_owned);
                if let Some(count) = book.known.get_mut(number) {
                    *count = known;
                }
            }
            report.acknowledge(&book.acknowledged);
            Some(Reviewed {
                report: report.files.pop()?,
                ..(*file).clone()
            })
        });
        marked.flatten().map_or(file, Arc::new)
    }
}
