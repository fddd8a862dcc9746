//! A large update of state variables as several that each arrive.

use flow::document::Document;
use flow::payload::{Meter, size_words, split_updates};
use flow::session::Positions;
use leptos::prelude::*;

use super::state_variables::follow_variables;
use crate::browser::files;
use crate::ui::desk::{Desk, desk};
use crate::ui::icons::{Icon, icon};
use crate::ui::notices::Notice;

/// One of the updates: the name of its file and its text.
type Update = (String, String);

/// The updates that the shown document divides into.
fn updates(desk: Desk) -> Vec<Update> {
    let stem = desk.active.get_untracked().and_then(|id| desk.file(id));
    let stem = stem.map_or_else(String::new, |(name, ..)| {
        name.strip_suffix(".json").unwrap_or(&name).to_owned()
    });
    let texts = desk.peek(|open| {
        let document = open.document();
        split_updates(document.tree(), document.state_variables()?)
    });
    let texts = texts.flatten().unwrap_or_default();
    let count = texts.len();
    (1..)
        .zip(texts)
        .map(|(number, text)| (format!("{stem}-{number}-of-{count}.json"), text))
        .collect()
}

fn download(desk: Desk, (name, text): &Update) {
    match files::download(name, "application/json", text) {
        Ok(()) => desk.notices.announce(format!("{name} is downloaded.")),
        Err(reason) => desk.notices.show(Notice::error(format!(
            "{name} could not be downloaded. Nothing was changed. {reason}"
        ))),
    }
}

fn open(desk: Desk, (name, text): &Update) {
    match Document::read(text.as_str().into()) {
        Ok(document) => {
            desk.open(name, document, Positions::new(), None);
        }
        Err(errors) => desk.notices.show(Notice::error(
            errors.first().map(ToString::to_string).unwrap_or_default(),
        )),
    }
}

/// Offers to divide the update while it is too large.
#[component]
pub fn Split(whole: Signal<Option<Meter>>) -> impl IntoView {
    let desk = desk();
    let is_over = Memo::new(move |_| whole.get().is_some_and(Meter::is_over));
    let shown = RwSignal::new(None::<Vec<Update>>);
    // What is shown belongs to the text it was made from.
    let text = follow_variables(desk, |open, _| Some(open.session().text_revision()));
    Effect::new(move |_| {
        text.track();
        shown.set(None);
    });
    view! {
        <Show when=move || is_over.get()>
            <div class="split">
                <button class="button" on:click=move |_| shown.set(Some(updates(desk)))>
                    "Divide into several updates"
                </button>
                {move || shown.get().map(|updates| match updates.len() {
                    0 => view! {
                        <p class="field-note">"It cannot be divided: a single variable is larger than an update may be."</p>
                    }.into_any(),
                    _ => view! { <Updates updates/> }.into_any(),
                })}
            </div>
        </Show>
    }
}

#[component]
fn Updates(updates: Vec<Update>) -> impl IntoView {
    let desk = desk();
    let all = updates.clone();
    view! {
        <ol class="split-list" aria-label="Updates">
            {updates.into_iter().map(|update| {
                let (name, text) = &update;
                let (name, size) = (name.clone(), size_words(text.len()));
                let (one, other) = (update.clone(), update);
                view! {
                    <li class="split-line">
                        <bdi>{name}</bdi>
                        <span class="field-note">{size}</span>
                        <button class="button is-small" on:click=move |_| open(desk, &one)>"Open"</button>
                        <button class="button is-small" on:click=move |_| download(desk, &other)>"Download"</button>
                    </li>
                }
            }).collect_view()}
        </ol>
        <p class="field-note">"Send them in this order: the transition is in the last, so that the dialog goes on when everything is there."</p>
        <button
            class="button is-small"
            on:click=move |_| for update in &all { download(desk, update); }
        >
            {icon(Icon::Save)}
            <span>"Download all"</span>
        </button>
    }
}
