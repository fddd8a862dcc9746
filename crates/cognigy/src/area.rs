//! The areas of the API and the scopes each needs of a token.

/// A part of the API that tokens are asked for together.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// Versions of dialog flows and their export.
    Dialogs,
    /// States of bot flows and their compilation.
    Transitions,
    /// Session and user variables of running dialogs.
    StateVariables,
    /// Simulations, bots and environments.
    Simulation,
    /// Context of running conversations.
    Context,
}

impl Area {
    /// Every area.
    pub const ALL: [Self; 5] = [
        Self::Dialogs,
        Self::Transitions,
        Self::StateVariables,
        Self::Simulation,
        Self::Context,
    ];

    /// What a person calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Dialogs => "dialogs",
            Self::Transitions => "transitions",
            Self::StateVariables => "state variables",
            Self::Simulation => "simulation",
            Self::Context => "context",
        }
    }

    /// The scopes it needs, with a blank between two.
    pub fn scopes(self) -> &'static str {
        match self {
            Self::Dialogs => "dialog:read dialog:write version:read version:write export:read",
            Self::Transitions => "bot:read bot:write flow:compile",
            Self::StateVariables => "runtime:write session:manage dialog:read",
            Self::Simulation => "simulation:execute bot:read environment:read",
            Self::Context => "context:write conversation:read",
        }
    }
}
