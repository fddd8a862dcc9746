//! Somebody else who saves just before a request: what the fault `conflict` makes happen.

use flow::json::parse;
use serde_json::Value;

use crate::ask::Ask;
use crate::context::{Variable, conversation_of};
use crate::json::Json;
use crate::states::flow_mut;
use crate::world::World;

/// What the other one leaves behind, where a value is to be seen.
const MARK: &str = "changed by somebody else";

/// Changes what the request is about, as another person would. Whether there is something to change
/// and the request guards it with `If-Match`, so that it meets the conflict by itself.
pub(crate) fn interfere(world: &mut World, ask: &Ask<'_>) -> bool {
    let changed = match ask.call.name {
        "patch-state" => change_state(world, ask),
        "patch-runtime" => change_runtime(world, ask),
        "patch-context" => change_context(world, ask),
        _ => false,
    };
    let guard = ask.request.header("if-match");
    changed && guard.is_some_and(|etag| etag.trim() != "*")
}

/// Gives the last transition of the state one more action.
fn change_state(world: &mut World, ask: &Ask<'_>) -> bool {
    let etag = world.new_etag();
    let Ok(flow) = flow_mut(world, ask) else {
        return false;
    };
    let mut states = flow.states.iter_mut();
    let Some(state) = states.find(|state| state.id == ask.name(2)) else {
        return false;
    };
    state.etag = etag;
    // The tenant wrote this text itself; were it not to be read, the new etag alone would conflict.
    if let Some(transitions) = with_action(state.transitions.text()) {
        state.transitions = transitions;
    }
    true
}

fn with_action(transitions: &str) -> Option<Json> {
    let mut list: Vec<Value> = serde_json::from_str(transitions).ok()?;
    let actions = list.last_mut()?.get_mut("actions")?.as_array_mut()?;
    actions.push(serde_json::json!({"type": "set", "value": MARK, "variable": "session.note"}));
    let tree = parse(Value::from(list).to_string().into()).ok()?;
    Some(Json::of(tree.root()))
}

fn change_runtime(world: &mut World, ask: &Ask<'_>) -> bool {
    let etag = world.new_etag();
    let Some(runtime) = world.runtimes.get_mut(ask.name(0)) else {
        return false;
    };
    runtime
        .session
        .insert("note".to_owned(), Json::string(MARK));
    runtime.save(etag, ask.now);
    true
}

fn change_context(world: &mut World, ask: &Ask<'_>) -> bool {
    let id = conversation_of(ask).unwrap_or_default();
    let Some(conversation) = world.conversations.get_mut(&id) else {
        return false;
    };
    let note = Variable {
        scope: "conversation".to_owned(),
        value: Json::string(MARK),
    };
    conversation.context.insert("note".to_owned(), note);
    conversation.version = conversation.version.saturating_add(1);
    true
}
