//! The wire form: what is sent to the platform, and when two of them say the same. Documents are read
//! and checked in the `flow` crate.

use flow::json::{Kind, ValueRef, parse, quote};
use serde_json::{Map, Value, json};

/// The wire form of a dialog flow as text: the fields that the platform knows, defaults filled in,
/// numbers and strings as they are spelled. O(text).
pub fn dialog_flow(flow: ValueRef<'_>) -> String {
    let list = |key, write: fn(ValueRef<'_>) -> String| {
        let elements = flow.get(key).into_iter().flat_map(ValueRef::elements);
        format!("[{}]", elements.map(write).collect::<Vec<_>>().join(","))
    };
    let mut members: Vec<String> = known(flow, &["id", "name", "version", "entryPoint"]);
    members.push(format!("\"nodes\":{}", list("nodes", node)));
    members.push(format!("\"edges\":{}", list("edges", edge)));
    members.push(format!("\"variables\":{}", list("variables", variable)));
    format!("{{{}}}", members.join(","))
}

fn known(object: ValueRef<'_>, keys: &[&str]) -> Vec<String> {
    let member = |key: &&str| {
        let value = object.get(key)?;
        Some(format!("{}:{}", quote(key), value.raw()))
    };
    keys.iter().filter_map(member).collect()
}

fn node(node: ValueRef<'_>) -> String {
    let mut members = known(node, &["id", "type", "label"]);
    let properties = node.get("properties").filter(|value| !value.is_null());
    let properties = properties.map_or("{}", ValueRef::raw);
    members.push(format!("\"properties\":{properties}"));
    format!("{{{}}}", members.join(","))
}

fn edge(edge: ValueRef<'_>) -> String {
    let mut members = known(edge, &["id", "source", "target"]);
    let condition = edge.get("condition").map_or("null", ValueRef::raw);
    members.push(format!("\"condition\":{condition}"));
    format!("{{{}}}", members.join(","))
}

fn variable(variable: ValueRef<'_>) -> String {
    let mut members = known(variable, &["name", "type"]);
    // A default of null says what an absent one says.
    let default = variable.get("default").filter(|value| !value.is_null());
    members.extend(default.map(|value| format!("\"default\":{}", value.raw())));
    format!("{{{}}}", members.join(","))
}

/// The wire form of an exported flow, for comparing. Nothing when the text is no dialog flow.
pub fn exported(text: &str) -> Option<Value> {
    let tree = parse(text.into()).ok()?;
    let root = tree.root();
    let nodes = root.get("nodes")?;
    if nodes.kind() != Kind::Array || root.get("id").is_none() {
        return None;
    }
    serde_json::from_str(&dialog_flow(root)).ok()
}

/// Whether two values say the same: keys in any order, numbers by value (`1` is `1.0`).
pub fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64().is_some_and(|one| Some(one) == other.as_f64())
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let same_member = |(key, one): (&String, &Value)| {
                other.get(key).is_some_and(|other| same(one, other))
            };
            one.len() == other.len() && one.iter().all(same_member)
        }
        _ => one == other,
    }
}

/// The wire form of a state's transitions, for comparing: the known keys, defaults filled in. What is
/// in conditions and actions is kept as it is.
pub fn transitions(transitions: &Value) -> Value {
    let list = |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
    let one = |transition: &Value| {
        let mut conditions = list(transition.get("conditions"));
        for condition in conditions.iter_mut().filter_map(Value::as_object_mut) {
            if condition.get("type").is_none_or(Value::is_null) {
                condition.insert("type".to_owned(), json!("expression"));
            }
            drop_nulls(condition);
        }
        let mut actions = list(transition.get("actions"));
        for action in actions.iter_mut().filter_map(Value::as_object_mut) {
            drop_nulls(action);
        }
        json!({
            "id": transition.get("id"),
            "targetStateId": transition.get("targetStateId"),
            "conditions": conditions,
            "actions": actions,
        })
    };
    Value::Array(list(Some(transitions)).iter().map(one).collect())
}

fn drop_nulls(object: &mut Map<String, Value>) {
    object.retain(|_, value| !value.is_null());
}
