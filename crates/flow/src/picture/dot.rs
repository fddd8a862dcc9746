//! A picture in the DOT language of Graphviz.

use std::fmt::Write as _;

use super::{Picture, words_on};
use crate::diagram::{CardKind, display};
use crate::document::NodeKind;
use crate::document::chart::types::Family;

/// Writes a picture in DOT. O(cards + wires).
pub fn dot(picture: &Picture<'_>) -> String {
    let mut out = format!(
        "digraph {} {{\n  rankdir=LR;\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n  \
         edge [fontname=\"sans-serif\", fontsize=10];\n",
        quoted(&display(picture.title))
    );
    for (number, card, _) in picture.cards() {
        let label = quoted(&card.label);
        // Writing into a string does not fail.
        writeln!(out, "  n{number} [label={label}{}];", shape(card.kind)).unwrap_or_default();
    }
    for (link, _) in picture.wires() {
        let (source, target) = picture.ends(link);
        let mut attributes = Vec::new();
        let words = words_on(link);
        if !words.is_empty() {
            attributes.push(format!("label={}", quoted(&words)));
        }
        if link.is_dashed() {
            attributes.push("style=dashed".to_owned());
        }
        let attributes = if attributes.is_empty() {
            String::new()
        } else {
            format!(" [{}]", attributes.join(", "))
        };
        writeln!(out, "  n{source} -> n{target}{attributes};").unwrap_or_default();
    }
    out.push_str("}\n");
    out
}

fn shape(kind: CardKind) -> &'static str {
    match kind {
        CardKind::Node(NodeKind::Start)
        | CardKind::InitialState
        | CardKind::Chart(Family::Start) => ", shape=ellipse",
        CardKind::Node(NodeKind::Intent) => ", shape=parallelogram, style=\"\"",
        CardKind::Node(NodeKind::Condition) | CardKind::Chart(Family::Decision) => {
            ", shape=diamond, style=\"\""
        }
        CardKind::Node(NodeKind::End) | CardKind::FinalState | CardKind::Chart(Family::End) => {
            ", shape=doublecircle"
        }
        CardKind::Node(NodeKind::Fallback) | CardKind::FallbackState => {
            ", shape=octagon, style=\"\""
        }
        CardKind::Node(NodeKind::Action | NodeKind::Unknown)
        | CardKind::State
        | CardKind::Chart(_) => "",
    }
}

/// A text in quotes, in which nothing but text is read.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}
