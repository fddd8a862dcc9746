//! The report as [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/), for code scanning.
//! One line per result, so that reports can be compared by line.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::baseline::spelled;
use super::words::is_utc;
use super::{FLOWDECK_VERSION, FileReport, Outcome, Report, ReportedProblem};
use crate::json::{Position, quote};
use crate::problem::{Acknowledged, Severity};
use crate::rules::{self, RULES};

/// The report with one run. Results carry fingerprints that do not depend on lines, so that a
/// known problem is known again when the file around it changes.
pub(super) fn write(report: &Report) -> String {
    let numbers: BTreeMap<&str, usize> = (0..)
        .zip(RULES)
        .map(|(number, rule)| (rule.code, number))
        .collect();
    let files = report.files.iter().enumerate();
    let results = files.flat_map(|(file, found)| {
        let numbers = &numbers;
        let problems = found.problems().iter();
        problems.map(move |problem| result(file, found, problem, numbers))
    });
    let artifacts = report.files.iter().map(artifact);
    let unread: Vec<String> = report.files.iter().flat_map(notifications).collect();
    let mut invocation = format!("\"executionSuccessful\": {}", unread.is_empty());
    // The format wants this time in UTC and nothing else.
    let review = report.review.as_ref();
    if let Some(review) = review.filter(|review| is_utc(&review.at)) {
        write!(invocation, ", \"endTimeUtc\": {}", quote(&review.at)).unwrap_or_default();
    }
    format!(
        "{{\n\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n\"version\": \
         \"2.1.0\",\n\"runs\": [{{\n\"tool\": {{\"driver\": {{\"name\": \"flowdeck\", \
         \"semanticVersion\": \"{FLOWDECK_VERSION}\", \"rules\": {}}}}},\n\"columnKind\": \
         \"unicodeCodePoints\",\n\"invocations\": [{{{invocation}, \
         \"toolExecutionNotifications\": {}}}],\n\"artifacts\": {},\n\"results\": {},\n\
         \"properties\": {}\n}}]\n}}\n",
        lines(RULES.iter().map(|rule| described(rule))),
        lines(unread),
        lines(artifacts),
        lines(results),
        properties(report),
    )
}

/// A list with one line per item.
fn lines(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<String> = items.into_iter().collect();
    if items.is_empty() {
        "[]".to_owned()
    } else {
        format!("[\n{}\n]", items.join(",\n"))
    }
}

/// A rule of the table.
fn described(rule: &rules::Rule) -> String {
    let help = format!(
        "Run `flowdeck explain {}` for the page of this rule.",
        rule.code
    );
    format!(
        "{{\"id\": {}, \"name\": {}, \"shortDescription\": {{\"text\": {}}}, \"help\": {{\"text\": \
         {}}}, \"defaultConfiguration\": {{\"level\": \"{}\"}}, \"properties\": {{\"tags\": \
         [\"{}\"]}}}}",
        quote(rule.code),
        quote(rule.name),
        quote(rule.summary),
        quote(&help),
        level(rule.severity),
        rule.scope.as_str(),
    )
}

/// What SARIF has no place for: the version of the rules, and who reviewed.
fn properties(report: &Report) -> String {
    let mut properties = format!("{{\"rulesVersion\": {}", quote(&rules::version()));
    let settings = report.settings_sentence();
    if !settings.is_empty() {
        write!(properties, ", \"severities\": {}", quote(&settings)).unwrap_or_default();
    }
    if let Some(review) = &report.review {
        for (key, value) in [("reviewer", &review.reviewer), ("note", &review.note)] {
            if !value.is_empty() {
                write!(properties, ", \"{key}\": {}", quote(value)).unwrap_or_default();
            }
        }
    }
    if report.known > 0 {
        write!(properties, ", \"knownProblemsLeftOut\": {}", report.known).unwrap_or_default();
    }
    properties.push('}');
    properties
}

/// A file that was reviewed.
fn artifact(file: &FileReport) -> String {
    let mut artifact = format!("{{\"location\": {{\"uri\": {}}}", quote(&uri(&file.path)));
    if let Some(content) = &file.content {
        write!(
            artifact,
            ", \"length\": {}, \"hashes\": {{\"sha-256\": \"{}\"}}",
            content.bytes, content.sha256
        )
        .unwrap_or_default();
    }
    artifact.push('}');
    artifact
}

fn result(
    number: usize,
    file: &FileReport,
    problem: &ReportedProblem,
    numbers: &BTreeMap<&str, usize>,
) -> String {
    let at = location(
        file,
        Some(number),
        problem.start,
        Some(problem.end),
        &problem.pointer,
        None,
    );
    let mut result = format!(
        "{{\"ruleId\": {}, \"level\": \"{}\", \"message\": {{\"text\": {}}}, \"locations\": [{at}], \
         \"partialFingerprints\": {{\"flowdeckProblem/v1\": \"{}\"}}",
        quote(problem.rule.code),
        level(problem.severity),
        quote(&problem.message),
        spelled(problem.fingerprint),
    );
    if let Some(rule) = numbers.get(problem.rule.code) {
        write!(result, ", \"ruleIndex\": {rule}").unwrap_or_default();
    }
    if !problem.related.is_empty() {
        let places: Vec<String> = problem
            .related
            .iter()
            .map(|related| {
                let message = Some(related.message.as_str());
                location(
                    file,
                    Some(number),
                    related.start,
                    None,
                    &related.pointer,
                    message,
                )
            })
            .collect();
        write!(result, ", \"relatedLocations\": [{}]", places.join(", ")).unwrap_or_default();
    }
    if let Some(accepted) = &problem.acknowledged {
        write!(result, ", \"suppressions\": [{}]", suppression(accepted)).unwrap_or_default();
    }
    result.push('}');
    result
}

fn suppression(accepted: &Acknowledged) -> String {
    let mut suppression = format!(
        "{{\"kind\": \"external\", \"status\": \"accepted\", \"justification\": {}",
        quote(&accepted.reason)
    );
    let who = [("by", &accepted.by), ("at", &accepted.at)];
    let who: Vec<String> = who
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| format!("\"{key}\": {}", quote(value)))
        .collect();
    if !who.is_empty() {
        write!(suppression, ", \"properties\": {{{}}}", who.join(", ")).unwrap_or_default();
    }
    suppression.push('}');
    suppression
}

fn notifications(file: &FileReport) -> Vec<String> {
    let Outcome::Rejected(errors) = &file.outcome else {
        return Vec::new();
    };
    let notification = |error: &crate::json::ReadError| {
        let at = Position {
            line: error.line,
            column: error.column,
        };
        format!(
            "{{\"level\": \"error\", \"message\": {{\"text\": {}}}, \"locations\": [{}]}}",
            quote(&error.message),
            location(file, None, at, None, &error.pointer, None)
        )
    };
    errors.iter().map(notification).collect()
}

fn location(
    file: &FileReport,
    number: Option<usize>,
    start: Position,
    end: Option<Position>,
    pointer: &str,
    message: Option<&str>,
) -> String {
    let mut region = format!(
        "\"startLine\": {}, \"startColumn\": {}",
        start.line, start.column
    );
    if let Some(end) = end {
        write!(
            region,
            ", \"endLine\": {}, \"endColumn\": {}",
            end.line, end.column
        )
        .unwrap_or_default();
    }
    let index = number.map_or_else(String::new, |number| format!(", \"index\": {number}"));
    let message = message.map_or_else(String::new, |message| {
        format!(", \"message\": {{\"text\": {}}}", quote(message))
    });
    format!(
        "{{\"physicalLocation\": {{\"artifactLocation\": {{\"uri\": {}{index}}}, \"region\": \
         {{{region}}}}}, \"logicalLocations\": [{{\"fullyQualifiedName\": {}, \"kind\": \
         \"member\"}}]{message}}}",
        quote(&uri(&file.path)),
        quote(pointer),
    )
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
