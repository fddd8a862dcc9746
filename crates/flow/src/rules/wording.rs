//! Wording that the messages of several rules share.

use std::fmt::{Display, Formatter, Write as _};

use super::context::{DialogContext, EdgeAt};
use super::mentions::Place;
use crate::document::Field;
use crate::report::visible;

/// How many names a message lists before it counts the rest.
const NAMES: usize = 5;
/// How many characters of a name a message quotes.
const QUOTED: usize = 120;
/// Longer messages than this, in bytes, quote more than a reader can use.
const LONG: usize = 1_000;
/// Stretches between quotation marks that are longer than this, in bytes, are no words of a rule.
const OWN_WORDS: usize = 400;
/// How many characters are left of a message that is too long for another reason.
const LONGEST: usize = 2_000;

/// A name as a message quotes it: its beginning, where it is long. A label may be megabytes, and
/// many problems may name it. What would end or reorder the line is spelled out.
#[derive(Clone, Copy, Debug)]
pub struct Quoted<'a>(pub &'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self.0.char_indices().nth(QUOTED) {
            None => f.write_str(&visible(self.0)),
            Some((end, _)) => write!(f, "{}…", visible(&self.0[..end])),
        }
    }
}

/// A message that whatever it quotes leaves short enough to be read, and drawn: what stands
/// between two quotation marks is cut where it is long. O(bytes).
pub(super) fn concise(message: String) -> String {
    if message.len() <= LONG {
        return message;
    }
    let mut short = String::new();
    for (index, part) in message.split('"').enumerate() {
        if index > 0 {
            short.push('"');
        }
        if part.len() > OWN_WORDS {
            // Writing to a string does not fail.
            write!(short, "{}", Quoted(part)).unwrap_or_default();
        } else {
            short.push_str(part);
        }
    }
    if let Some((end, _)) = short.char_indices().nth(LONGEST) {
        short.truncate(end);
        short.push('…');
    }
    short
}

/// Names as a message lists them: `"a"`, `"a" and "b"`, `"a", "b" and 3 more`.
pub(super) fn list(names: &[impl Display]) -> String {
    fn quoted(names: &[impl Display]) -> String {
        let parts: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        parts.join(", ")
    }
    match names {
        [] => String::new(),
        [only] => format!("\"{only}\""),
        [most @ .., last] if names.len() <= NAMES => format!("{} and \"{last}\"", quoted(most)),
        _ => {
            let (shown, rest) = names.split_at(NAMES - 1);
            format!("{} and {} more", quoted(shown), rest.len())
        }
    }
}

/// The names along a closed way, back to the first: `"a" → "b" → "a"`.
pub(super) fn way_round(names: &[impl Display]) -> String {
    let mut text = String::new();
    let mut step = |name: &str| {
        if !text.is_empty() {
            text.push_str(" → ");
        }
        text.push_str(name);
    };
    for name in &names[..names.len().min(NAMES)] {
        step(&format!("\"{name}\""));
    }
    if names.len() > NAMES {
        step(&format!("{} more", names.len() - NAMES));
    }
    if let Some(first) = names.first() {
        step(&format!("\"{first}\""));
    }
    text
}

/// An edge as a message names it, by its ends.
pub(super) fn branch(context: &DialogContext<'_>, edge: EdgeAt) -> String {
    let name = |node: Option<usize>, id: &Field| {
        node.map_or_else(
            || Quoted(&id.text).to_string(),
            |node| context.name(node).to_string(),
        )
    };
    let ends = context.edge(edge);
    format!(
        "the branch from \"{}\" to \"{}\"",
        name(context.source(edge), &ends.source),
        name(context.target(edge), &ends.target)
    )
}

/// A place with mentions of variables, as a message names it.
pub(super) fn describe(context: &DialogContext<'_>, place: &Place) -> String {
    match (place.edge, place.node) {
        (Some(edge), _) => branch(context, edge),
        (None, Some(node)) => format!("\"{}\"", context.name(node)),
        (None, None) => "the flow".to_owned(),
    }
}

/// The text with a capital letter at its start.
pub(super) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_stays_short_whatever_it_quotes() {
        let label = "é".repeat(1_000_000);
        let quoted = format!("\"{}\"", Quoted(&label));
        assert_eq!(quoted.chars().count(), QUOTED + 3);
        let said = concise(format!("Nothing defines \"{label}\" here. Correct it."));
        assert_eq!(said, format!("Nothing defines {quoted} here. Correct it."));
        // Quotation marks in what is quoted do not help it out.
        let said = concise(format!("No \"{}\".", "\"x".repeat(1_000_000)));
        assert_eq!(said.chars().count(), LONGEST + 1);
        assert_eq!(Quoted("a\nb\u{202e}c").to_string(), "a\\u{a}b\\u{202e}c");
        let plain = "word ".repeat(190);
        assert_eq!(concise(plain.clone()), plain);
    }

    #[test]
    fn long_lists_are_cut() {
        assert_eq!(list(&["a"]), "\"a\"");
        assert_eq!(list(&["a", "b"]), "\"a\" and \"b\"");
        assert_eq!(
            list(&["a", "b", "c", "d", "e", "f"]),
            "\"a\", \"b\", \"c\", \"d\" and 2 more"
        );
        assert_eq!(way_round(&["a"]), "\"a\" → \"a\"");
        assert_eq!(
            way_round(&["a", "b", "c", "d", "e", "f", "g"]),
            "\"a\" → \"b\" → \"c\" → \"d\" → \"e\" → 2 more → \"a\""
        );
    }
}
