//! The report as [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/), for code scanning.

use std::fmt::Write as _;

use flow::json::{Position, ReadError};
use flow::problem::Severity;
use flow::report::{FileReport, Outcome, Report, ReportedProblem};
use flow::rules::RULES;
use serde_json::{Value, json};

/// The report with one run. Results carry fingerprints that do not depend on lines, so that a
/// known problem is known again when the file around it changes.
pub(crate) fn write(report: &Report) -> String {
    let results: Vec<Value> = report
        .files
        .iter()
        .flat_map(|file| file.problems().iter().map(|problem| result(file, problem)))
        .collect();
    let unread: Vec<Value> = report.files.iter().flat_map(notifications).collect();
    let rules: Vec<Value> = RULES
        .iter()
        .map(|rule| {
            json!({
                "id": rule.code,
                "name": rule.name,
                "shortDescription": { "text": rule.summary },
                "help": { "text": format!("Run `flowdeck explain {}` for the page of this rule.", rule.code) },
                "defaultConfiguration": { "level": level(rule.severity) },
                "properties": { "tags": [rule.scope.as_str()] },
            })
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "flowdeck",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": unread.is_empty(),
                "toolExecutionNotifications": unread,
            }],
            "results": results,
        }],
    });
    // Only maps with keys that are no text cannot be written, and there are none.
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn result(file: &FileReport, problem: &ReportedProblem) -> Value {
    let mut result = json!({
        "ruleId": problem.rule.code,
        "level": level(problem.severity),
        "message": { "text": problem.message },
        "locations": [location(&file.path, problem.start, Some(problem.end), &problem.pointer)],
        "partialFingerprints": { "flowdeckProblem/v1": format!("{:016x}", problem.fingerprint) },
    });
    if let Some(index) = RULES.iter().position(|rule| *rule == problem.rule) {
        result["ruleIndex"] = json!(index);
    }
    if !problem.related.is_empty() {
        let places = problem.related.iter().map(|related| {
            let mut place = location(&file.path, related.start, None, &related.pointer);
            place["message"] = json!({ "text": related.message });
            place
        });
        result["relatedLocations"] = places.collect();
    }
    if let Some(reason) = &problem.acknowledged {
        result["suppressions"] = json!([{ "kind": "external", "justification": reason }]);
    }
    result
}

fn notifications(file: &FileReport) -> Vec<Value> {
    let Outcome::Rejected(errors) = &file.outcome else {
        return Vec::new();
    };
    let notification = |error: &ReadError| {
        let at = Position {
            line: error.line,
            column: error.column,
        };
        json!({
            "level": "error",
            "message": { "text": error.message },
            "locations": [location(&file.path, at, None, &error.pointer)],
        })
    };
    errors.iter().map(notification).collect()
}

fn location(path: &str, start: Position, end: Option<Position>, pointer: &str) -> Value {
    let mut region = json!({ "startLine": start.line, "startColumn": start.column });
    if let Some(end) = end {
        region["endLine"] = json!(end.line);
        region["endColumn"] = json!(end.column);
    }
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(path) },
            "region": region,
        },
        "logicalLocations": [{ "fullyQualifiedName": pointer, "kind": "member" }],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A path as a URI reference ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986)): relative paths
/// stay relative, so that they mean the same in the repository.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len() + 8);
    if path.starts_with('/') {
        uri.push_str("file://");
    } else if path.as_bytes().get(1) == Some(&b':') {
        uri.push_str("file:///");
    }
    for &byte in path.as_bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            other => write!(uri, "%{other:02X}").unwrap_or_default(),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("flows/größe a.json"), "flows/gr%C3%B6%C3%9Fe%20a.json");
        assert_eq!(uri("/tmp/a#b.json"), "file:///tmp/a%23b.json");
    }
}
