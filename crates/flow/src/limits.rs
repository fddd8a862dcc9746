//! Every limit that a rule or a form checks, in one table, each with its source. The limits of
//! the reader itself are with the reader, in [`crate::json`].

/// The most transitions a state may have. Platform limit, state API: the update is refused.
pub const STATE_TRANSITIONS: usize = 50;
/// The most conditions a transition may have. Platform limit, state API: the update is refused.
pub const TRANSITION_CONDITIONS: usize = 20;
/// The most actions a transition may have. Platform limit, state API: the update is refused.
pub const TRANSITION_ACTIONS: usize = 15;
