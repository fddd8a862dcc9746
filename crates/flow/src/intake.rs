//! What is dropped, opened or found at once: files, folders and archives, told apart and made into texts
//! that know where they come from. An export of Cognigy.AI is many files that belong together; here they
//! become one text a chart, whichever way they were exported. What the texts mean is not known here, and
//! nothing is read from a disk.
//!
//! It works in small steps, so that a page can show progress and stay awake.

mod collection;
mod folder;
mod names;
mod package;
mod plan;
mod zip;

use std::collections::VecDeque;
use std::sync::Arc;

pub use package::PackageFacts;

use crate::document::{Document, DocumentKind};
use crate::json::{ReadError, parse};
use crate::rules::chart_index::{KnownFlow, Origin};
use collection::Collection;

/// A file as it came.
#[derive(Clone, Debug)]
pub struct File {
    /// What it is called, with forward slashes. Files of one folder have paths with the folder in them.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// Whether somebody asked for this very file. One that was found in a folder may be no document.
    pub named: bool,
}

/// Something that came of a file: a document, or the reason why there is none.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Which of the files it came of, by number.
    pub file: usize,
    /// What to call it: the path of the file; in an archive, with the path inside.
    pub path: String,
    /// Whether somebody asked for this very file. What comes out of an archive was not asked for.
    pub named: bool,
    /// Where it comes from, which matters to charts.
    pub origin: Origin,
    /// What it is.
    pub content: Content,
}

/// What came of a file.
#[derive(Clone, Debug)]
pub enum Content {
    /// The text of a document, or of something that turns out to be none.
    Text(Arc<str>),
    /// A package; its charts follow as entries of their own.
    Package(PackageFacts),
    /// It could not be read.
    Rejected {
        /// What it would have been, where that can be told.
        kind: Option<DocumentKind>,
        /// Why.
        errors: Vec<ReadError>,
    },
}

/// A document, or what there is in its place.
#[derive(Clone, Debug)]
pub enum Opened {
    /// It opened.
    Document(Document),
    /// It is a package.
    Package(PackageFacts),
    /// It could not be opened.
    Rejected {
        /// What it would have been, where that can be told.
        kind: Option<DocumentKind>,
        /// Why.
        errors: Vec<ReadError>,
    },
    /// It is sound JSON of no known kind and nobody asked for it.
    Other,
}

impl Entry {
    /// Opens it.
    ///
    /// # Complexity
    /// O(bytes).
    pub fn open(&self) -> Opened {
        let text = match &self.content {
            Content::Text(text) => text,
            Content::Package(facts) => return Opened::Package(facts.clone()),
            Content::Rejected { kind, errors } => {
                let (kind, errors) = (*kind, errors.clone());
                return Opened::Rejected { kind, errors };
            }
        };
        match Document::read(Arc::clone(text)) {
            Ok(document) => Opened::Document(document),
            Err(errors) => {
                // Rejections are rare, so reading such a text twice costs nothing that matters.
                let tree = parse(Arc::clone(text)).ok();
                let kind = tree.as_ref().and_then(DocumentKind::of);
                if tree.is_some() && kind.is_none() && !self.named {
                    return Opened::Other;
                }
                Opened::Rejected { kind, errors }
            }
        }
    }

    /// Its text, where it is one.
    pub fn text(&self) -> Option<&Arc<str>> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Package(_) | Content::Rejected { .. } => None,
        }
    }
}

/// How far the work is. What there is to do becomes known on the way: the total may grow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many steps were done.
    pub done: usize,
    /// How many steps are known of, done or not.
    pub total: usize,
}

/// What came of all files.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// In the order of the files; those of one archive in the order of their paths.
    pub entries: Vec<Entry>,
    /// The flows that the exports tell of, whether or not their charts are there.
    pub flows: Vec<KnownFlow>,
    /// How many files belong to exports and are no documents.
    pub skipped: usize,
}

/// Files that are being told apart.
#[derive(Debug)]
pub struct Intake {
    waiting: VecDeque<Collection>,
    taken: Taken,
    done: usize,
}

impl Intake {
    /// Takes files. Those that are archives, whatever they are called, are opened; the others belong
    /// together as far as their paths say so.
    pub fn new(files: Vec<File>) -> Self {
        let mut waiting = VecDeque::new();
        let mut loose = Vec::new();
        for (number, file) in files.into_iter().enumerate() {
            if zip::is_archive(&file.bytes) {
                waiting.push_back(Collection::archive(number, file));
            } else {
                loose.push((number, file));
            }
        }
        if !loose.is_empty() {
            waiting.push_front(Collection::loose(loose));
        }
        Self {
            waiting,
            taken: Taken::default(),
            done: 0,
        }
    }

    /// Does one step: one file, one entry of an archive, or one chart. Nothing when all is done.
    pub fn step(&mut self) -> Option<Progress> {
        let collection = self.waiting.front_mut()?;
        if collection.step() {
            self.done += 1;
        } else if let Some(collection) = self.waiting.pop_front() {
            collection.finish(&mut self.taken);
        }
        let left: usize = self.waiting.iter().map(Collection::left).sum();
        Some(Progress {
            done: self.done,
            total: self.done + left,
        })
    }

    /// Does what is left to be done.
    pub fn finish(mut self) -> Taken {
        while let Some(mut collection) = self.waiting.pop_front() {
            while collection.step() {}
            collection.finish(&mut self.taken);
        }
        // Folder by folder: a slash comes before every character of a name.
        self.taken.entries.sort_by(|a, b| {
            let by_path = || a.path.split('/').cmp(b.path.split('/'));
            a.file.cmp(&b.file).then_with(by_path)
        });
        self.taken
    }
}
