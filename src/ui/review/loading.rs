//! Taking files under review and checking them, some at a time, so that the page stays awake with
//! hundreds of them.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use flow::intake::{File, Intake, Progress};
use flow::report::{Baseline, Content, NotABaseline, counted};
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
    clearing: u32,
    files: Vec<File>,
    done: usize,
    total: usize,
}

impl ReviewDesk {
    /// Announces so many files, which are then added one by one.
    pub fn batch(self, files: usize) -> Batch {
        let batch = Batch {
            review: self,
            clearing: self.clearing(),
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
        self.next_turn();
        let clearing = self.clearing();
        spawn_local(async move {
            let mut contents = Vec::with_capacity(files.len());
            let mut since = page::now();
            for file in &files {
                contents.push(Content::of(&file.bytes));
                if page::now() - since > PATIENCE {
                    page::pause().await;
                    since = page::now();
                }
            }
            let mut intake = Intake::new(files);
            while let Some(progress) = intake.step() {
                if page::now() - since > PATIENCE {
                    self.work.set(Some(Work::Reading(progress)));
                    page::pause().await;
                    since = page::now();
                    // What was cleared meanwhile does not come back; what was added does not get lost.
                    if self.clearing() != clearing {
                        return;
                    }
                }
            }
            let taken = intake.finish();
            if self.clearing() != clearing {
                return;
            }
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
            let words = counted(files.len(), "file");
            self.put(files);
            let found = self.totals().counts.sentence();
            self.desk
                .notices
                .announce(format!("{words} checked: {found}."));
        });
    }

    /// A path that no other file or folder has; none for one that is here already.
    fn place(self, wanted: &str, content: (usize, u64)) -> Option<String> {
        let path = self.book.try_update_value(|book| {
            let mut path = wanted.to_owned();
            let mut same_name = 1;
            while let Some(known) = book.taken.get(&path) {
                if *known == content {
                    return None;
                }
                same_name += 1;
                path = numbered(wanted, same_name);
            }
            book.taken.insert(path.clone(), content);
            Some(path)
        });
        path.flatten()
    }

    fn clearing(self) -> u32 {
        self.book.with_value(|book| book.clearing)
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
        // One that is handed over by itself: a folder may hold anything.
        if self.total == 1 && self.takes_baseline(&file) {
            return None;
        }
        let mut file = File {
            named: !file.name.contains('/'),
            path: file.name,
            bytes: file.bytes,
        };
        if file.named {
            let mut hasher = DefaultHasher::new();
            file.bytes.hash(&mut hasher);
            let content = (file.bytes.len(), hasher.finish());
            file.path = self.review.place(&file.path, content)?;
        }
        let path = file.path.clone();
        self.files.push(file);
        Some(path)
    }

    /// Whether the file is a baseline, which is taken.
    fn takes_baseline(&self, file: &PickedFile) -> bool {
        let Ok(text) = std::str::from_utf8(&file.bytes) else {
            return false;
        };
        let notices = self.review.desk.notices;
        match Baseline::read(text) {
            Ok(baseline) => {
                self.review.set_baseline(Some(baseline));
                notices.show(Notice::info(format!(
                    "{} is a baseline: the problems in it are left out from now on.",
                    file.name
                )));
                true
            }
            Err(NotABaseline::Format(format)) => {
                notices.show(Notice::error(format!(
                    "{} is a baseline of format {format}, which this version of Flowdeck does not know. \
                     Nothing was changed. Save a new one, or use a newer version.",
                    file.name
                )));
                true
            }
            Err(NotABaseline::Other) => false,
        }
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
        let files = self.in_own_folders(files);
        if files.is_empty() || self.review.clearing() != self.clearing {
            if self.review.clearing() == self.clearing {
                self.review.work.set(None);
            }
            return;
        }
        self.review.take(files);
    }
}

impl Batch {
    /// The files, where a folder of a name that is here already gets a number of its own: it is another
    /// version, and what is in it belongs together. One that is here as it is is left out.
    fn in_own_folders(&self, files: Vec<File>) -> Vec<File> {
        let mut folders: BTreeMap<String, Vec<File>> = BTreeMap::new();
        let mut kept = Vec::with_capacity(files.len());
        for file in files {
            match file.path.split_once('/') {
                Some((folder, _)) => folders.entry(folder.to_owned()).or_default().push(file),
                None => kept.push(file),
            }
        }
        for (folder, mut files) in folders {
            let content = files.iter().fold((0, 0_u64), |(size, hash), file| {
                let mut hasher = DefaultHasher::new();
                (hash, &file.path, &file.bytes).hash(&mut hasher);
                (size + file.bytes.len(), hasher.finish())
            });
            let Some(name) = self.review.place(&folder, content) else {
                self.review.desk.notices.show(Notice::info(format!(
                    "The folder {folder} is under review already, just as it is."
                )));
                continue;
            };
            if name != folder {
                for file in &mut files {
                    file.path = format!("{name}{}", &file.path[folder.len()..]);
                }
            }
            kept.append(&mut files);
        }
        kept
    }
}
