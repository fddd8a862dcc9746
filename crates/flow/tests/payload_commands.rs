//! The commands of payloads: what they change, what they leave, and that undo leads back.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use flow::command::Command;
use flow::command::payload::simulation::{AssertionField, ScriptField};
use flow::command::payload::state_variables::VariableAt;
use flow::command::payload::{context_set, simulation, state_variables};
use flow::document::{
    ContextScope, ContextSet, Document, Simulation, StateVariables, VariableScope,
};
use flow::json::NewValue;
use flow::session::{Positions, Session};
use proptest::prelude::*;

fn session(text: &str) -> Session {
    Session::new(Document::read(text.into()).unwrap(), Positions::new())
}

/// The text after a command, once undo was seen to lead back.
fn after(text: &str, make: impl FnOnce(&Document) -> Command) -> String {
    let mut session = session(text);
    let command = make(session.document());
    assert!(session.apply(&command).unwrap(), "{command:?}");
    let changed = session.document().text().to_owned();
    session.undo().unwrap();
    assert_eq!(session.document().text(), text);
    changed
}

fn literal(json: &str) -> NewValue {
    NewValue::Literal(json.to_owned())
}

const SET: &str = r#"{ "conversationId": "conv_1",
  "variables": {
    "tier": { "key": "tier", "value": 1.0, "scope": "user" },
    "name": { "key": "name", "value": "Ann" } } }"#;
const WIRE: &str = r#"{"conversationId":"conv_1","context":{"tier":{"value":1}}}"#;

fn set(document: &Document) -> &ContextSet {
    document.context_set().unwrap()
}

#[test]
fn context_variables_are_edited_with_both_keys() {
    let text = after(SET, |document| {
        context_set::rename_variable(set(document), 0, "level")
    });
    assert!(text.contains(r#""level": { "key": "level", "value": 1.0, "scope": "user" }"#));
    let text = after(SET, |document| {
        context_set::remove_variable(set(document), 0)
    });
    assert!(!text.contains("tier") && text.contains("name"), "{text}");
    let text = after(SET, |document| {
        context_set::set_scope(set(document), 1, ContextScope::Session)
    });
    assert!(
        text.contains(r#"{ "key": "name", "value": "Ann", "scope": "session" }"#),
        "{text}"
    );
    let text = after(SET, |document| {
        context_set::set_value(set(document), 0, literal("[2]"))
    });
    assert!(text.contains(r#""value": [2], "scope""#), "{text}");
    let text = after(SET, |document| {
        context_set::set_conversation(set(document), "conv_2")
    });
    assert!(text.contains("conv_2"), "{text}");
}

#[test]
fn added_context_variables_have_the_spelling_of_the_set() {
    let add = |document: &Document| {
        context_set::add_variable(set(document), "vip", literal("true"), ContextScope::Global)
            .unwrap()
    };
    let text = after(SET, add);
    assert!(
        text.contains("\"vip\": {") && text.contains("\"key\": \"vip\""),
        "{text}"
    );
    let text = after(WIRE, add);
    assert!(
        text.contains(r#","vip":{"value":true,"scope":"global"}"#),
        "{text}"
    );
    let taken = session(SET);
    let taken = context_set::add_variable(
        set(taken.document()),
        "tier",
        "x".into(),
        ContextScope::User,
    );
    assert!(taken.is_none());
}

#[test]
fn a_rename_to_a_key_that_exists_is_refused() {
    let mut session = session(SET);
    let command = context_set::rename_variable(set(session.document()), 0, "name");
    assert!(session.apply(&command).is_err());
    assert_eq!(session.document().text(), SET);
}

const STATE: &str = r#"{
  "dialogId": "d-1",
  "session": { "cart": 12.50 },
  "transition": { "nextStep": "checkout" }
}
"#;

fn variables(document: &Document) -> &StateVariables {
    document.state_variables().unwrap()
}

#[test]
fn state_variables_are_edited_in_place() {
    let cart = VariableAt {
        scope: VariableScope::Session,
        index: 0,
    };
    let add = |scope| {
        move |document: &Document| {
            state_variables::add_variable(variables(document), scope, "tier", "gold".into())
                .unwrap()
        }
    };
    let text = after(STATE, add(VariableScope::Session));
    assert!(
        text.contains(r#"{ "cart": 12.50, "tier": "gold" }"#),
        "{text}"
    );
    let text = after(STATE, add(VariableScope::User));
    assert!(
        text.contains("\"user\": {\n    \"tier\": \"gold\"\n  }\n}"),
        "{text}"
    );
    let text = after(STATE, |document| {
        state_variables::rename_variable(variables(document), cart, "basket").unwrap()
    });
    assert!(text.contains(r#"{ "basket": 12.50 }"#), "{text}");
    let text = after(STATE, |document| {
        state_variables::set_value(variables(document), cart, literal("0")).unwrap()
    });
    assert!(text.contains(r#"{ "cart": 0 }"#), "{text}");
    let text = after(STATE, |document| {
        state_variables::remove_variable(variables(document), cart).unwrap()
    });
    assert!(text.contains("\"session\": {}"), "{text}");
    let document = session(STATE);
    let document = document.document();
    let taken = state_variables::add_variable(
        variables(document),
        VariableScope::Session,
        "cart",
        literal("1"),
    );
    assert!(taken.is_none());
    let nowhere = VariableAt {
        scope: VariableScope::User,
        index: 3,
    };
    assert!(state_variables::remove_variable(variables(document), nowhere).is_none());
}

#[test]
fn the_next_step_is_set_and_taken_back() {
    let step = |id: Option<&'static str>| {
        move |document: &Document| state_variables::set_next_step(variables(document), id)
    };
    assert!(after(STATE, step(Some("pay"))).contains(r#"{ "nextStep": "pay" }"#));
    assert!(!after(STATE, step(None)).contains("transition"));
    let text = after(r#"{"dialogId":"d"}"#, step(Some("pay")));
    assert_eq!(text, r#"{"dialogId":"d","transition":{"nextStep":"pay"}}"#);
}

const SCRIPT: &str = r#"{ "botId": "b", "environmentId": "e", "versionId": "v",
  "inputs": [{ "text": "A" }, { "text": "B", "delay_ms": 5 }, { "text": "C" }],
  "assertions": [{ "step_index": 2, "expected_intent": "c" },
                 { "step_index": 0, "expected_intent": "a" },
                 { "step_index": 1, "expected_intent": "b", "expected_confidence_min": 0.9 },
                 { "step_index": 7, "expected_intent": "x" }] }"#;

fn script(document: &Document) -> &Simulation {
    document.simulation().unwrap()
}

/// What each input says and which intents are expected after it; out of range ones last.
fn pairs(text: &str) -> Vec<(String, Vec<String>)> {
    let document = Document::read(text.into()).unwrap();
    let script = script(&document);
    let intents = |step: &dyn Fn(Option<usize>) -> bool| -> Vec<String> {
        let about = script.assertions.iter().filter(|own| step(own.step_index));
        about
            .map(|own| own.expected_intent.text.to_string())
            .collect()
    };
    let mut pairs: Vec<(String, Vec<String>)> = script
        .inputs
        .iter()
        .enumerate()
        .map(|(index, input)| {
            (
                input.text.text.to_string(),
                intents(&|step| step == Some(index)),
            )
        })
        .collect();
    let count = script.inputs.len();
    pairs.push((
        String::new(),
        intents(&|step| step.is_none_or(|step| step >= count)),
    ));
    pairs
}

fn shown(text: &str) -> String {
    let parts: Vec<String> = pairs(text)
        .into_iter()
        .map(|(input, intents)| format!("{input}:{}", intents.join("+")))
        .collect();
    parts.join(" ")
}

#[test]
fn assertions_follow_their_inputs() {
    assert_eq!(shown(SCRIPT), "A:a B:b C:c :x");
    let text = after(SCRIPT, |document| {
        simulation::remove_input(script(document), 1)
    });
    assert_eq!(shown(&text), "A:a C:c :x");
    let text = after(SCRIPT, |document| {
        simulation::reorder_inputs(script(document), &[2, 0, 1])
    });
    assert_eq!(shown(&text), "C:c A:a B:b :x");
    let text = after(SCRIPT, |document| {
        simulation::add_input(script(document), "D")
    });
    assert_eq!(shown(&text), "A:a B:b C:c D: :x");
}

#[test]
fn inputs_and_assertions_are_edited_in_place() {
    let text = after(SCRIPT, |document| {
        simulation::set_input_text(script(document), 0, "A!")
    });
    assert!(text.contains(r#"{ "text": "A!" }"#), "{text}");
    let text = after(SCRIPT, |document| {
        simulation::set_input_delay(script(document), 0, 1500.0)
    });
    assert!(
        text.contains(r#"{ "text": "A", "delay_ms": 1500 }"#),
        "{text}"
    );
    let text = after(SCRIPT, |document| {
        simulation::set_input_delay(script(document), 1, 0.0)
    });
    assert!(text.contains(r#"{ "text": "B" }"#), "{text}");
    let text = after(SCRIPT, |document| {
        simulation::add_assertion(script(document), 1, "d")
    });
    assert_eq!(shown(&text), "A:a B:b+d C:c :x");
    let text = after(SCRIPT, |document| {
        simulation::remove_assertion(script(document), 3)
    });
    assert_eq!(shown(&text), "A:a B:b C:c :");
    let text = after(SCRIPT, |document| {
        simulation::reorder_assertions(script(document), &[1, 2, 0, 3])
    });
    assert!(
        text.find("\"a\"").unwrap() < text.find("\"c\"").unwrap(),
        "{text}"
    );
    assert_eq!(shown(&text), shown(SCRIPT));
    let set = |index, field, value| {
        after(SCRIPT, move |document| {
            simulation::set_assertion_field(script(document), index, field, value)
        })
    };
    let text = set(2, AssertionField::Confidence, None);
    assert!(
        text.contains(r#"{ "step_index": 1, "expected_intent": "b" }"#),
        "{text}"
    );
    let text = set(3, AssertionField::Step, Some(literal("0")));
    assert_eq!(shown(&text), "A:a+x B:b C:c :");
    let text = set(0, AssertionField::Node, Some("n1".into()));
    assert!(text.contains(r#""expected_node": "n1" }"#), "{text}");
    let text = after(SCRIPT, |document| {
        simulation::set_script_field(script(document), ScriptField::Version, "v2")
    });
    assert!(text.contains(r#""versionId": "v2""#), "{text}");
}

#[test]
fn the_first_assertion_brings_the_list() {
    let text = after(
        r#"{"botId":"b","environmentId":"e","versionId":"v","inputs":[{"text":"A"}]}"#,
        |document| simulation::add_assertion(script(document), 0, "a"),
    );
    assert!(
        text.ends_with(r#","assertions":[{"step_index":0,"expected_intent":"a"}]}"#),
        "{text}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_reordering_and_removal_keeps_pairs(
        steps in prop::collection::vec((any::<bool>(), any::<prop::sample::Index>()), 1..8)
    ) {
        let mut session = session(SCRIPT);
        let mut texts = vec![SCRIPT.to_owned()];
        for (remove, pick) in steps {
            let view = script(session.document());
            let count = view.inputs.len();
            if count == 0 {
                break;
            }
            let at = pick.index(count);
            let mut expected = pairs(session.document().text());
            let command = if remove {
                expected.remove(at);
                simulation::remove_input(view, at)
            } else {
                let order: Vec<usize> = (at..count).chain(0..at).collect();
                expected[..count].rotate_left(at);
                simulation::reorder_inputs(view, &order)
            };
            if session.apply(&command).unwrap() {
                texts.push(session.document().text().to_owned());
            }
            prop_assert_eq!(pairs(session.document().text()), expected);
        }
        while let Some(text) = texts.pop() {
            prop_assert_eq!(session.document().text(), text);
            session.undo();
        }
    }
}

#[test]
fn the_context_of_a_script_is_set_and_removed() {
    let text = r#"{ "botId": "b", "environmentId": "e", "versionId": "v", "inputs": [] }"#;
    let with = after(text, |document| {
        simulation::set_context(document.simulation().unwrap(), Some(literal("{\"a\": 1}")))
    });
    assert!(
        with.ends_with(r#""inputs": [], "context": {"a": 1} }"#),
        "{with}"
    );
    let without = after(&with, |document| {
        simulation::set_context(document.simulation().unwrap(), None)
    });
    assert_eq!(without, text);
}

#[test]
fn free_names_are_taken_by_no_variable() {
    let text = SET.replace("tier", "variable");
    let document = Document::read(text.as_str().into()).unwrap();
    assert_eq!(context_set::free_key(set(&document)), "variable_2");
    let text = r#"{"dialogId":"d","user":{"variable":1}}"#;
    let document = Document::read(text.into()).unwrap();
    let variables = document.state_variables().unwrap();
    let free = |scope| state_variables::free_name(variables, scope);
    assert_eq!(free(VariableScope::Session), "variable");
    assert_eq!(free(VariableScope::User), "variable_2");
}
