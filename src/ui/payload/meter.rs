//! A meter of bytes against a limit.

use flow::payload::{Meter, size_words};
use leptos::prelude::*;

/// How full something is, as a bar and in words.
#[component]
pub fn ByteMeter(
    /// What is measured.
    #[prop(into)]
    label: Signal<String>,
    meter: Signal<Option<Meter>>,
    /// Says the limit even while it is kept.
    #[prop(optional)]
    full: bool,
) -> impl IntoView {
    let get = move || meter.get().unwrap_or(Meter { bytes: 0, limit: 1 });
    let words = move || {
        let Meter { bytes, limit } = get();
        format!("{} of {}", size_words(bytes), size_words(limit))
    };
    let short = move || {
        let meter = get();
        if full || meter.is_over() {
            words()
        } else {
            size_words(meter.bytes)
        }
    };
    let width = move || {
        let Meter { bytes, limit } = get();
        format!("{}%", (bytes.saturating_mul(100) / limit.max(1)).min(100))
    };
    view! {
        <span
            class="byte-meter"
            class:is-full=full
            class:is-over=move || get().is_over()
            role="meter"
            aria-label=move || label.get()
            aria-valuemin="0"
            aria-valuemax=move || get().limit.to_string()
            aria-valuenow=move || get().bytes.min(get().limit).to_string()
            aria-valuetext=words
            title=words
        >
            <span class="byte-meter-bar"><span class="byte-meter-fill" style:width=width></span></span>
            <span class="byte-meter-words">{short}</span>
        </span>
    }
}
