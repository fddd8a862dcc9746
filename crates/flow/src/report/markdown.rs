//! The report as Markdown: a table of verdicts, then each file's problems.

use std::fmt::Write as _;

use super::{FileReport, Outcome, Report, ReportedProblem, counted, visible};
use crate::document::DocumentKind;

pub(super) fn write(report: &Report) -> String {
    let mut out = String::from("# Flowdeck report\n\n");
    summary(&mut out, report);
    if !report.files.is_empty() {
        out.push_str("\n| file | kind | verdict |\n|---|---|---|\n");
        for file in &report.files {
            writeln!(
                out,
                "| {} | {} | {} |",
                escape(&file.path),
                file.kind.map_or("unknown", DocumentKind::label),
                file.verdict()
            )
            .unwrap_or_default();
        }
    }
    for file in &report.files {
        match &file.outcome {
            Outcome::Checked(problems) if problems.is_empty() => {}
            Outcome::Checked(problems) => {
                writeln!(out, "\n## {}\n", escape(&file.path)).unwrap_or_default();
                for problem in problems {
                    write_problem(&mut out, problem);
                }
            }
            Outcome::Rejected(errors) => {
                writeln!(out, "\n## {}\n", escape(&file.path)).unwrap_or_default();
                for error in errors {
                    writeln!(
                        out,
                        "- **could not be read**, line {}, column {}: {}",
                        error.line,
                        error.column,
                        escape(&error.message)
                    )
                    .unwrap_or_default();
                }
            }
        }
    }
    out
}

fn summary(out: &mut String, report: &Report) {
    let counts = report.counts();
    write!(
        out,
        "{} in {}",
        counts.sentence(),
        counted(report.files.len(), "file")
    )
    .unwrap_or_default();
    if report.rejected() > 0 {
        write!(out, "; {} could not be read", report.rejected()).unwrap_or_default();
    }
    if report.skipped > 0 {
        let skipped = counted(report.skipped, "other file");
        write!(out, "; {skipped} skipped").unwrap_or_default();
    }
    out.push_str(".\n");
}

fn write_problem(out: &mut String, problem: &ReportedProblem) {
    write!(
        out,
        "- **{} {}** {}, line {}, column {}",
        problem.severity.as_str(),
        problem.rule.code,
        problem.rule.name,
        problem.start.line,
        problem.start.column
    )
    .unwrap_or_default();
    if let Some(first) = problem.ids.first() {
        write!(out, ", {}", code_span(first)).unwrap_or_default();
    }
    writeln!(out, ": {}", escape(&problem.message)).unwrap_or_default();
    for related in &problem.related {
        writeln!(
            out,
            "  - line {}, column {}: {}",
            related.start.line,
            related.start.column,
            escape(&related.message)
        )
        .unwrap_or_default();
    }
    if let Some(label) = &problem.fix {
        writeln!(out, "  - fix: {}", escape(label)).unwrap_or_default();
    }
    if let Some(reason) = &problem.acknowledged {
        writeln!(out, "  - acknowledged: {}", escape(reason)).unwrap_or_default();
    }
}

impl FileReport {
    /// The verdict in a few words: "clean", "2 errors, 1 warning", "could not be read".
    pub fn verdict(&self) -> String {
        match &self.outcome {
            Outcome::Rejected(_) => "could not be read".to_owned(),
            Outcome::Checked(problems) if problems.is_empty() => "clean".to_owned(),
            Outcome::Checked(_) => self.counts().sentence(),
        }
    }
}

/// `text` so that a Markdown reader shows it as it is: no emphasis, links, HTML, table cells or
/// line breaks of its own. Addresses are taken apart too, since GitHub links them unasked.
fn escape(text: &str) -> String {
    let text = visible(text);
    let mut escaped = String::with_capacity(text.len() + 8);
    for (at, character) in text.char_indices() {
        let special = match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '&' | '!' | '~' | '$'
            | '@' => true,
            ':' => text[at..].starts_with("://"),
            '.' => text[..at].ends_with("www"),
            _ => false,
        };
        if special {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// `text` as a code span, fenced with more backquotes than it has in a row.
fn code_span(text: &str) -> String {
    let text = visible(text);
    let mut longest = 0;
    let mut run = 0;
    for character in text.chars() {
        run = if character == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}
