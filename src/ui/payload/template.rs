//! The preview of a template with the values of a context set.

use flow::payload::{Preview, preview};
use leptos::prelude::*;

use crate::ui::desk::desk;

/// The longest piece of a preview that is shown, in characters.
const SHOWN: usize = 2_000;
/// How many pieces are shown.
const PIECES: usize = 400;

/// A piece of the text.
#[derive(Clone, Debug, PartialEq)]
enum Piece {
    /// As it stands in the template.
    Plain(String),
    /// A value: its text, the name, the scope whose value won.
    Value(String, String, &'static str),
    /// A name that no scope defines, with its braces.
    Unresolved(String, String),
}

fn pieces(made: &Preview) -> Vec<Piece> {
    let cut = |text: &str| text.chars().take(SHOWN).collect::<String>();
    let mut pieces = Vec::new();
    let mut from = 0;
    for replaced in made.replaced.iter().take(PIECES) {
        let range = replaced.to.range();
        if from < range.start {
            pieces.push(Piece::Plain(cut(&made.text[from..range.start])));
        }
        from = range.end;
        let text = cut(&made.text[range]);
        let name = replaced.name.clone();
        pieces.push(match replaced.scope {
            Some(scope) => Piece::Value(text, name, scope.as_str()),
            None => Piece::Unresolved(text, name),
        });
    }
    if from < made.text.len() {
        pieces.push(Piece::Plain(cut(&made.text[from..])));
    }
    pieces
}

/// The section "Template preview".
#[component]
pub fn TemplatePreview() -> impl IntoView {
    let desk = desk();
    let kept = desk.peek(|open| open.settings().links.template.clone());
    let template = RwSignal::new(kept.flatten().unwrap_or_default());
    let made = Memo::new(move |_| {
        let template = template.get();
        desk.read_context_sets(|sets| pieces(&preview(&template, sets)))
            .unwrap_or_default()
    });
    let typed = move |event| {
        let text = event_target_value(&event);
        desk.set_template(&text);
        template.set(text);
    };
    view! {
        <section class="group" aria-labelledby="template-title">
            <h3 id="template-title">"Template preview"</h3>
            <textarea
                class="field is-growing"
                rows="2"
                aria-label="Template"
                placeholder="Hello {{name}}!"
                prop:value=move || template.get()
                on:input=typed
            ></textarea>
            <Show
                when=move || !made.with(Vec::is_empty)
                fallback=|| view! {
                    <p class="field-note">"Type a text with {{name}} to see what the conversation would read."</p>
                }
            >
                <p class="template-text" role="status" aria-label="Preview">
                    {move || made.get().into_iter().map(piece_view).collect_view()}
                </p>
                <p class="field-note">"Where several scopes define a name, session wins over user, user over conversation, conversation over global."</p>
            </Show>
        </section>
    }
}

fn piece_view(piece: Piece) -> AnyView {
    match piece {
        Piece::Plain(text) => text.into_any(),
        Piece::Value(text, name, scope) => view! {
            <span class="template-value" title=name>
                <bdi>{text}</bdi><small>{scope}</small>
            </span>
        }
        .into_any(),
        Piece::Unresolved(text, name) => view! {
            <span class="template-value is-unresolved" title=format!("No scope defines {name}")>
                <bdi>{text}</bdi><small>"not defined"</small>
            </span>
        }
        .into_any(),
    }
}
