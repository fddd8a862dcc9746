//! Reviewing many files at once: what was found in each, in whatever order and grouping somebody wants to
//! see it. Charts are checked with all the others that are under review. How files are read is in
//! [`crate::intake`], how a review is written down in [`crate::report`].

mod examination;
mod listing;
mod roots;
#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use examination::{Examination, Examined};
pub use listing::{Column, Filter, Group, Grouping, Listed, Order, groups, listed, neighbour};

pub use roots::{Compared, ComparedFile, Root, compare, roots, with_comparison};

use crate::document::DocumentKind;
use crate::intake::Entry;
use crate::report::{Counts, FileReport, Outcome};

/// A file under review, a chart out of a package, or the package itself.
#[derive(Clone, Debug)]
pub struct Reviewed {
    /// What it came as.
    pub entry: Entry,
    /// Which of the charts under review it is.
    pub chart: Option<u32>,
    /// What was found.
    pub report: FileReport,
}

impl Reviewed {
    /// What to call it.
    pub fn path(&self) -> &str {
        &self.entry.path
    }

    /// What kind of document it is, where that could be told.
    pub fn kind(&self) -> Option<DocumentKind> {
        self.report.kind
    }

    /// How much was found.
    pub fn counts(&self) -> Counts {
        self.report.counts()
    }

    /// Whether it could not be read.
    pub fn is_rejected(&self) -> bool {
        matches!(self.report.outcome, Outcome::Rejected(_))
    }

    /// What decides the place and colour of the verdict, worst first: 0 for a file that could not be
    /// read, then by the worst severity that counts, 4 for none.
    pub fn rank(&self) -> u8 {
        let counts = self.counts();
        match () {
            () if self.is_rejected() => 0,
            () if counts.errors > 0 => 1,
            () if counts.warnings > 0 => 2,
            () if counts.infos > 0 => 3,
            () => 4,
        }
    }

    /// How many bytes it has.
    pub fn size(&self) -> usize {
        let content = self.report.content.as_ref();
        content.map_or(0, |content| content.bytes)
    }

    /// How many nodes, states or values it has.
    pub fn parts(&self) -> Option<usize> {
        self.report.inventory.first().map(|(count, _)| *count)
    }

    /// Its text, where it is one.
    pub fn text(&self) -> Option<&Arc<str>> {
        self.entry.text()
    }
}

/// One problem of one file, both by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Index of the file.
    pub file: usize,
    /// Index in the problems of its report.
    pub problem: usize,
}
