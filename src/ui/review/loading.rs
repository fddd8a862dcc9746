//! Taking files under review and checking them, some at a time, so that the page stays awake with
//! hundreds of them.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use flow::intake::{File, Intake, Progress};
use flow::report::{Baseline, Content};
use flow::review::Examination;
use flow::workspace::RuleSettings;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::store::{ReviewDesk, Work};
use crate::browser::files::PickedFile;
use crate::browser::page;
use crate::ui::notices::Notice;

/// For so long, in milliseconds, the page works before it lets the browser do something else.
const PATIENCE: f64 = 12.0;

/// Files on their way under review. They are checked when this is dropped.
pub struct Batch {
    review: ReviewDesk,
    turn: u32,
    files: Vec<File>,
    done: usize,
    total: usize,
}

impl ReviewDesk {
    /// Announces so many files, which are then added one by one.
    pub fn batch(self, files: usize) -> Batch {
        let batch = Batch {
            review: self,
            turn: self.book.with_value(|book| book.turn),
            files: Vec::with_capacity(files),
            done: 0,
            total: files,
        };
        batch.tell();
        batch
    }

    /// Adds the documents that are open for editing, as they are now.
    pub fn add_open_documents(self) {
        let checked = self.desk.checked();
        let mut batch = self.batch(checked.len());
        for open in checked {
            let added = batch.add(Some(PickedFile {
                name: open.report.path,
                bytes: open.text.as_bytes().to_vec(),
                handle: None,
            }));
            if let Some(path) = added {
                self.book.update_value(|book| {
                    book.own.insert(path, open.settings);
                });
            }
        }
    }

    /// For as long as the review is shown, its files are checked as the documents on the desk are.
    pub fn follow_rules(self) {
        self.book.update_value(|book| {
            if book.acknowledged.is_empty() {
                book.acknowledged = super::kept::read();
            }
        });
        Effect::new(move |_| {
            let rules = self.desk.rules.get();
            let other = self.book.try_update_value(|book| {
                let other = book.rules != rules;
                book.rules.clone_from(&rules);
                other && !book.entries.is_empty()
            });
            if other == Some(true) {
                self.examine();
            }
        });
    }

    /// What makes the work under way useless.
    fn next_turn(self) -> u32 {
        let turn = self.book.try_update_value(|book| {
            book.turn += 1;
            book.turn
        });
        turn.unwrap_or_default()
    }

    fn is_turn(self, turn: u32) -> bool {
        self.book.with_value(|book| book.turn) == turn
    }

    /// Tells files apart and adds what came of them, then checks everything.
    fn take(self, files: Vec<File>) {
        let turn = self.next_turn();
        spawn_local(async move {
            let mut contents = Vec::with_capacity(files.len());
            for file in &files {
                contents.push(Content::of(&file.bytes));
            }
            let mut intake = Intake::new(files);
            let mut since = page::now();
            while let Some(progress) = intake.step() {
                if page::now() - since > PATIENCE {
                    self.work.set(Some(Work::Reading(progress)));
                    page::pause().await;
                    since = page::now();
                    // What was cleared meanwhile does not come back; what was added does not get lost.
                    if !self.is_turn(turn) && self.book.with_value(|book| book.taken.is_empty()) {
                        return;
                    }
                }
            }
            let taken = intake.finish();
            self.book.update_value(|book| {
                let first = book.contents.len();
                book.contents.extend(contents);
                book.entries
                    .extend(taken.entries.into_iter().map(|mut entry| {
                        entry.file += first;
                        entry
                    }));
                book.flows.extend(taken.flows);
                book.skipped += taken.skipped;
            });
            self.examine();
        });
    }

    /// Checks everything that is under review.
    pub(super) fn examine(self) {
        let turn = self.next_turn();
        let rules = self.desk.rules.get_untracked();
        let mut examination = self.book.with_value(|book| {
            let (entries, flows) = (book.entries.clone(), book.flows.clone());
            let settings = RuleSettings::settings(&rules);
            let mut examination = Examination::new(entries, flows, book.contents.clone(), settings);
            for (path, own) in &book.own {
                let mut settings = own.clone();
                rules.apply(&mut settings);
                examination.set_settings(path, settings);
            }
            examination
        });
        spawn_local(async move {
            let mut since = page::now();
            while let Some(progress) = examination.step() {
                if page::now() - since > PATIENCE {
                    self.work.set(Some(Work::Checking(progress)));
                    page::pause().await;
                    since = page::now();
                    if !self.is_turn(turn) {
                        return;
                    }
                }
            }
            let examined = examination.finish();
            self.book.update_value(|book| {
                book.charts = examined.charts;
                book.others = examined.skipped;
            });
            self.work.set(None);
            let files: Vec<_> = examined.files.into_iter().map(Arc::new).collect();
            self.put(files);
        });
    }

    /// A path that no other file has; none for a file that is here already.
    fn place(self, file: &File) -> Option<String> {
        let mut hasher = DefaultHasher::new();
        file.bytes.hash(&mut hasher);
        let content = (file.bytes.len(), hasher.finish());
        let path = self.book.try_update_value(|book| {
            let mut path = file.path.clone();
            let mut same_name = 1;
            while let Some(known) = book.taken.get(&path) {
                if *known == content {
                    return None;
                }
                same_name += 1;
                path = numbered(&file.path, same_name);
            }
            book.taken.insert(path.clone(), content);
            Some(path)
        });
        path.flatten()
    }
}

/// A name with a number before its extension: what it ends in may matter.
fn numbered(path: &str, number: usize) -> String {
    match path.rsplit_once('.') {
        Some((stem, extension)) if !extension.contains('/') && !stem.is_empty() => {
            format!("{stem} ({number}).{extension}")
        }
        _ => format!("{path} ({number})"),
    }
}

impl Batch {
    /// Adds a file; none for an announced one that could not be had. A file that is there already, by
    /// name and content, is not added again; another one of the same name gets a number.
    /// Returns the path that it goes by.
    pub fn add(&mut self, file: Option<PickedFile>) -> Option<String> {
        self.done += 1;
        self.tell();
        let file = file?;
        if let Ok(text) = std::str::from_utf8(&file.bytes)
            && let Ok(baseline) = Baseline::read(text)
        {
            self.review.set_baseline(Some(baseline));
            self.review.desk.notices.show(Notice::info(format!(
                "{} is a baseline: the problems in it are left out from now on.",
                file.name
            )));
            return None;
        }
        let mut file = File {
            named: !file.name.contains('/'),
            path: file.name,
            bytes: file.bytes,
        };
        let path = self.review.place(&file)?;
        file.path.clone_from(&path);
        self.files.push(file);
        Some(path)
    }

    fn tell(&self) {
        self.review.work.set(Some(Work::Reading(Progress {
            done: self.done,
            total: self.total,
        })));
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        let files = std::mem::take(&mut self.files);
        if files.is_empty() || !self.review.is_turn(self.turn) && self.review.was_cleared() {
            self.review.work.set(None);
            return;
        }
        self.review.take(files);
    }
}

impl ReviewDesk {
    fn was_cleared(self) -> bool {
        self.book.with_value(|book| book.taken.is_empty())
    }
}
