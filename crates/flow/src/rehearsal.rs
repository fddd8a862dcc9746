//! Rehearsal: a conversation with a flow, one input at a time, without a platform.
//!
//! A [`Program`] is a flow, indexed once. [`Program::start`] and [`Program::say`] lead from one
//! [`Run`] to the next and tell in a [`Turn`] what happened and why. A run is a plain value: who
//! keeps earlier ones can go back to them. How a conversation is shown, and what is expected of it,
//! is not known here.

mod budget;
mod describe;
mod dialog;
mod json;
mod program;
mod recognition;
mod script;
mod similarity;
mod states;
mod trace;
mod variables;
mod world;

use crate::expression::Value;

pub use program::Program;
pub use recognition::{Candidate, How, Recognition};
pub use similarity::similarity;
pub use trace::{Event, Limit, Outcome, Part, Status, Stranding, Tested, Turn, Verdict, Way};
pub use variables::{Scope, Variables};

/// What a user says.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// The words.
    pub text: String,
    /// What `input.data` is.
    pub data: Value,
    /// What it is recognised as, where the caller knows that; else the examples of the flow decide.
    pub given: Option<Given>,
}

/// What a caller says an input is recognised as.
#[derive(Clone, Debug)]
pub struct Given {
    /// The name of the intent; none for an input that is recognised as nothing.
    pub intent: Option<String>,
    /// From 0 to 1.
    pub confidence: f64,
    /// An object with a value for each type of entity.
    pub entities: Value,
}

impl Input {
    /// An input of these words alone.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

/// A conversation as it stands between two turns. Cloning it is cheap.
#[derive(Clone, Debug)]
pub struct Run {
    status: Status,
    /// Where it stands; none where the flow has no place to start.
    place: Option<usize>,
    /// What it waits for, in a dialog flow.
    waiting: dialog::Waiting,
    variables: Variables,
    heard: world::Heard,
    turns: usize,
    written: usize,
}

impl Run {
    fn new(variables: Variables) -> Self {
        Self {
            status: Status::Waiting,
            place: None,
            waiting: dialog::Waiting::Itself,
            variables,
            heard: world::Heard::default(),
            turns: 0,
            written: 0,
        }
    }

    /// Whether it waits, or why it does not.
    pub fn status(&self) -> Status {
        self.status
    }

    /// The index of the node or state it stands at; none where the flow has no place to start.
    pub fn place(&self) -> Option<usize> {
        self.place
    }

    /// The variables as they are now.
    pub fn variables(&self) -> &Variables {
        &self.variables
    }

    /// How many inputs were said.
    pub fn turns(&self) -> usize {
        self.turns
    }
}
