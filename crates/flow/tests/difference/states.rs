//! What is told about changes of state flows.

use super::differences::lines;
use super::support::{difference, open, states};

fn told(replaced: &[(&str, &str)]) -> Vec<String> {
    lines(&difference(&states(&[]), &states(replaced)))
}

#[test]
fn states_and_transitions_are_told_apart() {
    assert_eq!(
        told(&[
            (
                "\"initialStateId\": \"greet\"",
                "\"fallbackStateId\": \"bye\""
            ),
            ("\"name\": \"Greet\", ", ""),
            (
                "\"targetStateId\": \"bye\" }",
                "\"targetStateId\": \"ask\" }"
            ),
            ("\"value\": 1.0", "\"value\": 2"),
            (
                "{ \"id\": \"bye\", \"final\": true, \"transitions\": [] }",
                "{ \"id\": \"end\", \"transitions\": [] }"
            ),
        ]),
        [
            "initialStateId \"greet\" -> nothing",
            "fallbackStateId nothing -> \"bye\"",
            "States: greet name \"Greet\" -> nothing",
            "Transitions(0): t3 targetStateId \"bye\" -> \"ask\"",
            "Transitions(1): t1 actions [{\"type\":\"set\",\"variable\":\"session.a\",\"value\":1}] -> \
             [{\"type\":\"set\",\"variable\":\"session.a\",\"value\":2}]",
            "States: removed bye",
            "States: added end at 2",
        ]
    );
}

#[test]
fn a_renamed_state_is_one_change_also_where_its_neighbours_are_renamed() {
    assert_eq!(
        told(&[("\"greet\"", "\"hello\"")]),
        ["States: hello (was greet) "]
    );
    assert_eq!(
        told(&[("\"greet\"", "\"hello\""), ("\"ask\"", "\"question\"")]),
        ["States: hello (was greet) ", "States: question (was ask) "]
    );
    assert_eq!(
        told(&[("\"t2\"", "\"t9\"")]),
        ["Transitions(0): t9 (was t2) "]
    );
}

#[test]
fn transitions_in_another_order_are_told() {
    let t2 = r#"{ "id": "t2", "targetStateId": "greet", "actions": [ { "type": "wink", "how": "twice" } ] }"#;
    let t3 = r#"{ "id": "t3", "targetStateId": "bye" }"#;
    assert_eq!(
        told(&[(t2, "?"), (t3, t2), ("?", t3)]),
        ["Transitions(0): order [0, 2, 1] greet t1 t2 t3 -> t1 t3 t2"]
    );
}

#[test]
fn a_version_mark_is_no_difference() {
    assert_eq!(told(&[("\\\"1\\\"", "\\\"2\\\"")]), [""; 0]);
}

#[test]
fn a_single_state_takes_transitions_and_no_other_state() {
    let one = |transitions: &str| {
        open(&format!(
            r#"{{"id":"a","etag":"1","transitions":[{transitions}]}}"#
        ))
    };
    let old = one("");
    let new = one(r#"{"id":"t1","targetStateId":"b"}"#);
    assert_eq!(
        lines(&difference(&old, &new)),
        ["Transitions(0): added t1 at 0"]
    );
    let other = states(&[]);
    let found = flow::difference::Difference::between(&old, &other).unwrap();
    assert!(flow::difference::command(&old, "Change", &found.changes).is_none());
}
