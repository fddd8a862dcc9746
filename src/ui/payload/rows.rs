//! Lists of a form that show one page of what they hold, so that a file of any size stays quick.

use leptos::prelude::*;

/// How many rows a list shows at once.
const PAGE: usize = 200;

/// Which page a list shows.
#[derive(Clone, Copy)]
pub struct Page(RwSignal<usize>);

impl Page {
    /// The page that a list of `count` rows shows.
    fn of(self, count: usize) -> usize {
        self.0.get().min(count.saturating_sub(1) / PAGE)
    }

    /// The rows that are shown of `count`.
    pub fn rows(self, count: usize) -> std::ops::Range<usize> {
        let first = self.of(count) * PAGE;
        first..count.min(first + PAGE)
    }

    /// Shows the page of the row at `index`.
    pub fn show(self, index: usize) {
        self.0.set(index / PAGE);
    }
}

/// The pages of the lists of a form.
#[derive(Clone, Copy)]
pub struct Rows([Page; 2]);

impl Rows {
    /// The first pages.
    pub fn new() -> Self {
        Self([Page(RwSignal::new(0)), Page(RwSignal::new(0))])
    }

    /// Back to the first pages.
    pub fn reset(self) {
        for page in self.0 {
            page.show(0);
        }
    }

    /// The page of the first list of a form, or of the second.
    pub fn list(self, second: bool) -> Page {
        self.0[usize::from(second)]
    }
}

/// Leads to the other pages, where there are more.
#[component]
pub fn Pager(page: Page, count: Signal<usize>) -> impl IntoView {
    let shown = move || page.rows(count.get());
    let is_first = move || shown().start == 0;
    let is_last = move || shown().end == count.get();
    view! {
        <Show when=move || { count.get() > PAGE }>
            <div class="pager">
                <span class="field-note">{move || {
                    let rows = shown();
                    format!("{} to {} of {}", rows.start + 1, rows.end, count.get())
                }}</span>
                <button
                    class="button is-small"
                    disabled=is_first
                    on:click=move |_| page.show(shown().start.saturating_sub(1))
                >
                    "Earlier"
                </button>
                <button class="button is-small" disabled=is_last on:click=move |_| page.show(shown().end)>
                    "Later"
                </button>
            </div>
        </Show>
    }
}
