//! Every limit that a rule or a form checks, in one table, each with its source. The limits of
//! the reader itself are with the reader, in [`crate::json`].

/// The most nodes a dialog flow may have. Platform limit, dialog API: an upload with more is
/// refused.
pub const DIALOG_NODES: usize = 500;
/// From here on a dialog flow is near [`DIALOG_NODES`]. Flowdeck's own choice: nine tenths of it.
pub const DIALOG_NODES_NEAR: usize = 450;

/// How many further cycles of one loop are looked for, whatever a user asks for. Flowdeck's own
/// choice: a list that nobody reads to its end.
pub const CYCLES: usize = 1_000;
/// How many edges are walked in search of further cycles of one loop. Flowdeck's own choice: a
/// tenth of a second.
pub const CYCLE_STEPS: usize = 2_000_000;
/// How many declared names an unknown name is compared with. Flowdeck's own choice: comparing
/// takes time, and a flow has a few dozen.
pub const NAMES_COMPARED: usize = 1_000;

/// The most transitions a state may have. Platform limit, state API: the update is refused.
pub const STATE_TRANSITIONS: usize = 50;
/// The most conditions a transition may have. Platform limit, state API: the update is refused.
pub const TRANSITION_CONDITIONS: usize = 20;
/// The most actions a transition may have. Platform limit, state API: the update is refused.
pub const TRANSITION_ACTIONS: usize = 15;
