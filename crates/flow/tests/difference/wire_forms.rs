//! What the wire form has, and what makes no difference to it.

use proptest::prelude::*;

use super::flows::flow;
use super::json::{Json, layout, write};
use super::support::{dialog, open, states, wire};
use flow::wire_form::WireForm;

#[test]
fn a_dialog_flow_has_its_fields_with_their_defaults_and_nothing_else() {
    let text = r#"{"edges":[{"x":1,"target":"a","source":"a","id":"e"}],"flowdeck":{"notes":[]},
        "nodes":[{"label":"A","type":"start","id":"a","y":{}},
                 {"label":"B","type":"end","id":"b","properties":{"z":1e3,"position":{"y":2.0,"x":1}}}],
        "entryPoint":"a","version":"1.0.0","name":"\u0046","id":"f","more":null}"#;
    assert_eq!(
        wire(&open(text)).text(),
        concat!(
            r#"{"id":"f","name":"F","version":"1.0.0","entryPoint":"a","#,
            r#""nodes":[{"id":"a","type":"start","label":"A","properties":{}},"#,
            r#"{"id":"b","type":"end","label":"B","properties":{"position":{"x":1,"y":2},"z":1000}}],"#,
            r#""edges":[{"id":"e","source":"a","target":"a","condition":null}],"variables":[]}"#
        )
    );
}

#[test]
fn a_state_flow_keeps_what_is_not_known_inside_transitions_and_leaves_version_marks_out() {
    assert_eq!(
        wire(&states(&[])).text(),
        concat!(
            r#"{"botId":"b","flowId":"f","initialStateId":"greet","states":["#,
            r#"{"id":"greet","name":"Greet","final":false,"transitions":["#,
            r#"{"id":"t1","targetStateId":"ask","conditions":[{"type":"expression","value":"a"}],"actions":[]},"#,
            r#"{"id":"t2","targetStateId":"greet","conditions":[],"actions":[{"how":"twice","type":"wink"}]},"#,
            r#"{"id":"t3","targetStateId":"bye","conditions":[],"actions":[]}]},"#,
            r#"{"id":"ask","final":false,"transitions":["#,
            r#"{"id":"t1","targetStateId":"bye","conditions":[],"actions":[{"type":"set","variable":"session.a","value":1}]}]},"#,
            r#"{"id":"bye","final":true,"transitions":[]}]}"#
        )
    );
}

#[test]
fn other_documents_have_none() {
    let set = open(r#"{"conversationId":"conv_1","variables":{}}"#);
    assert!(WireForm::of(&set).is_none());
    assert_ne!(wire(&dialog(&[])), wire(&states(&[])));
}

/// The same with its keys in another order at every level, and keys that nobody knows.
fn turned(value: &Json) -> Json {
    match value {
        Json::Array(elements) => Json::Array(elements.iter().map(turned).collect()),
        Json::Object(members) => Json::Object(
            members
                .iter()
                .rev()
                .map(|(key, value)| (key.clone(), turned(value)))
                .collect(),
        ),
        other => other.clone(),
    }
}

proptest! {
    #[test]
    fn spelling_and_key_order_make_no_difference(
        flow in flow(), first in layout(), second in layout()
    ) {
        let as_it_is = open(&write(&flow, first));
        let turned = open(&write(&turned(&flow), second));
        prop_assert_eq!(wire(&as_it_is), wire(&turned));
        // What is sent is a flow, and its own wire form.
        let sent = open(wire(&as_it_is).text());
        prop_assert_eq!(wire(&sent), wire(&as_it_is));
    }
}
