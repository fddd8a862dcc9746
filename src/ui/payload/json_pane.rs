//! The JSON of the document as text. What is typed is a draft until it is a document again; it is
//! taken as one step when the field is left.

use flow::command::{Change, Command};
use flow::document::Document;
use flow::json::Span;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

use super::follow;
use crate::ui::desk::desk;
use crate::ui::icons::{Icon, icon};

/// How many mistakes of a draft are listed.
const LISTED: usize = 5;

/// Text that is typed and not in the document.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    /// The document's text when the typing began.
    base: String,
    text: String,
    /// Why it is no document; nothing when it is one.
    mistakes: Vec<String>,
}

/// The command that makes `new` of `old`: only what differs is replaced.
fn replace(old: &str, new: &str) -> Command {
    let shared = old
        .chars()
        .zip(new.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum::<usize>();
    let tail = old[shared..]
        .chars()
        .rev()
        .zip(new[shared..].chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum::<usize>();
    // A document is at most 64 MiB long.
    let offset = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    let change = Change::ReplaceText {
        span: Span::new(offset(shared), offset(old.len() - tail)),
        text: new[shared..new.len() - tail].to_owned(),
    };
    Command::one("Edit JSON", change)
}

fn mistakes(text: &str) -> Vec<String> {
    match Document::read(text.into()) {
        Ok(_) => Vec::new(),
        Err(errors) => errors
            .iter()
            .take(LISTED)
            .map(|error| {
                format!(
                    "Line {}, column {}: {}",
                    error.line, error.column, error.message
                )
            })
            .collect(),
    }
}

/// The region "JSON".
#[component]
pub fn JsonPane() -> impl IntoView {
    let desk = desk();
    let text = follow(desk, |open| Some(open.document().text().to_owned()));
    let draft = RwSignal::new(None::<Draft>);
    let shown = move || match draft.get() {
        Some(draft) => draft.text,
        None => text.get(),
    };
    let is_stale = move || {
        draft.with(|draft| {
            draft
                .as_ref()
                .is_some_and(|draft| text.with(|text| *text != draft.base))
        })
    };
    let typed = move |event| {
        let typed = event_target_value(&event);
        draft.update(|draft| {
            let base = match draft.take() {
                Some(draft) => draft.base,
                None => text.get_untracked(),
            };
            *draft = Some(Draft {
                mistakes: mistakes(&typed),
                base,
                text: typed,
            });
        });
    };
    let take = move || {
        let Some(Draft {
            base,
            text: new,
            mistakes,
        }) = draft.get_untracked()
        else {
            return;
        };
        let is_current = text.with_untracked(|text| *text == base);
        if mistakes.is_empty() && is_current {
            draft.set(None);
            desk.apply(&replace(&base, &new));
        }
    };
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" if event.ctrl_key() || event.meta_key() => take(),
        "Escape" => {
            draft.set(None);
            if let Some(area) = event
                .target()
                .and_then(|it| it.dyn_into::<HtmlTextAreaElement>().ok())
            {
                area.set_value(&text.get_untracked());
            }
        }
        _ => {}
    };
    let notes = move || {
        let mut notes = draft
            .with(|draft| draft.as_ref().map(|draft| draft.mistakes.clone()))
            .unwrap_or_default();
        if is_stale() {
            notes.insert(
                0,
                "The document changed while this was typed. Press Escape to see it as it is."
                    .to_owned(),
            );
        }
        notes
    };
    view! {
        <section class="payload-json" aria-label="JSON">
            <div class="pane-head">
                <h2>"JSON"</h2>
                <span class="pane-count">{move || if draft.with(Option::is_some) { "Ctrl+Enter takes it, Escape does not" } else { "" }}</span>
            </div>
            <textarea
                class="json-text"
                aria-label="Document as JSON"
                aria-invalid=move || (!notes().is_empty()).then_some("true")
                aria-describedby="json-mistakes"
                spellcheck="false"
                wrap="off"
                prop:value=shown
                on:input=typed
                on:change=move |_| take()
                on:keydown=key
            ></textarea>
            <ul class="field-problems" id="json-mistakes" role="status" hidden=move || notes().is_empty()>
                {move || notes().into_iter().map(|note| view! {
                    <li class="field-problem" data-severity="error">
                        <span class="problem-icon">{icon(Icon::Error)}</span>
                        <span class="field-problem-text">{note}</span>
                    </li>
                }).collect_view()}
            </ul>
        </section>
    }
}
