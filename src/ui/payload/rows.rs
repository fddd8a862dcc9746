//! Lists of a form that show a part of what they hold, so that a file of any size stays quick.

use leptos::prelude::*;

/// How many rows a list shows at first, and how many more each time.
const PAGE: usize = 200;

/// How many rows the lists of the form show.
#[derive(Clone, Copy)]
pub struct Rows(RwSignal<usize>);

impl Rows {
    /// The first rows.
    pub fn new() -> Self {
        Self(RwSignal::new(PAGE))
    }

    /// Back to the first rows.
    pub fn reset(self) {
        self.0.set(PAGE);
    }

    /// Shows at least the row at `index`.
    pub fn show(self, index: usize) {
        if self.0.get_untracked() <= index {
            self.0.set((index / PAGE + 1) * PAGE);
        }
    }

    /// How many of `count` are shown.
    pub fn of(self, count: usize) -> usize {
        count.min(self.0.get())
    }
}

/// The button that shows more, while there are more.
#[component]
pub fn MoreRows(count: Signal<usize>) -> impl IntoView {
    let rows = expect_context::<Rows>();
    let more = move || count.get() - rows.of(count.get());
    view! {
        <Show when=move || { more() > 0 }>
            <button class="button is-small" on:click=move |_| rows.show(rows.of(count.get_untracked()))>
                {move || format!("Show {} of {} more", more().min(PAGE), more())}
            </button>
        </Show>
    }
}
