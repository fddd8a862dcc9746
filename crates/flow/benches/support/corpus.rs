//! The texts that benchmarks and tests measure: generated, the same on every machine and run.
//! Shapes only; what is measured on them is decided by who includes this file.

// Each benchmark and test that includes this file uses a part of it.
#![allow(dead_code)]

use std::fmt::Write as _;

/// A stream of numbers that depends on nothing but its seed
/// (`SplitMix64`, Steele, Lea and Flood 2014).
#[derive(Clone, Debug)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// The next 64 bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, which must not be 0. The bias is below 1 in 2^32.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let scaled = (self.bits() >> 32) * limit as u64;
        usize::try_from(scaled >> 32).unwrap_or_default()
    }

    /// True once in `times`.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of `choices`.
    pub(crate) fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}

/// Whether a corpus is as it should be or full of mistakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Nothing is wrong but, where it is, the number of nodes.
    Clean,
    /// About one node or edge in ten has something wrong with it.
    Dirty,
}

const VARIABLES: [(&str, &str); 4] = [
    ("agent", "\"default_agent\""),
    ("tier", "\"gold\""),
    ("queue", "\"general\""),
    ("topic", "\"billing\""),
];
const SAYINGS: [&str; 4] = [
    "Thanks, let me look.",
    "Your order number, please?",
    "Für Rückfragen: jederzeit.",
    "I am connecting you.",
];

/// A dialog flow as an export writes it (one element a line): a conversation of
/// stretches that greet, ask, branch and answer, about 195 bytes and 1.1 edges a node.
pub(crate) fn dialog_flow(nodes: usize, state: State) -> String {
    let mut random = Random(0x5EED ^ nodes as u64);
    let mut dirt = |times: usize| state == State::Dirty && random.once_in(times);
    let last = nodes - 1;
    let mut text = String::with_capacity(nodes * 200 + 400);
    text.push_str(
        "{\n  \"id\": \"support\",\n  \"name\": \"Customer Support\",\n  \"version\": \"1.2.0\",\n  \
         \"entryPoint\": \"n0\",\n  \"nodes\": [\n",
    );
    for index in 0..nodes {
        let kind = kind_of(index, last);
        let kind = if dirt(50) { "prompt" } else { kind };
        let id = if dirt(100) { index / 2 } else { index };
        let label = if dirt(100) { "" } else { "Step" };
        write!(
            text,
            "{{\"id\": \"n{id}\", \"type\": \"{kind}\", \"label\": \"{label} {index}\", \
             \"properties\": {{"
        )
        .unwrap_or_default();
        let (variable, _) = VARIABLES[index / 2 % 4];
        let variable = if dirt(30) { "nobody" } else { variable };
        match kind {
            "action" if index % 2 == 0 => {
                write!(text, "\"script\": \"routeTo($context.{variable})\"")
            }
            "action" => write!(text, "\"say\": \"{}\"", SAYINGS[index / 2 % 4]),
            "intent" => write!(
                text,
                "\"intentName\": \"intent_{}\", \"examples\": [\"Help with {index}\"]",
                index % 97
            ),
            _ if dirt(10) => write!(text, "\"isFallback\": \"true\""),
            _ => Ok(()),
        }
        .unwrap_or_default();
        text.push_str(if index == last { "}}\n" } else { "}},\n" });
    }
    text.push_str("  ],\n  \"edges\": [");
    let mut edges = 0;
    let mut edge = |text: &mut String, source: usize, target: usize, condition: Option<&str>| {
        let comma = if edges == 0 { "" } else { "," };
        let quote = if condition.is_some() { "\"" } else { "" };
        write!(
            text,
            "{comma}\n{{\"id\": \"e{edges}\", \"source\": \"n{source}\", \"target\": \
             \"n{target}\", \"condition\": {quote}{}{quote}}}",
            condition.unwrap_or("null")
        )
        .unwrap_or_default();
        edges += 1;
    };
    let mut random = Random(0xED6E ^ nodes as u64);
    let mut dirt = |times: usize| (state == State::Dirty).then(|| random.below(times));
    for index in 0..last {
        let kind = kind_of(index, last);
        if kind == "end" {
            continue;
        }
        if kind == "condition" {
            let condition = match dirt(12) {
                Some(0) => "intent.confidence >> 0.8",
                Some(1) => "intnt.confidence > 0.8",
                Some(2) => "true",
                _ => "intent.confidence > 0.8",
            };
            edge(&mut text, index, (index + 3).min(last), Some(condition));
        }
        match dirt(40) {
            Some(0) => edge(&mut text, index, nodes + index, None),
            Some(1) => edge(&mut text, index, index.saturating_sub(5), None),
            Some(2) => {}
            Some(3) => {
                edge(&mut text, index, index + 1, None);
                edge(&mut text, index, index + 1, None);
            }
            _ => edge(&mut text, index, index + 1, None),
        }
    }
    text.push_str("\n  ],\n  \"variables\": [");
    for (index, (name, default)) in VARIABLES.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        write!(
            text,
            "{comma}\n    {{\"name\": \"{name}\", \"type\": \"string\", \"default\": {default}}}"
        )
        .unwrap_or_default();
    }
    text.push_str("\n  ]\n}\n");
    text
}

fn kind_of(index: usize, last: usize) -> &'static str {
    if index == 0 {
        return "start";
    }
    if index == last {
        return "end";
    }
    match index % 8 {
        1 => "intent",
        3 => "condition",
        _ => "action",
    }
}

/// A flow of `nodes` action nodes and a start, with the given edges between their indices, those of
/// one node next to each other: the first of them is its default.
fn bare(nodes: usize, edges: impl Iterator<Item = (usize, usize)>, terminal: usize) -> String {
    let mut text = String::from(
        "{\"id\":\"f\",\"name\":\"F\",\"version\":\"1.0.0\",\"entryPoint\":\"n0\",\"nodes\":[",
    );
    for index in 0..nodes {
        let comma = if index == 0 { "" } else { "," };
        let kind = match index {
            0 => "start",
            _ if index >= terminal => "end",
            _ => "action",
        };
        write!(
            text,
            "{comma}{{\"id\":\"n{index}\",\"type\":\"{kind}\",\"label\":\"N {index}\",\"properties\":{{}}}}"
        )
        .unwrap_or_default();
    }
    text.push_str("],\"edges\":[");
    let mut last = None;
    for (number, (source, target)) in edges.enumerate() {
        let comma = if number == 0 { "" } else { "," };
        write!(
            text,
            "{comma}{{\"id\":\"e{number}\",\"source\":\"n{source}\",\"target\":\"n{target}\",\"condition\":"
        )
        .unwrap_or_default();
        if last.replace(source) == Some(source) {
            write!(text, "\"input.data.choice == {target}\"}}").unwrap_or_default();
        } else {
            text.push_str("null}");
        }
    }
    text.push_str("],\"variables\":[]}");
    text
}

/// Every node leads to every other: the number of simple cycles is beyond counting.
pub(crate) fn complete(nodes: usize) -> String {
    let edges = (0..nodes).flat_map(move |source| {
        (0..nodes)
            .filter(move |&target| target != source)
            .map(move |target| (source, target))
    });
    bare(nodes, edges, nodes)
}

/// One strongly connected component: a ring with one chord a node.
pub(crate) fn component(nodes: usize) -> String {
    let mut random = Random(7);
    let edges = (0..nodes).flat_map(move |source| {
        let chord = (source + 2 + random.below(1000)) % nodes;
        [(source, (source + 1) % nodes), (source, chord)]
    });
    bare(nodes, edges, nodes)
}

/// One node with `branches` branches, each to an end of its own.
pub(crate) fn star(branches: usize) -> String {
    bare(branches + 1, (1..=branches).map(|target| (0, target)), 1)
}

/// A state flow of `states` states with two transitions each.
pub(crate) fn state_flow(states: usize) -> String {
    let mut text = String::from(
        "{\n  \"botId\": \"bot-1\",\n  \"flowId\": \"flow-1\",\n  \"initialStateId\": \"state_0\",\n  \
         \"fallbackStateId\": \"state_0\",\n  \"states\": [",
    );
    for index in 0..states {
        let comma = if index == 0 { "" } else { "," };
        let next = (index + 1) % states;
        write!(
            text,
            "{comma}\n    {{\"id\": \"state_{index}\", \"name\": \"State {index}\", \"etag\": \"\\\"a{index}\\\"\", \
             \"transitions\": [{{\"id\": \"t1\", \"targetStateId\": \"state_{next}\", \"conditions\": \
             [{{\"type\": \"expression\", \"value\": \"context.tier == \\\"gold\\\"\"}}], \"actions\": [{{\"type\": \
             \"set\", \"variable\": \"session.priority\", \"value\": {index}}}]}}, {{\"id\": \"t2\", \
             \"targetStateId\": \"state_0\", \"conditions\": [], \"actions\": []}}]}}"
        )
        .unwrap_or_default();
    }
    text.push_str("\n  ]\n}\n");
    text
}
