//! A picture as a Mermaid flowchart.

use std::fmt::Write as _;

use super::{Picture, words_on};
use crate::diagram::CardKind;
use crate::document::NodeKind;
use crate::document::chart::types::Family;

/// Writes a picture as a Mermaid flowchart: cards by number, since an id may be a word of the
/// language. O(cards + wires).
pub fn mermaid(picture: &Picture<'_>) -> String {
    let mut out = String::from("flowchart LR\n");
    for (number, card, _) in picture.cards() {
        let (open, close) = shape(card.kind);
        let label = quoted(&card.label);
        // Writing into a string does not fail.
        writeln!(out, "  n{number}{open}{label}{close}").unwrap_or_default();
    }
    for (link, _) in picture.wires() {
        let (source, target) = picture.ends(link);
        let arrow = if link.is_dashed() { "-.->" } else { "-->" };
        let words = words_on(link);
        let label = if words.is_empty() {
            String::new()
        } else {
            format!("|{}|", quoted(&words))
        };
        writeln!(out, "  n{source} {arrow}{label} n{target}").unwrap_or_default();
    }
    out
}

fn shape(kind: CardKind) -> (&'static str, &'static str) {
    match kind {
        CardKind::Node(NodeKind::Start)
        | CardKind::InitialState
        | CardKind::Chart(Family::Start) => ("([", "])"),
        CardKind::Node(NodeKind::Intent) => ("[/", "/]"),
        CardKind::Node(NodeKind::Condition) | CardKind::Chart(Family::Decision) => ("{", "}"),
        CardKind::Node(NodeKind::End) | CardKind::FinalState | CardKind::Chart(Family::End) => {
            ("(((", ")))")
        }
        CardKind::Node(NodeKind::Fallback) | CardKind::FallbackState => (">", "]"),
        CardKind::Node(NodeKind::Action | NodeKind::Unknown) | CardKind::Chart(_) => ("[", "]"),
        CardKind::State => ("(", ")"),
    }
}

/// A text in quotes. Whatever Mermaid, or the page around it, would read as more than text is spelled
/// by its number.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        if letter.is_alphanumeric() || " _.,:=!?+/()'-$€…äöüß".contains(letter) {
            quoted.push(letter);
        } else {
            write!(quoted, "#{};", u32::from(letter)).unwrap_or_default();
        }
    }
    quoted.push('"');
    quoted
}
