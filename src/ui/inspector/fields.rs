//! The fields the inspector is made of. A field shows the document's value and hands back what was
//! typed when it is left or Enter is pressed; Escape gives the old value back.

use leptos::ev::{Event, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, HtmlTextAreaElement};

use crate::browser::page;

/// A field of one line.
#[component]
pub fn TextField(
    label: &'static str,
    value: Signal<String>,
    commit: Callback<String>,
    #[prop(optional)] id: &'static str,
    #[prop(optional)] code: bool,
    #[prop(optional)] placeholder: &'static str,
) -> impl IntoView {
    let key = move |event: KeyboardEvent| {
        let Some(input) = event
            .target()
            .and_then(|it| it.dyn_into::<HtmlInputElement>().ok())
        else {
            return;
        };
        match event.key().as_str() {
            "Enter" => leave(&input),
            "Escape" => {
                input.set_value(&value.get_untracked());
                leave(&input);
            }
            _ => return,
        }
        // The focus has moved on; the same press must not act there.
        event.stop_propagation();
    };
    view! {
        <label class="field-row">
            <span class="field-label">{label}</span>
            <input
                class="field"
                class:is-code=code
                id=id
                type="text"
                spellcheck=if code { "false" } else { "true" }
                autocomplete="off"
                placeholder=placeholder
                prop:value=move || value.get()
                on:keydown=key
                on:change=move |event| commit_and_show(&event, value, commit)
            />
        </label>
    }
}

/// Leaves a field, which makes its change, for the canvas: the focus must not fall off the page.
pub fn leave(element: &HtmlElement) {
    // An element that cannot lose the focus keeps it; the value is committed either way.
    let _ = element.blur();
    page::focus_first(".graph");
}

/// Hands back what was typed, then shows what the document holds: the same, unless it was refused.
pub fn commit_and_show(event: &Event, value: Signal<String>, commit: Callback<String>) {
    commit.run(event_target_value(event));
    page::show_value(event, &value.get_untracked());
}

/// A field of several lines. Ctrl+Enter leaves it.
#[component]
pub fn TextArea(
    label: &'static str,
    value: Signal<String>,
    commit: Callback<String>,
    #[prop(default = 3)] rows: u32,
    #[prop(optional)] code: bool,
    #[prop(optional)] placeholder: &'static str,
) -> impl IntoView {
    let key = move |event: KeyboardEvent| {
        let Some(area) = event
            .target()
            .and_then(|it| it.dyn_into::<HtmlTextAreaElement>().ok())
        else {
            return;
        };
        match event.key().as_str() {
            "Enter" if event.ctrl_key() || event.meta_key() => leave(&area),
            "Escape" => {
                area.set_value(&value.get_untracked());
                leave(&area);
            }
            _ => return,
        }
        event.stop_propagation();
    };
    view! {
        <label class="field-row">
            <span class="field-label">{label}</span>
            <textarea
                class="field"
                class:is-code=code
                rows=rows
                spellcheck=if code { "false" } else { "true" }
                placeholder=placeholder
                prop:value=move || value.get()
                on:keydown=key
                on:change=move |event| commit_and_show(&event, value, commit)
            ></textarea>
        </label>
    }
}

/// A choice among a few words. A value outside them is shown as it is.
#[component]
pub fn Choice(
    label: &'static str,
    value: Signal<String>,
    options: Signal<Vec<(String, String)>>,
    commit: Callback<String>,
) -> impl IntoView {
    let all = move || {
        let mut all = options.get();
        let current = value.get();
        if !all.iter().any(|(known, _)| *known == current) {
            all.insert(0, (current.clone(), format!("{current} (unknown)")));
        }
        all
    };
    view! {
        <label class="field-row">
            <span class="field-label">{label}</span>
            <span class="select">
                <select class="field" on:change=move |event| commit_and_show(&event, value, commit)>
                    {move || all().into_iter().map(|(known, words)| {
                        let selected = known == value.get();
                        view! { <option value=known selected=selected>{words}</option> }
                    }).collect_view()}
                </select>
            </span>
        </label>
    }
}

/// A switch.
#[component]
pub fn Switch(
    label: &'static str,
    note: &'static str,
    value: Signal<bool>,
    commit: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="switch-row">
            <input
                type="checkbox"
                class="switch"
                role="switch"
                prop:checked=move || value.get()
                on:change=move |event| {
                    commit.run(event_target_checked(&event));
                    page::show_checked(&event, value.get_untracked());
                }
            />
            <span>
                <span class="field-label">{label}</span>
                <span class="field-note">{note}</span>
            </span>
        </label>
    }
}
