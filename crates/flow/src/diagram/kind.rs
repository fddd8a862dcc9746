//! What cards there are.

use crate::document::NodeKind;
use crate::document::chart::types::Family;

/// What a card does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CardKind {
    /// A node of a dialog flow.
    Node(NodeKind),
    /// A state: an ordinary one.
    State,
    /// The state where a conversation starts.
    InitialState,
    /// The state that takes what no transition takes.
    FallbackState,
    /// A state where a conversation may end.
    FinalState,
    /// A node of a chart.
    Chart(Family),
}

impl CardKind {
    /// Every kind there is.
    pub const ALL: [Self; 21] = [
        Self::Node(NodeKind::Start),
        Self::Node(NodeKind::Intent),
        Self::Node(NodeKind::Action),
        Self::Node(NodeKind::Condition),
        Self::Node(NodeKind::End),
        Self::Node(NodeKind::Fallback),
        Self::Node(NodeKind::Unknown),
        Self::State,
        Self::InitialState,
        Self::FallbackState,
        Self::FinalState,
        Self::Chart(Family::Start),
        Self::Chart(Family::End),
        Self::Chart(Family::Message),
        Self::Chart(Family::Question),
        Self::Chart(Family::Decision),
        Self::Chart(Family::Branch),
        Self::Chart(Family::Action),
        Self::Chart(Family::Jump),
        Self::Chart(Family::Agent),
        Self::Chart(Family::Other),
    ];

    /// The word that styles know it by. Nodes of charts share the hues of the nodes of flows.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Node(kind) => kind.as_type(),
            Self::State => "state",
            Self::InitialState => "initial-state",
            Self::FallbackState => "fallback-state",
            Self::FinalState => "final-state",
            Self::Chart(family) => family.as_str(),
        }
    }
}
