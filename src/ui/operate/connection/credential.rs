//! The credential of a connection: entered here, kept in memory alone.

use cognigy::secret::{Credential, Secret};
use leptos::prelude::*;

use crate::ui::icons::{Icon, icon};
use crate::ui::operate::moments::local;
use crate::ui::operate::state::Operating;
use cognigy::vault::Whom;

/// The credential.
#[component]
pub fn CredentialPanel(operating: Operating) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let client = Memo::new(move |_| operating.connection.with(|it| it.client_id.clone()));
    let has_client = move || client.with(|client| !client.is_empty());
    // Follows the client until one kind is picked; without a client there is but one.
    let picked = RwSignal::new(None::<bool>);
    let pastes = Memo::new(move |_| !has_client() || picked.get().unwrap_or(false));
    let ends = RwSignal::new(None::<u64>);
    let there = move || operating.has_credential(&operating.connection.with(Whom::of));
    let whom = move || operating.connection.with_untracked(Whom::of);
    let keep = move || {
        let text = typed.get_untracked();
        if text.trim().is_empty() {
            return;
        }
        let credential = if pastes.get_untracked() {
            Credential::pasted(&text)
        } else {
            Credential::Client {
                id: client.get_untracked(),
                secret: Secret::new(text),
            }
        };
        ends.set(match &credential {
            Credential::Token { expires_at, .. } => *expires_at,
            Credential::Client { .. } => None,
        });
        operating.keep_credential(whom(), Some(credential));
        typed.set(String::new());
    };
    view! {
        <section class="panel" aria-label="Credential">
            <div class="panel-head">
                <h2>"Credential"</h2>
                <Show when=there>
                    <span class="chip is-good">{icon(Icon::Lock)}"In memory"</span>
                </Show>
            </div>
            <p class="secret-note">
                {icon(Icon::Lock)}
                "Kept in memory alone, until this tab is closed or reloaded; never in storage, a file, a log or an address."
            </p>
            <div class="choices is-row" role="radiogroup" aria-label="Kind of credential">
                <label class="choice">
                    <input class="radio" type="radio" name="credential-kind" prop:checked=move || pastes.get() on:change=move |_| picked.set(Some(true))/>
                    <span>"A token, pasted"</span>
                </label>
                <label class="choice">
                    <input
                        class="radio" type="radio" name="credential-kind" disabled=move || !has_client()
                        prop:checked=move || !pastes.get() on:change=move |_| picked.set(Some(false))
                    />
                    <span>{move || if has_client() { "Client secret" } else { "Client secret (needs a client id)" }}</span>
                </label>
            </div>
            <form class="secret-form" on:submit=move |event| {
                event.prevent_default();
                keep();
            }>
                <label class="field-row">
                    <span class="field-label">{move || if pastes.get() { "Token" } else { "Client secret" }}</span>
                    <input
                        class="field"
                        type="password"
                        autocomplete="off"
                        prop:value=move || typed.get()
                        on:input=move |event| typed.set(event_target_value(&event))
                    />
                </label>
                <button class="button is-primary" type="submit">"Use it"</button>
            </form>
            {move || ends.get().filter(|_| there()).and_then(|ends| {
                #[expect(clippy::cast_precision_loss, reason = "moments are far below 2^53")]
                local(ends as f64)
            }).map(|(short, exact)| view! { <p class="field-note" title=exact>{format!("The token ends at {short}.")}</p> })}
            <Show when=move || !pastes.get()>
                <p class="field-note">
                    "A client secret in a browser is against current OAuth advice. Better: a short-lived token, or a proxy \
                     on this page's own origin that adds it."
                </p>
            </Show>
            <Show when=there>
                <div class="panel-buttons">
                    <button class="button is-small" on:click=move |_| {
                        ends.set(None);
                        operating.keep_credential(whom(), None);
                    }>"Forget the credential"</button>
                </div>
            </Show>
        </section>
    }
}
