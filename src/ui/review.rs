//! The review desk: many files at once, a verdict for each, a report to take away. Files stay on
//! this machine and are not opened for editing unless that is asked for.

mod store;
mod table;

use flow::problem::Severity;
use leptos::prelude::*;

pub use self::store::ReviewDesk;
use self::table::ReviewTable;
use super::desk::desk;
use super::files;
use super::icons::{Icon, icon, severity_icon};
use super::notices::Notice;
use crate::browser::files::download;

/// The activity "Review".
#[component]
pub fn Review() -> impl IntoView {
    let review = expect_context::<ReviewDesk>();
    review.follow_rules();
    let desk = desk();
    let intake = files::intake();
    let empty = move || review.rows.with(Vec::is_empty);
    let has_open = move || desk.tabs.with(|tabs| !tabs.is_empty());
    view! {
        <main class="review" aria-label="Review">
            <Show
                when=move || !empty()
                fallback=move || view! {
                    <div class="review-empty">
                        <h1>"Review exports without opening them one by one"</h1>
                        <p>"Every file gets a verdict from the same rules that the canvas and the flowdeck command use. Nothing leaves this machine."</p>
                        <button class="drop-zone" on:click=move |_| intake.choose()>
                            <span class="drop-glyph">{icon(Icon::Review)}</span>
                            <span class="drop-title">"Drop any number of JSON files here, or choose them"</span>
                            <span class="drop-note">"You get a table with verdicts, and a report as Markdown or JSON."</span>
                        </button>
                        <Show when=has_open>
                            <button class="button" on:click=move |_| review.add_open_documents()>
                                "Review the open documents"
                            </button>
                        </Show>
                    </div>
                }
            >
                <ReviewHead review/>
                <ReviewTable review/>
            </Show>
        </main>
    }
}

#[component]
fn ReviewHead(review: ReviewDesk) -> impl IntoView {
    let desk = desk();
    let counts = Memo::new(move |_| review.counts());
    let part = move |severity: Severity, noun: &'static str| {
        let count = move || counts.with(|counts| counts.of(severity));
        view! {
            <span class="count" data-severity=severity.as_str() class:is-zero=move || count() == 0>
                {icon(severity_icon(severity))}
                <span>{move || flow::report::counted(count(), noun)}</span>
            </span>
        }
    };
    let save = move |markdown: bool| {
        let (name, kind, text) = review.written(markdown);
        if let Err(reason) = download(name, kind, &text) {
            desk.notices.show(Notice::error(format!(
                "The report could not be downloaded; the table is still here. {reason}"
            )));
        }
    };
    view! {
        <div class="review-head">
            <h1>{move || {
                let files = counts.with(|counts| counts.files);
                flow::report::counted(files, "file")
            }}</h1>
            {part(Severity::Error, "error")}
            {part(Severity::Warning, "warning")}
            {part(Severity::Info, "info")}
            <Show when=move || { counts.with(|counts| counts.rejected) > 0 }>
                <span class="count" data-severity="error">
                    {icon(Icon::Close)}
                    <span>{move || format!("{} not readable", counts.with(|counts| counts.rejected))}</span>
                </span>
            </Show>
            <span class="rail-space"></span>
            <Show when=move || review.pending.get() != 0>
                <span class="field-note" role="status">{move || format!("Checking, {} to go…", review.pending.get())}</span>
            </Show>
            <button class="button is-quiet" on:click=move |_| review.clear()>"Clear"</button>
            <button class="button" on:click=move |_| save(false)>"Download JSON"</button>
            <button class="button is-primary" title="The report as Markdown, for a ticket" on:click=move |_| save(true)>
                {icon(Icon::Save)}
                <span>"Download report"</span>
            </button>
        </div>
    }
}
