//! Context of running conversations.

use serde_json::{Map, Value};

use super::decode;
use crate::answer::Place;
use crate::area::Area;
use crate::error::{CallError, Changed, Error};
use crate::send::{Call, Client, Watch};

/// The context of a conversation as the platform holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct RemoteContext {
    /// Its version.
    pub version: String,
    /// Its variables: `{key: {value, scope}}`.
    pub variables: Map<String, Value>,
}

/// The context of a conversation.
pub async fn context(
    client: &Client,
    conversation: &str,
    watch: &Watch,
) -> Result<RemoteContext, CallError> {
    let call = Call::get(Area::Context, &["api", "v1", "context", conversation]);
    let answer = client.call(&call, watch).await?;
    decode(client, &answer, Changed::Nothing, |answer| {
        let root = answer.root();
        let variables = match root.optional("context") {
            Some(place) => place
                .object()?
                .value()
                .as_object()
                .cloned()
                .unwrap_or_default(),
            None => Map::new(),
        };
        Ok(RemoteContext {
            version: version(&root)?,
            variables,
        })
    })
}

/// Sets variables of a conversation whose context is still in this version: the wire form of a
/// context set, as text. Gives the new version.
pub async fn inject(
    client: &Client,
    at_version: &str,
    body: &str,
    watch: &Watch,
) -> Result<String, CallError> {
    let call = Call::patch(Area::Context, &["api", "v1", "context"], body.to_owned());
    let answer = client.call(&call.if_match(Some(at_version)), watch).await?;
    decode(client, &answer, Changed::Perhaps, |answer| {
        version(&answer.root())
    })
}

fn version(root: &Place<'_>) -> Result<String, Error> {
    match root.optional_text("contextVersion")? {
        Some(version) => Ok(version),
        None if root.optional("version").is_some() => root.text("version"),
        None => root.text("contextVersion"),
    }
}
