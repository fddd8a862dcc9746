//! What a command would change in the text, line by line, before it is applied.

use crate::command::Command;
use crate::json::{EditError, LineIndex, Span, TextEdit, Tree};

/// At most so many places of a change are shown.
const MAX_PLACES: usize = 8;
/// At most so many lines of each side of a place are shown.
const MAX_LINES: usize = 6;
/// At most so many characters of a line are shown, around what changes.
const MAX_LENGTH: usize = 160;
/// So many of them before what changes.
const LEAD: usize = 40;

/// Neighbouring lines that a command changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedLines {
    /// The number of the first line, from 1.
    pub line: u32,
    /// The lines as they are, shortened where they are many or long.
    pub before: Vec<String>,
    /// The lines as they would be.
    pub after: Vec<String>,
}

/// The lines that a command would change, in order; a handful of places at most. Nothing for a
/// command that leaves the text alone.
///
/// # Complexity
/// O(document), for the numbers of the lines.
pub fn fix_preview(tree: &Tree, command: &Command) -> Result<Vec<ChangedLines>, EditError> {
    let text = tree.text();
    let edits: Vec<TextEdit> = command
        .text_edits(tree)?
        .into_iter()
        .filter(|edit| text[edit.span.range()] != *edit.text)
        .collect();
    if edits.is_empty() {
        return Ok(Vec::new());
    }
    let index = LineIndex::new(text);
    let mut places = Vec::new();
    let mut rest = &edits[..];
    while let (Some(first), true) = (rest.first(), places.len() < MAX_PLACES) {
        let line = index.position(text, first.span.start).line;
        let mut last_line = index.position(text, first.span.end).line;
        let mut count = 1;
        // Edits that touch the same lines are one place.
        while let Some(next) = rest.get(count)
            && index.position(text, next.span.start).line <= last_line
        {
            last_line = index.position(text, next.span.end).line;
            count += 1;
        }
        let (these, others) = rest.split_at(count);
        let start = index.line_span(text, line).start;
        let end = index.line_span(text, last_line).end;
        places.push(place(text, Span::new(start, end), these, line));
        rest = others;
    }
    Ok(places)
}

fn place(text: &str, lines: Span, edits: &[TextEdit], line: u32) -> ChangedLines {
    // An edit may end past the last line, in its line break.
    let last = edits.last().map_or(lines.end, |edit| edit.span.end);
    let end = lines.end.max(last);
    let mut after = String::new();
    let mut at = lines.start;
    for edit in edits {
        after.push_str(&text[at as usize..edit.span.start as usize]);
        after.push_str(&edit.text);
        at = edit.span.end;
    }
    after.push_str(&text[at as usize..end as usize]);
    let before = &text[lines.start as usize..end as usize];
    let same = before
        .bytes()
        .zip(after.bytes())
        .take_while(|(left, right)| left == right)
        .count();
    let column = same
        - before[..floor(before, same)]
            .rfind('\n')
            .map_or(0, |at| at + 1);
    ChangedLines {
        line,
        before: shortened(before, column),
        after: shortened(&after, column),
    }
}

/// The lines of a text, at most [`MAX_LINES`] of at most [`MAX_LENGTH`] characters around the byte
/// `column`.
fn shortened(text: &str, column: usize) -> Vec<String> {
    let count = text.lines().count();
    let mut shown: Vec<String> = text
        .lines()
        .take(MAX_LINES)
        .map(|line| {
            if line.len() <= MAX_LENGTH {
                return line.to_owned();
            }
            let start = floor(line, column.saturating_sub(LEAD).min(line.len()));
            let mut characters = line[start..].chars();
            let mut part: String = characters.by_ref().take(MAX_LENGTH).collect();
            if start > 0 {
                part.insert(0, '…');
            }
            if characters.next().is_some() {
                part.push('…');
            }
            part
        })
        .collect();
    if count > MAX_LINES {
        shown.push(format!("… {} more lines", count - MAX_LINES));
    }
    shown
}

/// The nearest start of a character at or before a byte.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Change;
    use crate::json::{NewValue, parse};

    fn replacing(edits: &[(&str, &str)], text: &str) -> Vec<ChangedLines> {
        let tree = parse(text.into()).unwrap();
        let change = |&(old, new): &(&str, &str)| {
            let start = u32::try_from(text.find(old).unwrap()).unwrap();
            let end = start + u32::try_from(old.len()).unwrap();
            Change::ReplaceText {
                span: Span::new(start, end),
                text: new.to_owned(),
            }
        };
        let changes = edits.iter().map(change).collect();
        let command = Command {
            label: "Edit".to_owned(),
            changes,
        };
        fix_preview(&tree, &command).unwrap()
    }

    #[test]
    fn lines_are_shown_before_and_after() {
        let text = "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}\n";
        let places = replacing(&[("1", "10"), ("3", "30")], text);
        let lines: Vec<_> = places
            .iter()
            .map(|place| (place.line, &place.before[..], &place.after[..]))
            .collect();
        assert_eq!(
            lines,
            [
                (
                    2,
                    &["  \"a\": 1,".to_owned()][..],
                    &["  \"a\": 10,".to_owned()][..]
                ),
                (
                    4,
                    &["  \"c\": 3".to_owned()][..],
                    &["  \"c\": 30".to_owned()][..]
                ),
            ]
        );
        let one = replacing(&[("\"a\"", "\"x\""), ("1", "10")], text);
        assert_eq!(one.len(), 1);
        assert_eq!(one[0].after, ["  \"x\": 10,"]);
    }

    #[test]
    fn removed_members_take_their_lines_along() {
        let text = "{\n  \"a\": 1,\n  \"b\": 2\n}";
        let tree = parse(text.into()).unwrap();
        let change = Change::RemoveMembers {
            at: tree.root().id(),
            keys: vec!["b"],
        };
        let places = fix_preview(&tree, &Command::one("Remove", change)).unwrap();
        assert_eq!(places[0].before, ["  \"a\": 1,", "  \"b\": 2"]);
        assert_eq!(places[0].after, ["  \"a\": 1"]);
        let same = Change::Replace {
            at: tree.root().get("a").unwrap().id(),
            value: NewValue::Literal("1".to_owned()),
        };
        assert_eq!(fix_preview(&tree, &Command::one("Same", same)), Ok(vec![]));
    }

    #[test]
    fn long_lines_are_cut_around_the_change() {
        let text = format!("[\"{}\", 7, \"{}\"]", "é".repeat(4000), "z".repeat(4000));
        let places = replacing(&[("7", "8")], &text);
        assert!(places[0].before[0].contains(", 7, "));
        assert!(places[0].after[0].contains(", 8, "));
        assert!(places[0].after[0].chars().count() <= MAX_LENGTH + 2);
    }
}
