//! The files under review and what was found in them, what of it is shown, what was acknowledged.

use std::collections::BTreeMap;
use std::sync::Arc;

use flow::document::Document;
use flow::intake::{Entry, Progress};
use flow::problem::Severity;
use flow::report::{Baseline, Content, Counts, ReportAcknowledgement};
use flow::review::{Column, Filter, Grouping, Order, Place, Reviewed};
use flow::rules::Settings;
use flow::rules::chart_index::{ChartIndex, KnownFlow};
use flow::rules::links::Beside;
use flow::workspace::RuleSettings;
use leptos::prelude::*;

use super::asked::AskedFor;
use crate::ui::app::Activity;
use crate::ui::desk::Desk;
use crate::ui::notices::Notice;
use crate::ui::{files, links};

/// The totals over all files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many files there are.
    pub files: usize,
    /// How many of them could not be read.
    pub rejected: usize,
    /// How many problems there are.
    pub counts: Counts,
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

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Files are read.
    Reading(Progress),
    /// What was read is checked.
    Checking(Progress),
}

/// The files under review; copied freely.
#[derive(Clone, Copy)]
pub struct ReviewDesk {
    pub(super) desk: Desk,
    activity: RwSignal<Activity>,
    /// The files, in the order they came.
    pub files: RwSignal<Vec<Arc<Reviewed>>>,
    /// What is being done, if something is.
    pub work: RwSignal<Option<Work>>,
    /// What is to be seen.
    pub filter: RwSignal<Filter>,
    /// The order of the table.
    pub order: RwSignal<Order>,
    /// How problems are put together.
    pub grouping: RwSignal<Grouping>,
    /// The problem that is read.
    pub selected: RwSignal<Option<Place>>,
    /// Whether two things under review are compared.
    pub comparing: RwSignal<bool>,
    /// Whether problems that are known from before are left out.
    pub has_baseline: RwSignal<bool>,
    /// How many are.
    pub known: RwSignal<usize>,
    /// A problem that a link asks for, until its file is here.
    pub asked: RwSignal<Option<AskedFor>>,
    pub(super) book: StoredValue<Book>,
}

/// What is known of the files besides what is shown.
#[derive(Default)]
pub(super) struct Book {
    /// The files that were handed over, by path: how many bytes, and a hash of them.
    pub(super) taken: BTreeMap<String, (usize, u64)>,
    /// What came of them.
    pub(super) entries: Vec<Entry>,
    /// The flows that their exports tell of.
    pub(super) flows: Vec<KnownFlow>,
    /// What each file is that was handed over.
    pub(super) contents: Vec<Content>,
    /// The charts among them.
    pub(super) charts: Arc<ChartIndex>,
    /// How many files belong to exports and are no documents.
    pub(super) skipped: usize,
    /// How many of what came of them are no documents.
    pub(super) others: usize,
    /// What was found in them, before anything was accepted.
    pub(super) found: Vec<Arc<Reviewed>>,
    /// The problems that are known from before, where a baseline was handed over.
    pub(super) baseline: Option<Baseline>,
    /// How many of them were left out, file by file.
    pub(super) known: Vec<usize>,
    /// What was accepted.
    pub(super) acknowledged: Vec<ReportAcknowledgement>,
    /// Grows when everything is forgotten: what was still to come then does not come.
    pub(super) clearing: u32,
    /// Grows with whatever makes the work under way useless.
    pub(super) turn: u32,
    /// What documents on the desk were checked with: there they have neighbours.
    pub(super) own: BTreeMap<String, Settings>,
    /// The severities that the files were checked with.
    pub(super) rules: RuleSettings,
}

impl ReviewDesk {
    /// Nothing under review.
    pub fn new(desk: Desk, activity: RwSignal<Activity>) -> Self {
        Self {
            desk,
            activity,
            files: RwSignal::new(Vec::new()),
            work: RwSignal::new(None),
            filter: RwSignal::new(Filter::default()),
            order: RwSignal::new(Order {
                by: Column::Verdict,
                reversed: false,
            }),
            grouping: RwSignal::new(Grouping::File),
            selected: RwSignal::new(None),
            comparing: RwSignal::new(false),
            has_baseline: RwSignal::new(false),
            known: RwSignal::new(0),
            asked: RwSignal::new(None),
            book: StoredValue::new(Book::default()),
        }
    }

    /// Forgets all files.
    pub fn clear(self) {
        self.book.update_value(|book| {
            *book = Book {
                turn: book.turn + 1,
                clearing: book.clearing + 1,
                rules: std::mem::take(&mut book.rules),
                acknowledged: std::mem::take(&mut book.acknowledged),
                baseline: book.baseline.take(),
                ..Book::default()
            };
        });
        self.work.set(None);
        self.filter.set(Filter::default());
        self.comparing.set(false);
        self.selected.set(None);
        self.files.set(Vec::new());
    }

    /// The totals, following the files.
    pub fn totals(self) -> Totals {
        self.files.with(|files| {
            let mut totals = Totals {
                files: files.len(),
                ..Totals::default()
            };
            for file in files {
                let counts = file.counts();
                totals.rejected += usize::from(file.is_rejected());
                totals.counts.errors += counts.errors;
                totals.counts.warnings += counts.warnings;
                totals.counts.infos += counts.infos;
                totals.counts.acknowledged += counts.acknowledged;
            }
            totals
        })
    }

    /// A file by its number, as it is now.
    pub fn peek(self, file: usize) -> Option<Arc<Reviewed>> {
        self.files.with_untracked(|files| files.get(file).cloned())
    }

    /// Opens a file in Design; at one of its problems, where one is given.
    pub fn open(self, file: usize, problem: Option<usize>) {
        let Some(reviewed) = self.peek(file) else {
            return;
        };
        let Some(text) = reviewed.text() else { return };
        self.activity.set(Activity::Design);
        let beside = reviewed.chart.map(|own| Beside {
            index: self.book.with_value(|book| Arc::clone(&book.charts)),
            own,
        });
        match (beside, Document::read(Arc::clone(text))) {
            (Some(beside), Ok(document)) => {
                self.desk.open_chart(reviewed.path(), document, beside);
            }
            _ if self.desk.show_same(reviewed.path(), text) => {}
            _ => files::open_bytes(self.desk, reviewed.path(), text.as_bytes(), None),
        }
        let found = problem.and_then(|problem| reviewed.report.problems().get(problem));
        if let Some(found) = found {
            let id = found.ids.first().map_or("", |id| id.as_str());
            links::reveal_problem(self.desk, &format!("{}@{id}", found.rule.code));
        }
    }

    /// Opens the chart that a jump leads to, at the node.
    pub fn follow_jumps(self) {
        Effect::new(move |_| {
            let Some(((index, chart), node)) = self.desk.other_chart.get() else {
                return;
            };
            // A number means something among the charts it was given with alone.
            if !self
                .book
                .with_value(|book| Arc::ptr_eq(&book.charts, &index))
            {
                self.desk.notices.show(Notice::info(
                    "The flow that it goes to is no longer under review. Hand the export over again.",
                ));
                return;
            }
            let at = self
                .files
                .with_untracked(|files| files.iter().position(|file| file.chart == Some(chart)));
            if let Some(file) = at {
                self.open(file, None);
                self.desk.reveal_id(&node);
            }
        });
    }
}
