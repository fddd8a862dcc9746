//! The lines of source around a problem, with what it is about underlined. Lines of any length
//! and content: long ones are cut to a window, tabs become spaces, and characters that would
//! command the terminal or reorder the line are spelled out.

use std::fmt::Write as _;

use flow::json::{Position, Span};
use flow::report::visible;
use unicode_width::UnicodeWidthStr as _;

use crate::output::{FRAME, Paint, Style};

/// How many columns of source are shown.
const WINDOW: usize = 100;
/// How many of them stand before the start of the problem, in a line that is too long.
const BEFORE: usize = 40;
/// How many lines are shown of a problem that spans several.
const MOST_LINES: u32 = 4;

/// The source at `span`, framed and with line numbers; `mark` colours what points at it.
pub(super) fn excerpt(
    text: &str,
    span: Span,
    (start, end): (Position, Position),
    paint: Paint,
    mark: Style,
) -> String {
    let frame = Frame {
        width: gutter(start, end),
        paint,
    };
    if start.line == end.line {
        one_line(text, span, start.line, frame, mark)
    } else {
        several_lines(text, span, start.line, frame, mark)
    }
}

/// The frame left of the source: line numbers, right-aligned, and a bar.
#[derive(Clone, Copy)]
struct Frame {
    width: usize,
    paint: Paint,
}

impl Frame {
    fn numbered(self, line: u32) -> String {
        let width = self.width;
        self.paint.on(&format!("{line:>width$} |"), FRAME)
    }

    fn empty(self) -> String {
        let width = self.width;
        self.paint.on(&format!("{:width$} |", ""), FRAME)
    }
}

/// How wide the column of line numbers is, with a blank before it.
pub(super) fn gutter(start: Position, end: Position) -> usize {
    let last = end.line.min(start.line.saturating_add(MOST_LINES - 1));
    last.to_string().len() + 1
}

fn one_line(text: &str, span: Span, line: u32, frame: Frame, mark: Style) -> String {
    let (before, from_start) = last_columns(&text[..span.start as usize], WINDOW);
    let (after, to_end) = first_columns(&text[span.start as usize..], WINDOW);
    let fits = from_start && to_end && before.width() + after.width() <= WINDOW;
    let (before, cut_before) = if fits || before.width() <= BEFORE {
        (before, !from_start)
    } else {
        (last_columns(&before, BEFORE).0, true)
    };
    let room = WINDOW - before.width().min(WINDOW);
    let (after, whole) = first_columns(&text[span.start as usize..], room);
    let (about, _) = first_columns(&text[span.range()], room);
    let lead = if cut_before { "…" } else { "" };
    let tail = if whole { "" } else { "…" };
    let indent = " ".repeat(lead.width() + before.width());
    let underline = "^".repeat(about.width().max(1));
    let number = frame.numbered(line);
    let empty = frame.empty();
    format!(
        "{number} {lead}{before}{after}{tail}\n{empty} {indent}{}\n",
        frame.paint.on(&underline, mark)
    )
}

fn several_lines(text: &str, span: Span, first: u32, frame: Frame, mark: Style) -> String {
    let from = &text[..span.start as usize];
    let mut at = from.rfind('\n').map_or(0, |newline| newline + 1);
    let mut shown = String::new();
    let bar = frame.paint.on(">", mark);
    for line in first.. {
        if at >= span.end as usize {
            break;
        }
        if line - first >= MOST_LINES {
            shown.push_str(&frame.empty());
            shown.push_str("   …\n");
            break;
        }
        let (content, whole) = first_columns(&text[at..], WINDOW);
        let tail = if whole { "" } else { "…" };
        let number = frame.numbered(line);
        writeln!(shown, "{number} {bar} {content}{tail}").unwrap_or_default();
        let Some(newline) = text[at..].find('\n') else {
            break;
        };
        at += newline + 1;
    }
    shown
}

/// The start of the first line of `text` as shown, at most `columns` wide; and whether that is all
/// of the line.
fn first_columns(text: &str, columns: usize) -> (String, bool) {
    let mut shown = String::new();
    let mut width = 0;
    for (at, character) in text.char_indices() {
        if ends_line(&text[at..]) {
            return (shown, true);
        }
        let piece = show(&text[at..at + character.len_utf8()]);
        width += piece.width();
        if width > columns {
            return (shown, false);
        }
        shown.push_str(&piece);
    }
    (shown, true)
}

/// The end of the last line of `text` as shown, at most `columns` wide; and whether that is all
/// of the line.
fn last_columns(text: &str, columns: usize) -> (String, bool) {
    let mut pieces = Vec::new();
    let mut width = 0;
    let mut whole = true;
    for (at, character) in text.char_indices().rev() {
        if character == '\n' {
            break;
        }
        let piece = show(&text[at..at + character.len_utf8()]);
        width += piece.width();
        if width > columns {
            whole = false;
            break;
        }
        pieces.push(piece);
    }
    pieces.reverse();
    (pieces.concat(), whole)
}

fn ends_line(rest: &str) -> bool {
    rest.starts_with('\n') || rest.starts_with("\r\n")
}

/// One character as shown.
fn show(character: &str) -> std::borrow::Cow<'_, str> {
    if character == "\t" {
        "    ".into()
    } else {
        visible(character)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::ERROR;

    fn shown(text: &str, about: &str) -> String {
        let start = text.find(about).unwrap();
        let span = Span::new(
            u32::try_from(start).unwrap(),
            u32::try_from(start + about.len()).unwrap(),
        );
        let index = flow::json::LineIndex::new(text);
        let places = (
            index.position(text, span.start),
            index.position(text, span.end),
        );
        excerpt(text, span, places, Paint::PLAIN, ERROR)
    }

    #[test]
    fn the_problem_is_underlined_whatever_stands_before_it() {
        assert_eq!(
            shown("{\n\t\"日本\": \"é\"\n}", "\"é\""),
            " 2 |     \"日本\": \"é\"\n   |             ^^^\n"
        );
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        let text = format!("{}needle{}", "a".repeat(500), "b".repeat(500));
        let shown = shown(&text, "needle");
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines[0].ends_with('…') && lines[0].contains("|  …aaaa".trim_start_matches("|  ")));
        assert!(lines[0].width() <= WINDOW + 8, "{}", lines[0]);
        assert_eq!(
            lines[0].find("needle").map(|at| lines[0][..at].width()),
            lines[1].find('^')
        );
        assert_eq!(lines[1].matches('^').count(), "needle".len());
    }

    #[test]
    fn characters_that_command_are_spelled_out() {
        assert_eq!(
            shown("\u{202e}\u{1b}[2Jx", "x"),
            " 1 | \\u{202e}\\u{1b}[2Jx\n   |                  ^\n"
        );
    }

    #[test]
    fn the_start_of_a_long_object_is_shown() {
        let text = "[\n  {\n    1,\n    2,\n    3,\n    4\n  }\n]";
        assert_eq!(
            shown(text, &text[4..text.len() - 2]),
            " 2 | >   {\n 3 | >     1,\n 4 | >     2,\n 5 | >     3,\n   |   …\n"
        );
    }
}
