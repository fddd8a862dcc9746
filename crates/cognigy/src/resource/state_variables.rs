//! Session and user variables of running dialogs.

use serde_json::Value;

use super::decode;
use crate::area::Area;
use crate::error::{CallError, Changed};
use crate::send::{Call, Client, Pace, Watch};

/// The variables of a dialog as the platform holds them.
#[derive(Clone, Debug, PartialEq)]
pub struct RemoteVariables {
    /// The variables of the session.
    pub session: Value,
    /// The variables of the user.
    pub user: Value,
    /// The version mark, where the platform gives one.
    pub etag: Option<String>,
    /// The versions there were.
    pub history: Vec<HistoryEntry>,
}

/// One version of a dialog's variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Its name or number.
    pub version: String,
    /// When it was made, as the platform spells it.
    pub at: String,
}

fn path(dialog: &str) -> [&str; 5] {
    ["runtime", "v2", "dialogs", dialog, "state"]
}

/// The variables of a dialog.
pub async fn variables(
    client: &Client,
    dialog: &str,
    watch: &Watch,
) -> Result<RemoteVariables, CallError> {
    let call = Call::get(Area::StateVariables, &path(dialog));
    let answer = client
        .call(&call.paced(Pace::Dialog(dialog.to_owned())), watch)
        .await?;
    decode(client, &answer, Changed::Nothing, |answer| {
        let root = answer.root().object()?;
        let map = |key| {
            root.optional(key)
                .map_or(Value::Null, |place| place.value().clone())
        };
        let mut history = Vec::new();
        if let Some(list) = root.optional("history") {
            for entry in list.elements()? {
                history.push(HistoryEntry {
                    version: entry.text("version")?,
                    at: entry.optional_text("at")?.unwrap_or_default(),
                });
            }
        }
        Ok(RemoteVariables {
            session: map("session"),
            user: map("user"),
            etag: answer.etag.clone(),
            history,
        })
    })
}

/// What the platform answers to an update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Updated {
    /// The new version mark, where the platform gives one.
    pub etag: Option<String>,
    /// Its `message`, else the first 100 characters of the answer.
    pub summary: String,
}

/// How much of an answer without a message is kept, in characters.
const SUMMARY: usize = 100;

/// Changes variables: `{session?, user?, transition?}` as text. With a version mark only when the
/// variables are still in that version.
pub async fn update(
    client: &Client,
    dialog: &str,
    etag: Option<&str>,
    body: &str,
    watch: &Watch,
) -> Result<Updated, CallError> {
    let call = Call::patch(Area::StateVariables, &path(dialog), body.to_owned());
    let call = call.paced(Pace::Dialog(dialog.to_owned())).if_match(etag);
    let answer = client.call(&call, watch).await?;
    let message = answer.body.get("message").and_then(Value::as_str);
    Ok(Updated {
        summary: message
            .unwrap_or(&answer.text)
            .chars()
            .take(SUMMARY)
            .collect(),
        etag: answer.etag,
    })
}
