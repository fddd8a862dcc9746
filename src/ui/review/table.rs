//! The table of files with their verdicts; a row opens to show what was found.

use std::collections::BTreeSet;
use std::sync::Arc;

use flow::report::Outcome;
use flow::review::{Column, Listed, Place, Reviewed, listed};
use leptos::prelude::*;

use super::groups::Item;
use super::store::ReviewDesk;
use crate::ui::icons::{Icon, icon};

/// How many problems of one file are listed before more are asked for.
pub const LISTED: usize = 100;

/// The columns that can be sorted by.
const COLUMNS: [(Column, &str, &str); 8] = [
    (Column::Path, "File", ""),
    (Column::Kind, "Kind", ""),
    (Column::Size, "Size", "is-number"),
    (Column::Parts, "Nodes", "is-number"),
    (Column::Errors, "Errors", "is-number"),
    (Column::Warnings, "Warnings", "is-number"),
    (Column::Infos, "Infos", "is-number"),
    (Column::Verdict, "Verdict", ""),
];

/// The table.
#[component]
pub fn ReviewTable(review: ReviewDesk) -> impl IntoView {
    let expanded = RwSignal::new(BTreeSet::<String>::new());
    let rows = Memo::new(move |_| {
        let order = review.order.get();
        review
            .filter
            .with(|filter| review.files.with(|files| listed(files, filter, order)))
    });
    // What is read is seen in the table too.
    Effect::new(move |_| {
        if let Some(place) = review.selected.get()
            && let Some(file) = review.peek(place.file)
        {
            expanded.update(|paths| {
                paths.insert(file.path().to_owned());
            });
        }
    });
    let none = move || rows.with(Vec::is_empty);
    view! {
        <div class="review-scroll" tabindex="0" role="region" aria-label="Files under review">
            <table class="review-table">
                <thead>
                    <tr>
                        {COLUMNS.map(|(column, label, class)| view! { <Heading review column label class/> }).collect_view()}
                        <th scope="col"><span class="visually-hidden">"Actions"</span></th>
                    </tr>
                </thead>
                <For
                    each=move || {
                        let rows = rows.get();
                        // Followed: what is accepted changes a file and not which problems are listed.
                        let files = review.files.get();
                        rows.into_iter().filter_map(|row| Some((files.get(row.file)?.clone(), row))).collect::<Vec<_>>()
                    }
                    key=|(file, row)| (row.clone().file, row.problems.clone(), Arc::as_ptr(file) as usize)
                    children=move |(file, row)| view! { <FileRows review file row expanded/> }
                />
            </table>
            <Show when=none><p class="review-none">"Nothing under review is what the filter asks for."</p></Show>
        </div>
    }
}

#[component]
fn Heading(
    review: ReviewDesk,
    column: Column,
    label: &'static str,
    class: &'static str,
) -> impl IntoView {
    let order = move || {
        let order = review.order.get();
        (order.by == column).then_some(order.reversed)
    };
    // Numbers come from the largest, words from the first.
    let falls = !matches!(column, Column::Path | Column::Kind);
    let sorted = move || match order() {
        None => "none",
        Some(reversed) if reversed == falls => "ascending",
        Some(_) => "descending",
    };
    let sort = move |_| {
        review.order.update(|order| {
            order.reversed = order.by == column && !order.reversed;
            order.by = column;
        });
    };
    view! {
        <th scope="col" class=class aria-sort=sorted>
            <button class="sort" on:click=sort>
                {label}
                {move || match sorted() {
                    "ascending" => Some(icon(Icon::Up)),
                    "descending" => Some(icon(Icon::Down)),
                    _ => None,
                }}
            </button>
        </th>
    }
}

/// A size as people read it.
fn size_words(bytes: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "two digits are shown")]
    let kilobytes = bytes as f64 / 1024.0;
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{kilobytes:.0} KB"),
        _ => format!("{:.1} MB", kilobytes / 1024.0),
    }
}

/// A path in three parts, of which the middle one tells it from others: the name of a file, of a chart
/// its flow and language.
fn emphasized(path: &str) -> (String, String, String) {
    let parts: Vec<&str> = path.split('/').collect();
    let whole = |from: usize, to: usize| parts[from..to].join("/");
    match parts.len() {
        count if count > 3 && parts[count - 1] == "chart.json" => (
            format!("{}/", whole(0, count - 3)),
            whole(count - 3, count - 1),
            "/chart.json".to_owned(),
        ),
        count if count > 1 => (
            format!("{}/", whole(0, count - 1)),
            whole(count - 1, count),
            String::new(),
        ),
        _ => (String::new(), path.to_owned(), String::new()),
    }
}

#[component]
fn FileRows(
    review: ReviewDesk,
    file: Arc<Reviewed>,
    row: Listed,
    expanded: RwSignal<BTreeSet<String>>,
) -> impl IntoView {
    let number = row.file;
    let path = StoredValue::new(file.path().to_owned());
    let is_expanded =
        Memo::new(move |_| expanded.with(|paths| path.with_value(|path| paths.contains(path))));
    let toggle = move |_| {
        expanded.update(|paths| {
            let path = path.get_value();
            if !paths.remove(&path) {
                paths.insert(path);
            }
        });
    };
    let mark = match file.rank() {
        0 => ("error", Icon::Close),
        1 => ("error", Icon::Error),
        2 => ("warning", Icon::Warning),
        3 => ("info", Icon::Info),
        _ => ("none", Icon::Check),
    };
    let counts = file.counts();
    let count = |count: usize, severity: &'static str| {
        view! { <td class="is-number" data-severity=(count > 0).then_some(severity)>{count}</td> }
    };
    let shown = flow::report::visible(file.path()).into_owned();
    let (before, name, after) = emphasized(&shown);
    let details = Arc::clone(&file);
    view! {
        <tbody class:is-expanded=move || is_expanded.get()>
            <tr>
                <th scope="row">
                    <button
                        class="file-name"
                        aria-expanded=move || is_expanded.get().to_string()
                        aria-controls=format!("review-{number}")
                        title=shown.clone()
                        on:click=toggle
                    >
                        {icon(Icon::Down)}
                        <span class="file-path">
                            <bdi>
                                <span class="file-folder">{before}</span>
                                {name}
                                <span class="file-folder">{after}</span>
                            </bdi>
                        </span>
                    </button>
                </th>
                <td>{file.kind().map_or("unknown", |kind| kind.label())}</td>
                <td class="is-number">{size_words(file.size())}</td>
                <td class="is-number">{file.parts().map(|parts| parts.to_string())}</td>
                {count(counts.errors, "error")}
                {count(counts.warnings, "warning")}
                {count(counts.infos, "info")}
                <td>
                    <span class="verdict" data-severity=mark.0>
                        {icon(mark.1)}
                        <span>{file.report.verdict()}</span>
                    </span>
                </td>
                <td class="row-action">
                    {(file.text().is_some() && !file.is_rejected()).then(|| view! {
                        <button class="button is-small" on:click=move |_| review.open(number, None)>"Open in Design"</button>
                    })}
                </td>
            </tr>
            <tr class="details" id=format!("review-{number}") hidden=move || !is_expanded.get()>
                <td colspan="9">
                    {move || is_expanded.get().then(|| view! {
                        <Found review file=Arc::clone(&details) row=row.clone()/>
                    })}
                </td>
            </tr>
        </tbody>
    }
}

#[component]
fn Found(review: ReviewDesk, file: Arc<Reviewed>, row: Listed) -> impl IntoView {
    match &file.report.outcome {
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
            let words = match file.kind() {
                Some(flow::document::DocumentKind::Package) => "The charts of this package are listed by themselves.",
                _ => "Every rule that applies to this file is content.",
            };
            view! { <p class="field-note">{words}</p> }.into_any()
        }
        Outcome::Checked(_) => {
            let hidden = file.report.problems().len() - row.problems.len();
            let places: Vec<Place> = row
                .problems
                .iter()
                .map(|&problem| Place {
                    file: row.file,
                    problem,
                })
                .collect();
            let more = places.len().saturating_sub(LISTED);
            view! {
                <ul class="found">
                    {places.into_iter().take(LISTED).map(|place| view! { <Item review place with_file=false/> }).collect_view()}
                </ul>
                {(more > 0).then(|| view! { <p class="field-note">{format!("And {more} more; the report has all of them.")}</p> })}
                {(hidden > 0).then(|| view! { <p class="field-note">{format!("{hidden} more are left out by the filter.")}</p> })}
            }
            .into_any()
        }
    }
}
