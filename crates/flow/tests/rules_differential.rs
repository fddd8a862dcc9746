//! The rules that must agree with what exists against the same checks written the plain way: here
//! over sets and a queue, and in Python on networkx where that is installed.

// Here a failed `unwrap` is a failed test.
#![allow(clippy::unwrap_used)]

#[path = "../benches/support/corpus.rs"]
mod corpus;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::Write as _;
use std::process::{Command, Stdio};

use corpus::Random;
use flow::document::Document;
use flow::problem::Problem;
use flow::rules::{Settings, check};
use serde_json::{Value, json};

/// How many random flows are compared.
const FLOWS: usize = 2_000;

/// What a checker says about a flow.
#[derive(Debug, PartialEq, Eq)]
struct Verdict {
    too_many_nodes: bool,
    unsupported_types: BTreeSet<String>,
    bad_version: bool,
    /// (node, name)
    unbound: BTreeSet<(String, String)>,
    unreachable: BTreeSet<String>,
    dead_ends: BTreeSet<String>,
    endless_loop: bool,
}

/// A flow without FD101 to FD104: ids once, ends and entry point there. Anything else goes.
fn random_flow(random: &mut Random) -> Value {
    const TYPES: [&str; 9] = [
        "start",
        "intent",
        "action",
        "condition",
        "end",
        "fallback",
        "action",
        "prompt",
        "End",
    ];
    const VERSIONS: [&str; 12] = [
        "1.0.0",
        "10.20.30",
        "01.2.3",
        "0.0.0",
        "1.0",
        "1.0.0.0",
        "v1.0.0",
        "1.0.0-rc1",
        "1..0",
        "",
        "1.0.0 ",
        "१.0.0",
    ];
    const SCRIPTS: [&str; 12] = [
        "say(${agent})",
        "route(${agent}, ${tier})",
        "${nobody}",
        "a = ${tier}; b = ${nobody}; c = ${nobody}",
        "`${x1} and ${_y}`",
        "$agent {agent} ${agent",
        "${} $ {agent}",
        "$${agent}",
        "\"${tier}${ghost}\"",
        "plain text, no reference",
        "not in the grammar ((( ${ghost}",
        "set(agent, 'x')",
    ];
    let count = match random.below(60) {
        0 => 496 + random.below(10),
        _ => 1 + random.below(14),
    };
    let nodes: Vec<Value> = (0..count)
        .map(|index| {
            let mut properties = json!({});
            if random.once_in(3) {
                properties["script"] = json!(random.pick(&SCRIPTS));
            }
            if random.once_in(6) {
                properties["isFallback"] = json!(random.once_in(2));
            }
            let mut node = json!({"id": format!("n{index}"), "type": random.pick(&TYPES), "label": format!("N {index}")});
            if random.below(4) > 0 {
                node["properties"] = properties;
            }
            node
        })
        .collect();
    let edges: Vec<Value> = (0..random.below(2 * count + 1))
        .map(|index| {
            let source = random.below(count);
            // Mostly onward, so that there are long ways and not only knots.
            let target = match random.below(3) {
                0 => random.below(count),
                _ => (source + 1 + random.below(3)).min(count - 1),
            };
            let condition = match random.below(3) {
                0 => json!("intent.confidence > 0.8"),
                _ => Value::Null,
            };
            json!({"id": format!("e{index}"), "source": format!("n{source}"), "target": format!("n{target}"), "condition": condition})
        })
        .collect();
    let variables: Vec<Value> = ["agent", "tier", "x1"]
        .iter()
        .filter(|_| random.once_in(2))
        .map(|name| json!({"name": name, "type": "string"}))
        .collect();
    json!({
        "id": "f", "name": "F", "version": random.pick(&VERSIONS), "entryPoint": format!("n{}", random.below(count)),
        "nodes": nodes, "edges": edges, "variables": variables,
    })
}

/// What Flowdeck's rules say.
fn ours(flow: &Value) -> Verdict {
    let document = Document::open(flow.to_string().as_bytes()).unwrap();
    let problems = check(&document, &Settings::default());
    let found = |code: &'static str| {
        problems
            .iter()
            .filter(move |problem| problem.rule.code == code)
    };
    for code in ["FD101", "FD102", "FD103", "FD104"] {
        assert_eq!(found(code).count(), 0, "{code} in {flow}");
    }
    let first = |problem: &Problem| problem.ids[0].to_string();
    let all = |problem: &Problem| -> Vec<String> {
        problem.ids.iter().map(ToString::to_string).collect()
    };
    Verdict {
        too_many_nodes: found("FD201").count() > 0,
        unsupported_types: found("FD202").map(first).collect(),
        bad_version: found("FD203").count() > 0,
        unbound: found("FD301")
            .map(|problem| (problem.ids[0].to_string(), problem.ids[1].to_string()))
            .collect(),
        // One cut branch is one problem: its head first, what hangs off it after.
        unreachable: found("FD401").flat_map(all).collect(),
        dead_ends: found("FD402").map(first).collect(),
        endless_loop: found("FD403").count() > 0,
    }
}

/// The names in `${…}` of a script.
fn dollar_names(script: &str) -> BTreeSet<String> {
    let is_part = |character: char| character.is_ascii_alphanumeric() || character == '_';
    script
        .split("${")
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .filter(|name| !name.is_empty() && name.chars().all(is_part))
        .map(str::to_owned)
        .collect()
}

/// The same, the plain way.
fn plainly(flow: &Value) -> Verdict {
    const SUPPORTED: [&str; 6] = ["start", "intent", "action", "condition", "end", "fallback"];
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let nodes = flow["nodes"].as_array().unwrap();
    let edges: Vec<(String, String)> = flow["edges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|edge| (text(&edge["source"]), text(&edge["target"])))
        .collect();
    let names: BTreeSet<String> = flow["variables"]
        .as_array()
        .unwrap()
        .iter()
        .map(|variable| text(&variable["name"]))
        .collect();
    let parts: Vec<String> = text(&flow["version"])
        .split('.')
        .map(str::to_owned)
        .collect();
    let is_number =
        |part: &String| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_terminal = |node: &Value| matches!(node["type"].as_str(), Some("end" | "fallback"));
    let ids_where = |holds: &dyn Fn(&Value) -> bool| -> BTreeSet<String> {
        nodes
            .iter()
            .filter(|node| holds(node))
            .map(|node| text(&node["id"]))
            .collect()
    };

    let mut reached = BTreeSet::from([text(&flow["entryPoint"])]);
    let mut queue = VecDeque::from([text(&flow["entryPoint"])]);
    while let Some(node) = queue.pop_front() {
        for (_, target) in edges.iter().filter(|(source, _)| *source == node) {
            if reached.insert(target.clone()) {
                queue.push_back(target.clone());
            }
        }
    }

    // A cycle is left when nodes without a way in have been taken away one after another.
    let mut left =
        ids_where(&|node| !is_terminal(node) && node["properties"]["isFallback"] != json!(true));
    loop {
        let inner =
            |(source, target): &&(String, String)| left.contains(source) && left.contains(target);
        let entered: BTreeSet<String> = edges
            .iter()
            .filter(inner)
            .map(|(_, target)| target.clone())
            .collect();
        if entered.len() == left.len() {
            break;
        }
        left = entered;
    }

    let mut unbound = BTreeSet::new();
    for node in nodes {
        let script = node["properties"]["script"].as_str().unwrap_or_default();
        for name in dollar_names(script).difference(&names) {
            unbound.insert((text(&node["id"]), name.clone()));
        }
    }
    Verdict {
        too_many_nodes: nodes.len() > 500,
        unsupported_types: ids_where(&|node| !SUPPORTED.contains(&node["type"].as_str().unwrap())),
        bad_version: parts.len() != 3 || !parts.iter().all(is_number),
        unbound,
        unreachable: ids_where(&|node| !reached.contains(node["id"].as_str().unwrap())),
        dead_ends: ids_where(&|node| {
            !is_terminal(node)
                && !edges
                    .iter()
                    .any(|(source, _)| source == node["id"].as_str().unwrap())
        }),
        endless_loop: !left.is_empty(),
    }
}

fn flows() -> impl Iterator<Item = Value> {
    let mut random = Random(20);
    (0..FLOWS).map(move |_| random_flow(&mut random))
}

#[test]
fn rules_agree_with_plain_checks() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for flow in flows() {
        let verdict = ours(&flow);
        assert_eq!(verdict, plainly(&flow), "{flow}");
        for (what, found) in [
            ("too many nodes", verdict.too_many_nodes),
            ("unsupported type", !verdict.unsupported_types.is_empty()),
            ("bad version", verdict.bad_version),
            ("unbound", !verdict.unbound.is_empty()),
            ("unreachable", !verdict.unreachable.is_empty()),
            ("dead end", !verdict.dead_ends.is_empty()),
            ("endless loop", verdict.endless_loop),
        ] {
            *counts.entry(what).or_default() += usize::from(found);
        }
    }
    // Each is found in some flows and not in others, else nothing was compared.
    for (what, count) in counts {
        assert!(count > 5 && count < FLOWS - 5, "{what}: {count} of {FLOWS}");
    }
}

/// The checks as they are written on networkx, one flow a line in, one verdict a line out.
const PEER: &str = r#"
import json, re, sys
import networkx as nx

TERMINAL = {"end", "fallback"}
SUPPORTED = {"start", "intent", "action", "condition", "end", "fallback"}

for line in sys.stdin:
    flow = json.loads(line)
    nodes = {node["id"]: node for node in flow["nodes"]}
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from((edge["source"], edge["target"]) for edge in flow["edges"])
    entry = flow["entryPoint"]
    reached = nx.descendants(graph, entry) | {entry}
    declared = {variable["name"] for variable in flow["variables"]}
    loops = graph.copy()
    loops.remove_nodes_from([i for i, n in nodes.items() if n.get("properties", {}).get("isFallback")])
    loops.remove_nodes_from([i for i, n in nodes.items() if n["type"] in TERMINAL and i in loops])
    print(json.dumps({
        "too_many_nodes": graph.number_of_nodes() > 500,
        "unsupported_types": [i for i, n in nodes.items() if n["type"] not in SUPPORTED],
        "bad_version": re.fullmatch(r"\d+\.\d+\.\d+", flow["version"], re.ASCII) is None,
        "unbound": [
            [i, name]
            for i, n in nodes.items()
            for name in set(re.findall(r"\$\{(\w+)\}", n.get("properties", {}).get("script", ""))) - declared
        ],
        "unreachable": [i for i in nodes if i not in reached],
        "dead_ends": [i for i, n in nodes.items() if n["type"] not in TERMINAL and graph.out_degree(i) == 0],
        "endless_loop": not nx.is_directed_acyclic_graph(loops),
    }))
"#;

fn verdict_of(answer: &Value) -> Verdict {
    let ids = |key: &str| -> BTreeSet<String> {
        let ids = answer[key].as_array().unwrap().iter();
        ids.map(|id| id.as_str().unwrap().to_owned()).collect()
    };
    let pair = |pair: &Value| {
        (
            pair[0].as_str().unwrap().to_owned(),
            pair[1].as_str().unwrap().to_owned(),
        )
    };
    Verdict {
        too_many_nodes: answer["too_many_nodes"].as_bool().unwrap(),
        unsupported_types: ids("unsupported_types"),
        bad_version: answer["bad_version"].as_bool().unwrap(),
        unbound: answer["unbound"]
            .as_array()
            .unwrap()
            .iter()
            .map(pair)
            .collect(),
        unreachable: ids("unreachable"),
        dead_ends: ids("dead_ends"),
        endless_loop: answer["endless_loop"].as_bool().unwrap(),
    }
}

#[test]
fn rules_agree_with_networkx() {
    let has_networkx = Command::new("python3")
        .args(["-c", "import networkx"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !has_networkx {
        println!("Not compared with networkx: python3 with networkx is not on this machine.");
        return;
    }
    let mut peer = Command::new("python3")
        .args(["-c", PEER])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = peer.stdin.take().unwrap();
    // Both pipes at once: the peer answers while it is still being asked.
    let writer = std::thread::spawn(move || {
        for flow in flows() {
            writeln!(input, "{flow}").unwrap();
        }
    });
    let output = peer.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success());
    let answers = String::from_utf8(output.stdout).unwrap();
    assert_eq!(answers.lines().count(), FLOWS);
    for (flow, answer) in flows().zip(answers.lines()) {
        let answer: Value = serde_json::from_str(answer).unwrap();
        assert_eq!(ours(&flow), verdict_of(&answer), "{flow}");
    }
}
