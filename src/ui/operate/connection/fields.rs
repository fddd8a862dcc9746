//! Fields of the form of a connection.

use cognigy::connection::defaults;
use leptos::prelude::*;

/// A text with what is wrong or worth knowing about it.
#[component]
pub fn TextField(
    label: &'static str,
    /// Its name within the form.
    name: &'static str,
    value: RwSignal<String>,
    /// What is said below it.
    #[prop(optional, into)]
    note: Option<Signal<String>>,
    /// What is wrong with it; empty when nothing is.
    #[prop(optional, into)]
    mistake: Option<Signal<String>>,
    /// An example.
    #[prop(optional)]
    placeholder: &'static str,
    /// Known values that are offered.
    #[prop(optional)]
    offered: Vec<String>,
) -> impl IntoView {
    let mistake = mistake.unwrap_or_else(|| Signal::derive(String::new));
    let wrong = move || mistake.with(|mistake| !mistake.is_empty());
    let note_id = format!("{name}-note");
    let list_id = format!("{name}-offered");
    let has_list = !offered.is_empty();
    view! {
        <div class="field-row">
            <label>
                <span class="field-label">{label}</span>
                <input
                    class="field"
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder=placeholder
                    list=has_list.then(|| list_id.clone())
                    aria-describedby=note_id.clone()
                    aria-invalid=move || wrong().to_string()
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                />
            </label>
            {has_list.then(|| view! {
                <datalist id=list_id>
                    {offered.into_iter().map(|known| view! { <option value=known></option> }).collect_view()}
                </datalist>
            })}
            <span id=note_id class:field-mistake=wrong class:field-note=move || !wrong()>
                {move || if wrong() { mistake.get() } else { note.map(|note| note.get()).unwrap_or_default() }}
            </span>
        </div>
    }
}

/// A number of seconds.
#[component]
pub fn SecondsField(label: &'static str, value: RwSignal<String>) -> impl IntoView {
    view! {
        <label class="field-row">
            <span class="field-label">{label}</span>
            <input
                class="field"
                type="text"
                inputmode="decimal"
                autocomplete="off"
                aria-invalid=move || milliseconds(&value.get()).is_none().to_string()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        </label>
    }
}

/// The milliseconds of a text that says seconds; none for what is no sensible span.
pub fn milliseconds(text: &str) -> Option<u64> {
    let seconds: f64 = text.trim().replace(',', ".").parse().ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "what does not fit is no sensible span"
    )]
    let milliseconds = (seconds * 1000.0).round() as u64;
    defaults::SENSIBLE
        .contains(&milliseconds)
        .then_some(milliseconds)
}

/// Seconds as they are typed.
pub fn seconds(milliseconds: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "spans are far below 2^53")]
    let seconds = milliseconds as f64 / 1000.0;
    seconds.to_string()
}

/// Something that is on or off.
#[component]
pub fn Switch(label: &'static str, note: &'static str, value: RwSignal<bool>) -> impl IntoView {
    view! {
        <label class="switch-row">
            <input
                class="switch"
                type="checkbox"
                prop:checked=move || value.get()
                on:change=move |event| value.set(event_target_checked(&event))
            />
            <span>
                <span class="field-label">{label}</span>
                <span class="field-note">{note}</span>
            </span>
        </label>
    }
}

/// Ids as they are typed: one after the other, with commas.
pub fn list_in(text: &str) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    for id in text.split([',', '\n']).map(str::trim) {
        if !id.is_empty() && list.iter().all(|known| known != id) {
            list.push(id.to_owned());
        }
    }
    list
}
