//! The glyphs of cards, as strokes in a square of 16 by 16.

use crate::diagram::CardKind;
use crate::document::NodeKind;
use crate::document::chart::types::Family;

/// The strokes of the glyph of a kind of card.
pub const fn glyph(kind: CardKind) -> &'static str {
    match kind {
        CardKind::Node(NodeKind::Start)
        | CardKind::InitialState
        | CardKind::Chart(Family::Start) => "M5 3.5v9l7.5-4.5z",
        CardKind::Node(NodeKind::Intent) | CardKind::Chart(Family::Message) => {
            "M2 3h12v8H7l-3 2.7V11H2z"
        }
        CardKind::Node(NodeKind::Action) | CardKind::Chart(Family::Action) => {
            "M9 1.5 3 9h4.5L7 14.5 13 7H8.5z"
        }
        CardKind::Node(NodeKind::Condition) | CardKind::Chart(Family::Decision) => {
            "M8 1.8 14.2 8 8 14.2 1.8 8z"
        }
        CardKind::Node(NodeKind::End) | CardKind::FinalState | CardKind::Chart(Family::End) => {
            "M3.5 3.5h9v9h-9z"
        }
        CardKind::Node(NodeKind::Fallback) | CardKind::FallbackState => {
            "M13 6.5a5.3 5.3 0 1 0 .2 3M13.3 3v3.5H9.8"
        }
        CardKind::Node(NodeKind::Unknown) => {
            "M5.5 5.8C5.5 4.3 6.6 3.3 8 3.3s2.5.9 2.5 2.2c0 1.9-2.5 2-2.5 4M8 12.2v.1"
        }
        CardKind::Chart(Family::Question) => {
            "M2 3h12v8H7l-3 2.7V11H2zM6.6 5.8c0-.8.6-1.3 1.4-1.3s1.4.5 1.4 1.2c0 1-1.4 1.1-1.4 2.1M8 9.4v.1"
        }
        CardKind::Chart(Family::Branch) => "M3 2.5V8h9M9.2 5.2 12 8l-2.8 2.8",
        CardKind::Chart(Family::Jump) => "M3 13c0-5.5 3.5-7 9-7M9 3l3.2 3L9 9",
        CardKind::Chart(Family::Agent) => {
            "M4 6h8v6.5H4zM8 6V3.2M6.4 8.8v.1M9.6 8.8v.1M2.2 8v2.5M13.8 8v2.5"
        }
        CardKind::Chart(Family::Other) => "M3.5 3.5h9v9h-9zM6 8h.1M8 8h.1M10 8h.1",
        CardKind::State => {
            "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4"
        }
    }
}
