//! Conversations and the context that is injected into them.

use std::collections::BTreeMap;

use flow::document::DocumentKind;
use flow::json::quote;
use flow::rules::Settings;
use serde::{Deserialize, Serialize};

use crate::answer::Reply;
use crate::ask::Ask;
use crate::json::Json;
use crate::refusal::{Flaw, Refusal};
use crate::states::{same_etag, stale};
use crate::validate;
use crate::world::World;

/// A conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Conversation {
    pub(crate) version: u64,
    /// Whether a change is answered with `version` instead of `contextVersion`. The platform does
    /// either.
    pub(crate) says_version: bool,
    pub(crate) context: BTreeMap<String, Variable>,
}

/// A variable of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Variable {
    pub(crate) scope: String,
    pub(crate) value: Json,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown<'a> {
    context: &'a BTreeMap<String, Variable>,
    context_version: u64,
    conversation_id: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Changed {
    #[serde(skip_serializing_if = "Option::is_none")]
    context_version: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<u64>,
}

/// `GET /api/v1/context/{conversationId}`
pub(crate) fn read(world: &mut World, ask: &Ask<'_>) -> Result<Reply, Refusal> {
    let id = ask.name(0);
    let found = world.conversations.get(id);
    let conversation = found.ok_or_else(|| Refusal::not_found("conversation", id))?;
    let shown = Shown {
        context: &conversation.context,
        context_version: conversation.version,
        conversation_id: id,
    };
    Reply::json(200, &shown)
}

/// The conversation that the body of a request names.
pub(crate) fn conversation_of(ask: &Ask<'_>) -> Option<String> {
    let tree = ask.object().ok()?;
    let id = tree.root().get("conversationId")?.as_str()?;
    Some(id.into_owned())
}

/// `PATCH /api/v1/context`: sets the variables that are sent and leaves the others.
pub(crate) fn patch(world: &mut World, ask: &Ask<'_>) -> Result<Reply, Refusal> {
    let tree = ask.object()?;
    let document = validate::read(tree.shared_text(), DocumentKind::ContextSet, "")?;
    let set = document.context_set().ok_or(Refusal::Internal)?;
    if tree.root().get("context").is_none() {
        let message = "Expected an object as \"context\". Nothing was changed.";
        return Err(Refusal::flaw("invalidBody", "/context", message));
    }
    validate::accept(validate::errors(&document, &Settings::default()))?;
    let id = set.conversation_id.text.as_str();
    let found = world.conversations.get_mut(id);
    let conversation = found.ok_or_else(|| Refusal::not_found("conversation", id))?;
    let expected = ask.request.header("if-match").ok_or_else(|| {
        let message = "A change of the context needs If-Match with its version. Nothing was \
                       changed.";
        Refusal::flaw("ifMatchRequired", "", message)
    })?;
    if !same_etag(expected, &conversation.version.to_string()) {
        return Err(stale(ask, 409, "context"));
    }
    let mut context = conversation.context.clone();
    for variable in &set.variables {
        let value = tree
            .root()
            .get("context")
            .and_then(|all| all.get(&variable.map_key.text));
        let value = value.and_then(|variable| variable.get("value"));
        let kept = Variable {
            scope: variable.scope_name().to_owned(),
            value: value.map_or_else(|| Json::string(""), Json::of),
        };
        context.insert(variable.map_key.text.to_string(), kept);
    }
    accept_whole(id, &context)?;
    conversation.context = context;
    conversation.version = conversation.version.saturating_add(1);
    let version = Some(conversation.version);
    let changed = if conversation.says_version {
        Changed {
            context_version: None,
            version,
        }
    } else {
        Changed {
            context_version: version,
            version: None,
        }
    };
    Reply::json(200, &changed)
}

/// Refuses a context that has become too large as a whole.
fn accept_whole(id: &str, context: &BTreeMap<String, Variable>) -> Result<(), Refusal> {
    let variables: Vec<String> = context
        .iter()
        .map(|(key, variable)| {
            let (scope, value) = (quote(&variable.scope), variable.value.text());
            format!("{}:{{\"scope\":{scope},\"value\":{value}}}", quote(key))
        })
        .collect();
    let text = format!(
        "{{\"conversationId\":{},\"context\":{{{}}}}}",
        quote(id),
        variables.join(",")
    );
    let document = validate::read(text.into(), DocumentKind::ContextSet, "")?;
    let flaws = validate::errors(&document, &Settings::default());
    let too_large = |flaw: &Flaw| flaw.code == "CX104";
    validate::accept(flaws.into_iter().filter(too_large).collect())
}
