//! What a check of many files found, ready to be written down: the model that the `flowdeck`
//! command and the app's Review share, and the formats both of them write. Finding problems is
//! done in [`crate::rules`]; formats only the command writes live there.

mod fingerprint;
mod json;
mod markdown;
mod visible;

use compact_str::CompactString;

pub use visible::visible;

use crate::document::{Document, DocumentKind};
use crate::json::{Locator, Position, ReadError, Span};
use crate::problem::{Problem, Severity};
use crate::rules::Rule;
use fingerprint::Fingerprints;

/// What a check of files found. Files keep the order they were put in.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// One entry per file that was looked at.
    pub files: Vec<FileReport>,
    /// How many files of a folder were passed over because they are no document of any kind.
    pub skipped: usize,
}

/// What was found in one file.
#[derive(Clone, Debug)]
pub struct FileReport {
    /// The file as the reader of the report knows it.
    pub path: String,
    /// What kind of document it is, where that could be told.
    pub kind: Option<DocumentKind>,
    /// The problems, or why there is no verdict.
    pub outcome: Outcome,
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
    /// Why it was acknowledged, if it was.
    pub acknowledged: Option<String>,
    /// What the fix does, where there is one.
    pub fix: Option<String>,
    /// Names this problem across runs: it stays the same while lines move and lists are
    /// reordered.
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

/// How many problems there are, by severity. Acknowledged ones are counted apart, but for errors:
/// an acknowledged error is still an error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Problems at error level, acknowledged or not.
    pub errors: usize,
    /// Warnings that were not acknowledged.
    pub warnings: usize,
    /// Infos that were not acknowledged.
    pub infos: usize,
    /// Problems of any severity that were acknowledged.
    pub acknowledged: usize,
}

impl Counts {
    /// "2 errors, 1 warning"; "no problems" when there are none.
    pub fn sentence(self) -> String {
        let parts = [
            (self.errors, "error"),
            (self.warnings, "warning"),
            (self.infos, "info"),
        ];
        let mut parts: Vec<String> = parts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, noun)| counted(count, noun))
            .collect();
        if parts.is_empty() {
            parts.push("no problems".to_owned());
        }
        if self.acknowledged > 0 {
            parts.push(format!("{} acknowledged", self.acknowledged));
        }
        parts.join(", ")
    }

    fn add(&mut self, problem: &ReportedProblem) {
        let acknowledged = problem.acknowledged.is_some();
        self.acknowledged += usize::from(acknowledged);
        match problem.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += usize::from(!acknowledged),
            Severity::Info => self.infos += usize::from(!acknowledged),
        }
    }
}

impl Report {
    /// The problems of all files, counted.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for problem in self.files.iter().flat_map(FileReport::problems) {
            counts.add(problem);
        }
        counts
    }

    /// How many files could not be read.
    pub fn rejected(&self) -> usize {
        self.files
            .iter()
            .filter(|file| matches!(file.outcome, Outcome::Rejected(_)))
            .count()
    }

    /// The report as JSON, schema 1, ending with a line break. Other programs parse it: what is
    /// there keeps its name and meaning.
    pub fn to_json(&self) -> String {
        json::write(self)
    }

    /// The report as Markdown, for a ticket or a pull request. Whatever stands in a file is
    /// escaped and shows as itself.
    pub fn to_markdown(&self) -> String {
        markdown::write(self)
    }
}

impl FileReport {
    /// A file that opened, with the problems [`crate::rules::check`] found in it.
    ///
    /// # Complexity
    /// O(text) once where there are problems, then logarithmic per problem.
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
        }
    }

    /// An archive whose charts have reports of their own.
    pub fn package(path: String) -> Self {
        Self {
            path,
            kind: Some(DocumentKind::Package),
            outcome: Outcome::Checked(Vec::new()),
        }
    }

    /// A file that could not be read.
    pub fn rejected(path: String, kind: Option<DocumentKind>, errors: Vec<ReadError>) -> Self {
        Self {
            path,
            kind,
            outcome: Outcome::Rejected(errors),
        }
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
        let mut counts = Counts::default();
        for problem in self.problems() {
            counts.add(problem);
        }
        counts
    }
}

/// "1 error", "2 errors": a number with its noun in the right form.
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}
