//! Finding a text in the shown graph: the panel over the canvas and the marks on it. What is found,
//! and how it is replaced, is told in [`flow::search`].

mod finder;
mod list;
mod marks;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

pub use self::finder::Finder;
use self::list::HitList;
pub use self::marks::HitMarks;
use super::icons::{Icon, icon};
use super::workplace::{Finding, workplace};
use crate::browser::page;

/// The panel over the canvas.
#[component]
pub fn FindPanel() -> impl IntoView {
    let finder = expect_context::<Finder>();
    let place = workplace();
    Effect::new(move |_| {
        if place.finding.get().is_some() {
            page::next_frame(|| page::select_field("find-text"));
        }
    });
    view! {
        <Show when=move || place.finding.get().is_some()>
            <search class="find-panel" aria-label="Find" data-covers-canvas>
                <FindFields finder/>
                <Show when=move || place.finding.get() == Some(Finding::Replace)>
                    <ReplaceFields finder/>
                </Show>
                <HitList finder/>
            </search>
        </Show>
    }
}

#[component]
fn FindFields(finder: Finder) -> impl IntoView {
    let key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            _ if event.is_composing() => return,
            "Enter" => finder.step(!event.shift_key()),
            "Escape" => finder.close(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let counted = move || {
        finder
            .found
            .with(|found| match (finder.at.get(), found.total) {
                _ if finder.text.with(String::is_empty) => String::new(),
                (_, 0) => "none".to_owned(),
                (Some(at), total) => format!("{} of {total}", at + 1),
                (None, total) => total.to_string(),
            })
    };
    let empty = move || finder.found.with(|found| found.total == 0);
    let toggle = |on: RwSignal<bool>, label: &'static str, glyph: Icon| {
        view! {
            <button
                class="icon-button find-toggle"
                aria-label=label
                title=label
                aria-pressed=move || on.get().to_string()
                on:click=move |_| {
                    on.update(|on| *on = !*on);
                    finder.at.set(None);
                }
            >
                {icon(glyph)}
            </button>
        }
    };
    view! {
        <div class="find-row">
            <input
                class="field"
                id="find-text"
                type="text"
                aria-label="Find"
                placeholder="Labels, ids, conditions, scripts, messages"
                autocomplete="off"
                spellcheck="false"
                prop:value=move || finder.text.get()
                on:input=move |event| {
                    finder.text.set(event_target_value(&event));
                    finder.at.set(None);
                }
                on:keydown=key
            />
            <button class="icon-button" aria-label="Close the search" title="Close (Esc)" on:click=move |_| finder.close()>
                {icon(Icon::Close)}
            </button>
        </div>
        <div class="find-row">
            {toggle(finder.match_case, "Match case", Icon::Case)}
            {toggle(finder.whole_word, "Whole words", Icon::Word)}
            <span class="find-count" role="status" aria-label="Hits">{counted}</span>
            <button class="icon-button" aria-label="Previous hit" title="Previous (Shift+Enter)" disabled=empty on:click=move |_| finder.step(false)>
                {icon(Icon::Up)}
            </button>
            <button class="icon-button" aria-label="Next hit" title="Next (Enter)" disabled=empty on:click=move |_| finder.step(true)>
                {icon(Icon::Down)}
            </button>
        </div>
    }
}

#[component]
fn ReplaceFields(finder: Finder) -> impl IntoView {
    let idle = move || {
        let desk = finder.desk();
        finder.found.with(|found| found.total == 0) || desk.read_only.get() || desk.is_export()
    };
    let key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            _ if event.is_composing() => return,
            "Enter" if !idle() => finder.replace(),
            "Escape" => finder.close(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    view! {
        <div class="find-row">
            <input
                class="field"
                type="text"
                aria-label="Replace with"
                placeholder="Replace with"
                autocomplete="off"
                spellcheck="false"
                prop:value=move || finder.with.get()
                on:input=move |event| finder.with.set(event_target_value(&event))
                on:keydown=key
            />
        </div>
        <div class="find-row">
            <button class="button is-small" disabled=idle on:click=move |_| finder.replace()>"Replace"</button>
            <button class="button is-small" disabled=idle on:click=move |_| finder.replace_all()>"Replace all"</button>
            <span class="field-note">"Names change everywhere"</span>
        </div>
    }
}
