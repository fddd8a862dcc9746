//! Wording that the messages of several rules share.

use super::context::{DialogContext, EdgeAt};
use super::mentions::Place;
use crate::document::Field;

/// How many names a message lists before it counts the rest.
const NAMES: usize = 5;

/// Names as a message lists them: `"a"`, `"a" and "b"`, `"a", "b" and 3 more`.
pub(super) fn list(names: &[&str]) -> String {
    let quoted = |names: &[&str]| {
        let parts: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        parts.join(", ")
    };
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
pub(super) fn way_round(names: &[&str]) -> String {
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
        node.map_or_else(|| id.text.to_string(), |node| context.name(node).to_owned())
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
