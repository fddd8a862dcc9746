//! The commands of state flows: what they change, what they leave, and that undo leads back.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use flow::command::Command;
use flow::command::state::parts::{self, ActionField, NewAction};
use flow::command::state::{self, TransitionAt};
use flow::document::{Document, StateFlow};
use flow::json::NewValue;
use flow::session::{Positions, Session};
use proptest::prelude::*;

const FLOW: &str = r#"{
  "botId": "b",
  "flowId": "f",
  "initialStateId": "greet",
  "fallbackStateId": "lost",
  "states": [
    { "id": "greet", "name": "Greeting", "transitions": [
      { "id": "t1", "targetStateId": "ask", "conditions": [{ "value": "context.a" }, { "value": "context.b" }],
        "actions": [{ "type": "set", "variable": "session.n", "value": 1.0 }, { "type": "remove", "variable": "user.x" }] },
      { "id": "t2", "targetStateId": "bye" }
    ] },
    { "id": "ask", "transitions": [ { "id": "t1", "targetStateId": "greet" }, { "id": "t2", "targetStateId": "lost" } ] },
    { "id": "lost", "final": true, "transitions": [] },
    { "id": "bye", "final": true, "transitions": [] }
  ]
}
"#;

fn session(text: &str) -> Session {
    Session::new(Document::read(text.into()).unwrap(), Positions::new())
}

fn flow(session: &Session) -> &StateFlow {
    session.document().state_flow().unwrap()
}

/// The text after the command that `make` builds, once undo was seen to lead back.
fn after(make: impl FnOnce(&StateFlow) -> Command) -> String {
    let mut session = session(FLOW);
    let command = make(flow(&session));
    assert!(session.apply(&command).unwrap(), "{command:?}");
    let text = session.document().text().to_owned();
    session.undo().unwrap();
    assert_eq!(session.document().text(), FLOW);
    text
}

/// The lines that are not in the original.
fn changed_lines(text: &str) -> Vec<&str> {
    text.lines()
        .filter(|line| !FLOW.lines().any(|before| before == *line))
        .map(str::trim)
        .collect()
}

fn at(state: usize, transition: usize) -> TransitionAt {
    TransitionAt { state, transition }
}

#[test]
fn deleting_a_state_takes_every_reference_along() {
    let text = after(|flow| state::delete_states(flow, &[2]));
    assert!(
        !text.contains("lost") && !text.contains("fallbackStateId"),
        "{text}"
    );
    assert!(text.contains("\"initialStateId\""), "{text}");
    let text = after(|flow| state::delete_states(flow, &[0, 2]));
    assert!(
        !text.contains("initialStateId") && !text.contains("\"greet\""),
        "{text}"
    );
    assert!(
        text.contains("{ \"id\": \"ask\", \"transitions\": [] }"),
        "{text}"
    );
}

#[test]
fn a_shared_id_keeps_its_references_while_one_state_stays() {
    let twice = FLOW.replace("\"id\": \"lost\"", "\"id\": \"bye\"");
    let mut session = session(&twice);
    let command = state::delete_states(flow(&session), &[2]);
    session.apply(&command).unwrap();
    let text = session.document().text();
    assert!(text.contains("\"targetStateId\": \"bye\""), "{text}");
}

#[test]
fn renaming_a_state_renames_every_reference() {
    let text = after(|flow| state::rename_state_id(flow, 2, "rescue"));
    assert!(!text.contains("\"lost\""), "{text}");
    assert_eq!(text.matches("\"rescue\"").count(), 3, "{text}");
    let text = after(|flow| state::rename_state_id(flow, 0, "hello"));
    assert!(text.contains("\"initialStateId\": \"hello\""), "{text}");
    assert!(text.contains("\"targetStateId\": \"hello\""), "{text}");
}

#[test]
fn states_are_added_named_and_marked() {
    let text = after(|flow| {
        let (command, id) = state::add_state(flow, "Ask für Geld!").unwrap();
        assert_eq!(id, "ask_für_geld");
        command
    });
    assert!(text.contains("\"Ask für Geld!\""), "{text}");
    let taken = state::add_state(flow(&session(FLOW)), "Ask").unwrap().1;
    assert_eq!(taken, "ask_2");
    let text = after(|flow| state::set_final(flow, 2, false));
    assert_eq!(
        changed_lines(&text),
        ["{ \"id\": \"lost\", \"transitions\": [] },"]
    );
    let text = after(|flow| state::set_state_name(flow, 0, None));
    assert!(!text.contains("Greeting"), "{text}");
    let text = after(|flow| state::set_state_name(flow, 1, Some("Ask")));
    assert!(text.contains("\"name\": \"Ask\""), "{text}");
    assert!(!after(|flow| state::set_initial(flow, None)).contains("initialStateId"));
    let text = after(|flow| state::set_fallback(flow, Some("bye")));
    assert_eq!(changed_lines(&text), ["\"fallbackStateId\": \"bye\","]);
}

#[test]
fn a_partial_flow_takes_no_other_state() {
    let session = session(r#"{"id":"a","transitions":[]}"#);
    assert!(state::add_state(flow(&session), "b").is_none());
}

#[test]
fn transitions_are_added_deleted_and_led_elsewhere() {
    let text = after(|flow| {
        let (command, id) = state::add_transition(flow, 0, "lost", Some("input.text == \"x\""));
        assert_eq!(id, "t3");
        command
    });
    assert!(text.contains("\"targetStateId\": \"lost\""), "{text}");
    assert!(text.contains(r#""value": "input.text == \"x\"""#), "{text}");
    let text = after(|flow| state::delete_transitions(flow, &[at(1, 1), at(0, 1), at(1, 0)]));
    assert!(
        text.contains("{ \"id\": \"ask\", \"transitions\": [] }"),
        "{text}"
    );
    assert!(!text.contains("t2"), "{text}");
    let text = after(|flow| state::retarget(flow, at(0, 1), "lost"));
    assert_eq!(
        changed_lines(&text),
        ["{ \"id\": \"t2\", \"targetStateId\": \"lost\" }"]
    );
    let text = after(|flow| state::reorder_transitions(flow, 1, &[1, 0]));
    let swapped = "[ { \"id\": \"t2\", \"targetStateId\": \"lost\" }, { \"id\": \"t1\", \"targetStateId\": \"greet\" } ]";
    assert!(text.contains(swapped), "{text}");
    let text = after(|flow| state::rename_transition_id(flow, at(0, 1), "else"));
    assert!(text.contains("\"id\": \"else\""), "{text}");
}

#[test]
fn conditions_are_edited_in_place() {
    let text = after(|flow| parts::add_condition(flow, at(0, 0), "context.c"));
    assert!(
        text.contains(r#", { "type": "expression", "value": "context.c" }],"#),
        "{text}"
    );
    let text = after(|flow| parts::add_condition(flow, at(0, 1), "context.c"));
    assert!(text.contains("\"conditions\": ["), "{text}");
    let text = after(|flow| parts::set_condition(flow, at(0, 0), 1, "context.d"));
    assert!(
        text.contains(r#"[{ "value": "context.a" }, { "value": "context.d" }]"#),
        "{text}"
    );
    let text = after(|flow| parts::delete_condition(flow, at(0, 0), 0));
    assert!(
        text.contains(r#""conditions": [{ "value": "context.b" }]"#),
        "{text}"
    );
    let text = after(|flow| parts::reorder_conditions(flow, at(0, 0), &[1, 0]));
    assert!(
        text.contains(r#"[{ "value": "context.b" }, { "value": "context.a" }]"#),
        "{text}"
    );
}

#[test]
fn actions_are_edited_in_place() {
    let action = NewAction {
        type_name: "increment".into(),
        variable: "session.count".into(),
        value: Some(NewValue::Literal("1".into())),
    };
    let text = after(|flow| parts::add_action(flow, at(1, 0), &action));
    assert!(
        text.contains("\"increment\"") && text.contains("\"actions\""),
        "{text}"
    );
    let text = after(|flow| {
        parts::set_action_field(flow, at(0, 0), 1, ActionField::Variable, "user.y".into())
    });
    assert!(
        text.contains(r#"{ "type": "remove", "variable": "user.y" }"#),
        "{text}"
    );
    assert!(text.contains("\"value\": 1.0"), "{text}");
    let text = after(|flow| parts::delete_action(flow, at(0, 0), 1));
    assert!(!text.contains("user.x"), "{text}");
    let text = after(|flow| parts::reorder_actions(flow, at(0, 0), &[1, 0]));
    assert!(
        text.find("remove").unwrap() < text.find("session.n").unwrap(),
        "{text}"
    );
}

/// One command for three random numbers, against the flow as it is.
fn random_command(flow: &StateFlow, [what, a, b]: [usize; 3]) -> Option<Command> {
    let count = flow.states.len();
    let state = (count > 0).then(|| a % count)?;
    let transitions = flow.states[state].transitions.len();
    let transition = (transitions > 0).then(|| at(state, b % transitions));
    let other = flow.states[b % count].id.text.clone();
    Some(match what % 13 {
        0 => state::add_state(flow, "New state")?.0,
        1 => state::delete_states(flow, &[state]),
        2 => state::rename_state_id(flow, state, &state::free_state_id(flow, "renamed")),
        3 => state::set_final(flow, state, b % 2 == 0),
        4 => state::set_initial(flow, (b % 3 > 0).then_some(&*other)),
        5 => state::set_fallback(flow, (b % 3 > 0).then_some(&*other)),
        6 => state::add_transition(flow, state, &other, (b % 2 == 0).then_some("context.x")).0,
        7 => state::delete_transitions(flow, &[transition?]),
        8 => state::retarget(flow, transition?, &other),
        9 => {
            let order: Vec<usize> = (0..transitions).rev().collect();
            state::reorder_transitions(flow, state, &order)
        }
        10 => parts::add_condition(flow, transition?, "context.y > 1"),
        11 => {
            let at = transition.filter(|at| !at.of(flow).conditions.is_empty())?;
            parts::delete_condition(flow, at, 0)
        }
        _ => {
            let action = NewAction {
                type_name: "set".into(),
                variable: "session.z".into(),
                value: None,
            };
            parts::add_action(flow, transition?, &action)
        }
    })
}

/// No reference leads to a state that is not there.
fn references_hold(flow: &StateFlow) -> bool {
    let known = |id: &str| flow.states.iter().any(|state| state.id.text == id);
    let targets = flow.states.iter().flat_map(|state| &state.transitions);
    targets
        .map(|transition| &transition.target)
        .chain(&flow.initial_state)
        .chain(&flow.fallback_state)
        .all(|reference| known(&reference.text))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_sequence_keeps_references_and_can_be_undone(
        steps in prop::collection::vec(any::<[u16; 3]>(), 1..40)
    ) {
        let mut session = session(FLOW);
        let mut texts = vec![session.document().text().to_owned()];
        for numbers in steps {
            let Some(command) = random_command(flow(&session), numbers.map(usize::from)) else {
                continue;
            };
            if session.apply(&command).unwrap() {
                texts.push(session.document().text().to_owned());
            }
            prop_assert!(references_hold(flow(&session)), "{}", session.document().text());
        }
        while let Some(text) = texts.pop() {
            prop_assert_eq!(session.document().text(), text);
            session.undo();
        }
    }
}
