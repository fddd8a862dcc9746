//! The panel below: every problem of the shown document, with a jump and a fix.

use flow::diagram::Owner;
use flow::json::Locator;
use flow::open_document::{OpenDocument, Selection};
use flow::problem::Severity;
use leptos::prelude::*;

use super::app::Panels;
use super::desk::{Desk, desk};
use super::icons::{Icon, icon, severity_icon};

/// At most so many problems are listed; a longer list would be read by nobody.
const LISTED: usize = 500;

/// One line of the list.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    /// Which of the document's problems it is.
    index: usize,
    code: &'static str,
    name: &'static str,
    severity: Severity,
    message: String,
    line: u32,
    column: u32,
    owner: Option<Owner>,
    fix: Option<String>,
}

fn rows(open: &OpenDocument) -> Vec<Row> {
    let mut locator = Locator::new(open.document().tree());
    let mut order: Vec<usize> = (0..open.problems().len()).collect();
    order.sort_by_key(|&index| open.problems()[index].severity);
    order
        .into_iter()
        .take(LISTED)
        .map(|index| {
            let problem = &open.problems()[index];
            let position = locator.position(problem.span.start);
            Row {
                index,
                code: problem.rule.code,
                name: problem.rule.name,
                severity: problem.severity,
                message: problem.message.clone(),
                line: position.line,
                column: position.column,
                owner: open.owner_of(problem),
                fix: problem.fix.as_ref().map(|fix| fix.label.clone()),
            }
        })
        .collect()
}

/// The panel "Problems".
#[component]
pub fn Problems(panels: Panels) -> impl IntoView {
    let desk = desk();
    let list = Memo::new(move |_| desk.read(rows).unwrap_or_default());
    let total = Memo::new(move |_| desk.read(|open| open.problems().len()).unwrap_or(0));
    let count = move |severity: Severity| {
        desk.read(|open| {
            open.problems()
                .iter()
                .filter(|problem| problem.severity == severity)
                .count()
        })
        .unwrap_or(0)
    };
    view! {
        <section class="problems" aria-label="Problems" role="region" class:is-open=move || panels.problems.get()>
            <button
                class="problems-head"
                aria-expanded=move || panels.problems.get().to_string()
                on:click=move |_| panels.problems.update(|open| *open = !*open)
            >
                <span class="problems-title">"Problems"</span>
                <Count severity=Severity::Error count=Signal::derive(move || count(Severity::Error))/>
                <Count severity=Severity::Warning count=Signal::derive(move || count(Severity::Warning))/>
                <Count severity=Severity::Info count=Signal::derive(move || count(Severity::Info))/>
                <span class="problems-hint">"F8 next problem"</span>
                {move || icon(if panels.problems.get() { Icon::Down } else { Icon::Up })}
            </button>
            <Show when=move || panels.problems.get()>
                <Show
                    when=move || total.get() != 0
                    fallback=|| view! {
                        <p class="empty-note">{icon(Icon::Check)} "No problems. Every rule that applies to this file is content."</p>
                    }
                >
                    <ul class="problem-list" tabindex="0" aria-label="Problems of this document">
                        <For
                            each=move || list.get()
                            key=|row| (row.index, row.code, row.message.clone(), row.line, row.column)
                            children=move |row| view! { <ProblemRow row/> }
                        />
                        <Show when=move || { total.get() > LISTED }>
                            <li class="problem-more">{move || format!("And {} more.", total.get() - LISTED)}</li>
                        </Show>
                    </ul>
                </Show>
            </Show>
        </section>
    }
}

#[component]
fn Count(severity: Severity, count: Signal<usize>) -> impl IntoView {
    let words = move || {
        let count = count.get();
        let noun = match (severity, count) {
            (Severity::Error, 1) => "error",
            (Severity::Error, _) => "errors",
            (Severity::Warning, 1) => "warning",
            (Severity::Warning, _) => "warnings",
            (Severity::Info, 1) => "note",
            (Severity::Info, _) => "notes",
        };
        format!("{count} {noun}")
    };
    view! {
        <span class="count" data-severity=severity.as_str() class:is-zero=move || count.get() == 0>
            {icon(severity_icon(severity))}
            <span>{words}</span>
        </span>
    }
}

#[component]
fn ProblemRow(row: Row) -> impl IntoView {
    let desk = desk();
    let Row {
        index,
        code,
        name,
        severity,
        message,
        line,
        column,
        owner,
        fix,
    } = row;
    view! {
        <li class="problem" data-severity=severity.as_str()>
            <button class="problem-jump" title=format!("{name}: show it") on:click=move |_| jump(desk, owner)>
                <span class="problem-code">{code}</span>
                <span class="problem-icon">{icon(severity_icon(severity))}</span>
                <span class="problem-message"><bdi>{message}</bdi></span>
                <span class="problem-place">{format!("{line}:{column}")}</span>
            </button>
            {fix.map(|label| view! {
                <button class="button is-small" on:click=move |_| apply_fix(desk, index)>
                    {icon(Icon::Fix)}
                    <span>{label}</span>
                </button>
            })}
        </li>
    }
}

fn jump(desk: Desk, owner: Option<Owner>) {
    match owner {
        Some(owner) => desk.reveal(owner),
        // What is not on the canvas belongs to the flow as a whole, which an empty selection shows.
        None => desk.select(Selection::default()),
    }
}

fn apply_fix(desk: Desk, index: usize) {
    desk.run(|open| Some(open.problems().get(index)?.fix.as_ref()?.command.clone()));
}

/// Jumps to the next or the previous problem that is on the canvas.
pub fn step(desk: Desk, panels: Panels, forward: bool) {
    panels.problems.set(true);
    let found = desk.peek(|open| {
        let places: Vec<(usize, Owner)> = open
            .problems()
            .iter()
            .enumerate()
            .filter_map(|(index, problem)| Some((index, open.owner_of(problem)?)))
            .collect();
        let current = open.selection().single();
        let at = places.iter().position(|&(_, owner)| Some(owner) == current);
        let count = places.len();
        let next = match (at, forward) {
            _ if count == 0 => return None,
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(at), true) => (at + 1..count)
                .find(|&next| places[next].1 != places[at].1)
                .unwrap_or(0),
            (Some(at), false) => (0..at)
                .rev()
                .find(|&next| places[next].1 != places[at].1)
                .unwrap_or(count - 1),
        };
        let (index, owner) = places[next];
        Some((owner, open.problems()[index].message.clone()))
    });
    match found.flatten() {
        Some((owner, message)) => {
            desk.reveal(owner);
            desk.notices.announce(message);
        }
        None => desk.notices.announce("No problems."),
    }
}
