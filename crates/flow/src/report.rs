//! What a check of many files found, ready to be written down: the model that the `flowdeck`
//! command and the app's Review share, and the files that both of them write. Finding problems is
//! done in [`crate::rules`]; what only a terminal or a pipeline shows is written by the command.
//!
//! A report knows no clock: who reviewed and when is put into it. So two reports of the same files
//! are the same to the byte, but for that.

mod baseline;
mod counts;
mod csv;
mod drawing;
mod file;
mod fingerprint;
mod format;
mod html;
mod inventory;
mod json;
pub(crate) mod markdown;
mod rule_summary;
mod sarif;
mod visible;
mod words;

use std::collections::BTreeMap;

use compact_str::CompactString;

pub use baseline::{Baseline, NotABaseline};
pub use counts::{Counts, counted};
pub use drawing::{Drawing, Drawn, MAX_CARDS};
pub use file::{Content, FileReport, Outcome, RelatedPlace, ReportedProblem};
pub use format::ReportFormat;
pub use visible::{shortened, visible};

use crate::problem::Acknowledged;

/// The version of Flowdeck that writes reports.
pub const FLOWDECK_VERSION: &str = env!("CARGO_PKG_VERSION");

/// What a check of files found. Files keep the order they were put in.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// One entry per file that was looked at.
    pub files: Vec<FileReport>,
    /// How many files of a folder were passed over because they are no document of any kind.
    pub skipped: usize,
    /// How many problems were left out because a baseline knows them.
    pub known: usize,
    /// Who stands for this report, where somebody does, and when it was made.
    pub review: Option<ReviewedBy>,
}

/// Who reviewed the files of a report, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewedBy {
    /// The name of the reviewer; nothing where nobody gave one.
    pub reviewer: String,
    /// When the report was made, as RFC 3339 spells it.
    pub at: String,
    /// What the reviewer has to say about all of it; may be nothing.
    pub note: String,
}

/// That somebody accepted a problem while reviewing: it is named by its file and fingerprint, so
/// it stays accepted while the rest of the file changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportAcknowledgement {
    /// The path of the file in the report.
    pub path: String,
    /// The fingerprint of the problem.
    pub fingerprint: u64,
    /// The code of its rule.
    pub code: CompactString,
    /// Why it is accepted. Without a reason nothing is acknowledged.
    pub reason: String,
    /// Who accepted it.
    pub by: String,
    /// When.
    pub at: String,
}

impl Report {
    /// The problems of all files, counted.
    pub fn counts(&self) -> Counts {
        Counts::of(self.files.iter().flat_map(FileReport::problems))
    }

    /// How many files could not be read.
    pub fn rejected(&self) -> usize {
        self.files
            .iter()
            .filter(|file| matches!(file.outcome, Outcome::Rejected(_)))
            .count()
    }

    /// Marks the problems that were accepted. A problem that was accepted elsewhere too, in its file
    /// or the workspace, keeps what is said there. Returns how many entries found their problem.
    ///
    /// # Complexity
    /// O((problems + entries) log entries).
    pub fn acknowledge(&mut self, entries: &[ReportAcknowledgement]) -> usize {
        let entries: BTreeMap<(&str, u64, &str), &ReportAcknowledgement> = entries
            .iter()
            .filter(|entry| !entry.reason.trim().is_empty())
            .map(|entry| {
                let name = (entry.path.as_str(), entry.fingerprint, entry.code.as_str());
                (name, entry)
            })
            .collect();
        let mut found = 0;
        for file in &mut self.files {
            let Outcome::Checked(problems) = &mut file.outcome else {
                continue;
            };
            for problem in problems {
                let name = (file.path.as_str(), problem.fingerprint, problem.rule.code);
                let Some(entry) = entries.get(&name) else {
                    continue;
                };
                found += 1;
                problem.acknowledged.get_or_insert_with(|| {
                    Box::new(Acknowledged {
                        reason: entry.reason.clone(),
                        by: entry.by.clone(),
                        at: entry.at.clone(),
                    })
                });
            }
        }
        found
    }

    /// The report as a file of this format.
    pub fn write(&self, format: ReportFormat) -> String {
        match format {
            ReportFormat::Html => self.to_html(),
            ReportFormat::Markdown => self.to_markdown(),
            ReportFormat::Json => self.to_json(),
            ReportFormat::Sarif => self.to_sarif(),
            ReportFormat::Csv => self.to_csv(),
        }
    }

    /// The report as one HTML page that stands alone: no scripts, nothing fetched. Whatever stands
    /// in a file is escaped and shows as itself.
    pub fn to_html(&self) -> String {
        html::write(self)
    }

    /// The report as Markdown, for a ticket or a pull request, short enough for a comment: what does
    /// not fit is counted. Whatever stands in a file is escaped and shows as itself.
    pub fn to_markdown(&self) -> String {
        markdown::write(self)
    }

    /// The report as JSON, schema 1, ending with a line break. Other programs parse it: what is
    /// there keeps its name and meaning.
    pub fn to_json(&self) -> String {
        json::write(self)
    }

    /// The report as SARIF 2.1.0, for code scanning.
    pub fn to_sarif(&self) -> String {
        sarif::write(self)
    }

    /// The report as CSV, one row per problem, for a spreadsheet.
    pub fn to_csv(&self) -> String {
        csv::write(self)
    }
}
