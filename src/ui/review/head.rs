//! The head of the review: what there is in all, the reports, and what of it is shown.

use flow::document::DocumentKind;
use flow::problem::Severity;
use flow::report::{ReportFormat, counted};
use flow::review::{Grouping, roots};
use leptos::prelude::*;

use super::store::{ReviewDesk, Work};
use super::written::more;
use crate::ui::files;
use crate::ui::icons::{Icon, icon, severity_icon};
use crate::ui::menu::MenuButton;

/// What is being done, in words.
fn work_words(work: Work) -> String {
    match work {
        Work::Reading(progress) => format!("Reading, {} of {}…", progress.done, progress.total),
        Work::Checking(progress) => format!("Checking, {} of {}…", progress.done, progress.total),
    }
}

/// How far the work is.
#[component]
pub fn Progress(review: ReviewDesk) -> impl IntoView {
    let work = move || review.work.get();
    let share = move || {
        work().map_or((0, 1), |work| {
            let (Work::Reading(progress) | Work::Checking(progress)) = work;
            (progress.done, progress.total.max(1))
        })
    };
    view! {
        <span class="review-work">
            <progress max=move || share().1 value=move || share().0 aria-label="Progress"></progress>
            <span class="field-note">{move || work().map(work_words)}</span>
        </span>
    }
}

/// The totals, each of which shows its own alone, and what can be done with all.
#[component]
pub fn ReviewHead(review: ReviewDesk) -> impl IntoView {
    let intake = files::intake();
    let totals = Memo::new(move |_| review.totals());
    let part = move |severity: Severity, noun: &'static str| {
        let count = move || totals.with(|totals| totals.of(severity));
        let chosen = move || {
            review
                .filter
                .with(|filter| filter.severity == Some(severity))
        };
        let choose = move |_| {
            review.filter.update(|filter| {
                filter.severity = (filter.severity != Some(severity)).then_some(severity);
            });
        };
        view! {
            <button
                class="count"
                data-severity=severity.as_str()
                class:is-zero=move || count() == 0
                aria-pressed=move || chosen().to_string()
                title=format!("Show {noun}s only")
                on:click=choose
            >
                {icon(severity_icon(severity))}
                <span>{move || counted(count(), noun)}</span>
            </button>
        }
    };
    let can_compare = Memo::new(move |_| review.files.with(|files| roots(files).len() > 1));
    view! {
        <div class="review-head">
            <h1>{move || counted(totals.with(|totals| totals.files), "file")}</h1>
            {part(Severity::Error, "error")}
            {part(Severity::Warning, "warning")}
            {part(Severity::Info, "info")}
            <Show when=move || { totals.with(|totals| totals.rejected) > 0 }>
                <span class="count" data-severity="error">
                    {icon(Icon::Close)}
                    <span>{move || format!("{} not readable", totals.with(|totals| totals.rejected))}</span>
                </span>
            </Show>
            <Show when=move || { review.known.get() > 0 }>
                <span class="field-note">{move || format!("{} left out by the baseline", counted(review.known.get(), "known problem"))}</span>
            </Show>
            <span class="rail-space"></span>
            {move || review.work.get().is_some().then(|| view! { <Progress review/> })}
            <button class="button is-quiet" on:click=move |_| review.clear()>"Clear"</button>
            <button class="button is-quiet" on:click=move |_| intake.choose_folder()>"Add a folder"</button>
            <button
                class="button"
                disabled=move || !can_compare.get()
                title=move || if can_compare.get() {
                    "Two packages, folders or files side by side"
                } else {
                    "Hand over a second package, folder or file to compare with"
                }
                aria-pressed=move || review.comparing.get().to_string()
                on:click=move |_| review.comparing.update(|on| *on = !*on)
            >
                "Compare"
            </button>
            <button
                class="button is-primary"
                title="One page that stands alone: to read, to print, to attach to a ticket"
                on:click=move |_| review.download(ReportFormat::Html)
            >
                {icon(Icon::Save)}
                <span>"Download report"</span>
            </button>
            <MenuButton id="review-more" label="Other reports and baselines" glyph=Icon::More children=more/>
        </div>
    }
}

/// What of the review is shown, and how.
#[component]
pub fn ReviewTools(review: ReviewDesk) -> impl IntoView {
    let way = move |own: Grouping, label: &'static str| {
        let chosen = move || review.grouping.get() == own;
        view! {
            <button
                class="segment"
                class:is-current=chosen
                aria-pressed=move || chosen().to_string()
                on:click=move |_| review.grouping.set(own)
            >
                {label}
            </button>
        }
    };
    // Only kinds that there are can be chosen.
    let kinds = Memo::new(move |_| {
        review.files.with(|files| {
            let mut kinds: Vec<DocumentKind> =
                files.iter().filter_map(|file| file.kind()).collect();
            kinds.sort_unstable();
            kinds.dedup();
            kinds
        })
    });
    // A kind that is gone would leave a filter that nobody can see.
    Effect::new(move |_| {
        let gone = kinds.with(|kinds| {
            review
                .filter
                .with_untracked(|filter| filter.kind.is_some_and(|kind| !kinds.contains(&kind)))
        });
        if gone {
            review.filter.update(|filter| filter.kind = None);
        }
    });
    let choose_kind = move |event| {
        let word: String = event_target_value(&event);
        let kind = DocumentKind::ALL
            .into_iter()
            .find(|kind| kind.as_str() == word);
        review.filter.update(|filter| filter.kind = kind);
    };
    view! {
        <div class="review-tools" role="toolbar" aria-label="What is shown">
            <input
                class="field"
                type="search"
                aria-label="Filter the files and problems"
                placeholder="Filter by path, message, rule or id"
                autocomplete="off"
                spellcheck="false"
                prop:value=move || review.filter.with(|filter| filter.text.clone())
                on:input=move |event| {
                    let text = event_target_value(&event).trim().to_lowercase();
                    review.filter.update(|filter| filter.text = text);
                }
            />
            <Show when=move || { kinds.with(Vec::len) > 1 }>
                <select class="field" aria-label="Kind" on:change=choose_kind>
                    <option value="">"Every kind"</option>
                    {move || kinds.get().into_iter().map(|kind| view! {
                        <option
                            value=kind.as_str()
                            prop:selected=move || review.filter.with(|filter| filter.kind == Some(kind))
                        >
                            {kind.label()}
                        </option>
                    }).collect_view()}
                </select>
            </Show>
            <div class="segments" role="group" aria-label="Group by">
                {way(Grouping::File, "By file")}
                {way(Grouping::Rule, "By rule")}
                {way(Grouping::Severity, "By severity")}
            </div>
            <label class="review-check">
                <input
                    type="checkbox"
                    prop:checked=move || review.filter.with(|filter| filter.open_only)
                    on:change=move |event| {
                        let on = event_target_checked(&event);
                        review.filter.update(|filter| filter.open_only = on);
                    }
                />
                <span>"Hide acknowledged"</span>
            </label>
            <span class="rail-space"></span>
            <button class="icon-button" aria-label="Previous problem" title="Previous problem (Shift+F8)" on:click=move |_| review.step(false)>
                {icon(Icon::Up)}
            </button>
            <button class="icon-button" aria-label="Next problem" title="Next problem (F8)" on:click=move |_| review.step(true)>
                {icon(Icon::Down)}
            </button>
        </div>
    }
}
