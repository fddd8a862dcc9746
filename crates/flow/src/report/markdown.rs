//! The report as Markdown: who reviewed what, a table of verdicts, the rules that found something,
//! then each file's problems. A comment on GitHub holds 65,536 characters, so a longer report leaves
//! out the mildest problems and says how many.

use std::fmt::Write as _;

use super::rule_summary::by_rule;
use super::words::{by_and_at, grouped, readable_time};
use super::{FileReport, Outcome, Report, ReportedProblem, counted, shortened};
use crate::problem::Severity;

/// How long a report may be, in bytes: no text has more characters than bytes.
const MOST: usize = 60_000;
/// How much of that the table of files may take.
const MOST_FILES: usize = 18_000;
/// How much is kept for the headings of files and the remark on what is left out.
const ROOM: usize = 1_500;
/// How much of a path, an id or a pointer is shown, in characters.
const NAME: usize = 160;
/// How much of a message or reason is shown, in characters.
const MESSAGE: usize = 1_200;

pub(super) fn write(report: &Report) -> String {
    let mut out = String::from("# Flowdeck report\n\n");
    let summary = escape(&report.summary());
    writeln!(out, "**{}.** {summary}\n", report.headline()).unwrap_or_default();
    write_facts(&mut out, report);
    if !report.files.is_empty() {
        write_files(&mut out, report);
    }
    write_rules(&mut out, report);
    let mut entries: Vec<Entry> = Vec::new();
    for (number, file) in report.files.iter().enumerate() {
        match &file.outcome {
            Outcome::Checked(problems) => entries.extend(problems.iter().map(|problem| Entry {
                file: number,
                rank: rank(problem),
                text: problem_row(problem),
            })),
            Outcome::Rejected(errors) => entries.extend(errors.iter().map(|error| Entry {
                file: number,
                rank: 0,
                text: format!(
                    "| | {}:{} | {} |\n",
                    error.line,
                    error.column,
                    cell(&error.message, MESSAGE)
                ),
            })),
        }
    }
    let all = entries.len();
    // The worst of all files come first, so that what is left out is the mildest.
    entries.sort_by_key(|entry| entry.rank);
    let mut room = MOST.saturating_sub(out.len() + ROOM);
    let mut last = usize::MAX;
    let fits = entries.iter().take_while(|entry| {
        let heading = if last == entry.file {
            0
        } else {
            HEADINGS + cell(&report.files[entry.file].path, NAME).len()
        };
        last = entry.file;
        let needed = entry.text.len() + heading;
        let fits = needed <= room;
        room = room.saturating_sub(needed);
        fits
    });
    let fitting = fits.count();
    entries.truncate(fitting);
    entries.sort_by_key(|entry| (entry.file, entry.rank));
    for group in entries.chunk_by(|one, other| one.file == other.file) {
        write_problems(&mut out, &report.files[group[0].file], group);
    }
    if fitting < all {
        writeln!(
            out,
            "\n> **{} of {} are left out here**, the mildest first, so that the report fits into a \
             comment. The HTML, JSON and CSV reports have all of them.",
            counted(all - fitting, "problem"),
            grouped(all)
        )
        .unwrap_or_default();
    }
    out
}

/// How long the headings of a file and of a severity are with the head of a table, but for the
/// name of the file.
const HEADINGS: usize = 80;

/// A row of the table of problems.
struct Entry {
    file: usize,
    /// Decides under which heading it stands.
    rank: u8,
    text: String,
}

/// 0 for what must be put right, 3 for what was acknowledged.
fn rank(problem: &ReportedProblem) -> u8 {
    match (problem.severity, &problem.acknowledged) {
        (Severity::Error, _) => 0,
        (_, Some(_)) => 3,
        (Severity::Warning, None) => 1,
        (Severity::Info, None) => 2,
    }
}

fn write_facts(out: &mut String, report: &Report) {
    out.push_str("| | |\n|---|---|\n");
    for (name, value) in report.facts() {
        writeln!(out, "| {name} | {} |", cell(&value, MESSAGE)).unwrap_or_default();
    }
}

fn write_files(out: &mut String, report: &Report) {
    out.push_str(
        "\n## Files\n\n| File | Kind | Contents | Verdict | SHA-256 |\n|---|---|---|---|---|\n",
    );
    let before = out.len();
    for (number, file) in report.files.iter().enumerate() {
        if out.len() - before > MOST_FILES {
            let more = counted(report.files.len() - number, "more file");
            writeln!(out, "| … and {more} | | | | |").unwrap_or_default();
            break;
        }
        let content = file.content.as_ref();
        writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            cell(&file.path, NAME),
            file.kind_label(),
            file.inventory_sentence(),
            file.verdict(),
            content.map_or_else(String::new, |content| format!("`{}`", content.sha256)),
        )
        .unwrap_or_default();
    }
}

fn write_rules(out: &mut String, report: &Report) {
    let found = by_rule(report);
    if found.is_empty() {
        return;
    }
    out.push_str(
        "\n## Rules\n\n| Rule | Severity | What it finds | Problems | Files |\n|---|---|---|---:|---:|\n",
    );
    for found in found {
        writeln!(
            out,
            "| {} {} | {} | {} | {} | {} |",
            found.rule.code,
            found.rule.name,
            found.worst.as_str(),
            cell(found.rule.summary, MESSAGE),
            found.problems,
            found.files
        )
        .unwrap_or_default();
    }
}

fn write_problems(out: &mut String, file: &FileReport, entries: &[Entry]) {
    writeln!(out, "\n## {}", cell(&file.path, NAME)).unwrap_or_default();
    let is_rejected = matches!(file.outcome, Outcome::Rejected(_));
    for group in entries.chunk_by(|one, other| one.rank == other.rank) {
        let heading = match group[0].rank {
            _ if is_rejected => "Could not be read",
            0 => "Errors",
            1 => "Warnings",
            2 => "Infos",
            _ => "Acknowledged",
        };
        writeln!(
            out,
            "\n### {heading}\n\n| Rule | Place | Problem |\n|---|---|---|"
        )
        .unwrap_or_default();
        for entry in group {
            out.push_str(&entry.text);
        }
    }
}

fn problem_row(problem: &ReportedProblem) -> String {
    let mut row = format!(
        "| {} {} | {}:{}",
        problem.rule.code, problem.rule.name, problem.start.line, problem.start.column
    );
    for id in problem.ids.iter().take(3) {
        write!(row, " {}", code_span(id)).unwrap_or_default();
    }
    write!(row, " | {}", cell(&problem.message, MESSAGE)).unwrap_or_default();
    for related in problem.related.iter().take(10) {
        write!(
            row,
            "<br>See {}:{}: {}",
            related.start.line,
            related.start.column,
            cell(&related.message, NAME)
        )
        .unwrap_or_default();
    }
    if let Some(label) = &problem.fix {
        write!(row, "<br>Fix: {}", cell(label, NAME)).unwrap_or_default();
    }
    if let Some(accepted) = &problem.acknowledged {
        write!(
            row,
            "<br>**Acknowledged**{}: {}",
            cell(&by_and_at(&accepted.by, &readable_time(&accepted.at)), NAME),
            cell(&accepted.reason, MESSAGE)
        )
        .unwrap_or_default();
    }
    row.push_str(" |\n");
    row
}

/// A text in a table or heading, at most so many characters of it.
fn cell(text: &str, most: usize) -> String {
    escape(&shortened(text, most))
}

/// `text`, which is harmless to show, so that a Markdown reader shows it as it is: no emphasis,
/// links, HTML, table cells or line breaks of its own. Addresses are taken apart too, since GitHub
/// links them unasked.
pub(crate) fn escape(text: &str) -> String {
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

/// `text` as a code span, fenced with more backquotes than it has in a row. A bar would end a cell
/// of a table even there.
pub(crate) fn code_span(text: &str) -> String {
    let text = shortened(text, NAME);
    if text.contains('|') {
        return escape(&text);
    }
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
