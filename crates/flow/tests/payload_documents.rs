//! Payloads and workspaces as documents: what opens, what is refused and how, and what a view says.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

use std::fmt::Write as _;

use flow::document::{ContextScope, ContextSpelling, Document, DocumentKind};

fn open(text: &str) -> Document {
    Document::read(text.into()).unwrap_or_else(|errors| panic!("{errors:?}"))
}

/// Texts with the reasons why they are refused.
fn refused(texts: &[&str]) -> String {
    let mut lines = String::new();
    for text in texts {
        writeln!(lines, "{text}").unwrap();
        for error in Document::read((*text).into()).expect_err(text) {
            writeln!(lines, "    {error} [{}]", error.pointer).unwrap();
        }
    }
    lines
}

#[test]
fn kinds_are_told_by_what_is_inside() {
    for (text, kind, title) in [
        (
            r#"{"conversationId":"conv_1","variables":{}}"#,
            DocumentKind::ContextSet,
            "conv_1",
        ),
        (
            r#"{"conversation_id":"conv_2","variables":{}}"#,
            DocumentKind::ContextSet,
            "conv_2",
        ),
        (
            r#"{"conversationId":"conv_3","context":{}}"#,
            DocumentKind::ContextSet,
            "conv_3",
        ),
        (r#"{"dialogId":"d-1"}"#, DocumentKind::StateVariables, "d-1"),
        (
            r#"{"botId":"b-1","environmentId":"e","versionId":"v","inputs":[],"context":{}}"#,
            DocumentKind::Simulation,
            "b-1",
        ),
        (
            r#"{"flowdeck":1,"name":"Support","documents":[]}"#,
            DocumentKind::Workspace,
            "Support",
        ),
    ] {
        let document = open(text);
        assert_eq!((document.kind(), document.title()), (kind, title));
        assert!(flow::rules::check(&document, &flow::rules::Settings::default()).len() < 3);
    }
}

#[test]
fn the_spellings_of_a_context_set_say_the_same() {
    let file = open(
        r#"{"conversation_id":"conv_1","variables":{"tier":{"key":"tier","value":1e3,"scope":"user"}}}"#,
    );
    let wire =
        open(r#"{"conversationId":"conv_1","context":{"tier":{"value":1e3,"scope":"user"}}}"#);
    for (document, spelling) in [
        (&file, ContextSpelling::File),
        (&wire, ContextSpelling::Wire),
    ] {
        let set = document.context_set().unwrap();
        assert_eq!(set.spelling, spelling);
        assert_eq!(set.conversation_id.text, "conv_1");
        let variable = &set.variables[0];
        assert_eq!(variable.key().text, "tier");
        assert_eq!(variable.scope(), Some(ContextScope::User));
        assert_eq!(document.tree().value(variable.value_at).raw(), "1e3");
    }
    // The inner key is the one that is sent, and the default scope is the conversation.
    let set = open(r#"{"conversationId":"conv_1","variables":{"a":{"key":"b","value":null}}}"#);
    let variable = &set.context_set().unwrap().variables[0];
    assert_eq!(variable.key().text, "b");
    assert_eq!(variable.scope(), Some(ContextScope::Conversation));
}

#[test]
fn defaults_of_a_simulation_script() {
    let document = open(
        r#"{"botId":"b","environmentId":"e","versionId":"v","inputs":[{"text":"hi"},{"text":"x","delay_ms":250}],
            "assertions":[{"step_index":1.0,"expected_intent":"greeting"},
                          {"step_index":0.5,"expected_intent":"x","expected_confidence_min":0.5,"expected_node":"n","expected_text":"Hello"}]}"#,
    );
    let script = document.simulation().unwrap();
    let delays: Vec<f64> = script.inputs.iter().map(|input| input.delay_ms).collect();
    assert_eq!(delays, [0.0, 250.0]);
    let [first, second] = &script.assertions[..] else {
        panic!("two assertions")
    };
    assert_eq!(
        (first.step_index, first.minimum_confidence),
        (Some(1), 0.85)
    );
    assert_eq!((second.step_index, second.minimum_confidence), (None, 0.5));
    assert_eq!(second.expected_node.as_ref().unwrap().text, "n");
    assert!(script.context_at.is_none() && first.entities_at.is_none());
}

#[test]
fn a_newer_workspace_opens_and_says_so() {
    let workspace = |number: &str| {
        open(&format!(
            r#"{{"flowdeck":{number},"name":"W","documents":[{{"id":"1","kind":"dialog-flow","fileName":"a.json","text":"{{}}","layout":{{}}}}],
                "links":[{{"payload":"2","flow":"1"}}],"tests":[],"connections":[]}}"#
        ))
    };
    assert!(!workspace("1").workspace().unwrap().is_newer());
    let newer = workspace("2");
    let view = newer.workspace().unwrap();
    assert!(view.is_newer());
    assert_eq!(view.documents[0].file_name.text, "a.json");
    assert_eq!(view.links[0].flow.text, "1");
}

#[test]
fn context_sets_are_refused_with_a_place() {
    insta::assert_snapshot!(refused(&[
        "{\n  \"conversationId\": 7,\n  \"variables\": []\n}",
        r#"{"conversationId":"conv_1","variables":{"a":1,"b":{"scope":2},"c":{"key":"c","value":1,"scope":null}}}"#,
        r#"{"conversationId":"conv_1","context":{"a":{"scope":"user"}}}"#,
        r#"{"variables":{}}"#,
    ]));
}

#[test]
fn state_variables_are_refused_with_a_place() {
    insta::assert_snapshot!(refused(&[
        r#"{"dialogId":null,"session":[],"user":"x","transition":{"nextStep":5}}"#,
        r#"{"dialogId":"d","transition":"checkout"}"#,
    ]));
}

#[test]
fn simulation_scripts_are_refused_with_a_place() {
    insta::assert_snapshot!(refused(&[
        r#"{"inputs":[{},{"text":1,"delay_ms":"1"},"hi"],"context":[],"assertions":[{},{"step_index":"0","expected_intent":1,"expected_confidence_min":"x","expected_entities":[],"expected_node":1}]}"#,
        r#"{"botId":"b","environmentId":"e","versionId":"v","assertions":{}}"#,
    ]));
}

#[test]
fn workspaces_are_refused_with_a_place() {
    insta::assert_snapshot!(refused(&[
        r#"{"flowdeck":"1","documents":[{"id":1,"text":2},{}],"links":[{}],"tests":{},"connections":1}"#,
    ]));
}
