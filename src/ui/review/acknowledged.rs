//! What reviewers have accepted: problems with a reason and a name. They are told by file and fingerprint,
//! so that they hold when the same export is reviewed again.

use std::sync::Arc;

use flow::report::{Report, ReportAcknowledgement};
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

    /// Shows files with what was accepted in them.
    pub(super) fn put(self, found: Vec<Arc<Reviewed>>) {
        self.book.update_value(|book| book.found.clone_from(&found));
        let files = found.into_iter().map(|file| self.marked(file)).collect();
        // Numbers of files and problems may mean others now.
        self.selected.set(None);
        self.files.set(files);
        self.answer();
    }

    fn put_again(self, file: usize) {
        let found = self.book.with_value(|book| book.found.get(file).cloned());
        if let Some(found) = found {
            let marked = self.marked(found);
            self.files.update(|files| {
                if let Some(place) = files.get_mut(file) {
                    *place = marked;
                }
            });
        }
    }

    fn marked(self, file: Arc<Reviewed>) -> Arc<Reviewed> {
        self.book.with_value(|book| {
            let mut own = book.acknowledged.iter();
            if !own.any(|known| known.path == file.path()) {
                return file;
            }
            let mut report = Report {
                files: vec![file.report.clone()],
                ..Report::default()
            };
            report.acknowledge(&book.acknowledged);
            let report = report.files.pop();
            Arc::new(Reviewed {
                report: report.unwrap_or_else(|| file.report.clone()),
                ..(*file).clone()
            })
        })
    }
}
