//! The report as
//! [workflow commands](https://docs.github.com/actions/reference/workflow-commands-for-github-actions)
//! of GitHub Actions, which show each problem at its line in a pull request.

use flow::problem::Severity;
use flow::report::{FileReport, Outcome, Report, ReportedProblem, visible};

/// One annotation per problem that was not acknowledged, then the summary.
pub(crate) fn write(report: &Report) -> String {
    let mut lines = Vec::new();
    for file in &report.files {
        match &file.outcome {
            Outcome::Checked(problems) => lines.extend(
                problems
                    .iter()
                    .filter(|problem| problem.acknowledged.is_none())
                    .map(|problem| annotation(file, problem)),
            ),
            Outcome::Rejected(errors) => lines.extend(errors.iter().map(|error| {
                format!(
                    "::error file={},line={},col={},title=Could not be read::{}",
                    property(&file.path),
                    error.line,
                    error.column,
                    data(&error.message)
                )
            })),
        }
    }
    lines.push(report.summary());
    lines.push(String::new());
    lines.join("\n")
}

fn annotation(file: &FileReport, problem: &ReportedProblem) -> String {
    let command = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    // Columns only count within one line.
    let columns = if problem.start.line == problem.end.line {
        format!(
            ",col={},endColumn={}",
            problem.start.column, problem.end.column
        )
    } else {
        String::new()
    };
    format!(
        "::{command} file={},line={},endLine={}{columns},title={} {}::{}",
        property(&file.path),
        problem.start.line,
        problem.end.line,
        problem.rule.code,
        problem.rule.name,
        data(&problem.message)
    )
}

/// Text after `::`, where a line break would end the command.
fn data(text: &str) -> String {
    let text = visible(text);
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property, which also ends at a comma or colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
