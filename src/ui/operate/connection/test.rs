//! Testing a connection: a token for each area, the scopes that are missing, what the browser lets
//! through.

use cognigy::Cancellation;
use cognigy::connection_test::{AreaTest, ConnectionTest, KeyTest, test_connection};
use cognigy::error::{CallError, Error};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::ui::icons::{Icon, icon};
use crate::ui::operate::state::Operating;
use cognigy::vault::Whom;

/// A proxy on the page's own origin, for nginx.
const PROXY: &str = "location /cognigy/ {\n  proxy_pass https://tenant.example.com/;\n  proxy_ssl_server_name on;\n  proxy_set_header Host tenant.example.com;\n}";

/// The test.
#[component]
pub fn TestPanel(operating: Operating) -> impl IntoView {
    let result = RwSignal::new_local(None::<Result<ConnectionTest, String>>);
    let running = RwSignal::new(false);
    // What was found out is of one address and client.
    let whom = Memo::new(move |_| operating.connection.with(Whom::of));
    Effect::new(move |_| {
        whom.track();
        result.set(None);
    });
    let test = move |_| {
        let connection = operating.connection.get_untracked();
        running.set(true);
        result.set(None);
        spawn_local(async move {
            let tested = match operating.tools_for(&connection).await {
                Ok(tools) => Ok(test_connection(&tools.client, &Cancellation::new()).await),
                Err(not_ready) => Err(not_ready.0),
            };
            running.set(false);
            if operating.works_with(&connection) {
                result.set(Some(tested));
            }
        });
    };
    view! {
        <section class="panel" aria-label="Test of the connection">
            <div class="panel-head">
                <h2>"Test"</h2>
                <button class="button is-small" disabled=move || running.get() on:click=test>
                    {move || if running.get() { "Testing…" } else { "Test connection" }}
                </button>
            </div>
            <div role="status">
                {move || match result.get() {
                    None => view! {
                        <p class="field-note">"Fetches a token for each area in use and asks for something harmless. Changes nothing on the tenant."</p>
                    }.into_any(),
                    Some(Err(reason)) => view! { <p class="panel-failure">{reason}</p> }.into_any(),
                    Some(Ok(test)) => view! { <Tested operating test/> }.into_any(),
                }}
            </div>
        </section>
    }
}

#[component]
fn Tested(operating: Operating, test: ConnectionTest) -> impl IntoView {
    let blocked = |failed: &CallError| matches!(failed.error, Error::Blocked);
    let is_blocked = test
        .areas
        .iter()
        .any(|(_, area)| matches!(area, AreaTest::Fails(failed) if blocked(failed)))
        || matches!(&test.idempotency_keys, Some(KeyTest::Fails(failed)) if blocked(failed));
    let keys_blocked = test.idempotency_keys == Some(KeyTest::BlocksKeys);
    let passes = test.passes();
    let works = test.areas.iter().map(|(_, area)| *area == AreaTest::Works);
    let keys_work = test
        .idempotency_keys
        .iter()
        .map(|keys| *keys == KeyTest::Works);
    let marks: Vec<bool> = works.chain(keys_work).collect();
    let rows = test.sentences().into_iter().zip(marks);
    let switch_off = move |_| {
        let mut connection = operating.connection.get_untracked();
        connection.idempotency_keys = false;
        if operating.keep_connection(&connection.name.clone(), &connection) {
            operating
                .desk
                .notices
                .announce("Idempotency keys are off for this connection.");
        }
    };
    view! {
        <p class="test-verdict" data-tone=if passes { "good" } else { "bad" }>
            {icon(if passes { Icon::Check } else { Icon::Error })}
            {if passes { "Everything works." } else { "Not everything works." }}
        </p>
        <ul class="test-rows">
            {rows.map(|(sentence, works)| view! {
                <li data-tone=if works { "good" } else { "bad" }>
                    {icon(if works { Icon::Check } else { Icon::Close })}
                    <span>{sentence}</span>
                </li>
            }).collect_view()}
        </ul>
        {keys_blocked.then(|| view! {
            <div class="panel-buttons">
                <button class="button" disabled=move || operating.busy.get() on:click=switch_off>"Switch idempotency keys off"</button>
            </div>
        })}
        {is_blocked.then(|| view! {
            <details class="more" open=true>
                <summary>"What to do when the browser blocks it"</summary>
                <p class="field-note">
                    "Either the tenant allows this page's origin (CORS), or this page and the tenant are served from one \
                     origin. With nginx, on the host that serves this page:"
                </p>
                <pre class="request" tabindex="0" aria-label="A proxy for nginx">{PROXY}</pre>
                <p class="field-note">"The base URL is then this page's host with /cognigy. docs/operations.md has the whole recipe, with the token added by the proxy."</p>
            </details>
        })}
    }
}
