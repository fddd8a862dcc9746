//! The glyphs of cards, as strokes in a square of 16 by 16.

use crate::diagram::CardKind;
use crate::document::NodeKind;

/// The strokes of the glyph of a kind of card.
pub const fn glyph(kind: CardKind) -> &'static str {
    match kind {
        CardKind::Node(NodeKind::Start) | CardKind::InitialState => "M5 3.5v9l7.5-4.5z",
        CardKind::Node(NodeKind::Intent) => "M2 3h12v8H7l-3 2.7V11H2z",
        CardKind::Node(NodeKind::Action) => "M9 1.5 3 9h4.5L7 14.5 13 7H8.5z",
        CardKind::Node(NodeKind::Condition) => "M8 1.8 14.2 8 8 14.2 1.8 8z",
        CardKind::Node(NodeKind::End) | CardKind::FinalState => "M3.5 3.5h9v9h-9z",
        CardKind::Node(NodeKind::Fallback) | CardKind::FallbackState => {
            "M13 6.5a5.3 5.3 0 1 0 .2 3M13.3 3v3.5H9.8"
        }
        CardKind::Node(NodeKind::Unknown) => {
            "M5.5 5.8C5.5 4.3 6.6 3.3 8 3.3s2.5.9 2.5 2.2c0 1.9-2.5 2-2.5 4M8 12.2v.1"
        }
        CardKind::State => {
            "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4"
        }
    }
}
