//! Problems next to the fields they are about.

use flow::json::{Span, ValueId};
use flow::open_document::OpenDocument;
use flow::problem::{Problem, Severity};
use leptos::prelude::*;

use crate::ui::desk::desk;
use crate::ui::icons::{Icon, icon, severity_icon};

/// How many problems one field shows; the panel has them all.
const LISTED: usize = 5;

/// A problem as a field shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Which of the document's problems it is.
    index: usize,
    code: &'static str,
    /// How bad it is.
    severity: Severity,
    message: String,
    fix: Option<String>,
}

impl Shown {
    fn new(index: usize, problem: &Problem) -> Self {
        Self {
            index,
            code: problem.rule.code,
            severity: problem.severity,
            message: problem.message.clone(),
            fix: problem.fix.as_ref().map(|fix| fix.label.clone()),
        }
    }
}

/// What is said by others, of the values that start where `is_ours` says.
fn remarked(open: &OpenDocument, is_ours: impl Fn(u32) -> bool) -> impl Iterator<Item = Shown> {
    let tree = open.document().tree();
    let ours = open.remarks().iter().enumerate();
    let ours = ours.filter(move |(_, remark)| is_ours(tree.value(remark.at).span().start));
    ours.map(|(index, remark)| Shown {
        // No problem has this index.
        index: usize::MAX - index,
        code: "Tenant",
        severity: Severity::Error,
        message: remark.message.clone(),
        fix: None,
    })
}

/// The problems that start inside a span, and what else is said there. O(log problems + remarks +
/// found).
pub fn problems_within(open: &OpenDocument, span: Span) -> Vec<Shown> {
    let problems = open.problems();
    // They are sorted by place.
    let first = problems.partition_point(|problem| problem.span.start < span.start);
    let found = (first..)
        .zip(&problems[first..])
        .take_while(|(_, problem)| problem.span.start < span.end)
        .filter(|(_, problem)| problem.acknowledged.is_none())
        .map(|(index, problem)| Shown::new(index, problem));
    let said = remarked(open, |start| (span.start..span.end).contains(&start));
    said.chain(found).take(LISTED).collect()
}

/// The problems of the value `at`. O(log problems + found).
pub fn problems_of(open: &OpenDocument, at: ValueId) -> Vec<Shown> {
    problems_within(open, open.document().tree().value(at).span())
}

/// The problems that start in none of `spans`, which are sorted and apart.
pub fn problems_elsewhere(open: &OpenDocument, spans: &[Span]) -> Vec<Shown> {
    let is_elsewhere = |start: u32| {
        let next = spans.partition_point(|span| span.end <= start);
        spans.get(next).is_none_or(|span| start < span.start)
    };
    let found = open.problems().iter().enumerate();
    let found = found
        .filter(|(_, problem)| problem.acknowledged.is_none() && is_elsewhere(problem.span.start))
        .map(|(index, problem)| Shown::new(index, problem));
    remarked(open, is_elsewhere)
        .chain(found)
        .take(LISTED)
        .collect()
}

/// Whether one of them is an error.
pub fn is_wrong(problems: &[Shown]) -> bool {
    problems
        .iter()
        .any(|problem| problem.severity == Severity::Error)
}

/// The list under a field.
#[component]
pub fn FieldProblems(
    /// The id of the list, for fields that it describes.
    #[prop(optional, into)]
    id: String,
    problems: Signal<Vec<Shown>>,
) -> impl IntoView {
    let desk = desk();
    let fix = move |index: usize| {
        desk.run(|open| Some(open.problems().get(index)?.fix.as_ref()?.command.clone()));
    };
    view! {
        <ul class="field-problems" id=id hidden=move || problems.with(Vec::is_empty)>
            <For
                each=move || problems.get()
                key=|problem| (problem.index, problem.code, problem.message.clone())
                children=move |Shown { index, code, severity, message, fix: label }| view! {
                    <li class="field-problem" data-severity=severity.as_str()>
                        <span class="problem-icon">{icon(severity_icon(severity))}</span>
                        <span class="field-problem-text"><b>{code}</b>" "<bdi>{message}</bdi></span>
                        {label.map(|label| view! {
                            <button class="button is-small" on:click=move |_| fix(index)>
                                {icon(Icon::Fix)}
                                <span>{label}</span>
                            </button>
                        })}
                    </li>
                }
            />
        </ul>
    }
}
