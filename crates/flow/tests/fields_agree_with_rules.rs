//! What a field says while a condition or a script is typed, against what the rules say of the
//! same text in its document, over all fixtures.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use flow::document::{Document, Field};
use flow::editing::{Finding, Scope, check_expression, check_script};
use flow::json::Span;
use flow::rules::{Settings, check};

/// The rules that can be checked without the document around the text.
const CODES: [&str; 10] = [
    "FD301", "FD302", "FD501", "FD502", "FD503", "FD507", "ST501", "ST502", "ST503", "ST504",
];

/// The documents of all fixtures, sorted by path.
fn documents() -> Vec<(PathBuf, Document)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/rules");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .flat_map(|entry| std::fs::read_dir(entry.unwrap().path()).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    paths.sort();
    paths
        .into_iter()
        .filter_map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            Some((path, Document::read(text.into()).ok()?))
        })
        .collect()
}

/// The conditions and the scripts of a document.
fn texts(document: &Document) -> (Vec<&Field>, Vec<&Field>) {
    let mut conditions = Vec::new();
    let mut scripts = Vec::new();
    if let Some(flow) = document.dialog_flow() {
        conditions.extend(flow.edges.iter().filter_map(|edge| edge.condition.as_ref()));
        let nodes = flow.nodes.iter();
        scripts.extend(nodes.filter_map(|node| node.properties.script.as_ref()));
    }
    if let Some(flow) = document.state_flow() {
        let transitions = flow.states.iter().flat_map(|state| &state.transitions);
        let all = transitions.flat_map(|transition| &transition.conditions);
        conditions.extend(all.filter_map(|condition| condition.expression.as_ref()));
    }
    (conditions, scripts)
}

/// Each code with the place of the text it is about.
type Found = BTreeSet<(&'static str, Span)>;

#[test]
fn fields_and_rules_find_the_same() {
    let mut compared = 0;
    for (path, document) in documents() {
        let settings = Settings::default();
        let scope = Scope::of(&document, &settings);
        let tree = document.tree();
        let (conditions, scripts) = texts(&document);
        let mut by_fields = Found::new();
        let mut spans = Found::new();
        let mut add = |field: &Field, findings: Vec<Finding>| {
            for finding in findings.iter().filter(|finding| !finding.code.is_empty()) {
                by_fields.insert((finding.code, tree.value(field.at).span()));
                spans.insert((
                    finding.code,
                    tree.span_within(field.at, finding.span.range()),
                ));
            }
        };
        for field in &conditions {
            add(field, check_expression(&field.text, &scope));
        }
        for field in &scripts {
            add(field, check_script(&field.text, &scope));
        }
        let mut by_rules = Found::new();
        for problem in check(&document, &settings) {
            let whole = tree.value(problem.at).span();
            let is_text = conditions
                .iter()
                .chain(&scripts)
                .any(|field| field.at == problem.at);
            if !is_text || !CODES.contains(&problem.rule.code) {
                continue;
            }
            by_rules.insert((problem.rule.code, whole));
            // What the rules say of a part, the fields say of the same part.
            assert!(
                problem.span == whole || spans.contains(&(problem.rule.code, problem.span)),
                "{}: {} is said of another part",
                path.display(),
                problem.message
            );
        }
        assert_eq!(by_fields, by_rules, "{}", path.display());
        compared += by_rules.len();
    }
    assert!(compared > 40, "only {compared} findings were compared");
}
