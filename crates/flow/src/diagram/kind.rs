//! What cards there are.

use crate::document::NodeKind;

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
}

impl CardKind {
    /// Every kind there is.
    pub const ALL: [Self; 11] = [
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
    ];

    /// The word that styles and tests know it by.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Node(kind) => kind.as_type(),
            Self::State => "state",
            Self::InitialState => "initial-state",
            Self::FallbackState => "fallback-state",
            Self::FinalState => "final-state",
        }
    }
}
