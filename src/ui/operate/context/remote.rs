//! What a conversation holds, read from the tenant, and what the shown document sends to it.

use std::rc::Rc;

use cognigy::ports::LocalBoxFuture;
use cognigy::resource::context::{RemoteContext, context};
use cognigy::send::{Client, Watch};
use serde_json::{Value, json};

use crate::ui::operate::state::Operating;
use crate::ui::operate::values::Values;

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

/// Reads what a conversation holds now.
pub fn fetch(
    client: Rc<Client>,
    conversation: String,
) -> LocalBoxFuture<'static, Result<Held, String>> {
    Box::pin(async move {
        let found = context(&client, &conversation, &Watch::default()).await;
        let found = found.map_err(|failed| failed.to_string())?;
        Ok(Held::of(&found))
    })
}
