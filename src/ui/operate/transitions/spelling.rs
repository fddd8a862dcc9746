//! The states of a flow as the text of a document: known keys in the order people read them, the
//! others after them.

use cognigy::resource::states::RemoteStates;
use flow::json::{parse, pretty};
use serde_json::{Map, Value, json};

/// Keys in the order they are written; others follow, sorted.
const ORDER: [&str; 16] = [
    "botId",
    "flowId",
    "initialStateId",
    "fallbackStateId",
    "states",
    "id",
    "name",
    "etag",
    "final",
    "targetStateId",
    "type",
    "variable",
    "value",
    "conditions",
    "actions",
    "transitions",
];

/// The document of the states of a flow.
pub fn document(bot: &str, flow: &str, remote: &RemoteStates) -> String {
    let states = remote.states.iter().map(|state| {
        let mut whole = state.whole.clone();
        if let Some(etag) = &state.etag {
            whole["etag"] = json!(etag);
        }
        whole
    });
    let mut all = json!({"botId": bot, "flowId": flow, "states": states.collect::<Vec<_>>()});
    let ends = [
        ("initialStateId", &remote.initial),
        ("fallbackStateId", &remote.fallback),
    ];
    for (key, id) in ends {
        if let Some(id) = id {
            all[key] = json!(id);
        }
    }
    laid_out(&all)
}

/// A value in the order of [`ORDER`], over lines.
pub fn laid_out(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    match parse(text.as_str().into()) {
        Ok(tree) => pretty(tree.root()),
        Err(_) => text,
    }
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Object(members) => {
            text.push('{');
            for (index, (key, value)) in ordered(members).into_iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                text.push_str(&json!(key).to_string());
                text.push(':');
                write(value, text);
            }
            text.push('}');
        }
        Value::Array(elements) => {
            text.push('[');
            for (index, element) in elements.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write(element, text);
            }
            text.push(']');
        }
        other => text.push_str(&other.to_string()),
    }
}

fn ordered(members: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let place = |key: &str| ORDER.iter().position(|known| *known == key);
    let mut sorted: Vec<_> = members.iter().collect();
    sorted.sort_by_key(|(key, _)| place(key).unwrap_or(ORDER.len()));
    sorted
}
