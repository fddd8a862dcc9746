//! A comparison as text for a terminal.

use super::words::MOST_LINES;
use super::words::{
    class, headline, line, marks_in_words, place, remarks, shown_fields, sign, values,
};
use super::{Comparison, Entry, Field, SetComparison, TextDifference};
use crate::report::{counted, visible};

/// Up to how many characters values are told on the line of their name.
const SHORT: usize = 60;

/// What a piece of the text is, so that it can be coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The name of a file.
    Heading,
    /// Something that was added.
    Added,
    /// Something that was removed.
    Removed,
    /// Something that was moved or changed.
    Changed,
    /// What matters less.
    Faint,
}

/// Writes a comparison as text. `paint` puts colours on pieces of it, or leaves them as they are.
///
/// # Complexity
/// O(entries).
pub fn text(set: &SetComparison<'_>, paint: &dyn Fn(&str, Tone) -> String) -> String {
    let mut out = Writer {
        out: String::new(),
        paint,
    };
    for file in set.files.iter().filter(|file| file.differs()) {
        out.put("", &visible(&file.path()), Tone::Heading);
        out.out.pop();
        out.plain(&format!("  {}", file.verdict()));
        if let Some(found) = &file.comparison {
            out.comparison(found);
        }
        out.out.push('\n');
    }
    out.plain(&set.summary());
    out.out
}

struct Writer<'p> {
    out: String,
    paint: &'p dyn Fn(&str, Tone) -> String,
}

impl Writer<'_> {
    fn put(&mut self, indent: &str, text: &str, tone: Tone) {
        self.out.push_str(indent);
        self.out.push_str(&(self.paint)(text, tone));
        self.out.push('\n');
    }

    fn plain(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn comparison(&mut self, found: &Comparison) {
        for entry in &found.entries {
            self.entry(entry);
        }
        for remark in remarks(found) {
            self.put("  ", &remark, Tone::Faint);
        }
    }

    fn entry(&mut self, entry: &Entry) {
        let tone = match class(entry.marks) {
            "added" => Tone::Added,
            "removed" => Tone::Removed,
            _ => Tone::Changed,
        };
        let head = format!("{} {}", sign(entry.marks), headline(entry));
        self.put("  ", &head, tone);
        self.out.pop();
        let words = format!(" · {}", marks_in_words(entry));
        self.put("", &words, Tone::Faint);
        if let Some(place) = place(entry) {
            self.put("      ", &place, Tone::Faint);
        }
        let (fields, left) = shown_fields(entry);
        for field in fields {
            self.field(field);
        }
        if left > 0 {
            self.put(
                "      ",
                &format!("and {} more", counted(left, "field")),
                Tone::Faint,
            );
        }
    }

    fn field(&mut self, field: &Field) {
        let label = visible(&field.label);
        if let Some(lines) = &field.lines {
            self.plain(&format!("      {label}:"));
            self.lines(lines);
            return;
        }
        let (before, after) = values(field);
        let length = |value: &Option<String>| value.as_ref().map_or(0, |it| it.chars().count());
        let is_short = length(&before) + length(&after) <= SHORT;
        match (before, after) {
            (None, None) => self.plain(&format!("      {label}")),
            (Some(value), None) | (None, Some(value)) if is_short => {
                self.plain(&format!("      {label}: {value}"));
            }
            (Some(before), Some(after)) if is_short => {
                self.plain(&format!("      {label}: {before} → {after}"));
            }
            (before, after) => {
                self.plain(&format!("      {label}:"));
                if let Some(before) = before {
                    self.put("        ", &format!("- {before}"), Tone::Removed);
                }
                if let Some(after) = after {
                    self.put("        ", &format!("+ {after}"), Tone::Added);
                }
            }
        }
    }

    fn lines(&mut self, lines: &TextDifference) {
        let mut left = MOST_LINES;
        for hunk in &lines.hunks {
            if left == 0 {
                self.put("        ", "and more lines further down", Tone::Faint);
                return;
            }
            self.put("        ", &format!("line {}", hunk.new), Tone::Faint);
            for own in hunk.lines.iter().take(left) {
                let (sign, text) = line(own);
                let text = format!("{sign} {}", visible(text));
                match sign {
                    "-" => self.put("        ", &text, Tone::Removed),
                    "+" => self.put("        ", &text, Tone::Added),
                    _ => self.plain(&format!("        {text}")),
                }
            }
            left = left.saturating_sub(hunk.lines.len());
        }
    }
}
