//! The report as CSV ([RFC 4180](https://www.rfc-editor.org/rfc/rfc4180)) in UTF-8 with a header:
//! one row per problem or mistake, one for a file without any. A spreadsheet takes some texts for
//! formulas and obeys them, so those get an apostrophe before them.

use std::fmt::Write as _;

use super::baseline::spelled;
use super::{FLOWDECK_VERSION, FileReport, Outcome, Report, ReportedProblem, shortened};
use crate::json::ReadError;
use crate::rules;

/// More characters than this no spreadsheet holds in a cell.
const MOST: usize = 30_000;

const HEADER: &str = "path,kind,sha256,bytes,verdict,severity,code,name,line,column,pointer,ids,\
                      message,fix,fingerprint,acknowledged,acknowledged_by,acknowledged_at,\
                      acknowledged_reason,reviewer,reviewed_at,flowdeck,rules\r\n";

pub(super) fn write(report: &Report) -> String {
    let review = report.review.clone().unwrap_or_default();
    let tail = [
        review.reviewer.as_str(),
        &review.at,
        FLOWDECK_VERSION,
        &rules::version(),
    ]
    .map(field)
    .join(",");
    let mut out = String::from(HEADER);
    for file in &report.files {
        let head = file_fields(file);
        let mut row = |middle: String| {
            // Writing into a string does not fail.
            write!(out, "{head},{middle},{tail}\r\n").unwrap_or_default();
        };
        match &file.outcome {
            Outcome::Checked(problems) if problems.is_empty() => row(NOTHING.to_owned()),
            Outcome::Checked(problems) => problems.iter().map(problem_fields).for_each(row),
            Outcome::Rejected(errors) => errors.iter().map(error_fields).for_each(row),
        }
    }
    out
}

/// The fields of a problem where there is none: from the severity to the reason.
const NOTHING: &str = ",,,,,,,,,,,,,";

fn file_fields(file: &FileReport) -> String {
    let content = file.content.as_ref();
    [
        file.path.as_str(),
        file.kind.map_or("", |kind| kind.as_str()),
        content.map_or("", |content| &content.sha256),
        &content.map_or_else(String::new, |content| content.bytes.to_string()),
        &file.verdict(),
    ]
    .map(field)
    .join(",")
}

fn problem_fields(problem: &ReportedProblem) -> String {
    let accepted = problem.acknowledged.clone().unwrap_or_default();
    [
        problem.severity.as_str(),
        problem.rule.code,
        problem.rule.name,
        &problem.start.line.to_string(),
        &problem.start.column.to_string(),
        &problem.pointer,
        &problem.ids.join("; "),
        &problem.message,
        problem.fix.as_deref().unwrap_or_default(),
        &spelled(problem.fingerprint),
        if problem.acknowledged.is_some() {
            "yes"
        } else {
            "no"
        },
        &accepted.by,
        &accepted.at,
        &accepted.reason,
    ]
    .map(field)
    .join(",")
}

fn error_fields(error: &ReadError) -> String {
    [
        "error",
        "",
        "could-not-be-read",
        &error.line.to_string(),
        &error.column.to_string(),
        &error.pointer,
        "",
        &error.message,
        "",
        "",
        "no",
        "",
        "",
        "",
    ]
    .map(field)
    .join(",")
}

/// A text as a field: harmless to a spreadsheet, quoted where it must be.
fn field(text: &str) -> String {
    let shown = shortened(text, MOST);
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        "'"
    } else {
        ""
    };
    if shown.contains([',', '"', '\n', '\r']) {
        format!("\"{guard}{}\"", shown.replace('"', "\"\""))
    } else {
        format!("{guard}{shown}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_texts() {
        assert_eq!(field("=1+1"), "'=1+1");
        assert_eq!(field("+a"), "'+a");
        assert_eq!(field("-a"), "'-a");
        assert_eq!(field("@a,\"b\""), "\"'@a,\"\"b\"\"\"");
        assert_eq!(field("\t=1"), "'\\u{9}=1");
        assert_eq!(field("a=1"), "a=1");
    }

    #[test]
    fn every_row_has_the_fields_of_the_header() {
        let head = file_fields(&FileReport::rejected(String::new(), None, Vec::new()));
        let fields = format!("{head},{NOTHING},,,,");
        assert_eq!(
            fields.matches(',').count(),
            HEADER.matches(',').count(),
            "{fields}"
        );
    }
}
