//! A comparison as Markdown, for a ticket or a pull request. Whatever stands in a file is escaped.

use std::fmt::Write as _;

use super::words::{
    MOST_LINES, headline, line, marks_in_words, place, remarks, shown_fields, values,
};
use super::{Entry, Field, SetComparison, TextDifference};
use crate::report::markdown::{self, code_span};
use crate::report::{counted, visible};

/// Writes a comparison as Markdown: a table of the files that differ, then what differs in each.
///
/// # Complexity
/// O(entries).
pub fn markdown(set: &SetComparison<'_>) -> String {
    let mut out = String::from("# Flowdeck comparison\n\n");
    put(
        &mut out,
        format_args!(
            "{} → {}\n\n{}\n",
            escape(&set.old),
            escape(&set.new),
            set.summary()
        ),
    );
    let files = || set.files.iter().filter(|file| file.differs());
    if files().count() > 1 {
        out.push_str("\n| file | what differs |\n|---|---|\n");
        for file in files() {
            put(
                &mut out,
                format_args!("| {} | {} |\n", escape(&file.path()), file.verdict()),
            );
        }
    }
    for file in files() {
        let Some(found) = &file.comparison else {
            continue;
        };
        put(&mut out, format_args!("\n## {}\n\n", escape(&file.path())));
        for entry in &found.entries {
            write_entry(&mut out, entry);
        }
        for remark in remarks(found) {
            put(&mut out, format_args!("\n{}\n", escape(&remark)));
        }
    }
    out
}

fn escape(text: &str) -> String {
    markdown::escape(&visible(text))
}

fn put(out: &mut String, part: std::fmt::Arguments<'_>) {
    // Writing into a string does not fail.
    out.write_fmt(part).unwrap_or_default();
}

fn write_entry(out: &mut String, entry: &Entry) {
    put(
        out,
        format_args!(
            "- **{}** {}",
            marks_in_words(entry),
            escape(&headline(entry)),
        ),
    );
    if let Some(place) = place(entry) {
        put(out, format_args!(": {}", escape(&place)));
    }
    out.push('\n');
    let (fields, left) = shown_fields(entry);
    for field in fields {
        write_field(out, field);
    }
    if left > 0 {
        put(
            out,
            format_args!("  - and {} more\n", counted(left, "field")),
        );
    }
}

fn write_field(out: &mut String, field: &Field) {
    put(out, format_args!("  - {}", escape(&field.label)));
    if let Some(lines) = &field.lines {
        out.push_str(":\n");
        write_lines(out, lines);
        return;
    }
    let (before, after) = values(field);
    let span = |value: String| code_span(&value);
    match (before.map(span), after.map(span)) {
        (None, None) => out.push('\n'),
        (Some(before), None) => put(out, format_args!(": {before} is gone\n")),
        (None, Some(after)) => put(out, format_args!(": {after}\n")),
        (Some(before), Some(after)) => put(out, format_args!(": {before} → {after}\n")),
    }
}

/// Lines as a block that many readers colour. No line of it can end the block: it is indented and has its
/// sign before it.
fn write_lines(out: &mut String, lines: &TextDifference) {
    out.push_str("\n    ```diff\n");
    let mut left = MOST_LINES;
    for hunk in &lines.hunks {
        put(out, format_args!("    @@ line {} @@\n", hunk.new));
        for own in hunk.lines.iter().take(left) {
            let (sign, text) = line(own);
            put(out, format_args!("    {sign}{}\n", visible(text)));
        }
        left = left.saturating_sub(hunk.lines.len());
        if left == 0 {
            out.push_str("    @@ and more lines further down @@\n");
            break;
        }
    }
    out.push_str("    ```\n\n");
}
