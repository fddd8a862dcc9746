//! The report as JSON, schema 1. One line per problem, so that reports can be compared by line.

use std::fmt::Write as _;

use super::{FLOWDECK_VERSION, FileReport, Outcome, Report, ReportedProblem};
use crate::json::{ReadError, quote};
use crate::problem::Acknowledged;
use crate::rules;

pub(super) fn write(report: &Report) -> String {
    let mut out = String::from("{\n  \"schema\": 1,\n  \"files\": [");
    for (index, file) in report.files.iter().enumerate() {
        out.push_str(if index == 0 { "\n    " } else { ",\n    " });
        write_file(&mut out, file);
    }
    out.push_str(if report.files.is_empty() {
        "],\n"
    } else {
        "\n  ],\n"
    });
    if let Some(review) = &report.review {
        writeln!(
            out,
            "  \"review\": {{\"reviewer\": {}, \"at\": {}, \"note\": {}}},",
            quote(&review.reviewer),
            quote(&review.at),
            quote(&review.note)
        )
        .unwrap_or_default();
    }
    let counts = report.counts();
    writeln!(
        out,
        "  \"rules\": {{\"flowdeck\": \"{FLOWDECK_VERSION}\", \"version\": {}}},",
        quote(&rules::version())
    )
    .unwrap_or_default();
    writeln!(
        out,
        "  \"summary\": {{\"files\": {}, \"skipped\": {}, \"errors\": {}, \"warnings\": {}, \
         \"infos\": {}}}\n}}",
        report.files.len(),
        report.skipped,
        counts.errors,
        counts.warnings,
        counts.infos
    )
    .unwrap_or_default();
    out
}

fn write_file(out: &mut String, file: &FileReport) {
    let kind = file
        .kind
        .map_or_else(|| "null".to_owned(), |kind| quote(kind.as_str()));
    write!(out, "{{\"path\": {}, \"kind\": {kind}, ", quote(&file.path)).unwrap_or_default();
    if let Some(content) = &file.content {
        write!(
            out,
            "\"sha256\": \"{}\", \"bytes\": {}, ",
            content.sha256, content.bytes
        )
        .unwrap_or_default();
    }
    match &file.outcome {
        Outcome::Checked(problems) => {
            out.push_str("\"problems\": ");
            write_list(out, problems, write_problem);
        }
        Outcome::Rejected(errors) => {
            out.push_str("\"errors\": ");
            write_list(out, errors, write_error);
        }
    }
    out.push('}');
}

fn write_list<T>(out: &mut String, items: &[T], write_item: fn(&mut String, &T)) {
    out.push('[');
    for (index, item) in items.iter().enumerate() {
        out.push_str(if index == 0 { "\n      " } else { ",\n      " });
        write_item(out, item);
    }
    out.push_str(if items.is_empty() { "]" } else { "\n    ]" });
}

fn write_problem(out: &mut String, problem: &ReportedProblem) {
    let ids: Vec<String> = problem.ids.iter().map(|id| quote(id)).collect();
    let fix = problem.fix.as_ref().map_or_else(
        || "null".to_owned(),
        |label| format!("{{\"label\": {}}}", quote(label)),
    );
    write!(
        out,
        "{{\"code\": \"{}\", \"name\": \"{}\", \"severity\": \"{}\", \"message\": {}, \
         \"pointer\": {}, \"line\": {}, \"column\": {}, \"ids\": [{}], \"acknowledged\": {}, \
         \"fix\": {fix}",
        problem.rule.code,
        problem.rule.name,
        problem.severity.as_str(),
        quote(&problem.message),
        quote(&problem.pointer),
        problem.start.line,
        problem.start.column,
        ids.join(", "),
        problem.acknowledged.is_some(),
    )
    .unwrap_or_default();
    if let Some(accepted) = &problem.acknowledged {
        write_acknowledgement(out, accepted);
    }
    out.push('}');
}

fn write_acknowledgement(out: &mut String, accepted: &Acknowledged) {
    write!(
        out,
        ", \"acknowledgement\": {{\"reason\": {}, \"by\": {}, \"at\": {}}}",
        quote(&accepted.reason),
        quote(&accepted.by),
        quote(&accepted.at)
    )
    .unwrap_or_default();
}

fn write_error(out: &mut String, error: &ReadError) {
    write!(
        out,
        "{{\"message\": {}, \"pointer\": {}, \"line\": {}, \"column\": {}}}",
        quote(&error.message),
        quote(&error.pointer),
        error.line,
        error.column
    )
    .unwrap_or_default();
}
