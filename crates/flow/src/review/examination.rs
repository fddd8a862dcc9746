//! Checking what is under review, in small steps: each document is opened, the charts are indexed
//! together, then everything is checked.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::Reviewed;
use crate::document::Document;
use crate::intake::{Entry, Opened, Progress};
use crate::report::{Content, FileReport};
use crate::rules::chart_index::{ChartIndex, KnownFlow};
use crate::rules::links::Beside;
use crate::rules::{Settings, check};

/// What came of a review.
#[derive(Debug, Default)]
pub struct Examined {
    /// The files, in the order of the entries.
    pub files: Vec<Reviewed>,
    /// The charts among them.
    pub charts: Arc<ChartIndex>,
    /// How many entries are no documents, and nobody asked for them.
    pub skipped: usize,
}

/// A review under way.
#[derive(Debug)]
pub struct Examination {
    settings: Settings,
    flows: Vec<KnownFlow>,
    contents: Vec<Content>,
    /// Settings of single files, by path.
    own: BTreeMap<String, Settings>,
    waiting: VecDeque<Entry>,
    /// Charts wait for each other; everything else is done.
    opened: VecDeque<Half>,
    charts: Option<Arc<ChartIndex>>,
    examined: Examined,
    charts_checked: u32,
    done: usize,
    total: usize,
}

/// What is opened, and perhaps checked.
#[derive(Debug)]
enum Half {
    Done(Reviewed),
    Chart(Entry, Document),
}

impl Examination {
    /// Reviews these entries; `flows` are those that their exports tell of, `contents` tells the
    /// files that [`Entry::file`] counts.
    pub fn new(
        entries: Vec<Entry>,
        flows: Vec<KnownFlow>,
        contents: Vec<Content>,
        settings: Settings,
    ) -> Self {
        Self {
            settings,
            contents,
            own: BTreeMap::new(),
            flows,
            // Opening and checking.
            total: 2 * entries.len(),
            waiting: entries.into(),
            opened: VecDeque::new(),
            charts: None,
            examined: Examined::default(),
            charts_checked: 0,
            done: 0,
        }
    }

    /// Checks the file with this path with settings of its own: it has neighbours elsewhere.
    pub fn set_settings(&mut self, path: &str, settings: Settings) {
        self.own.insert(path.to_owned(), settings);
    }

    fn settings_of(&self, entry: &Entry) -> &Settings {
        self.own.get(&entry.path).unwrap_or(&self.settings)
    }

    /// Opens or checks one document. Nothing when all is done.
    pub fn step(&mut self) -> Option<Progress> {
        if let Some(entry) = self.waiting.pop_front() {
            self.open(entry);
        } else {
            let half = self.opened.pop_front()?;
            let charts = Arc::clone(self.index(&half));
            let reviewed = match half {
                Half::Done(reviewed) => reviewed,
                Half::Chart(entry, document) => self.check_chart(entry, &document, charts),
            };
            self.charts_checked += u32::from(reviewed.chart.is_some());
            self.examined.files.push(reviewed);
        }
        self.done += 1;
        Some(Progress {
            done: self.done,
            total: self.total,
        })
    }

    /// Does what is left to be done.
    pub fn finish(mut self) -> Examined {
        while self.step().is_some() {}
        self.examined.charts = self.charts.unwrap_or_default();
        self.examined
    }

    fn open(&mut self, entry: Entry) {
        let half = match entry.open() {
            Opened::Document(document) if document.chart().is_some() => {
                Half::Chart(entry, document)
            }
            Opened::Document(document) => {
                let settings = self.settings_of(&entry);
                Half::Done(Reviewed {
                    chart: None,
                    report: self.report(&entry, &document, settings),
                    entry,
                })
            }
            Opened::Package(_) => Half::Done(Reviewed {
                chart: None,
                report: self.whole(&entry, FileReport::package(entry.path.clone())),
                entry,
            }),
            Opened::Rejected { kind, errors } => Half::Done(Reviewed {
                chart: None,
                report: self.whole(
                    &entry,
                    FileReport::rejected(entry.path.clone(), kind, errors),
                ),
                entry,
            }),
            Opened::Other => {
                self.examined.skipped += 1;
                self.total -= 1;
                return;
            }
        };
        self.opened.push_back(half);
    }

    fn report(&self, entry: &Entry, document: &Document, settings: &Settings) -> FileReport {
        let problems = check(document, settings);
        let report =
            FileReport::checked(entry.path.clone(), document, problems).checked_with(settings);
        match self.contents.get(entry.file) {
            Some(file) => report.of_file(document.text(), file),
            None => report,
        }
    }

    /// The report of an entry that has no text of its own: it stands for the file.
    fn whole(&self, entry: &Entry, mut report: FileReport) -> FileReport {
        report.content = self.contents.get(entry.file).cloned();
        report
    }

    /// The charts under review; `first` is the first of what is opened. O(nodes), once.
    fn index(&mut self, first: &Half) -> &Arc<ChartIndex> {
        let opened = &self.opened;
        let flows = &mut self.flows;
        self.charts.get_or_insert_with(|| {
            let charts = std::iter::once(first)
                .chain(opened)
                .filter_map(|half| match half {
                    Half::Chart(entry, document) => Some((entry.origin.clone(), document.chart()?)),
                    Half::Done(_) => None,
                });
            Arc::new(ChartIndex::of(charts, std::mem::take(flows)))
        })
    }

    fn check_chart(&self, entry: Entry, document: &Document, index: Arc<ChartIndex>) -> Reviewed {
        // Charts are indexed in the order in which they are checked.
        let own = self.charts_checked;
        let mut settings = self.settings_of(&entry).clone();
        settings.links.charts = Some(Beside { index, own });
        Reviewed {
            chart: Some(own),
            report: self.report(&entry, document, &settings),
            entry,
        }
    }
}
