//! Reports: whatever stands in a file, the formats stay well-formed and show it as text.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use flow::document::Document;
use flow::json::quote;
use flow::report::{FileReport, Report};
use flow::rules::{Settings, check};
use proptest::prelude::*;

/// A flow with problems about every one of these ids.
fn broken_flow(ids: &[String]) -> String {
    let nodes: Vec<String> = ids
        .iter()
        .map(|id| format!("{{\"id\": {0}, \"type\": {0}, \"label\": {0}}}", quote(id)))
        .collect();
    format!(
        "{{\"id\": \"f\", \"name\": \"F\", \"version\": \"1.0.0\", \"entryPoint\": \"?\", \
         \"nodes\": [{}], \"edges\": []}}",
        nodes.join(", ")
    )
}

fn report_of(path: &str, text: &str) -> Report {
    let document = Document::open(text.as_bytes()).unwrap();
    let problems = check(&document, &Settings::default());
    Report {
        files: vec![FileReport::checked(path.to_owned(), &document, problems)],
        ..Report::default()
    }
}

/// How many rules found something.
fn rules_of(report: &Report) -> usize {
    let problems = report.files.iter().flat_map(FileReport::problems);
    let codes: BTreeSet<&str> = problems.map(|problem| problem.rule.code).collect();
    codes.len()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn json_says_what_the_report_says(ids in prop::collection::vec(any::<String>(), 1..5), path in any::<String>()) {
        let report = report_of(&path, &broken_flow(&ids));
        let json: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap();
        let file = &json["files"][0];
        prop_assert_eq!(file["path"].as_str(), Some(path.as_str()));
        let problems = file["problems"].as_array().unwrap();
        prop_assert_eq!(problems.len(), report.files[0].problems().len());
        for (written, problem) in problems.iter().zip(report.files[0].problems()) {
            prop_assert_eq!(written["message"].as_str(), Some(problem.message.as_str()));
            prop_assert_eq!(written["pointer"].as_str(), Some(problem.pointer.as_str()));
            let ids: Vec<&str> = written["ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
            prop_assert_eq!(ids, problem.ids.iter().map(AsRef::as_ref).collect::<Vec<&str>>());
        }
    }

    #[test]
    fn markdown_keeps_one_line_per_entry(ids in prop::collection::vec(any::<String>(), 1..5), path in any::<String>()) {
        let report = report_of(&path, &broken_flow(&ids));
        let markdown = report.to_markdown();
        let entries = markdown.lines().filter(|line| line.starts_with("| FD")).count() - rules_of(&report);
        prop_assert_eq!(entries, report.files[0].problems().len());
        let hazard = |c: char| c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c));
        prop_assert!(!markdown.contains(hazard));
    }

    #[test]
    fn fingerprints_tell_problems_apart(ids in prop::collection::vec("[a-c]", 1..6)) {
        let report = report_of("f", &broken_flow(&ids));
        let problems = report.files[0].problems();
        let fingerprints: BTreeSet<u64> = problems.iter().map(|problem| problem.fingerprint).collect();
        prop_assert_eq!(fingerprints.len(), problems.len());
    }
}

#[test]
fn markup_in_a_file_shows_as_itself() {
    let ids = ["<b>*x*</b>|[a](http://b)".to_owned()];
    let markdown = report_of("a_b.json", &broken_flow(&ids)).to_markdown();
    assert!(
        markdown.contains(r"\<b\>\*x\*\</b\>\|\[a\](http\://b)"),
        "{markdown}"
    );
    assert!(markdown.contains(r"## a\_b.json"), "{markdown}");
}

#[test]
fn counts_leave_out_what_was_acknowledged_but_for_errors() {
    let text = r#"{ "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "s",
        "nodes": [{"id": "s", "type": "start", "label": ""}, {"id": "b", "type": "end", "label": ""}],
        "edges": [],
        "flowdeck": {"allow": [
            {"code": "FD402", "pointer": "/nodes/0", "reason": "known"},
            {"code": "FD109", "pointer": "/nodes/0/label", "reason": "known"}]} }"#;
    let counts = report_of("f", text).counts();
    assert_eq!(
        (counts.errors, counts.warnings, counts.acknowledged),
        (2, 1, 2)
    );
    assert_eq!(counts.sentence(), "2 errors, 1 warning, 2 acknowledged");
}
