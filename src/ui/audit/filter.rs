//! Filters of the audit log: what was done, where, how it went, and any word.

use leptos::prelude::*;

use super::entry::Line;

/// What is looked for; empty looks for everything.
#[derive(Clone, Copy)]
pub struct Filter {
    action: RwSignal<String>,
    connection: RwSignal<String>,
    result: RwSignal<String>,
    words: RwSignal<String>,
}

impl Filter {
    /// Looks for everything.
    pub fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            action: empty(),
            connection: empty(),
            result: empty(),
            words: empty(),
        }
    }

    /// The lines that are looked for. Followed. O(log).
    pub fn matching(self, lines: &[Line]) -> Vec<Line> {
        let (action, connection) = (self.action.get(), self.connection.get());
        let result = self.result.get();
        let words = self.words.with(|words| words.to_lowercase());
        let words: Vec<&str> = words.split_whitespace().collect();
        let is = |wanted: &str, has: &str| wanted.is_empty() || wanted == has;
        let says = |line: &Line| {
            let text = line.text.to_lowercase();
            words.iter().all(|word| text.contains(word))
        };
        lines
            .iter()
            .filter(|line| {
                is(&action, &line.action)
                    && is(&connection, &line.connection)
                    && is(&result, &line.result_words())
                    && (words.is_empty() || says(line))
            })
            .cloned()
            .collect()
    }
}

/// The filters, with the values that occur.
#[component]
pub fn FilterBar(filter: Filter, lines: RwSignal<Vec<Line>>) -> impl IntoView {
    view! {
        <div class="filters" role="search" aria-label="Filter the log">
            <input
                class="field is-search is-small"
                type="search"
                placeholder="Any word"
                aria-label="Any word"
                prop:value=move || filter.words.get()
                on:input=move |event| filter.words.set(event_target_value(&event))
            />
            <Choice label="Action" every="every action" value=filter.action lines of=|line| line.action.clone()/>
            <Choice label="Where" every="every connection" value=filter.connection lines of=|line| line.connection.clone()/>
            <Choice label="Result" every="every result" value=filter.result lines of=Line::result_words/>
        </div>
    }
}

#[component]
fn Choice(
    label: &'static str,
    every: &'static str,
    value: RwSignal<String>,
    lines: RwSignal<Vec<Line>>,
    of: fn(&Line) -> String,
) -> impl IntoView {
    let values = Memo::new(move |_| {
        let mut values: Vec<String> = lines.with(|lines| lines.iter().map(of).collect());
        values.sort();
        values.dedup();
        values
    });
    view! {
        <span class="select">
            <select class="field is-small" aria-label=label on:change=move |event| value.set(event_target_value(&event))>
                <option value="" selected=move || value.with(String::is_empty)>{every}</option>
                <For
                    each=move || values.get()
                    key=Clone::clone
                    children=move |known| {
                        let (own, shown) = (known.clone(), known.clone());
                        view! { <option value=known selected=move || value.get() == own>{shown}</option> }
                    }
                />
            </select>
        </span>
    }
}
