//! What a conversation holds, read from the tenant, and what the shown document sends to it.

use cognigy::connection::Connection;
use cognigy::resource::context::{RemoteContext, context};
use cognigy::send::Watch;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Value, json};

use crate::ui::operate::state::Operating;
use crate::ui::operate::values::{Remote, Values};
use cognigy::vault::Whom;

/// What a conversation holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// Its version.
    pub version: String,
    /// Its variables, each with its scope.
    pub values: Values,
}

impl Held {
    fn of(remote: &RemoteContext) -> Self {
        let variables = remote.variables.iter().map(|(key, variable)| {
            let scope = variable["scope"].as_str().unwrap_or("conversation");
            let value = json!({"value": variable["value"], "scope": scope});
            ((String::new(), key.clone()), value)
        });
        Self {
            version: remote.version.clone(),
            values: variables.collect(),
        }
    }
}

/// What the shown document sends. Followed.
pub fn sent(operating: Operating) -> Values {
    let found = operating.desk.read(|open| {
        let document = open.document();
        let set = document.context_set()?;
        let variables = set.variables.iter().map(|variable| {
            let raw = document.tree().value(variable.value_at).raw();
            let value: Value = serde_json::from_str(raw).unwrap_or_default();
            let place = (String::new(), variable.key().text.to_string());
            let value = json!({"value": value, "scope": variable.scope_name()});
            (place, value)
        });
        Some(variables.collect())
    });
    found.flatten().unwrap_or_default()
}

/// The conversation that the shown document is for. Followed.
pub fn conversation(operating: Operating) -> Option<String> {
    let found = operating.desk.read(|open| {
        let set = open.document().context_set()?;
        Some(set.conversation_id.text.to_string())
    });
    found
        .flatten()
        .filter(|conversation| !conversation.is_empty())
}

/// Reads whenever another conversation or connection is chosen, where that needs no credential first.
pub fn follow(operating: Operating) {
    let now = Memo::new(move |_| {
        let connection = operating.connection.with(Whom::of);
        let ready = operating.has_credential(&connection);
        (conversation(operating), connection, ready)
    });
    Effect::new(move |_| {
        let (conversation, _, ready) = now.get();
        operating.context.remote.set(Remote::Unread);
        if conversation.is_some() && ready && !operating.busy.get_untracked() {
            read(operating);
        }
    });
}

/// Reads it.
pub fn read(operating: Operating) {
    let remote = operating.context.remote;
    let Some(asked) = untrack(|| conversation(operating)) else {
        return;
    };
    let connection = operating.connection.get_untracked();
    remote.set(Remote::Reading);
    spawn_local(async move {
        let found = fetch(operating, &connection, &asked).await;
        // The document may be for another one by now, or another tenant chosen.
        if untrack(|| conversation(operating)).as_ref() == Some(&asked)
            && operating.works_with(&connection)
        {
            remote.set(match found {
                Ok(held) => Remote::Read(asked, held),
                Err(reason) => Remote::Failed(reason),
            });
        }
    });
}

/// What a conversation holds now.
pub async fn fetch(
    operating: Operating,
    connection: &Connection,
    conversation: &str,
) -> Result<Held, String> {
    let tools = operating
        .tools_for(connection)
        .await
        .map_err(|not_ready| not_ready.0)?;
    let found = context(&tools.client, conversation, &Watch::default()).await;
    let found = found.map_err(|failed| failed.to_string())?;
    Ok(Held::of(&found))
}
