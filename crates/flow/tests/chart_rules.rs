//! The rules about charts on charts at random, whole and broken: they never panic, say the same each time,
//! find nothing wrong with the tree of a whole chart, and agree about loops with the plain way to find
//! them. What a chart says is never repeated raw.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use flow::document::{Document, chart::Structure};
use flow::json::quote;
use flow::problem::Problem;
use flow::rules::chart_index::{ChartIndex, Origin};
use flow::rules::links::Beside;
use flow::rules::{Settings, check};
use proptest::prelude::*;

/// One node of a chart at random: its type and what is put into its settings, where it is hung, and what
/// becomes of it.
#[derive(Clone, Debug)]
struct Planned {
    kind: usize,
    under: usize,
    target: usize,
    text: String,
    is_disabled: bool,
}

const KINDS: [&str; 12] = [
    "say",
    "if",
    "goTo",
    "executeFlow",
    "question",
    "code",
    "switch",
    "stop",
    "httpRequest",
    "wait",
    "unknown",
    "aiAgentJob",
];

fn planned() -> impl Strategy<Value = Planned> {
    let text = "[{}]{0,2}[a-z\"'(.+ <>\\\\]{0,8}[{}]{0,2}|\\{\\{context\\.[a-z]\\}\\}|Bearer [a-zA-Z0-9]{20}|1";
    (
        0..KINDS.len(),
        0..usize::MAX,
        0..usize::MAX,
        text,
        prop::bool::weighted(0.1),
    )
        .prop_map(|(kind, under, target, text, is_disabled)| Planned {
            kind,
            under,
            target,
            text,
            is_disabled,
        })
}

/// A chart that is being written.
#[derive(Default)]
struct Writer {
    nodes: Vec<String>,
    /// What follows each node.
    next: Vec<Option<usize>>,
    children: Vec<Vec<usize>>,
}

impl Writer {
    fn node(&mut self, type_name: &str, rest: &str) -> usize {
        let at = self.nodes.len();
        let node = format!(r#"{{"_id":"@{at}","referenceId":"r{at}","type":"{type_name}"{rest}}}"#);
        self.nodes.push(node);
        self.next.push(None);
        self.children.push(Vec::new());
        at
    }

    /// Puts a node behind the chain that `head` is in.
    fn behind(&mut self, head: usize, node: usize) {
        let mut last = head;
        while let Some(next) = self.next[last] {
            last = next;
        }
        self.next[last] = Some(node);
    }

    fn text(&self) -> String {
        let mut relations = Vec::new();
        for (at, next) in self.next.iter().enumerate() {
            let next = next.map_or("null".to_owned(), |next| format!("\"@{next}\""));
            let children = self.children[at].iter();
            let children: Vec<String> = children.map(|child| format!("\"@{child}\"")).collect();
            let children = children.join(",");
            relations.push(format!(
                r#"{{"node":"@{at}","next":{next},"children":[{children}]}}"#
            ));
        }
        let (nodes, relations) = (self.nodes.join(","), relations.join(","));
        format!(r#"{{"nodes":[{nodes}],"relations":[{relations}]}}"#)
    }
}

/// A whole chart of the flow `flow`, whose jumps lead to nodes of it and of `f1` to `f2`.
fn whole(flow: usize, plan: &[Planned]) -> String {
    let mut writer = Writer::default();
    // Heads of chains: the start, and those of branches.
    let mut heads = vec![writer.node("start", "")];
    for one in plan {
        let text = quote(&one.text);
        let kind = KINDS[one.kind];
        let target = one.target % (plan.len() * 2);
        let other = if one.target % 5 == 0 { 3 - flow } else { flow };
        let jump = format!(r#""flowNode":{{"flow":"f{other}","node":"r{target}"}}"#);
        let config = match kind {
            "say" => format!(r#"{{"say":{{"type":"text","text":[{text}]}}}}"#),
            "if" => format!(
                r#"{{"condition":{{"type":"condition","condition":{text},"rule":{{"left":"1","operand":"eq","right":"1"}}}}}}"#
            ),
            "goTo" => format!(r#"{{{jump},"executionMode":"continue"}}"#),
            "executeFlow" => format!("{{{jump}}}"),
            "code" => format!(r#"{{"code":{text},"hasError":false}}"#),
            "httpRequest" => format!(r#"{{"url":{text},"headers":{{"Authorization":{text}}}}}"#),
            _ => "{}".to_owned(),
        };
        let disabled = one.is_disabled;
        let label = &text;
        let rest = format!(r#","label":{label},"isDisabled":{disabled},"config":{config}"#);
        let node = writer.node(kind, &rest);
        let head = heads[one.under % heads.len()];
        writer.behind(head, node);
        let markers: &[&str] = match kind {
            "if" => &["then", "else"],
            "switch" => &["default", "case", "case"],
            "aiAgentJob" => &["aiAgentJobDefault", "aiAgentJobTool"],
            "unknown" => &["unknownBranch"],
            _ => &[],
        };
        for marker in markers {
            let head = writer.node(marker, "");
            writer.children[node].push(head);
            heads.push(head);
        }
    }
    let end = writer.node("end", "");
    writer.behind(0, end);
    writer.text()
}

/// The same chart with some of its ids changed, so that relations lead anywhere.
fn broken(text: &str, changes: &[(usize, usize)]) -> String {
    let mut parts: Vec<String> = text.split("\"@").map(str::to_owned).collect();
    let count = parts.len();
    for &(from, to) in changes {
        let part = parts[to % count].clone();
        let (from, digits) = (from % count, part.split('"').next().unwrap_or_default());
        if from > 0 && to % count > 0 {
            let rest = parts[from]
                .split_once('"')
                .map_or("", |(_, rest)| rest)
                .to_owned();
            parts[from] = format!("{digits}\"{rest}");
        }
    }
    parts.join("\"@")
}

fn checked(text: &str, beside: Option<&str>) -> Vec<Problem> {
    let document = Document::read(text.into()).unwrap();
    let other = beside.map(|text| Document::read(text.into()).unwrap());
    let mut settings = Settings::default();
    if let Some(other) = &other {
        let origin = |reference: &str| Origin {
            flow_reference: Some(reference.into()),
            ..Origin::default()
        };
        let charts = [
            (origin("f1"), document.chart().unwrap()),
            (origin("f2"), other.chart().unwrap()),
        ];
        settings.links.charts = Some(Beside {
            index: Arc::new(ChartIndex::of(charts, [])),
            own: 0,
        });
    }
    check(&document, &settings)
}

fn told(problems: &[Problem]) -> Vec<String> {
    let tell = |problem: &Problem| {
        format!(
            "{} {:?} {}",
            problem.rule.code, problem.ids, problem.message
        )
    };
    problems.iter().map(tell).collect()
}

/// Whether somebody can go round in a chart without waiting, found the plain way: by going from each
/// node as far as one comes.
fn goes_round(text: &str) -> bool {
    let document = Document::read(text.into()).unwrap();
    let chart = document.chart().unwrap();
    let structure = Structure::of(chart);
    let count = u32::try_from(chart.nodes.len()).unwrap();
    let after = |node: u32| -> Vec<u32> {
        let own = &chart.nodes[node as usize];
        let is = |types: &[&str]| types.contains(&own.type_name.text.as_str()) && !own.is_disabled;
        if is(&["question", "wait", "aiAgentJob", "stop"]) {
            Vec::new()
        } else if is(&["goTo"]) {
            let target = own
                .jump
                .as_ref()
                .and_then(|jump| jump.node.clone())
                .unwrap();
            let reference = |node: &u32| {
                let own = chart.nodes[*node as usize].reference.as_ref();
                own.is_some_and(|own| own.text == target.text)
            };
            (0..count).filter(reference).collect()
        } else {
            structure.successors(chart, node).collect()
        }
    };
    (0..count).any(|from| {
        let mut seen = BTreeSet::new();
        let mut waiting = after(from);
        while let Some(node) = waiting.pop() {
            if node == from {
                return true;
            }
            if seen.insert(node) {
                waiting.extend(after(node));
            }
        }
        false
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn whole_charts_have_a_sound_tree(
        own in prop::collection::vec(planned(), 1..20),
        other in prop::collection::vec(planned(), 1..20),
    ) {
        let (own, other) = (whole(1, &own), whole(2, &other));
        let problems = checked(&own, Some(&other));
        let of_tree: Vec<&Problem> = problems
            .iter()
            .filter(|problem| problem.rule.code.starts_with("CH1"))
            .collect();
        prop_assert!(of_tree.is_empty(), "{:?}\n{}", of_tree, own);
        prop_assert_eq!(told(&problems), told(&checked(&own, Some(&other))));
    }

    #[test]
    fn broken_charts_are_checked_all_the_same(
        own in prop::collection::vec(planned(), 1..20),
        other in prop::collection::vec(planned(), 1..8),
        changes in prop::collection::vec((0..usize::MAX, 0..usize::MAX), 1..8),
    ) {
        let text = broken(&whole(1, &own), &changes);
        let other = broken(&whole(2, &other), &changes);
        prop_assume!(Document::read(text.as_str().into()).is_ok());
        prop_assume!(Document::read(other.as_str().into()).is_ok());
        let problems = checked(&text, Some(&other));
        prop_assert_eq!(told(&problems), told(&checked(&text, Some(&other))));
        for problem in &problems {
            prop_assert!(problem.message.ends_with('.'), "{}", problem.message);
            prop_assert!(problem.span.end as usize <= text.len());
        }
    }

    #[test]
    fn loops_are_found_where_there_are_any(
        mut own in prop::collection::vec(planned(), 1..20),
        changes in prop::collection::vec((0..usize::MAX, 0..usize::MAX), 0..3),
    ) {
        // Only jumps within the chart that do not come back: the others need more than a look.
        for one in &mut own {
            one.target = (one.target / 5).saturating_mul(5).saturating_add(1);
            one.kind = if KINDS[one.kind] == "executeFlow" { 2 } else { one.kind };
        }
        let text = broken(&whole(1, &own), &changes);
        prop_assume!(Document::read(text.as_str().into()).is_ok());
        let problems = checked(&text, None);
        let is_found = problems.iter().any(|problem| problem.rule.code == "CH303");
        prop_assert_eq!(is_found, goes_round(&text), "{}", text);
    }

    #[test]
    fn a_secret_is_never_in_a_message(middle in "[0-9][A-Z][0-9][a-z][0-9]{3}") {
        let key = format!("k3mD82nQ{middle}wLxr9pTz");
        let nodes = [
            format!(r#"{{"_id":"2","type":"code","config":{{"code":"\n const apiKey = '{key}'"}}}}"#),
            format!(r#"{{"_id":"3","type":"httpRequest","config":{{"headers":{{"Authorization":"Bearer {key}"}}}}}}"#),
            format!(r#"{{"_id":"4","type":"httpRequest","config":{{"url":"https://a:{key}@example.org"}}}}"#),
        ];
        let text = format!(r#"{{"nodes":[{}],"relations":[]}}"#, nodes.join(","));
        let problems = checked(&text, None);
        let found = problems.iter().filter(|problem| problem.rule.code == "CH701");
        prop_assert_eq!(found.count(), 3, "{}", text);
        for problem in &problems {
            prop_assert!(!problem.message.contains(&key), "{}", problem.message);
        }
    }
}

#[test]
fn hostile_names_are_not_repeated_raw() {
    let long = "x".repeat(1 << 20);
    for name in [
        "\u{202e}evil\u{2066}",
        "a\nb\u{7}",
        &long,
        "<img src=x onerror=alert(1)>\u{200f}",
    ] {
        let label = quote(name);
        let mut nodes = String::from(r#"{"_id":"1","type":"start"}"#);
        for (at, (type_name, config)) in [
            ("say", r#"{"say":{"type":"text","text":[""]}}"#),
            (
                "if",
                r#"{"condition":{"type":"rule","rule":{"left":"1","operand":"eq","right":"1"}}}"#,
            ),
            (
                "if",
                r#"{"condition":{"type":"condition","condition":"a >"}}"#,
            ),
            (
                "if",
                r#"{"condition":{"type":"condition","condition":"{{a"}}"#,
            ),
            (
                "code",
                r#"{"code":"const token = 'k3mD82nQwLxr9pTzB4aQ7'","hasError":true}"#,
            ),
            (
                "goTo",
                r#"{"flowNode":{"flow":"","node":"r-1"},"executionMode":"continue"}"#,
            ),
            ("stop", "{}"),
        ]
        .into_iter()
        .enumerate()
        {
            let disabled = at == 3;
            write!(
                nodes,
                r#",{{"_id":{label},"type":"{type_name}","label":{label},"isDisabled":{disabled},"config":{config}}}"#
            )
            .unwrap();
            write!(nodes, r#",{{"_id":"{at}x","referenceId":"r-1","type":"{type_name}","label":{label},"config":{{{label}:"{{{{","key":{label}}}}}"#)
                .unwrap();
        }
        let text = format!(
            r#"{{"nodes":[{nodes}],"relations":[{{"node":"1","next":{label},"children":[{label}]}},{{"node":"0x","next":"1x","children":[{label},"9"]}},{{"node":"nobody","next":{label},"children":[]}}]}}"#
        );
        let problems = checked(&text, None);
        let codes: BTreeSet<&str> = problems.iter().map(|problem| problem.rule.code).collect();
        assert!(codes.len() >= 9, "{codes:?}");
        for problem in problems {
            let related = problem.related.iter().map(|related| &related.message);
            for message in related.chain([&problem.message]) {
                assert!(
                    message.chars().count() <= 1_200,
                    "{} {}",
                    problem.rule.code,
                    message.len()
                );
                let hazard = |character: char| {
                    character.is_control()
                        || matches!(character, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
                };
                assert!(
                    !message.contains(hazard),
                    "{} {message:?}",
                    problem.rule.code
                );
            }
        }
    }
}
