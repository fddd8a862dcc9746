//! What differs in one file, entry by entry, with fields before and after.

use flow::compare::{Comparison, Entry, Field, HunkLine, Marks, field_value, headline};
use leptos::prelude::*;

use super::Comparing;

/// So many differences are listed; the file that can be downloaded has all.
const LISTED: usize = 300;

/// The strongest of several marks, as styles know it.
pub fn class(marks: Marks) -> &'static str {
    let strongest = [
        Marks::ADDED,
        Marks::REMOVED,
        Marks::RETARGETED,
        Marks::CHANGED,
        Marks::MOVED,
    ];
    let strongest = strongest.into_iter().find(|&mark| marks.has(mark));
    strongest.and_then(|mark| mark.words().next()).unwrap_or("")
}

/// The differences of a file.
#[component]
pub fn Entries(comparing: Comparing, comparison: Comparison) -> impl IntoView {
    let more = comparison.entries.len().saturating_sub(LISTED);
    let items = comparison.entries.into_iter().take(LISTED).enumerate();
    view! {
        <ol class="compare-entries">
            {items.map(|(index, entry)| view! { <Item comparing index entry/> }).collect_view()}
        </ol>
        {(more > 0).then(|| view! { <p class="field-note">{format!("And {more} more; the download has all of them.")}</p> })}
    }
}

#[component]
fn Item(comparing: Comparing, index: usize, entry: Entry) -> impl IntoView {
    let is_current = Memo::new(move |_| comparing.entry.get() == Some(index));
    let words: Vec<&str> = entry.marks.words().collect();
    let place = |item: &Option<flow::compare::Item>| {
        let place = item.as_ref()?.place.as_ref()?;
        Some(flow::report::visible(&place.words).into_owned())
    };
    let places = match (place(&entry.old), place(&entry.new)) {
        (Some(old), Some(new)) if entry.marks.has(Marks::MOVED) => {
            Some(format!("was {old}, is {new}"))
        }
        (Some(place), None) | (None, Some(place)) => Some(place),
        _ => None,
    };
    let is_both = entry.old.is_some() && entry.new.is_some();
    let fields = entry.fields.clone();
    view! {
        <li class="compare-entry" data-change=class(entry.marks)>
            <button
                class="compare-entry-head"
                class:is-current=move || is_current.get()
                aria-current=move || is_current.get().then_some("true")
                on:click=move |_| comparing.entry.set(Some(index))
            >
                <span class="compare-mark">{words.join(", ").replace("retargeted", "leads elsewhere")}</span>
                <bdi>{headline(&entry)}</bdi>
                {places.map(|words| view! { <span class="field-note"><bdi>{words}</bdi></span> })}
            </button>
            {is_both.then(|| view! {
                <ul class="compare-fields">
                    {fields.into_iter().map(|field| view! { <Changed field/> }).collect_view()}
                </ul>
            })}
        </li>
    }
}

#[component]
fn Changed(field: Field) -> impl IntoView {
    let value = |value: Option<&String>| {
        value.map_or_else(|| "nothing".to_owned(), |value| field_value(value))
    };
    let told = match &field.lines {
        Some(lines) => {
            let lines = lines.hunks.iter().flat_map(|hunk| hunk.lines.iter());
            let lines = lines.map(|line| {
                let (mark, sign, text) = match line {
                    HunkLine::Same(text) => ("", " ", text),
                    HunkLine::Removed(text) => ("removed", "-", text),
                    HunkLine::Added(text) => ("added", "+", text),
                };
                let text = flow::report::visible(text).into_owned();
                view! { <span class="compare-line" data-change=mark>{sign} " " {text}</span> }
            });
            view! { <pre class="code-shown" tabindex="0" role="region" aria-label=field.label.clone()>{lines.collect_view()}</pre> }
                .into_any()
        }
        None => view! {
            <span class="compare-values">
                <del><bdi>{value(field.before.as_ref())}</bdi></del>
                " → "
                <ins><bdi>{value(field.after.as_ref())}</bdi></ins>
            </span>
        }
        .into_any(),
    };
    view! {
        <li class:is-minor=field.is_minor>
            <span class="field-label"><bdi>{field.label.clone()}</bdi></span>
            {told}
        </li>
    }
}
