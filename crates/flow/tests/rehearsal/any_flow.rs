//! Random flows: rehearsal never panics, always comes to an end, and says the same each time.

use flow::document::Document;
use flow::json::parse;
use flow::rehearsal::{Event, Input, Program, Status, Turn, Variables};
use proptest::prelude::*;
use proptest::sample::select;

use super::flows::flow;
use super::json::{Layout, write};
use super::support::written;

/// Nodes and edges that fit together, with conditions and scripts that mean something.
fn lively() -> impl Strategy<Value = String> {
    let kinds = select(vec![
        "start",
        "intent",
        "intent",
        "action",
        "action",
        "condition",
        "end",
        "fallback",
    ]);
    let script = select(vec![
        "",
        "n = n + 1",
        "set(tier, 'gold'); say(tier)",
        "say(\\\"{{n}} ${tier} {{input.text}}\\\")",
        "f(n, context)",
        "a = missing.b",
        "while (true) {}",
    ]);
    let condition = select(vec![
        "null",
        "null",
        "null",
        r#""n > 3""#,
        r#""context.tier === 'gold' && n < 2""#,
        r#""intent.name == 'n1' || intent.confidence > 0.5""#,
        r#""entities.x.y""#,
        r#""(""#,
        r#""""#,
    ]);
    let nodes = proptest::collection::vec((kinds, script), 1..8);
    let edges = proptest::collection::vec((0..8_u8, 0..9_u8, condition), 0..16);
    (nodes, edges).prop_map(|(nodes, edges)| {
        let nodes: Vec<String> = (0..)
            .zip(nodes)
            .map(|(number, (kind, script))| {
                format!(
                    r#"{{"id":"n{number}","type":"{kind}","label":"L{number}","properties":
                        {{"script":"{script}","say":"{{{{n}}}}","examples":["say {number}","example {kind}"]}}}}"#
                )
            })
            .collect();
        let edges: Vec<String> = (0..)
            .zip(edges)
            .map(|(number, (source, target, condition))| {
                format!(
                    r#"{{"id":"e{number}","source":"n{source}","target":"n{target}","condition":{condition}}}"#
                )
            })
            .collect();
        format!(
            r#"{{"id":"f","name":"F","version":"1.0.0","entryPoint":"n0","nodes":[{}],"edges":[{}],
                "variables":[{{"name":"n","type":"number","default":0}},{{"name":"tier","type":"string"}}]}}"#,
            nodes.join(","),
            edges.join(",")
        )
    })
}

/// State flows of few ids, with conditions and actions of every kind.
fn states() -> impl Strategy<Value = String> {
    let condition = select(vec![
        "",
        "",
        r#"{"value":"intent.name == 'n1'"}"#,
        r#"{"value":"session.n > 1"},{"value":"context.list.length"}"#,
        r#"{"value":"("}"#,
        r#"{"type":"hook","value":1}"#,
    ]);
    let action = select(vec![
        "",
        r#"{"type":"increment","variable":"session.n"}"#,
        r#"{"type":"append","variable":"list","value":"{{input.text}}"},{"type":"wink"}"#,
        r#"{"type":"remove","variable":"context.list","value":"n1"}"#,
        r#"{"type":"set","variable":"user.a.b","value":{"c":[1]}},{"type":"remove","variable":"user.a.b.c"}"#,
        r#"{"type":"set","variable":"planet.x","value":"{{session}}"}"#,
    ]);
    let transition = (0..6_u8, condition, action);
    let state = (any::<bool>(), proptest::collection::vec(transition, 0..4));
    let header = select(vec![
        "",
        r#""initialStateId":"s1","#,
        r#""fallbackStateId":"s2","#,
    ]);
    (header, proptest::collection::vec(state, 0..5)).prop_map(|(header, states)| {
        let states: Vec<String> = (0..)
            .zip(states)
            .map(|(number, (is_final, transitions))| {
                let transitions: Vec<String> = (0..)
                    .zip(transitions)
                    .map(|(at, (target, condition, action))| {
                        format!(
                            r#"{{"id":"t{at}","targetStateId":"s{target}","conditions":[{condition}],"actions":[{action}]}}"#
                        )
                    })
                    .collect();
                format!(
                    r#"{{"id":"s{number}","final":{is_final},"transitions":[{}]}}"#,
                    transitions.join(",")
                )
            })
            .collect();
        format!(r#"{{{header}"botId":"b","flowId":"f","states":[{}]}}"#, states.join(","))
    })
}

/// Whether the last event of a turn says how it ended.
fn agrees(turn: &Turn) -> bool {
    match (turn.events.last(), turn.status) {
        (Some(Event::Waits(_)), Status::Waiting | Status::MayEnd)
        | (Some(Event::Finished), Status::Finished)
        | (Some(Event::Ignored), _) => true,
        (Some(Event::Stranded(why)), Status::Stranded(reason)) => *why == reason,
        (Some(Event::Stopped(why)), Status::Stopped(reason)) => *why == reason,
        _ => false,
    }
}

fn inputs() -> impl Strategy<Value = Vec<String>> {
    let known = select(vec!["n1", "say 3", "example intent", "L2"]).prop_map(str::to_owned);
    proptest::collection::vec(prop_oneof![known, any::<String>()], 0..6)
}

/// Converses twice; the turns of both must be the same, and be JSON.
fn check(text: &str, inputs: &[String]) -> Vec<Turn> {
    let document = Document::read(text.into()).unwrap();
    let inputs: Vec<Input> = inputs.iter().map(Input::text).collect();
    let run = || {
        let program = Program::of(&document).unwrap();
        let turns = program.converse(&Variables::new(), &inputs);
        (written(&program, &turns), turns)
    };
    let (first, turns) = run();
    assert_eq!(first, run().0);
    assert!(parse(first.into()).is_ok());
    assert_eq!(turns.len(), inputs.len() + 1);
    turns
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_flow_comes_to_an_end(flow in flow(), inputs in inputs()) {
        check(&write(&flow, Layout::Minified), &inputs);
    }

    #[test]
    fn a_turn_ends_where_its_last_event_says(text in lively(), inputs in inputs()) {
        for turn in check(&text, &inputs) {
            prop_assert!(agrees(&turn), "{:?} {:?}", turn.status, turn.events.last());
        }
    }

    #[test]
    fn any_state_flow_comes_to_an_end(text in states(), inputs in inputs()) {
        for turn in check(&text, &inputs) {
            prop_assert!(agrees(&turn), "{:?} {:?}", turn.status, turn.events.last());
        }
    }
}
