//! A text area over a coloured layer that shows the same text: what is typed is plain text to the
//! browser, what is seen is coloured and marked.

use std::sync::atomic::{AtomicU32, Ordering};

use flow::editing::{Finding, Language};
use leptos::prelude::*;

use super::completion::{CompletionList, marked};
use super::findings::{FindingLines, lines};
use super::signature::SignatureLine;
use super::state::State;

/// Numbers the fields of the page, so that their parts can name each other.
static FIELDS: AtomicU32 = AtomicU32::new(0);

/// A field for code. What was typed is handed to `commit` when the field is left.
#[component]
pub fn CodeField(
    language: Language,
    label: String,
    value: Signal<String>,
    commit: Callback<String>,
    rows: u32,
    placeholder: &'static str,
    /// Hides the label from the eye; it still names the field.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    let id = format!("code-{}", FIELDS.fetch_add(1, Ordering::Relaxed));
    let list_id = StoredValue::new(format!("{id}-list"));
    let findings_id = format!("{id}-findings");
    let state = State::new(language, value, commit);
    let State {
        text,
        findings,
        completion,
        area,
        layer,
        signature,
        ..
    } = state;
    let said =
        Memo::new(move |_| text.with(|text| findings.with(|findings| lines(text, findings))));
    view! {
        <div class="field-row">
            <label class="field-label" class:visually-hidden=bare for=id.clone()>{label}</label>
            <div class="code-box">
                <div class="code-layer" aria-hidden="true" node_ref=layer style:--rows=rows.to_string()></div>
                <textarea
                    class="code-area"
                    id=id
                    node_ref=area
                    rows="1"
                    spellcheck="false"
                    autocomplete="off"
                    autocapitalize="off"
                    placeholder=placeholder
                    title="Ctrl+Space suggests names"
                    aria-autocomplete="list"
                    aria-haspopup="listbox"
                    aria-controls=list_id.get_value()
                    aria-activedescendant=move || list_id.with_value(|id| marked(completion, id))
                    aria-describedby=findings_id.clone()
                    aria-invalid=move || state.is_invalid().to_string()
                    on:input=move |event| state.typed(event_target_value(&event))
                    on:keydown=move |event| state.key(&event)
                    on:keyup=move |_| state.look_at_caret()
                    on:click=move |_| state.look_at_caret()
                    on:pointerdown=move |_| completion.close()
                    on:blur=move |_| state.finish()
                ></textarea>
            </div>
            <SignatureLine signature/>
            <FindingLines
                id=findings_id
                lines=said
                count=Signal::derive(move || findings.with(Vec::len))
                mend=Callback::new(move |finding: Finding| state.mend(&finding))
            />
            <CompletionList completion id=list_id.get_value() area/>
        </div>
    }
}
