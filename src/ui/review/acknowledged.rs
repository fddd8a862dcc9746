//! What reviewers have accepted: problems with a reason and a name. They are told by file and fingerprint,
//! so that they hold when the same export is reviewed again.

use std::sync::Arc;

use flow::report::{Baseline, Report, ReportAcknowledgement};
use flow::review::{Place, Reviewed};
use leptos::prelude::*;

use super::kept;
use super::store::ReviewDesk;
use crate::browser::page;
use crate::ui::notices::Notice;

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

/// Where the problem with this fingerprint is in the file of this path.
fn find(files: &[Arc<Reviewed>], path: &str, fingerprint: u64) -> Option<Place> {
    let file = files.iter().position(|file| file.path() == path)?;
    let mut problems = files[file].report.problems().iter();
    let problem = problems.position(|problem| problem.fingerprint == fingerprint)?;
    Some(Place { file, problem })
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
        let is_kept = kept::add(&acknowledged);
        self.tell_unless(is_kept);
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
        let is_kept = kept::remove(file.path(), problem.fingerprint);
        self.tell_unless(is_kept);
        let gone = self.book.try_update_value(|book| {
            let before = book.acknowledged.len();
            book.acknowledged
                .retain(|own| own.path != file.path() || own.fingerprint != problem.fingerprint);
            before != book.acknowledged.len()
        });
        self.put_again(place.file);
        gone == Some(true)
    }

    /// Says that this browser keeps nothing, where that is so.
    fn tell_unless(self, is_kept: bool) {
        if !is_kept {
            self.desk.notices.show(Notice::error(
                "This browser does not keep what you accept: it is in the reports of this review, and gone when \
                 the page is closed. Download the report before that.",
            ));
        }
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
        let files: Vec<_> = files
            .map(|(number, file)| self.marked(number, file))
            .collect();
        // Numbers of files and problems may mean others now: what is read is found again by its name.
        let read = self.selected.get_untracked().and_then(|place| {
            let file = self.peek(place.file)?;
            let problem = file.report.problems().get(place.problem)?;
            Some((file.path().to_owned(), problem.fingerprint))
        });
        self.known
            .set(self.book.with_value(|book| book.known.iter().sum()));
        let again = read.and_then(|(path, fingerprint)| find(&files, &path, fingerprint));
        // Before the files: what is read is looked up in them.
        if self.selected.get_untracked() != again {
            self.selected.set(again);
        }
        self.files.set(files);
        self.answer();
    }

    fn put_again(self, file: usize) {
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
