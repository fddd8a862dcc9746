//! Comparing two things under review: packages, folders or files. A list of what differs, file by file, and
//! for one of them both pictures side by side.

mod entries;
mod pictures;

use std::sync::Arc;

use flow::report::counted;
use flow::review::{ComparedFile, Root, compare, roots, with_comparison};
use leptos::prelude::*;

use self::entries::Entries;
use self::pictures::Pictures;
use super::store::ReviewDesk;
use crate::browser::files::download;
use crate::ui::icons::{Icon, icon};
use crate::ui::menu::{Menu, MenuButton};
use crate::ui::notices::Notice;

/// What is compared.
#[derive(Clone, Copy)]
pub(super) struct Comparing {
    review: ReviewDesk,
    roots: Memo<Vec<Root>>,
    old: RwSignal<usize>,
    new: RwSignal<usize>,
    /// The file whose differences are looked at.
    pub(super) file: RwSignal<Option<usize>>,
    /// The difference that is looked at, by its number.
    pub(super) entry: RwSignal<Option<usize>>,
}

impl Comparing {
    fn chosen(self) -> Option<(Root, Root)> {
        self.roots.with(|roots| {
            let old = roots.get(self.old.get())?.clone();
            Some((old, roots.get(self.new.get())?.clone()))
        })
    }
}

/// The comparison.
#[component]
pub fn Compare(review: ReviewDesk) -> impl IntoView {
    let roots = Memo::new(move |_| review.files.with(|files| roots(files)));
    let comparing = Comparing {
        review,
        roots,
        old: RwSignal::new(0),
        new: RwSignal::new(1),
        file: RwSignal::new(None),
        entry: RwSignal::new(None),
    };
    provide_context(comparing);
    let compared = Memo::new_with_compare(
        move |_| {
            let (old, new) = comparing.chosen()?;
            let compared = review.files.with(|files| compare(files, &old, &new));
            Some(Arc::new(compared))
        },
        |old, new| match (old, new) {
            (Some(Some(old)), Some(Some(new))) => !Arc::ptr_eq(old, new),
            _ => true,
        },
    );
    // Another choice has other files.
    Effect::new(move |_| {
        let first = compared
            .get()
            .and_then(|compared| compared.files.iter().position(|file| file.differs));
        comparing.entry.set(None);
        comparing.file.set(first);
    });
    let side = move |label: &'static str, at: RwSignal<usize>| {
        view! {
            <label class="compare-side">
                <span class="field-label">{label}</span>
                <select
                    class="field"
                    on:change=move |event| at.set(event_target_value(&event).parse().unwrap_or_default())
                >
                    {move || roots.get().into_iter().enumerate().map(|(index, root)| view! {
                        <option value=index.to_string() prop:selected=move || at.get() == index>
                            {flow::report::visible(&root.path).into_owned()}
                        </option>
                    }).collect_view()}
                </select>
            </label>
        }
    };
    let swap = move |_| {
        let old = comparing.old.get_untracked();
        comparing.old.set(comparing.new.get_untracked());
        comparing.new.set(old);
    };
    let summary = move || compared.get().map(|compared| compared.summary.clone());
    let opened = Memo::new(move |_| comparing.file.get());
    view! {
        <div class="compare" role="region" aria-label="Comparison">
            <div class="compare-head">
                {side("Old", comparing.old)}
                <button class="icon-button" aria-label="Swap old and new" title="Swap old and new" on:click=swap>{icon(Icon::Swap)}</button>
                {side("New", comparing.new)}
                <span class="field-note" role="status">{summary}</span>
                <span class="rail-space"></span>
                <MenuButton id="compare-more" label="Download the comparison" glyph=Icon::Save children=formats/>
                <button class="button" on:click=move |_| review.comparing.set(false)>"Back to the files"</button>
            </div>
            <div class="compare-body">
                <div class="compare-files" tabindex="0" role="region" aria-label="Compared files">
                    {move || compared.get().map(|compared| {
                        let files = compared.files.iter().enumerate();
                        let files = files.map(|(index, file)| view! { <File comparing index file=file.clone()/> });
                        view! { <ul class="compare-list">{files.collect_view()}</ul> }
                    })}
                </div>
                {move || {
                    let index = opened.get()?;
                    let file = compared.get()?.files.get(index)?.clone();
                    Some(view! { <Pictures comparing file/> })
                }}
            </div>
        </div>
    }
}

#[component]
fn File(comparing: Comparing, index: usize, file: ComparedFile) -> impl IntoView {
    let is_open = Memo::new(move |_| comparing.file.get() == Some(index));
    let toggle = move |_| {
        comparing.entry.set(None);
        comparing
            .file
            .update(|open| *open = (*open != Some(index)).then_some(index));
    };
    let problems = |count: usize, words: String, severity: &'static str| {
        (count > 0)
            .then(|| view! { <span class="compare-problems" data-severity=severity>{words}</span> })
    };
    let entries = file.comparison.clone();
    view! {
        <li class="compare-file" class:is-same=!file.differs>
            <button class="compare-name" aria-expanded=move || is_open.get().to_string() on:click=toggle>
                {icon(Icon::Down)}
                <bdi>{flow::report::visible(&file.path).into_owned()}</bdi>
                <span class="compare-verdict">{file.verdict.clone()}</span>
                {problems(file.new_problems, counted(file.new_problems, "new problem"), "error")}
                {problems(file.mended_problems, format!("{} mended", file.mended_problems), "none")}
            </button>
            {move || is_open.get().then(|| entries.clone().map(|comparison| view! { <Entries comparing comparison/> }))}
        </li>
    }
}

/// The formats of the comparison as a file.
fn formats(menu: Menu) -> AnyView {
    let comparing = expect_context::<Comparing>();
    let save = move |name: &'static str,
                     kind: &'static str,
                     write: fn(&flow::compare::SetComparison<'_>) -> String| {
        move |_| {
            menu.close();
            let Some((old, new)) = comparing.chosen() else {
                return;
            };
            let files = comparing.review.files.get_untracked();
            let text = with_comparison(&files, &old, &new, write);
            let notices = comparing.review.desk.notices;
            match download(name, kind, &text) {
                Ok(()) => notices.announce(format!("{name} is downloaded.")),
                Err(reason) => notices.show(Notice::error(format!(
                    "{name} could not be downloaded; the comparison is still here. {reason}"
                ))),
            }
        }
    };
    view! {
        <p class="menu-title">"Comparison"</p>
        <button class="menu-item" on:click=save("flowdeck-comparison.html", "text/html", flow::compare::html)>"HTML, to read and to print"</button>
        <button class="menu-item" on:click=save("flowdeck-comparison.md", "text/markdown", flow::compare::markdown)>"Markdown, for a ticket"</button>
        <button class="menu-item" on:click=save("flowdeck-comparison.json", "application/json", flow::compare::json)>"JSON, for programs"</button>
    }
    .into_any()
}
