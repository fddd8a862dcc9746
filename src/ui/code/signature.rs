//! What the call at the caret takes, in one line below a code field.

use flow::editing::Signature;
use leptos::prelude::*;

/// The line; nothing while the caret is in no call.
#[component]
pub(super) fn SignatureLine(signature: Memo<Option<Signature>>) -> impl IntoView {
    view! {
        <Show when=move || signature.with(Option::is_some)>
            <p class="code-signature" role="status" aria-label="Parameters">
                {move || signature.get().map(|found| view! {
                    <span class="code-signature-call">{parts(&found)}</span>
                    <span class="code-signature-about">{found.about}</span>
                })}
            </p>
        </Show>
    }
}

/// The call with the parameter at the caret marked.
fn parts(found: &Signature) -> AnyView {
    let text = &found.text;
    match found.parameters.get(found.active) {
        Some(range) => view! {
            {text[..range.start].to_owned()}
            <b>{text[range.clone()].to_owned()}</b>
            {text[range.end..].to_owned()}
        }
        .into_any(),
        None => text.clone().into_any(),
    }
}
