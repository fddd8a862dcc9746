//! The table of files with their verdicts; a row opens to show what was found.

use std::cmp::Reverse;
use std::sync::Arc;

use flow::report::Outcome;
use leptos::prelude::*;

use super::store::{ReviewDesk, ReviewRow};
use crate::ui::app::Activity;
use crate::ui::desk::desk;
use crate::ui::files;
use crate::ui::icons::{Icon, icon, severity_icon};

/// How many problems of one file are listed in the table; the report has all.
const LISTED: usize = 100;

/// The table.
#[component]
pub fn ReviewTable(review: ReviewDesk) -> impl IntoView {
    let worst_first = RwSignal::new(true);
    let rows = Memo::new(move |_| {
        let mut rows = review.rows.get();
        if worst_first.get() {
            rows.sort_by_key(|row| (row.rank(), Reverse(row.report.problems().len())));
        }
        rows
    });
    view! {
        <div class="review-scroll" tabindex="0" role="region" aria-label="Files under review">
            <table class="review-table">
                <thead>
                    <tr>
                        <th scope="col">"File"</th>
                        <th scope="col">"Kind"</th>
                        <th scope="col" aria-sort=move || if worst_first.get() { "descending" } else { "none" }>
                            <button class="sort" on:click=move |_| worst_first.update(|it| *it = !*it)>
                                "Verdict"
                                {move || worst_first.get().then(|| icon(Icon::Down))}
                            </button>
                        </th>
                        <th scope="col"><span class="visually-hidden">"Actions"</span></th>
                    </tr>
                </thead>
                <For each=move || rows.get() key=|row| row.number children=move |row| view! { <FileRows row/> }/>
            </table>
        </div>
    }
}

#[component]
fn FileRows(row: Arc<ReviewRow>) -> impl IntoView {
    let desk = desk();
    let activity = expect_context::<RwSignal<Activity>>();
    let expanded = RwSignal::new(false);
    let mark = match row.rank() {
        0 => ("error", Icon::Close),
        1 => ("error", Icon::Error),
        2 => ("warning", Icon::Warning),
        3 => ("info", Icon::Info),
        _ => ("none", Icon::Check),
    };
    let opened = Arc::clone(&row);
    let open = move |_| {
        activity.set(Activity::Design);
        files::open_bytes(desk, &opened.report.path, &opened.bytes, None);
    };
    let details = Arc::clone(&row);
    let number = row.number;
    let report = &row.report;
    view! {
        <tbody class:is-expanded=move || expanded.get()>
            <tr>
                <th scope="row">
                    <button
                        class="file-name"
                        aria-expanded=move || expanded.get().to_string()
                        aria-controls=format!("review-{number}")
                        on:click=move |_| expanded.update(|it| *it = !*it)
                    >
                        {icon(Icon::Down)}
                        <bdi>{flow::report::visible(&report.path).into_owned()}</bdi>
                    </button>
                </th>
                <td>{report.kind.map_or("unknown", |kind| kind.label())}</td>
                <td>
                    <span class="verdict" data-severity=mark.0>
                        {icon(mark.1)}
                        <span>{report.verdict()}</span>
                    </span>
                </td>
                <td class="row-action">
                    {(!row.is_rejected()).then(|| view! {
                        <button class="button is-small" on:click=open>"Open in Design"</button>
                    })}
                </td>
            </tr>
            <tr class="details" id=format!("review-{number}") hidden=move || !expanded.get()>
                <td colspan="4">
                    {move || expanded.get().then(|| view! { <Found row=Arc::clone(&details)/> })}
                </td>
            </tr>
        </tbody>
    }
}

#[component]
fn Found(row: Arc<ReviewRow>) -> impl IntoView {
    match &row.report.outcome {
        Outcome::Rejected(errors) => view! {
            <ul class="found">
                {errors.iter().map(|error| view! {
                    <li data-severity="error">
                        <span class="problem-icon">{icon(Icon::Error)}</span>
                        <span class="problem-place">{format!("{}:{}", error.line, error.column)}</span>
                        <span><bdi>{error.message.clone()}</bdi></span>
                    </li>
                }).collect_view()}
            </ul>
        }
        .into_any(),
        Outcome::Checked(problems) if problems.is_empty() => {
            view! { <p class="field-note">"Every rule that applies to this file is content."</p> }.into_any()
        }
        Outcome::Checked(problems) => {
            let more = problems.len().saturating_sub(LISTED);
            view! {
                <ul class="found">
                    {problems.iter().take(LISTED).map(|found| view! {
                        <li data-severity=found.severity.as_str()>
                            <span class="problem-icon">{icon(severity_icon(found.severity))}</span>
                            <span class="problem-code">{found.rule.code}</span>
                            <span class="problem-place">{format!("{}:{}", found.start.line, found.start.column)}</span>
                            <span>
                                <bdi>{found.message.clone()}</bdi>
                                {found.acknowledged.as_ref().map(|it| it.reason.clone()).map(|reason| view! {
                                    <span class="field-note">" Acknowledged: " <bdi>{reason}</bdi></span>
                                })}
                            </span>
                        </li>
                    }).collect_view()}
                </ul>
                {(more > 0).then(|| view! { <p class="field-note">{format!("And {more} more; the report has all of them.")}</p> })}
            }
            .into_any()
        }
    }
}
