//! One file of a report: what was reviewed, told by its checksum, and what was found in it.

use compact_str::CompactString;

use super::Counts;
use super::drawing::Drawing;
use super::fingerprint::Fingerprints;
use super::inventory::inventory;
use crate::checksum::sha256;
use crate::document::{Document, DocumentKind};
use crate::json::{Locator, Position, ReadError, Span};
use crate::problem::{Acknowledged, Problem, Severity};
use crate::rules::{Rule, Settings};

/// What was found in one file.
#[derive(Clone, Debug)]
pub struct FileReport {
    /// The file as the reader of the report knows it.
    pub path: String,
    /// What kind of document it is, where that could be told.
    pub kind: Option<DocumentKind>,
    /// The problems, or why there is no verdict.
    pub outcome: Outcome,
    /// What was reviewed, exactly; nothing for a file that could not be had at all.
    pub content: Option<Content>,
    /// What is in it: numbers with the word for one of them, such as 12 and "node".
    pub inventory: Vec<(usize, &'static str)>,
    /// How severe rules were for it, in words; nothing where that is not told.
    pub settings: Option<String>,
    /// The picture of its graph, where one was made: see [`FileReport::draw`].
    pub drawing: Option<Drawing>,
}

/// Tells what was reviewed from anything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// The SHA-256 of the bytes, in lowercase hexadecimal.
    pub sha256: String,
    /// How many bytes it is.
    pub bytes: usize,
}

impl Content {
    /// Of these bytes. O(bytes).
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            sha256: sha256(bytes),
            bytes: bytes.len(),
        }
    }
}

/// How the check of one file ended.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It was checked; these are its problems, in order of place.
    Checked(Vec<ReportedProblem>),
    /// It could not be read, so nothing is known about it.
    Rejected(Vec<ReadError>),
}

/// A problem with its places spelled out, so that it outlives the document.
#[derive(Clone, Debug)]
pub struct ReportedProblem {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How bad it is here.
    pub severity: Severity,
    /// What is wrong, why it matters, what to do.
    pub message: String,
    /// JSON Pointer of the value it is about.
    pub pointer: String,
    /// The bytes it is about.
    pub span: Span,
    /// Where those bytes start.
    pub start: Position,
    /// Where they end: the place after the last one.
    pub end: Position,
    /// Ids of what it is about, the first one first.
    pub ids: Vec<CompactString>,
    /// Other places that explain it.
    pub related: Vec<RelatedPlace>,
    /// Who acknowledged it, when and why, if somebody did.
    pub acknowledged: Option<Box<Acknowledged>>,
    /// What the fix does, where there is one.
    pub fix: Option<String>,
    /// Names this problem across runs: it stays the same while lines move and lists are
    /// reordered. No two problems of a file have the same.
    pub fingerprint: u64,
}

/// A place that helps to understand a problem.
#[derive(Clone, Debug)]
pub struct RelatedPlace {
    /// What is to be seen there.
    pub message: String,
    /// JSON Pointer of the value there.
    pub pointer: String,
    /// The bytes of the value.
    pub span: Span,
    /// Where the value starts.
    pub start: Position,
}

impl FileReport {
    /// A file that opened, with the problems [`crate::rules::check`] found in it. What was reviewed
    /// is its text, unless [`FileReport::of_bytes`] says otherwise.
    ///
    /// # Complexity
    /// O(text), then logarithmic per problem.
    pub fn checked(path: String, document: &Document, problems: Vec<Problem>) -> Self {
        let tree = document.tree();
        let mut locator = Locator::new(tree);
        let mut fingerprints = Fingerprints::default();
        let problems = problems
            .into_iter()
            .map(|problem| {
                let pointer = locator.pointer(problem.at);
                let way = locator.way(problem.at);
                let fingerprint = fingerprints.of(tree, &problem, &way);
                ReportedProblem {
                    rule: problem.rule,
                    severity: problem.severity,
                    message: problem.message,
                    pointer,
                    span: problem.span,
                    start: locator.position(problem.span.start),
                    end: locator.position(problem.span.end),
                    ids: problem.ids,
                    related: problem
                        .related
                        .into_iter()
                        .map(|related| {
                            let span = tree.value(related.at).span();
                            RelatedPlace {
                                message: related.message,
                                pointer: locator.pointer(related.at),
                                span,
                                start: locator.position(span.start),
                            }
                        })
                        .collect(),
                    acknowledged: problem.acknowledged,
                    fix: problem.fix.map(|fix| fix.label),
                    fingerprint,
                }
            })
            .collect();
        Self {
            path,
            kind: Some(document.kind()),
            outcome: Outcome::Checked(problems),
            content: Some(Content::of(document.text().as_bytes())),
            inventory: inventory(document),
            settings: None,
            drawing: None,
        }
    }

    /// An archive whose charts have reports of their own.
    pub fn package(path: String) -> Self {
        Self {
            path,
            kind: Some(DocumentKind::Package),
            outcome: Outcome::Checked(Vec::new()),
            content: None,
            inventory: Vec::new(),
            settings: None,
            drawing: None,
        }
    }

    /// A file that could not be read.
    pub fn rejected(path: String, kind: Option<DocumentKind>, errors: Vec<ReadError>) -> Self {
        Self {
            path,
            kind,
            outcome: Outcome::Rejected(errors),
            content: None,
            inventory: Vec::new(),
            settings: None,
            drawing: None,
        }
    }

    /// Says that the file is these bytes, of which the text of the document may be only a part: a
    /// file may start with a byte order mark.
    #[must_use]
    pub fn of_bytes(mut self, bytes: &[u8]) -> Self {
        // A text is its file, or the rest of it after a mark.
        let is_known = |content: &Content| content.bytes == bytes.len();
        if !self.content.as_ref().is_some_and(is_known) {
            self.content = Some(Content::of(bytes));
        }
        self
    }

    /// Says that the document with this text came of a file. Where it is all of the file, but for a byte
    /// order mark, the file is what was reviewed; else, as in an archive, the text is.
    #[must_use]
    pub fn of_file(mut self, text: &str, file: &Content) -> Self {
        const MARK: &[u8] = b"\xEF\xBB\xBF";
        let is_marked = file.bytes == text.len() + MARK.len();
        if is_marked && Content::of(&[MARK, text.as_bytes()].concat()) == *file {
            self.content = Some(file.clone());
        }
        self
    }

    /// Says what it was checked with, since the verdict depends on it.
    #[must_use]
    pub fn checked_with(mut self, settings: &Settings) -> Self {
        self.settings = Some(settings.describe());
        self
    }

    /// Its problems; none when it could not be read.
    pub fn problems(&self) -> &[ReportedProblem] {
        match &self.outcome {
            Outcome::Checked(problems) => problems,
            Outcome::Rejected(_) => &[],
        }
    }

    /// Its problems, counted.
    pub fn counts(&self) -> Counts {
        Counts::of(self.problems())
    }

    /// The verdict in a few words: "clean", "2 errors, 1 warning", "could not be read".
    pub fn verdict(&self) -> String {
        match &self.outcome {
            Outcome::Rejected(_) => "could not be read".to_owned(),
            Outcome::Checked(problems) if problems.is_empty() => "clean".to_owned(),
            Outcome::Checked(_) => self.counts().sentence(),
        }
    }
}
