//! What payloads weigh, and how a large update is divided.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use flow::document::{Document, VariableScope};
use flow::json::python_text;
use flow::limits::STATE_BYTES;
use flow::payload::{context_meters, split_updates, state_meters};
use proptest::prelude::*;

fn open(text: &str) -> Document {
    Document::read(text.into()).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn split(document: &Document) -> Option<Vec<String>> {
    split_updates(document.tree(), document.state_variables().unwrap())
}

#[test]
fn a_context_variable_weighs_as_it_is_sent() {
    let document = open(
        r#"{"conversationId":"conv_1","variables":{"a":{"scope":"user","value":{"é":[1.0,2]},"key":"a"},"b":{"key":"b","value":null}}}"#,
    );
    let meters = context_meters(document.tree(), document.context_set().unwrap());
    let values: Vec<usize> = meters.variables.iter().map(|meter| meter.bytes).collect();
    assert_eq!(values, [r#"{"\u00e9": [1.0, 2]}"#.len(), "null".len()]);
    let sent = [
        r#"{"key": "a", "value": {"\u00e9": [1.0, 2]}, "scope": "user"}"#,
        r#"{"key": "b", "value": null, "scope": "conversation"}"#,
    ];
    assert_eq!(meters.whole.bytes, sent.concat().len());
    assert_eq!(
        (meters.whole.limit, meters.variables[0].limit),
        (524_288, 10_240)
    );
}

#[test]
fn an_update_weighs_as_it_is_sent() {
    for (text, sent) in [
        (r#"{"dialogId":"d"}"#, "{}"),
        (
            r#"{"dialogId":"d","user":{"a":"ü"},"session":{}}"#,
            r#"{"user": {"a": "\u00fc"}, "session": {}}"#,
        ),
        (
            r#"{"dialogId":"d","session":null,"transition":{"nextStep":"x"}}"#,
            r#"{"transition": {"nextStep": "x"}}"#,
        ),
    ] {
        let document = open(text);
        let meters = state_meters(document.tree(), document.state_variables().unwrap());
        assert_eq!(meters.whole.bytes, sent.len(), "{text}");
    }
}

#[test]
fn what_fits_or_cannot_fit_is_not_divided() {
    let with = |length: usize| {
        let value = "x".repeat(length);
        open(&format!(
            r#"{{"dialogId":"d","session":{{"a":"{value}","b":1}}}}"#
        ))
    };
    assert_eq!(split(&with(10)), None);
    assert_eq!(split(&with(STATE_BYTES)), None);
    let overhead = r#"{"session": {"a": ""}}"#.len();
    assert_eq!(split(&with(STATE_BYTES - overhead)).unwrap().len(), 2);
}

#[test]
fn the_transition_has_an_update_of_its_own_where_nothing_else_fits() {
    let overhead = r#"{"session": {"a": ""}}"#.len();
    let value = "x".repeat(STATE_BYTES - overhead);
    let text = format!(
        r#"{{"dialogId":"d","session":{{"a":"{value}"}},"transition":{{"nextStep":"checkout"}}}}"#
    );
    let parts = split(&open(&text)).unwrap();
    assert_eq!(parts.len(), 2);
    assert_eq!(
        parts[1],
        "{\n  \"dialogId\": \"d\",\n  \"transition\": {\"nextStep\":\"checkout\"}\n}\n"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_parts_are_small_enough_and_together_the_whole(
        sizes in prop::collection::vec((any::<bool>(), 0..260_000_usize, any::<bool>()), 1..16),
        next_step in any::<bool>(),
    ) {
        let mut maps = [Vec::new(), Vec::new()];
        for (index, (of_user, size, umlauts)) in sizes.into_iter().enumerate() {
            let value = if umlauts { "ü".repeat(size / 6) } else { "x".repeat(size) };
            maps[usize::from(of_user)].push(format!("\"v{index}\": [\"{value}\", 1.0]"));
        }
        let transition = if next_step { r#", "transition": {"nextStep": "n"}"# } else { "" };
        let text = format!(
            r#"{{"dialogId":"d","session":{{{}}},"user":{{{}}}{transition}}}"#,
            maps[0].join(","), maps[1].join(",")
        );
        let whole = open(&text);
        let over = state_meters(whole.tree(), whole.state_variables().unwrap()).whole.is_over();
        let parts = split(&whole);
        prop_assert_eq!(parts.is_some(), over);
        let parts: Vec<Document> = parts.into_iter().flatten().map(|text| open(&text)).collect();
        let mut found = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            let view = part.state_variables().unwrap();
            prop_assert!(!state_meters(part.tree(), view).whole.is_over());
            prop_assert_eq!(view.transition_at.is_some(), next_step && index + 1 == parts.len());
            found.extend(listed(part));
        }
        if over {
            prop_assert_eq!(found, listed(&whole));
        }
    }
}

/// Scope, name and value of every variable.
fn listed(document: &Document) -> Vec<(VariableScope, String, String)> {
    let view = document.state_variables().unwrap();
    let value = |at| python_text(document.tree().value(at), false);
    view.variables()
        .map(|(scope, own)| (scope, own.name.text.to_string(), value(own.value_at)))
        .collect()
}
