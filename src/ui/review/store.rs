//! The files under review and what was found in them.

use std::sync::Arc;

use flow::document::Document;
use flow::problem::Severity;
use flow::report::{FileReport, Outcome, Report};
use flow::rules::{Settings, check};
use leptos::prelude::*;

use crate::browser::files::PickedFile;
use crate::ui::desk::Desk;

/// One file under review.
#[derive(Clone, Debug)]
pub struct ReviewRow {
    /// Names the row.
    pub number: u32,
    /// What was found.
    pub report: Arc<FileReport>,
    /// The file, for opening it.
    pub bytes: Arc<[u8]>,
}

impl PartialEq for ReviewRow {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

/// The totals over all files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many files there are.
    pub files: usize,
    /// How many of them could not be read.
    pub rejected: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
}

impl Totals {
    /// How many problems of a severity there are.
    pub fn of(self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.warnings,
            Severity::Info => self.infos,
        }
    }
}

/// The files under review; copied freely.
#[derive(Clone, Copy)]
pub struct ReviewDesk {
    /// The rows, in the order the files came.
    pub rows: RwSignal<Vec<ReviewRow>>,
    /// How many files are still to be checked.
    pub pending: RwSignal<usize>,
    next: StoredValue<u32>,
}

impl ReviewDesk {
    /// Nothing under review.
    pub fn new() -> Self {
        Self {
            rows: RwSignal::new(Vec::new()),
            pending: RwSignal::new(0),
            next: StoredValue::new(0),
        }
    }

    /// Checks a file and adds its row. A file of the same name takes the place of the old one.
    pub fn add(self, file: PickedFile) {
        let report = match Document::open(&file.bytes) {
            Ok(document) => {
                let problems = check(&document, &Settings::default());
                FileReport::checked(file.name.clone(), &document, problems)
            }
            Err(errors) => FileReport::rejected(file.name.clone(), None, errors),
        };
        let number = self.next.get_value();
        self.next.set_value(number + 1);
        let row = ReviewRow {
            number,
            report: Arc::new(report),
            bytes: file.bytes.into(),
        };
        self.rows.update(
            |rows| match rows.iter_mut().find(|old| old.report.path == file.name) {
                Some(old) => *old = row,
                None => rows.push(row),
            },
        );
    }

    /// Adds the documents that are open for editing, as they are now.
    pub fn add_open_documents(self, desk: Desk) {
        for tab in desk.tabs.get_untracked() {
            if let Some((name, text, _)) = desk.file(tab.id) {
                self.add(PickedFile {
                    name,
                    bytes: text.as_bytes().to_vec(),
                    handle: None,
                });
            }
        }
    }

    /// Forgets all files.
    pub fn clear(self) {
        self.rows.set(Vec::new());
    }

    /// The totals, following the rows.
    pub fn counts(self) -> Totals {
        self.rows.with(|rows| {
            let mut totals = Totals {
                files: rows.len(),
                ..Totals::default()
            };
            for row in rows {
                if matches!(row.report.outcome, Outcome::Rejected(_)) {
                    totals.rejected += 1;
                }
                for problem in row.report.problems() {
                    match problem.severity {
                        Severity::Error => totals.errors += 1,
                        Severity::Warning => totals.warnings += 1,
                        Severity::Info => totals.infos += 1,
                    }
                }
            }
            totals
        })
    }

    /// The report as a file: its name, its media type and its text.
    pub fn written(self, markdown: bool) -> (&'static str, &'static str, String) {
        let files = self.rows.with_untracked(|rows| {
            rows.iter()
                .map(|row| FileReport::clone(&row.report))
                .collect()
        });
        let report = Report { files, skipped: 0 };
        if markdown {
            ("flowdeck-report.md", "text/markdown", report.to_markdown())
        } else {
            ("flowdeck-report.json", "application/json", report.to_json())
        }
    }
}
