//! What is shown of a review, in which order: the files as a table, the problems in groups.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Place, Reviewed};
use crate::document::DocumentKind;
use crate::problem::Severity;
use crate::report::{Outcome, ReportedProblem};

/// What files are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The path.
    Path,
    /// The kind, by its name.
    Kind,
    /// How many bytes.
    Size,
    /// How many nodes.
    Parts,
    /// How many errors.
    Errors,
    /// How many warnings.
    Warnings,
    /// How many infos.
    Infos,
    /// The worst that was found, then how much.
    Verdict,
}

/// The order of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// What files are sorted by; those that are equal stay in the order they came in.
    pub by: Column,
    /// Whether the other way round.
    pub reversed: bool,
}

/// What is to be seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// What a path, a message, a code or an id must hold, in lower case.
    pub text: String,
    /// The only kind.
    pub kind: Option<DocumentKind>,
    /// The only severity of problems; of files, those that have some.
    pub severity: Option<Severity>,
    /// Whether problems that somebody acknowledged are left out.
    pub open_only: bool,
}

impl Filter {
    fn takes_file(&self, file: &Reviewed) -> bool {
        self.kind.is_none_or(|kind| file.kind() == Some(kind))
    }

    /// Whether the text that is looked for is in the path, or in why the file could not be read.
    fn finds(&self, file: &Reviewed) -> bool {
        let errors = match &file.report.outcome {
            Outcome::Rejected(errors) => errors.as_slice(),
            Outcome::Checked(_) => &[],
        };
        holds(file.path(), &self.text)
            || errors.iter().any(|error| holds(&error.message, &self.text))
    }

    fn takes(&self, file: &Reviewed, problem: &ReportedProblem) -> bool {
        self.severity.is_none_or(|only| only == problem.severity)
            && !(self.open_only && problem.acknowledged.is_some())
            && (holds(file.path(), &self.text)
                || holds(&problem.message, &self.text)
                || holds(problem.rule.code, &self.text)
                || holds(problem.rule.name, &self.text)
                || problem.ids.iter().any(|id| holds(id, &self.text)))
    }
}

fn holds(text: &str, part: &str) -> bool {
    part.is_empty() || text.to_lowercase().contains(part)
}

/// A file of the table, with its problems that are to be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Index of the file.
    pub file: usize,
    /// Indices of its problems.
    pub problems: Vec<usize>,
}

/// The files that are to be seen, in order: those with something in them that is looked for, and all
/// when nothing is.
///
/// # Complexity
/// O(problems + files · log files).
pub fn listed(files: &[Arc<Reviewed>], filter: &Filter, order: Order) -> Vec<Listed> {
    let mut rows: Vec<Listed> = files
        .iter()
        .enumerate()
        .filter(|(_, file)| filter.takes_file(file))
        .map(|(index, file)| Listed {
            file: index,
            problems: visible(file, filter).collect(),
        })
        .filter(|row| {
            let file = &files[row.file];
            // What cannot be read is the worst that can be found.
            let asks_for_others = filter
                .severity
                .is_some_and(|only| only != Severity::Error || !file.is_rejected());
            !row.problems.is_empty() || !asks_for_others && filter.finds(file)
        })
        .collect();
    rows.sort_by(|a, b| {
        let (a, b) = (&files[a.file], &files[b.file]);
        let ordering = compare(a, b, order.by);
        if order.reversed {
            ordering.reverse()
        } else {
            ordering
        }
    });
    rows
}

fn visible<'f>(file: &'f Reviewed, filter: &'f Filter) -> impl Iterator<Item = usize> + 'f {
    let problems = file.report.problems().iter().enumerate();
    problems
        .filter(|(_, problem)| filter.takes(file, problem))
        .map(|(index, _)| index)
}

/// Numbers from the largest, words from the first.
fn compare(a: &Reviewed, b: &Reviewed, by: Column) -> Ordering {
    let most = |of: fn(&Reviewed) -> usize| of(b).cmp(&of(a));
    match by {
        Column::Path => a.path().cmp(b.path()),
        Column::Kind => {
            let label = |file: &Reviewed| file.kind().map_or("unknown", DocumentKind::label);
            label(a).cmp(label(b))
        }
        Column::Size => most(Reviewed::size),
        Column::Parts => most(|file| file.parts().unwrap_or_default()),
        Column::Errors => most(|file| file.counts().errors),
        Column::Warnings => most(|file| file.counts().warnings),
        Column::Infos => most(|file| file.counts().infos),
        Column::Verdict => a
            .rank()
            .cmp(&b.rank())
            .then_with(|| most(|file| file.report.problems().len())),
    }
}

/// How problems are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// By the file they are in.
    File,
    /// By the rule that found them.
    Rule,
    /// By how bad they are.
    Severity,
}

/// Problems that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they have in common.
    pub title: String,
    /// The worst among them.
    pub worst: Severity,
    /// The problems, file by file in their order.
    pub places: Vec<Place>,
}

/// The problems that are to be seen, in groups: those of a file in the order of the files, those of a
/// rule by severity and code, those of a severity from the worst.
///
/// # Complexity
/// O(problems · log groups).
pub fn groups(files: &[Arc<Reviewed>], filter: &Filter, grouping: Grouping) -> Vec<Group> {
    let mut groups: BTreeMap<(Severity, usize, &str), Group> = BTreeMap::new();
    for (index, file) in files.iter().enumerate() {
        if !filter.takes_file(file) {
            continue;
        }
        for number in visible(file, filter) {
            let problem = &file.report.problems()[number];
            let (key, title) = match grouping {
                Grouping::File => ((Severity::Error, index, ""), file.path().to_owned()),
                Grouping::Rule => (
                    (problem.rule.severity, 0, problem.rule.code),
                    format!("{} {}", problem.rule.code, problem.rule.name),
                ),
                Grouping::Severity => (
                    (problem.severity, 0, ""),
                    match problem.severity {
                        Severity::Error => "Errors",
                        Severity::Warning => "Warnings",
                        Severity::Info => "Infos",
                    }
                    .to_owned(),
                ),
            };
            let group = groups.entry(key).or_insert_with(|| Group {
                title,
                worst: problem.severity,
                places: Vec::new(),
            });
            group.worst = group.worst.min(problem.severity);
            group.places.push(Place {
                file: index,
                problem: number,
            });
        }
    }
    groups.into_values().collect()
}

/// The place after `current`, or before it, in the order of `places`; the first or last one when it is
/// not among them. Round in a circle.
pub fn neighbour(places: &[Place], current: Option<Place>, forward: bool) -> Option<Place> {
    let count = places.len();
    let at = current.and_then(|current| places.iter().position(|&place| place == current));
    let next = match (at, forward) {
        (None, true) => 0,
        (None, false) => count.checked_sub(1)?,
        (Some(at), true) => (at + 1) % count,
        (Some(at), false) => (at + count - 1) % count,
    };
    places.get(next).copied()
}
