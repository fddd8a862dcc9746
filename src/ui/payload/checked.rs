//! A field whose text must mean something: what cannot be read stays typed, with the reason under
//! it, and is not in the document.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

/// How a field takes its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// One line; Enter commits.
    One,
    /// Text; Enter commits, Shift+Enter starts a line.
    Text,
    /// Code; Enter starts a line, Ctrl+Enter commits.
    Code,
}

impl Lines {
    fn commits(self, event: &KeyboardEvent) -> bool {
        let command = event.ctrl_key() || event.meta_key();
        event.key() == "Enter"
            && match self {
                Self::One => true,
                Self::Text => !event.shift_key(),
                Self::Code => command,
            }
    }

    fn hint(self) -> Option<&'static str> {
        match self {
            Self::One => None,
            Self::Text => Some("Enter takes it, Shift+Enter starts a line"),
            Self::Code => Some("Ctrl+Enter takes it"),
        }
    }
}

/// What is typed into an element.
fn typed(event: &leptos::ev::Event) -> Option<String> {
    let target = event.target()?;
    let input = target
        .dyn_ref::<HtmlInputElement>()
        .map(HtmlInputElement::value);
    input.or_else(|| {
        target
            .dyn_ref::<HtmlTextAreaElement>()
            .map(HtmlTextAreaElement::value)
    })
}

/// The field. `commit` takes what was typed into the document, or says why it cannot.
#[component]
pub fn CheckedField(
    /// Its accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// The words above it; none where the row says enough.
    #[prop(optional)]
    caption: Option<&'static str>,
    #[prop(into)] id: String,
    value: Signal<String>,
    lines: Lines,
    #[prop(optional)] code: bool,
    #[prop(optional)] placeholder: &'static str,
    /// Whether a problem in the document is about it.
    #[prop(optional, into)]
    wrong: Signal<bool>,
    commit: Callback<String, Result<(), String>>,
) -> impl IntoView {
    let mistake = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        value.track();
        mistake.set(None);
    });
    let take = move |text: String| {
        let unchanged = value.with_untracked(|value| *value == text);
        mistake.set(if unchanged {
            None
        } else {
            commit.run(text).err()
        });
    };
    let key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            let target = event.target();
            let old = value.get_untracked();
            if let Some(input) = target
                .as_ref()
                .and_then(|it| it.dyn_ref::<HtmlInputElement>())
            {
                input.set_value(&old);
            }
            if let Some(area) = target
                .as_ref()
                .and_then(|it| it.dyn_ref::<HtmlTextAreaElement>())
            {
                area.set_value(&old);
            }
            mistake.set(None);
        } else if lines.commits(&event) {
            event.prevent_default();
            if let Some(text) = typed(&event) {
                take(text);
            }
        }
    };
    let change = move |event: leptos::ev::Event| {
        if let Some(text) = typed(&event) {
            take(text);
        }
    };
    let mistake_id = format!("{id}-mistake");
    let described = mistake_id.clone();
    let describe = move || mistake.with(Option::is_some).then(|| described.clone());
    let invalid = move || (wrong.get() || mistake.with(Option::is_some)).then_some("true");
    let field = if lines == Lines::One {
        view! {
            <input
                class="field"
                class:is-code=code
                id=id
                type="text"
                autocomplete="off"
                spellcheck="false"
                placeholder=placeholder
                aria-label=move || label.get()
                aria-invalid=invalid
                aria-describedby=describe
                prop:value=move || value.get()
                on:keydown=key
                on:change=change
            />
        }
        .into_any()
    } else {
        view! {
            <textarea
                class="field is-growing"
                class:is-code=code
                id=id
                rows="1"
                spellcheck="false"
                placeholder=placeholder
                title=lines.hint()
                aria-label=move || label.get()
                aria-invalid=invalid
                aria-describedby=describe
                prop:value=move || value.get()
                on:keydown=key
                on:change=change
            ></textarea>
        }
        .into_any()
    };
    view! {
        <div class="checked">
            {caption.map(|caption| view! { <span class="field-label" aria-hidden="true">{caption}</span> })}
            {field}
            <p class="field-mistake" id=mistake_id role="status" hidden=move || mistake.with(Option::is_none)>
                {move || mistake.get()}
            </p>
        </div>
    }
}
