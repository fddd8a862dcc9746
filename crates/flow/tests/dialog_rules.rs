//! What the rules about dialog flows promise beyond single fixtures: settings, vetoes, agreement
//! with the plain definitions, sizes at which a slow or recursive rule would be noticed.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use flow::document::Document;
use flow::problem::{Acknowledged, Problem, Severity};
use flow::rules::context::DialogContext;
use flow::rules::{
    Acknowledgement, Level, Preset, Proposal, RULES, Settings, acknowledgements_in, check,
    veto_edge,
};
use proptest::prelude::*;

fn read(text: &str) -> Document {
    Document::read(text.into()).unwrap_or_else(|errors| panic!("{errors:?}\n{text}"))
}

fn fixture(path: &str) -> String {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/rules/");
    std::fs::read_to_string(format!("{root}{path}.json")).unwrap()
}

fn of<'p>(problems: &'p [Problem], code: &str) -> Vec<&'p Problem> {
    problems
        .iter()
        .filter(|problem| problem.rule.code == code)
        .collect()
}

/// The default settings but for one change.
fn changed(change: impl FnOnce(&mut Settings)) -> Settings {
    let mut settings = Settings::default();
    change(&mut settings);
    settings
}

/// The type of each node and whether it is part of an intended loop.
type Types = Vec<(&'static str, bool)>;
/// The edges, by the numbers of the nodes at their ends.
type Edges = Vec<(usize, usize)>;

/// A flow of nodes `n0`, `n1`… of these types, with unconditional edges by index.
fn flow(types: &[(&str, bool)], edges: &[(usize, usize)]) -> String {
    let mut text =
        String::from(r#"{"id":"f","name":"F","version":"1.0.0","entryPoint":"n0","nodes":["#);
    for (index, (kind, intended)) in types.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        write!(
            text,
            r#"{comma}{{"id":"n{index}","type":"{kind}","label":"N{index}","properties":{{"isFallback":{intended}}}}}"#
        )
        .unwrap();
    }
    text.push_str("],\"edges\":[");
    for (index, (source, target)) in edges.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        write!(
            text,
            r#"{comma}{{"id":"e{index}","source":"n{source}","target":"n{target}"}}"#
        )
        .unwrap();
    }
    text.push_str("]}");
    text
}

const SAMPLE: &str = r#"{
  "id": "support", "name": "Customer Support Flow", "version": "1.2.0", "entryPoint": "start_node",
  "nodes": [
    { "id": "start_node", "type": "start", "label": "Entry Point", "properties": {} },
    { "id": "intent_greeting", "type": "intent", "label": "Greeting", "properties": {} },
    { "id": "action_route", "type": "action", "label": "Route",
      "properties": { "script": "routeToAgent($context.agent)" } },
    { "id": "end_node", "type": "end", "label": "End", "properties": {} }
  ],
  "edges": [
    { "id": "e1", "source": "start_node", "target": "intent_greeting", "condition": null },
    { "id": "e2", "source": "intent_greeting", "target": "action_route",
      "condition": "intent.confidence > 0.8" },
    { "id": "e3", "source": "action_route", "target": "end_node", "condition": null }
  ],
  "variables": [{ "name": "agent", "type": "string", "default": "default_agent" }]
}"#;

#[test]
fn the_sample_flow_has_no_error_and_no_warning() {
    let problems = check(&read(SAMPLE), &Settings::default());
    let bad: Vec<&Problem> = problems
        .iter()
        .filter(|problem| problem.severity != Severity::Info)
        .collect();
    assert!(bad.is_empty(), "{bad:#?}");
}

#[test]
fn levels_and_presets_decide_severities() {
    let document = read(&fixture("FD403/fails-waits"));
    let severity = |settings: &Settings| {
        let problems = check(&document, settings);
        of(&problems, "FD403")
            .first()
            .map(|problem| problem.severity)
    };
    let mut settings = Settings::default();
    assert_eq!(severity(&settings), Some(Severity::Warning));
    settings.preset = Preset::Strict;
    assert_eq!(severity(&settings), Some(Severity::Error));
    assert!(settings.set_level("endless-loop", Level::On(Severity::Info)));
    assert_eq!(severity(&settings), Some(Severity::Info));
    assert!(settings.set_level("fd403", Level::Off));
    assert_eq!(severity(&settings), None);
    assert!(!settings.set_level("FD999", Level::Off));
    settings.set_level("FD508", Level::Off);
    assert!(of(&check(&document, &settings), "FD508").is_empty());
    let strict = changed(|settings| settings.preset = Preset::Strict);
    let problems = check(&read(SAMPLE), &strict);
    assert!(!of(&problems, "FD505").is_empty());
    assert!(
        problems
            .iter()
            .all(|problem| problem.severity == Severity::Error)
    );
}

#[test]
fn acknowledged_problems_carry_the_reason() {
    let text = fixture("FD402/fails");
    let allow = r#""flowdeck": { "allow": [
        { "code": "FD402", "pointer": "/nodes/1", "reason": "still building", "by": "anna", "at": "2026" },
        { "code": "FD508", "pointer": "/nodes/1" }, { "code": "FD402" }, 7 ] } }"#;
    let with_allow = format!("{},\n{allow}", text.trim_end().trim_end_matches('}'));
    let document = read(&with_allow);
    assert_eq!(acknowledgements_in(document.tree()).len(), 1);
    let problems = check(&document, &Settings::default());
    let found = of(&problems, "FD402");
    let expected = Acknowledged {
        reason: "still building".to_owned(),
        by: "anna".to_owned(),
        at: "2026".to_owned(),
    };
    assert_eq!(found[0].acknowledged.as_deref(), Some(&expected));
    assert_eq!(found[0].severity, Severity::Error);

    let outside = |reason: &str| {
        let settings = changed(|settings| {
            settings.acknowledgements = vec![Acknowledgement {
                code: "FD402".into(),
                pointer: "/nodes/1".to_owned(),
                reason: reason.to_owned(),
                ..Acknowledgement::default()
            }];
        });
        let problems = check(&read(&text), &settings);
        of(&problems, "FD402")[0].acknowledged.clone()
    };
    assert_eq!(
        outside("known").map(|it| it.reason),
        Some("known".to_owned())
    );
    assert_eq!(outside(" "), None);
}

#[test]
fn linked_context_sets_inject_names() {
    for (path, code, name) in [
        ("FD302/fails-opaque", "FD302", "a"),
        ("FD502/fails-short", "FD502", "q"),
        ("FD304/fails", "FD304", "order"),
    ] {
        let settings = changed(|settings| settings.injected = [name.into()].into());
        let document = read(&fixture(path));
        assert!(!of(&check(&document, &Settings::default()), code).is_empty());
        assert!(of(&check(&document, &settings), code).is_empty(), "{path}");
    }
}

#[test]
fn further_cycles_are_listed_when_asked_for() {
    // Four actions, each leading to each: 6 + 8 + 6 simple cycles.
    let edges: Edges = (1..5)
        .flat_map(|source| (1..5).map(move |target| (source, target)))
        .filter(|(source, target)| source != target)
        .chain([(0, 1)])
        .collect();
    let types = [
        ("start", false),
        ("action", false),
        ("action", false),
        ("action", false),
        ("action", false),
    ];
    let document = read(&flow(&types, &edges));
    let listed = |all_cycles| {
        let settings = changed(|settings| settings.all_cycles = all_cycles);
        let problems = check(&document, &settings);
        let messages: BTreeSet<String> = of(&problems, "FD403")[0]
            .related
            .iter()
            .map(|related| related.message.clone())
            .collect();
        messages.len()
    };
    assert_eq!((listed(0), listed(5), listed(100)), (0, 5, 19));
}

#[test]
fn only_what_can_never_be_right_is_refused() {
    let document = read(SAMPLE);
    let flow = document.dialog_flow().unwrap();
    let settings = Settings::default();
    let context = DialogContext::new(document.tree(), flow, &settings);
    let code = |source, target, condition, replaces| {
        let proposal = Proposal {
            source,
            target,
            condition,
            replaces,
        };
        let veto = veto_edge(&context, &proposal)?;
        assert!(veto.reason.ends_with('.'), "{}", veto.reason);
        Some(veto.rule.code)
    };
    let (start, intent, action, end) =
        ("start_node", "intent_greeting", "action_route", "end_node");
    assert_eq!(code(start, "nowhere", None, None), Some("FD103"));
    assert_eq!(code("nowhere", end, None, None), Some("FD102"));
    assert_eq!(code(action, start, None, None), Some("FD107"));
    assert_eq!(code(end, action, None, None), Some("FD107"));
    assert_eq!(code(start, intent, None, None), Some("FD108"));
    assert_eq!(code(start, intent, Some("input.text"), None), None);
    assert_eq!(
        code(intent, action, Some("intent.confidence > 0.8"), None),
        Some("FD108")
    );
    assert_eq!(
        code(start, intent, None, Some(0)),
        None,
        "it stays where it is"
    );
    assert_eq!(
        code(action, action, None, None),
        None,
        "a loop is marked, not refused"
    );

    let mut lenient = Settings::default();
    lenient.set_level("FD108", Level::Off);
    let context = DialogContext::new(document.tree(), flow, &lenient);
    let proposal = Proposal {
        source: start,
        target: intent,
        condition: None,
        replaces: None,
    };
    assert!(veto_edge(&context, &proposal).is_none());
}

/// The checks written the plain way.
mod plainly {
    use super::{BTreeMap, BTreeSet};

    pub(super) type Graph = BTreeMap<usize, BTreeSet<usize>>;

    pub(super) fn graph(nodes: usize, edges: &[(usize, usize)]) -> Graph {
        let mut graph: Graph = (0..nodes).map(|node| (node, BTreeSet::new())).collect();
        for &(source, target) in edges {
            graph.entry(source).or_default().insert(target);
        }
        graph
    }

    /// What can be reached by at least one edge.
    pub(super) fn behind(graph: &Graph, from: usize) -> BTreeSet<usize> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<usize> = graph[&from].iter().copied().collect();
        while let Some(node) = open.pop() {
            if reached.insert(node) {
                open.extend(graph.get(&node).into_iter().flatten());
            }
        }
        reached
    }
}

fn small_flow() -> impl Strategy<Value = (Types, Edges)> {
    let kinds = prop::sample::select(vec![
        "intent",
        "action",
        "action",
        "condition",
        "end",
        "fallback",
    ]);
    (1_usize..9).prop_flat_map(move |count| {
        let nodes = prop::collection::vec((kinds.clone(), prop::bool::weighted(0.2)), count);
        let edges = prop::collection::vec((0..count, 0..count), 0..2 * count);
        (nodes, edges)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn graph_rules_agree_with_their_definitions((types, edges) in small_flow()) {
        let problems = check(&read(&flow(&types, &edges)), &Settings::default());
        let index = |id: &str| id[1..].parse::<usize>().unwrap();
        let ids = |code| -> BTreeSet<usize> {
            of(&problems, code).iter().flat_map(|found| &found.ids).map(|id| index(id)).collect()
        };
        let terminal = |node: usize| matches!(types[node].0, "end" | "fallback");
        let graph = plainly::graph(types.len(), &edges);

        let mut reached = plainly::behind(&graph, 0);
        reached.insert(0);
        let unreached: BTreeSet<usize> =
            (0..types.len()).filter(|node| !reached.contains(node)).collect();
        prop_assert_eq!(ids("FD401"), unreached);

        let dead: BTreeSet<usize> =
            (0..types.len()).filter(|&node| graph[&node].is_empty() && !terminal(node)).collect();
        prop_assert_eq!(ids("FD402"), dead.clone());

        let keeps = |node: usize| !terminal(node) && !types[node].1;
        let inner: Edges = edges
            .iter()
            .copied()
            .filter(|&(source, target)| keeps(source) && keeps(target))
            .collect();
        let inner = plainly::graph(types.len(), &inner);
        let on_cycle: BTreeSet<usize> = (0..types.len())
            .filter(|node| plainly::behind(&inner, *node).contains(node))
            .collect();
        prop_assert_eq!(ids("FD403"), on_cycle.clone());

        for found in of(&problems, "FD403") {
            let knot: BTreeSet<usize> = found.ids.iter().map(|id| index(id)).collect();
            let first = *knot.first().unwrap();
            let around: BTreeSet<usize> = plainly::behind(&graph, first)
                .into_iter()
                .filter(|&node| plainly::behind(&graph, node).contains(&first))
                .collect();
            let leaves = plainly::behind(&graph, first).iter().any(|&node| {
                terminal(node) || !around.contains(&node)
            });
            let restless: Edges = edges
                .iter()
                .copied()
                .filter(|(source, target)| [source, target].into_iter().all(|node| {
                    knot.contains(node) && types[*node].0 != "intent"
                }))
                .collect();
            let restless = plainly::graph(types.len(), &restless);
            let waits = !(0..types.len())
                .any(|node| plainly::behind(&restless, node).contains(&node));
            let expected = if leaves && waits { Severity::Warning } else { Severity::Error };
            prop_assert_eq!(found.severity, expected);
        }

        // Wherever no end can be reached, one of the three rules says why.
        let stuck: Vec<usize> = (0..types.len())
            .filter(|&node| {
                !terminal(node) && !plainly::behind(&graph, node).into_iter().any(terminal)
            })
            .collect();
        let closed = ids("FD404");
        prop_assert!(closed.iter().all(|node| stuck.contains(node) && !on_cycle.contains(node)));
        for node in stuck {
            let explained = |node: &usize| {
                dead.contains(node) || on_cycle.contains(node) || closed.contains(node)
            };
            prop_assert!(explained(&node) || plainly::behind(&graph, node).iter().any(explained));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// More variables than fit into one word of bits, each set and read somewhere.
    #[test]
    fn reads_before_sets_agree_with_walking_every_variable(
        (types, edges) in small_flow(),
        places in prop::collection::vec((0_usize..9, 0_usize..9), 130),
    ) {
        let count = types.len();
        let at = |place: usize| place % count;
        let mut scripts = vec![String::new(); count];
        // In a script, reads stand before sets, so that a node does not hide its own reads.
        for (name, &(_, reader)) in places.iter().enumerate() {
            write!(scripts[at(reader)], "f(context.v{name});").unwrap();
        }
        for (name, &(setter, _)) in places.iter().enumerate() {
            write!(scripts[at(setter)], "set(v{name}, 1);").unwrap();
        }
        let mut text = flow(&types, &edges);
        for (node, script) in scripts.iter().enumerate() {
            let label = format!(r#""label":"N{node}","properties":{{"#);
            text = text.replace(&label, &format!(r#"{label}"script":"{script}","#));
        }
        let problems = check(&read(&text), &Settings::default());
        let found: BTreeSet<String> = of(&problems, "FD304")
            .iter()
            .map(|problem| problem.ids.last().unwrap().to_string())
            .collect();
        let expected: BTreeSet<String> = places
            .iter()
            .enumerate()
            .filter(|(_, (setter, reader))| {
                let unset: Edges = edges
                    .iter()
                    .copied()
                    .filter(|(source, _)| *source != at(*setter))
                    .collect();
                let unset = plainly::graph(count, &unset);
                at(*reader) == 0 || plainly::behind(&unset, 0).contains(&at(*reader))
            })
            .map(|(name, _)| format!("v{name}"))
            .collect();
        prop_assert_eq!(found, expected);
    }
}

/// Sizes at which quadratic work or recursion over the graph would be noticed: each of these would
/// run for minutes, or overflow the stack the web gives.
#[test]
fn large_shapes_are_checked_in_a_small_stack() {
    const NODES: usize = 50_000;
    let actions = |count: usize| -> Types {
        let mut types = vec![("action", false); count];
        types[0].0 = "start";
        types
    };
    let ring: Edges = (0..NODES).map(|node| (node, (node + 1) % NODES)).collect();
    let star: Edges = (1..NODES).map(|node| (0, node)).collect();
    let complete: Edges = (0..60)
        .flat_map(|source| (0..60).map(move |target| (source, target)))
        .collect();
    // A hub in a ring, with a crowd of nodes that only lead back to it.
    let hub: Edges = (2..NODES)
        .flat_map(|node| [(1, node), (node, 1)])
        .chain([(0, 1), (1, 0)])
        .collect();
    let same_id = flow(&actions(NODES), &star).replace("\"id\":\"n", "\"id\":\"x\",\"was\":\"n");
    let mut unknown = flow(&actions(NODES), &star);
    unknown = unknown.replace(
        "\"source\":\"n0\"",
        "\"source\":\"y\",\"condition\":\"nobody > 1\"",
    );
    let texts = [
        (flow(&actions(NODES), &ring), "FD403"),
        (flow(&actions(NODES), &star), "FD402"),
        (flow(&actions(60), &complete), "FD403"),
        (flow(&actions(NODES), &hub), "FD403"),
        (same_id, "FD104"),
        (unknown, "FD502"),
    ];
    let run = move || {
        for (text, code) in texts {
            let settings = changed(|settings| settings.all_cycles = 10);
            assert!(
                !of(&check(&read(&text), &settings), code).is_empty(),
                "{code}"
            );
        }
    };
    // The stack of a wasm module is 1 MiB.
    let thread = std::thread::Builder::new().stack_size(1 << 20);
    thread.spawn(run).unwrap().join().unwrap();
}

#[test]
fn a_condition_with_many_branches_is_checked() {
    let mut text = String::from(
        r#"{"id":"f","name":"F","version":"1.0.0","entryPoint":"s","nodes":[{"id":"s","type":"start","label":"S"},{"id":"b","type":"end","label":"B"}],"edges":["#,
    );
    for number in 0..20_000 {
        write!(
            text,
            r#"{{"id":"e{number}","source":"s","target":"b","condition":"intent.confidence > {number}"}},"#
        )
        .unwrap();
    }
    text.push_str(r#"{"id":"d","source":"s","target":"b"}]}"#);
    let problems = check(&read(&text), &Settings::default());
    assert_eq!(of(&problems, "FD504").len(), 19_999);
    assert!(RULES.iter().any(|rule| rule.code == "FD504"));
}
