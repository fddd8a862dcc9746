//! The files under review and what was found in them.

use std::collections::BTreeMap;
use std::sync::Arc;

use flow::document::Document;
use flow::problem::Severity;
use flow::report::{Counts, FileReport, Outcome, Report};
use flow::rules::{Settings, check};
use flow::workspace::RuleSettings;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::files::PickedFile;
use crate::browser::page;
use crate::ui::desk::Desk;

/// At most so many files are checked before the table shows them.
const BATCH: usize = 50;
/// For at most so long, in milliseconds, files are checked before the table shows them.
const PATIENCE: f64 = 150.0;

/// One file under review.
#[derive(Debug)]
pub struct ReviewRow {
    /// Names the row.
    pub number: u32,
    /// What was found.
    pub report: FileReport,
    /// How much that is.
    pub counts: Counts,
    /// The file, for opening it.
    pub bytes: Arc<[u8]>,
    /// What it was checked with.
    settings: Settings,
}

impl ReviewRow {
    /// Whether the file could not be read.
    pub fn is_rejected(&self) -> bool {
        matches!(self.report.outcome, Outcome::Rejected(_))
    }

    /// What decides the place and colour of the verdict, worst first: 0 for a file that could not
    /// be read, then by the worst severity that counts, 4 for none.
    pub fn rank(&self) -> u8 {
        let Counts {
            errors,
            warnings,
            infos,
            ..
        } = self.counts;
        match () {
            () if self.is_rejected() => 0,
            () if errors > 0 => 1,
            () if warnings > 0 => 2,
            () if infos > 0 => 3,
            () => 4,
        }
    }
}

fn report(path: String, bytes: &[u8], settings: &Settings) -> FileReport {
    match Document::open(bytes) {
        Ok(document) => {
            let problems = check(&document, settings);
            FileReport::checked(path, &document, problems)
        }
        Err(errors) => FileReport::rejected(path, None, errors),
    }
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
    counts: Counts,
}

impl Totals {
    /// How many problems of a severity there are.
    pub fn of(self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.counts.errors,
            Severity::Warning => self.counts.warnings,
            Severity::Info => self.counts.infos,
        }
    }
}

/// The files under review; copied freely.
#[derive(Clone, Copy)]
pub struct ReviewDesk {
    desk: Desk,
    /// The rows, in the order the files came.
    pub rows: RwSignal<Vec<Arc<ReviewRow>>>,
    /// How many files are still to be checked.
    pub pending: RwSignal<usize>,
    book: StoredValue<Book>,
}

/// What is known of the rows besides what they show.
#[derive(Default)]
struct Book {
    /// The number of the next row.
    next: u32,
    /// Where in the table the file with a name is.
    places: BTreeMap<String, usize>,
    /// Rows that were checked and come into the table next: with each of them it would be sorted.
    waiting: Vec<Arc<ReviewRow>>,
    /// When the last ones came into the table, in milliseconds.
    shown_at: f64,
    /// Grows when the table is cleared: what was still to come then does not come.
    clearing: u32,
    /// Grows when all files are to be checked anew.
    checking: u32,
    /// The severities that the files were checked with.
    rules: RuleSettings,
}

impl ReviewDesk {
    /// Nothing under review.
    pub fn new(desk: Desk) -> Self {
        Self {
            desk,
            rows: RwSignal::new(Vec::new()),
            pending: RwSignal::new(0),
            book: StoredValue::new(Book::default()),
        }
    }

    /// For as long as the review is shown, its files are checked as the documents on the desk are.
    pub fn follow_rules(self) {
        Effect::new(move |_| {
            let rules = self.desk.rules.get();
            let other = self.book.try_update_value(|book| {
                let other = book.rules != rules;
                book.rules.clone_from(&rules);
                other
            });
            if other == Some(true) {
                self.check_again(rules);
            }
        });
    }

    /// Announces so many files, which are then added one by one.
    pub fn batch(self, files: usize) -> Batch {
        self.pending.update(|pending| *pending += files);
        Batch {
            review: self,
            clearing: self.book.with_value(|book| book.clearing),
            due: files,
        }
    }

    /// Adds the documents that are open for editing, as they are now.
    pub fn add_open_documents(self) {
        let batch = self.batch(0);
        for open in self.desk.checked() {
            let bytes: Arc<[u8]> = open.text.into();
            let name = open.report.path.clone();
            batch.push(&name, bytes, |path| {
                let report = FileReport {
                    path,
                    ..open.report
                };
                (report, open.settings)
            });
        }
    }

    /// Forgets all files.
    pub fn clear(self) {
        self.book.update_value(|book| {
            book.places.clear();
            book.waiting.clear();
            book.clearing += 1;
        });
        self.rows.set(Vec::new());
    }

    fn number(self) -> u32 {
        let number = self.book.try_update_value(|book| {
            book.next += 1;
            book.next
        });
        number.unwrap_or_default()
    }

    /// Checks every file with other severities, some at a time.
    fn check_again(self, rules: RuleSettings) {
        self.show();
        let rows = self.rows.get_untracked();
        let wish = self.book.try_update_value(|book| {
            book.checking += 1;
            (book.checking, book.clearing)
        });
        self.pending.update(|pending| *pending += rows.len());
        spawn_local(async move {
            let mut due = rows.len();
            let mut since = page::now();
            let mut fresh = BTreeMap::new();
            for row in rows {
                if page::now() - since > PATIENCE {
                    self.replace(std::mem::take(&mut fresh));
                    page::pause().await;
                    since = page::now();
                }
                let now = self.book.with_value(|book| (book.checking, book.clearing));
                if Some(now) != wish {
                    break;
                }
                let mut settings = row.settings.clone();
                rules.apply(&mut settings);
                let report = report(row.report.path.clone(), &row.bytes, &settings);
                let again = ReviewRow {
                    number: self.number(),
                    counts: report.counts(),
                    report,
                    bytes: Arc::clone(&row.bytes),
                    settings,
                };
                fresh.insert(row.number, Arc::new(again));
                due -= 1;
                self.pending.update(|pending| *pending -= 1);
            }
            self.pending.update(|pending| *pending -= due);
            self.replace(fresh);
        });
    }

    /// Puts rows in the place of others, which are named by their numbers.
    fn replace(self, mut fresh: BTreeMap<u32, Arc<ReviewRow>>) {
        if fresh.is_empty() {
            return;
        }
        self.rows.update(|rows| {
            for row in rows {
                if let Some(again) = fresh.remove(&row.number) {
                    *row = again;
                }
            }
        });
    }

    /// The name and place of a file in the table: those of the same file, or the next free ones.
    fn place(self, name: &str, bytes: &[u8]) -> (String, usize) {
        self.rows.with_untracked(|rows| {
            self.book.with_value(|book| {
                let at = |place: usize| {
                    rows.get(place)
                        .or_else(|| book.waiting.get(place - rows.len()))
                };
                let mut path = name.to_owned();
                let mut same_name = 1;
                while let Some(&place) = book.places.get(&path) {
                    if at(place).is_some_and(|row| *row.bytes == *bytes) {
                        return (path, place);
                    }
                    same_name += 1;
                    path = format!("{name} ({same_name})");
                }
                (path, rows.len() + book.waiting.len())
            })
        })
    }

    fn put(self, place: usize, row: Arc<ReviewRow>) {
        let shown = self.rows.with_untracked(Vec::len);
        if place < shown {
            self.rows.update(|rows| rows[place] = row);
            return;
        }
        let now = page::now();
        let is_due = self.book.try_update_value(|book| {
            match book.waiting.get_mut(place - shown) {
                Some(old) => *old = row,
                None => {
                    book.places.insert(row.report.path.clone(), place);
                    book.waiting.push(row);
                }
            }
            book.waiting.len() >= BATCH || now - book.shown_at > PATIENCE
        });
        if is_due == Some(true) {
            self.show();
        }
    }

    /// Shows the rows that wait.
    fn show(self) {
        let waiting = self.book.try_update_value(|book| {
            book.shown_at = page::now();
            std::mem::take(&mut book.waiting)
        });
        if let Some(waiting) = waiting.filter(|waiting| !waiting.is_empty()) {
            self.rows.update(|rows| rows.extend(waiting));
        }
    }

    /// The totals, following the rows.
    pub fn counts(self) -> Totals {
        self.rows.with(|rows| {
            let mut totals = Totals {
                files: rows.len(),
                ..Totals::default()
            };
            for row in rows {
                totals.rejected += usize::from(row.is_rejected());
                totals.counts.errors += row.counts.errors;
                totals.counts.warnings += row.counts.warnings;
                totals.counts.infos += row.counts.infos;
            }
            totals
        })
    }

    /// The report as a file: its name, its media type and its text.
    pub fn written(self, markdown: bool) -> (&'static str, &'static str, String) {
        let files = self
            .rows
            .with_untracked(|rows| rows.iter().map(|row| row.report.clone()).collect());
        let report = Report {
            files,
            ..Report::default()
        };
        if markdown {
            ("flowdeck-report.md", "text/markdown", report.to_markdown())
        } else {
            ("flowdeck-report.json", "application/json", report.to_json())
        }
    }
}

/// Files on their way into the table. What was announced and did not come is no longer waited for
/// when this is dropped.
pub struct Batch {
    review: ReviewDesk,
    clearing: u32,
    /// How many of the announced files have not come yet.
    due: usize,
}

impl Batch {
    /// Checks a file and adds its row; none for an announced file that could not be had. A file
    /// that is there already, by name and content, is checked anew; another one of the same name
    /// gets a number.
    pub fn add(&mut self, file: Option<PickedFile>) {
        if let Some(file) = file {
            let settings = self
                .review
                .desk
                .rules
                .with_untracked(RuleSettings::settings);
            let bytes: Arc<[u8]> = file.bytes.into();
            let content = Arc::clone(&bytes);
            self.push(&file.name, bytes, |path| {
                (report(path, &content, &settings), settings)
            });
        }
        if self.due > 0 {
            self.due -= 1;
            self.review.pending.update(|pending| *pending -= 1);
        }
    }

    fn push(
        &self,
        name: &str,
        bytes: Arc<[u8]>,
        check: impl FnOnce(String) -> (FileReport, Settings),
    ) {
        let review = self.review;
        if self.clearing != review.book.with_value(|book| book.clearing) {
            return;
        }
        let (path, place) = review.place(name, &bytes);
        let (report, settings) = check(path);
        let row = Arc::new(ReviewRow {
            number: review.number(),
            counts: report.counts(),
            report,
            bytes,
            settings,
        });
        review.put(place, row);
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        let due = self.due;
        self.review.pending.update(|pending| *pending -= due);
        self.review.show();
    }
}
