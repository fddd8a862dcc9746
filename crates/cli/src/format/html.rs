//! The report as one HTML page that stands alone: no scripts, nothing fetched, everything from a
//! file escaped.

use std::fmt::Write as _;

use flow::document::DocumentKind;
use flow::report::{FileReport, Outcome, Report, ReportedProblem, visible};

use super::text;

/// The page.
pub(crate) fn write(report: &Report) -> String {
    let mut out = String::from(HEAD);
    let summary = escape(&text::summary(report));
    write!(
        out,
        "<h1>Flowdeck report</h1>\n<p class=\"summary\">{summary}</p>\n"
    )
    .unwrap_or_default();
    if !report.files.is_empty() {
        out.push_str(
            "<table><thead><tr><th>File</th><th>Kind</th><th>Verdict</th></tr></thead><tbody>\n",
        );
        for (index, file) in report.files.iter().enumerate() {
            writeln!(
                out,
                "<tr class=\"{}\"><td><a href=\"#file-{index}\">{}</a></td><td>{}</td><td>{}</td></tr>",
                tone(file),
                escape(&file.path),
                file.kind.map_or("unknown", DocumentKind::label),
                file.verdict()
            )
            .unwrap_or_default();
        }
        out.push_str("</tbody></table>\n");
    }
    for (index, file) in report.files.iter().enumerate() {
        write_file(&mut out, index, file);
    }
    out.push_str("</main></body></html>\n");
    out
}

fn write_file(out: &mut String, index: usize, file: &FileReport) {
    write!(
        out,
        "<section id=\"file-{index}\" class=\"{}\"><h2>{}</h2>\n<p class=\"verdict\">{}</p>\n",
        tone(file),
        escape(&file.path),
        file.verdict()
    )
    .unwrap_or_default();
    match &file.outcome {
        Outcome::Checked(problems) if problems.is_empty() => {}
        Outcome::Checked(problems) => {
            out.push_str("<ol>\n");
            for problem in problems {
                write_problem(out, problem);
            }
            out.push_str("</ol>\n");
        }
        Outcome::Rejected(errors) => {
            out.push_str("<ol>\n");
            for error in errors {
                writeln!(
                    out,
                    "<li class=\"error\"><p class=\"place\">line {}, column {}</p><p>{}</p></li>",
                    error.line,
                    error.column,
                    escape(&error.message)
                )
                .unwrap_or_default();
            }
            out.push_str("</ol>\n");
        }
    }
    out.push_str("</section>\n");
}

fn write_problem(out: &mut String, problem: &ReportedProblem) {
    let severity = problem.severity.as_str();
    let seen = if problem.acknowledged.is_some() {
        " seen"
    } else {
        ""
    };
    writeln!(
        out,
        "<li class=\"{severity}{seen}\"><p><b>{severity} {}</b> {} <span class=\"place\">line {}, \
         column {}</span></p><p>{}</p>",
        problem.rule.code,
        problem.rule.name,
        problem.start.line,
        problem.start.column,
        escape(&problem.message)
    )
    .unwrap_or_default();
    for related in &problem.related {
        writeln!(
            out,
            "<p class=\"more\">line {}, column {}: {}</p>",
            related.start.line,
            related.start.column,
            escape(&related.message)
        )
        .unwrap_or_default();
    }
    if let Some(label) = &problem.fix {
        writeln!(out, "<p class=\"more\">fix: {}</p>", escape(label)).unwrap_or_default();
    }
    if let Some(reason) = &problem.acknowledged {
        writeln!(
            out,
            "<p class=\"more\">acknowledged: {}</p>",
            escape(reason)
        )
        .unwrap_or_default();
    }
    out.push_str("</li>\n");
}

/// The class that colours a file by its worst finding.
fn tone(file: &FileReport) -> &'static str {
    let counts = file.counts();
    match &file.outcome {
        Outcome::Rejected(_) => "error",
        Outcome::Checked(_) if counts.errors > 0 => "error",
        Outcome::Checked(_) if counts.warnings > 0 => "warning",
        Outcome::Checked(_) => "clean",
    }
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in visible(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Up to the start of the content. The policy forbids everything but the page's own style sheet.
const HEAD: &str = r#"<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Flowdeck report</title>
<style>
:root { color-scheme: light dark; --line: light-dark(#dcdfe4, #3a3f47); --faint: light-dark(#5c6570, #9aa4b0);
  --error: light-dark(#b3261e, #ff8a80); --warning: light-dark(#8a5a00, #f2b84b); --info: light-dark(#0b5cad, #7db7ff); --clean: light-dark(#1b6e3c, #6fd08f); }
body { margin: 0; font: 14px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
h2 { font-size: 1rem; margin: 2rem 0 0; overflow-wrap: anywhere; }
p { margin: .15rem 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin-top: 1rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
a { color: inherit; }
ol { list-style: none; margin: .5rem 0 0; padding: 0; }
li { border-left: 3px solid var(--line); padding: .1rem 0 .1rem .75rem; margin: .75rem 0; }
li.seen { opacity: .6; }
.place, .more, .verdict { color: var(--faint); }
.error > p > b, tr.error td:last-child { color: var(--error); } li.error { border-color: var(--error); }
.warning > p > b, tr.warning td:last-child { color: var(--warning); } li.warning { border-color: var(--warning); }
.info > p > b { color: var(--info); } li.info { border-color: var(--info); }
tr.clean td:last-child { color: var(--clean); }
@media print { main { margin: 0; max-width: none; } li { break-inside: avoid; } }
</style></head>
<body><main>
"#;
