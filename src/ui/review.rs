//! The review desk: many files at once, a verdict for each, a report to take away. Files stay on
//! this machine and are not opened for editing unless that is asked for.

mod acknowledged;
mod asked;
mod compare;
mod detail;
mod groups;
mod head;
mod kept;
mod loading;
mod store;
mod table;
mod written;

use flow::review::Grouping;
use leptos::prelude::*;

use self::compare::Compare;
use self::detail::Detail;
use self::groups::Groups;
use self::head::{ReviewHead, ReviewTools};
pub use self::store::ReviewDesk;
use self::table::ReviewTable;
use super::desk::desk;
use super::files;
use super::icons::{Icon, icon};

/// The activity "Review".
#[component]
pub fn Review() -> impl IntoView {
    let review = expect_context::<ReviewDesk>();
    review.follow_rules();
    let empty = Memo::new(move |_| review.files.with(Vec::is_empty));
    let by_file = Memo::new(move |_| review.grouping.get() == Grouping::File);
    let reads = Memo::new(move |_| review.selected.get().is_some());
    view! {
        <main class="review" aria-label="Review">
            <Show when=move || !empty.get() fallback=move || view! { <Empty review/> }>
                <ReviewHead review/>
                <Show when=move || !review.comparing.get() fallback=move || view! { <Compare review/> }>
                    <ReviewTools review/>
                    <div class="review-body" class:has-detail=move || reads.get()>
                        <Show when=move || by_file.get() fallback=move || view! { <Groups review/> }>
                            <ReviewTable review/>
                        </Show>
                        <Show when=move || reads.get()><Detail review/></Show>
                    </div>
                </Show>
            </Show>
        </main>
    }
}

#[component]
fn Empty(review: ReviewDesk) -> impl IntoView {
    let desk = desk();
    let intake = files::intake();
    let has_open = move || desk.tabs.with(|tabs| !tabs.is_empty());
    let asked = move || {
        review.asked.with(|asked| {
            asked.as_ref().map(|asked| {
                format!(
                    "The link leads to the problem {} in {}. Hand that file over, and it is shown.",
                    asked.code,
                    asked.file()
                )
            })
        })
    };
    view! {
        <div class="review-empty">
            <h1>"Review exports without opening them one by one"</h1>
            <p>"Every file gets a verdict from the same rules that the canvas and the flowdeck command use. Nothing leaves this machine."</p>
            {move || asked().map(|words| view! { <p class="review-asked" role="status"><bdi>{words}</bdi></p> })}
            {move || review.work.get().is_some().then(|| view! {
                <p class="review-work">
                    <head::Progress review/>
                    <button class="button is-small" on:click=move |_| review.clear()>"Cancel"</button>
                </p>
            })}
            <button class="drop-zone" on:click=move |_| intake.choose()>
                <span class="drop-glyph">{icon(Icon::Review)}</span>
                <span class="drop-title">"Drop files, folders or packages here, or choose files"</span>
                <span class="drop-note">"JSON of any kind, packages of Cognigy.AI (ZIP), folders of its command line. Hundreds at once are fine."</span>
            </button>
            <div class="review-start">
                <button class="button" on:click=move |_| intake.choose_folder()>"Choose a folder"</button>
                <Show when=has_open>
                    <button class="button" on:click=move |_| review.add_open_documents()>
                        "Review the open documents"
                    </button>
                </Show>
                <button class="button" on:click=move |_| intake.review_sample("nordlicht-bot.zip")>
                    "Try a sample package"
                </button>
            </div>
        </div>
    }
}
