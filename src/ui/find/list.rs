//! The list of hits, each with where it is.

use flow::search;
use leptos::prelude::*;

use super::Finder;
use crate::browser::page;

/// How many hits are listed at first: more are asked for.
const LISTED: usize = 100;

/// One line.
#[derive(Clone, PartialEq)]
struct Line {
    before: String,
    own: String,
    after: String,
    place: String,
}

/// The list.
#[component]
pub(super) fn HitList(finder: Finder) -> impl IntoView {
    let shown = RwSignal::new(LISTED);
    let lines = Memo::new(move |_| {
        finder.found.with(|found| {
            let line = |hit: &search::Hit| {
                finder.desk().peek(|open| {
                    let document = open.document();
                    let (before, own, after) = search::surroundings(document, hit);
                    Line {
                        before: before.to_string(),
                        own: own.to_string(),
                        after: after.to_string(),
                        place: search::described(document, open.diagram(), &hit.place),
                    }
                })
            };
            let first = found.hits.iter().take(shown.get());
            first.filter_map(line).collect::<Vec<_>>()
        })
    });
    let more = move || {
        finder
            .found
            .with(|found| found.total.saturating_sub(shown.get()))
    };
    Effect::new(move |_| {
        if let Some(at) = finder.at.get() {
            page::next_frame(move || page::scroll_to(&format!("hit-{at}")));
        }
    });
    view! {
        <Show when=move || lines.with(|lines| !lines.is_empty())>
            <ol class="hit-list" aria-label="Hits">
                {move || lines.get().into_iter().enumerate().map(|(at, line)| view! {
                    <li>
                        <button
                            class="hit"
                            id=format!("hit-{at}")
                            class:is-current=move || finder.at.get() == Some(at)
                            aria-current=move || (finder.at.get() == Some(at)).then_some("true")
                            on:click=move |_| finder.go(at)
                        >
                            <span class="hit-text"><bdi>{line.before}<mark>{line.own}</mark>{line.after}</bdi></span>
                            <span class="hit-place"><bdi>{line.place}</bdi></span>
                        </button>
                    </li>
                }).collect_view()}
            </ol>
            <Show when=move || { more() > 0 }>
                <button class="button is-small is-quiet" on:click=move |_| shown.update(|shown| *shown += LISTED)>
                    {move || format!("Show more of {}", finder.found.with(|found| found.total))}
                </button>
            </Show>
        </Show>
    }
}
