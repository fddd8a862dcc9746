//! What a running dialog holds, read from the tenant: its variables, their version, the versions
//! there were.

use std::rc::Rc;

use cognigy::ports::LocalBoxFuture;
use cognigy::resource::state_variables::{HistoryEntry, RemoteVariables, variables};
use cognigy::send::{Client, Watch};
use leptos::prelude::*;
use serde_json::Value;

use crate::ui::icons::{Icon, icon};
use crate::ui::operate::moments::Moment;
use crate::ui::operate::remote::Remote;
use crate::ui::operate::state::Operating;
use crate::ui::operate::values::Values;

/// What a dialog holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// The version mark.
    pub etag: Option<String>,
    /// The variables.
    pub values: Values,
    /// The versions there were.
    pub history: Vec<HistoryEntry>,
}

impl Held {
    /// Out of what the tenant answered.
    pub fn of(remote: &RemoteVariables) -> Self {
        let mut values = Values::new();
        for (place, map) in [("session", &remote.session), ("user", &remote.user)] {
            for (key, value) in map.as_object().into_iter().flatten() {
                values.insert((place.to_owned(), key.clone()), value.clone());
            }
        }
        Self {
            etag: remote.etag.clone(),
            values,
            history: remote.history.clone(),
        }
    }
}

/// What the shown document sends. Followed.
pub fn sent(operating: Operating) -> Values {
    let text = operating.desk.read(|open| {
        let of_kind = open.document().state_variables().is_some();
        of_kind.then(|| open.document().text().to_owned())
    });
    let whole: Value = text
        .flatten()
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default();
    let mut values = Values::new();
    for place in ["session", "user"] {
        for (key, value) in whole[place].as_object().into_iter().flatten() {
            values.insert((place.to_owned(), key.clone()), value.clone());
        }
    }
    values
}

/// The dialog that the shown document is for. Followed.
pub fn dialog(operating: Operating) -> Option<String> {
    let found = operating.desk.read(|open| {
        let variables = open.document().state_variables()?;
        Some(variables.dialog_id.text.to_string())
    });
    found.flatten().filter(|dialog| !dialog.is_empty())
}

/// Reads what a dialog holds now.
pub fn fetch(client: Rc<Client>, dialog: String) -> LocalBoxFuture<'static, Result<Held, String>> {
    Box::pin(async move {
        let found = variables(&client, &dialog, &Watch::default()).await;
        let found = found.map_err(|failed| failed.to_string())?;
        Ok(Held::of(&found))
    })
}

/// The versions there were.
#[component]
pub fn VersionsPanel(operating: Operating) -> impl IntoView {
    let source = operating.variables.source;
    view! {
        <section class="panel" aria-label="Versions of the state">
            <div class="panel-head">
                <h2>"Versions of the state"</h2>
                <button
                    class="button is-small"
                    disabled=move || operating.busy.get() || dialog(operating).is_none()
                    on:click=move |_| source.read(operating)
                >
                    "Read again"
                </button>
            </div>
            {move || match source.remote.get() {
                Remote::Unread => view! {
                    <p class="field-note">"The versions that the dialog had on the tenant are listed here."</p>
                }.into_any(),
                Remote::Reading => view! { <p class="field-note" role="status">"Reading…"</p> }.into_any(),
                Remote::Failed(reason) => view! { <p class="panel-failure" role="alert">{reason}</p> }.into_any(),
                Remote::Read(_, held) => history(held),
            }}
        </section>
    }
}

fn history(held: Held) -> AnyView {
    if held.history.is_empty() {
        return view! { <p class="field-note">"The tenant lists no versions of this dialog."</p> }
            .into_any();
    }
    let last = held.history.len() - 1;
    view! {
        <ol class="versions" aria-label="Versions">
            {held.history.into_iter().enumerate().rev().map(|(index, entry)| view! {
                <li class="version">
                    <span class="version-mark">{(index == last).then(|| icon(Icon::Check))}</span>
                    <span class="version-text">
                        <b>{format!("Version {}", entry.version)}</b>
                        <span class="version-id">{(index == last).then_some("now")}</span>
                        <span class="version-made"><Moment text=entry.at/></span>
                    </span>
                </li>
            }).collect_view()}
        </ol>
    }
    .into_any()
}
