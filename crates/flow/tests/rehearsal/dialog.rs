//! What running dialog flows keeps to beyond the conversations in the fixtures: bounds, going
//! back, recognition.

use std::fs;
use std::path::PathBuf;

use flow::document::Document;
use flow::limits::{REHEARSAL_CONDITIONS, REHEARSAL_EVENTS, REHEARSAL_STEPS, REHEARSAL_TURNS};
use flow::rehearsal::{
    Event, How, Input, Limit, Outcome, Program, Scope, Status, Stranding, Variables,
};

use super::support::{dialog, program};

fn status(program: &Program) -> Status {
    program.start(&Variables::new()).1.status
}

#[test]
fn a_loop_that_does_not_wait_is_stopped() {
    let program = dialog(
        &[("a", "start", "{}"), ("b", "action", "{}")],
        &[("a", "b", "null"), ("b", "a", "null")],
    );
    let (run, turn) = program.start(&Variables::new());
    assert_eq!(turn.status, Status::Stopped(Limit::Steps));
    let entered = |event: &&Event| matches!(event, Event::Entered(_));
    assert_eq!(
        turn.events.iter().filter(entered).count(),
        REHEARSAL_STEPS + 1
    );
    let (_, turn) = program.say(&run, &Input::text("hello"));
    assert!(matches!(turn.events[..], [Event::Ignored]));
    assert_eq!(turn.status, Status::Stopped(Limit::Steps));
}

#[test]
fn a_loop_through_many_branches_is_stopped() {
    let edges: Vec<(&str, &str, &str)> = (0..5_000)
        .map(|_| ("a", "b", "\"1 > 2\""))
        .chain([("a", "a", "null")])
        .collect();
    let program = dialog(&[("a", "start", "{}"), ("b", "end", "{}")], &edges);
    let (_, turn) = program.start(&Variables::new());
    assert_eq!(turn.status, Status::Stopped(Limit::Conditions));
    const { assert!(REHEARSAL_CONDITIONS / 5_000 < REHEARSAL_STEPS) };
    // What is kept is bounded, and says that it is.
    assert_eq!(turn.events.len(), REHEARSAL_EVENTS + 2);
    assert!(matches!(turn.events[REHEARSAL_EVENTS], Event::Cut));
    assert!(matches!(
        turn.events[REHEARSAL_EVENTS + 1],
        Event::Stopped(_)
    ));
}

#[test]
fn texts_that_grow_are_stopped() {
    // A text that doubles reaches the longest a text may be, and the statement fails.
    let doubling = r#"{"script":"a = 'xxxxxxxxxxxxxxxx' + 'y'\na = a + a\na = a + a\na = a + a\na = a + a\na = a + a\na = a + a\na = a + a\na = a + a\na = a + a\na = a + a\na = a + a\na = a + a\na = a + a"}"#;
    let program = dialog(
        &[("a", "action", doubling), ("b", "end", "{}")],
        &[("a", "b", "null")],
    );
    let (_, turn) = program.start(&Variables::new());
    assert_eq!(turn.status, Status::Finished);
    let failed = |event: &Event| matches!(event, Event::Failed { message, .. } if message.contains("too long"));
    assert!(turn.events.iter().any(failed), "{:?}", turn.events.last());

    // The same for references: each of them is short enough.
    let mut variables = Variables::new();
    variables.set(Scope::User, "a", "x".repeat(40_000).as_str().into());
    let program = dialog(&[("a", "action", r#"{"say":"{{user.a}}{{user.a}}"}"#)], &[]);
    let (_, turn) = program.start(&variables);
    assert!(turn.said().next().is_none());
    assert!(turn.events.iter().any(failed));

    // A loop that says much is stopped by what it says in all.
    let program = dialog(
        &[("a", "action", r#"{"say":"{{user.a}}"}"#)],
        &[("a", "a", "null")],
    );
    let (_, turn) = program.start(&variables);
    assert_eq!(turn.status, Status::Stopped(Limit::Written));
}

#[test]
fn a_conversation_has_so_many_turns() {
    let program = dialog(
        &[("a", "start", "{}"), ("b", "intent", "{}")],
        &[("a", "b", "null"), ("b", "a", "null")],
    );
    let (mut run, _) = program.start(&Variables::new());
    for _ in 0..REHEARSAL_TURNS {
        run = program.say(&run, &Input::text("b")).0;
        assert_eq!(run.status(), Status::Waiting);
    }
    let (run, turn) = program.say(&run, &Input::text("b"));
    assert_eq!(turn.status, Status::Stopped(Limit::Turns));
    assert_eq!(run.status(), Status::Stopped(Limit::Turns));
}

#[test]
fn earlier_runs_stay_as_they_were() {
    let program = dialog(
        &[
            ("a", "start", "{}"),
            ("b", "intent", "{}"),
            ("c", "action", r#"{"script":"n = n + 1","say":"{{n}}"}"#),
        ],
        &[("a", "b", "null"), ("b", "c", "null"), ("c", "b", "null")],
    );
    let mut variables = Variables::new();
    variables.set(Scope::Conversation, "n", 0.0.into());
    let mut runs = vec![program.start(&variables).0];
    for _ in 0..3 {
        let (next, _) = program.say(&runs[runs.len() - 1], &Input::text("b"));
        runs.push(next);
    }
    for (turns, run) in runs.iter().enumerate() {
        assert_eq!(run.turns(), turns);
        let (_, again) = program.say(run, &Input::text("b"));
        assert_eq!(again.response(), (turns + 1).to_string());
    }
    assert_eq!(
        variables.get(Scope::Conversation, "n").unwrap().to_json(),
        "0"
    );
}

#[test]
fn broken_flows_are_rehearsed_as_far_as_they_go() {
    let empty = r#"{"id":"f","name":"F","version":"1","entryPoint":"x","nodes":[],"edges":[]}"#;
    assert_eq!(
        status(&program(empty)),
        Status::Stranded(Stranding::NoStart)
    );
    let alone = dialog(&[("a", "start", "{}")], &[]);
    assert_eq!(status(&alone), Status::Stranded(Stranding::NoWay));
    let odd = dialog(
        &[("a", "odd", r#"{"say":"hm"}"#), ("b", "end", "{}")],
        &[("a", "b", "null")],
    );
    let (_, turn) = odd.start(&Variables::new());
    assert_eq!(
        (turn.response().as_str(), turn.status),
        ("hm", Status::Finished)
    );
}

#[test]
fn the_first_of_several_defaults_is_taken() {
    let nodes = [
        ("a", "start", "{}"),
        ("b", "end", "{}"),
        ("c", "intent", "{}"),
        ("d", "fallback", "{}"),
    ];
    let end_first = dialog(&nodes, &[("a", "b", "null"), ("a", "c", "null")]);
    assert_eq!(status(&end_first), Status::Finished);
    let intent_first = dialog(&nodes, &[("a", "c", "null"), ("a", "b", "null")]);
    assert_eq!(status(&intent_first), Status::Waiting);
    // A fallback node is no alternative: it is for input that matches none.
    let fallback_first = dialog(&nodes, &[("a", "d", "null"), ("a", "c", "null")]);
    assert_eq!(status(&fallback_first), Status::Waiting);
    let fallback_alone = dialog(&nodes, &[("a", "d", "null")]);
    assert_eq!(status(&fallback_alone), Status::Finished);
}

#[test]
fn equals_are_decided_by_order_and_others_say_what_was_meant() {
    let program = dialog(
        &[
            ("a", "start", "{}"),
            ("b", "intent", r#"{"examples":["one two"]}"#),
            ("c", "intent", r#"{"examples":["one two"]}"#),
            (
                "d",
                "intent",
                r#"{"examples":["stop it now"],"intentName":"stop"}"#,
            ),
            ("e", "end", "{}"),
        ],
        &[
            ("a", "c", "null"),
            ("a", "b", "null"),
            ("b", "d", "null"),
            ("c", "e", "null"),
        ],
    );
    let (run, _) = program.start(&Variables::new());
    let (_, turn) = program.say(&run, &Input::text("two one"));
    assert_eq!(turn.intent(), Some("c"));
    let found = turn.recognition.unwrap();
    let names: Vec<(&str, bool)> = found
        .candidates
        .iter()
        .map(|candidate| (candidate.intent.as_str(), candidate.waited_for))
        .collect();
    assert_eq!(names, [("c", true), ("b", true)]);
    assert_eq!(found.how, How::Example);

    // "stop" is not waited for here: it is recognised, and matches nothing.
    let (after, turn) = program.say(&run, &Input::text("now stop it"));
    assert_eq!(
        (turn.intent(), turn.status),
        (Some("stop"), Status::Waiting)
    );
    assert!(
        turn.events
            .iter()
            .any(|event| matches!(event, Event::Unmatched))
    );
    assert_eq!(after.place(), run.place());
}

#[test]
fn every_edge_that_is_not_taken_says_why() {
    let program = dialog(
        &[("a", "start", "{}"), ("b", "end", "{}")],
        &[
            (
                "a",
                "b",
                r#""user.age > 17 && (user.vip || user.age > 64)""#,
            ),
            ("a", "b", "null"),
        ],
    );
    let mut variables = Variables::new();
    variables.set(Scope::User, "age", 18.0.into());
    let (_, turn) = program.start(&variables);
    let failed = turn.events.iter().find_map(|event| match event {
        Event::Considered {
            outcome: Outcome::Fails,
            conditions,
            ..
        } => Some(&conditions[0].verdict),
        _ => None,
    });
    let Some(flow::rehearsal::Verdict::Fails(parts)) = failed else {
        panic!("{failed:?}");
    };
    let told: Vec<(&str, String)> = (parts.iter())
        .map(|part| (part.text.as_str(), part.value.to_json()))
        .collect();
    assert_eq!(
        told,
        [
            ("user.vip", "undefined".to_owned()),
            ("user.age > 64", "false".to_owned())
        ]
    );
    let [(operand, age)] = &parts[1].operands[..] else {
        panic!("{parts:?}");
    };
    assert_eq!(
        (operand.as_str(), age.to_json().as_str()),
        ("user.age", "18")
    );
}

#[test]
fn an_expression_is_evaluated_as_the_conversation_stands() {
    let program = dialog(
        &[
            ("a", "action", r#"{"script":"n = 2"}"#),
            ("b", "intent", "{}"),
        ],
        &[("a", "b", "null"), ("b", "a", "null")],
    );
    let (run, _) = program.start(&Variables::new());
    let (run, _) = program.say(&run, &Input::text("B"));
    let value = |source: &str| {
        let value = program.evaluate(&run, source);
        value.map_or_else(|error| error.message.into_owned(), |value| value.to_json())
    };
    assert_eq!(value("context.n * 2 + n"), "6");
    assert_eq!(value("intent.name + ' {{n}}'"), "\"b {{n}}\"");
    assert_eq!(value("m"), "There is nothing named `m`.");
    assert!(program.evaluate(&run, "n >").is_err());
}

#[test]
fn the_sample_script_goes_through_the_sample_flow() {
    let sample = |name: &str| {
        let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "..", "samples", name]
            .iter()
            .collect();
        Document::open(&fs::read(path).unwrap()).unwrap()
    };
    let program = Program::of(&sample("order-status.json")).unwrap();
    let document = sample("order-status-simulation.json");
    let script = document.simulation().unwrap();
    let tree = document.tree();
    let mut variables = Variables::new();
    variables.set_members(Scope::Conversation, tree.value(script.context_at.unwrap()));
    let inputs = script
        .inputs
        .iter()
        .map(|input| Input::text(&*input.text.text));
    let turns = program.converse(&variables, &inputs.collect::<Vec<_>>());
    for assertion in &script.assertions {
        let turn = &turns[assertion.step_index.unwrap() + 1];
        assert_eq!(turn.intent(), Some(assertion.expected_intent.text.as_str()));
        assert!(turn.confidence() >= assertion.minimum_confidence);
        if let Some(node) = &assertion.expected_node {
            assert_eq!(program.place_id(turn.place.unwrap()), node.text);
        }
        if let Some(text) = &assertion.expected_text {
            assert!(
                turn.response().contains(text.text.as_str()),
                "{}",
                turn.response()
            );
        }
    }
}
