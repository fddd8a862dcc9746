//! What a rehearsal tells about a turn: data, with values as they were. Sentences about it are in
//! `describe.rs`.

use super::Input;
use super::recognition::Recognition;
use super::variables::Scope;
use crate::command::state::TransitionAt;
use crate::expression::Value;
use crate::json::Span;

/// One turn: what happened from one wait to the next.
#[derive(Clone, Debug)]
pub struct Turn {
    /// Which one: 0 before the first input, then the number of the input.
    pub number: usize,
    /// What was said; nothing in the first turn.
    pub input: Option<Input>,
    /// What it was recognised as; nothing in the first turn.
    pub recognition: Option<Recognition>,
    /// What happened, in order.
    pub events: Vec<Event>,
    /// How it ended.
    pub status: Status,
    /// The index of the node or state where it ended.
    pub place: Option<usize>,
}

impl Turn {
    /// What the flow said, in order.
    pub fn said(&self) -> impl Iterator<Item = &str> {
        self.events.iter().filter_map(|event| match event {
            Event::Said(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// What the flow said, as one text of one line each.
    pub fn response(&self) -> String {
        self.said().collect::<Vec<_>>().join("\n")
    }

    /// The name of the intent that the input was recognised as.
    pub fn intent(&self) -> Option<&str> {
        self.recognition.as_ref()?.intent.as_deref()
    }

    /// How sure that is, from 0 to 1.
    pub fn confidence(&self) -> f64 {
        self.recognition
            .as_ref()
            .map_or(0.0, |found| found.confidence)
    }
}

/// How a turn ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It waits for an input.
    Waiting,
    /// It waits for an input, and may end here: a final state or the fallback state.
    MayEnd,
    /// It is over.
    Finished,
    /// It cannot go on.
    Stranded(Stranding),
    /// It was stopped.
    Stopped(Limit),
}

impl Status {
    /// Whether an input can be said.
    pub fn is_waiting(self) -> bool {
        matches!(self, Self::Waiting | Self::MayEnd)
    }

    /// A word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::MayEnd => "may end",
            Self::Finished => "finished",
            Self::Stranded(_) => "stranded",
            Self::Stopped(_) => "stopped",
        }
    }
}

/// Why a conversation cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stranding {
    /// There is no place to start.
    NoStart,
    /// Nothing leads out.
    NoWay,
    /// No condition holds, and there is no default.
    NothingHolds,
    /// What was taken leads to nothing that exists.
    NoTarget,
    /// No transition holds, and there is no fallback state.
    NoFallback,
}

/// What stopped a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// It entered too many places without waiting: a loop.
    Steps,
    /// It had too many turns.
    Turns,
    /// It evaluated too many conditions in one turn.
    Conditions,
    /// It ran too many statements in one turn.
    Statements,
    /// It said and kept too much text.
    Written,
}

/// How a conversation goes from one place to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// An edge of a dialog flow, by its index.
    Edge(usize),
    /// A transition of a state flow.
    Transition(TransitionAt),
    /// From a state to the fallback state, since no transition holds.
    Implicit,
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A node or state was entered.
    Entered(usize),
    /// A variable was set.
    Set {
        /// Where it lives.
        scope: Scope,
        /// Its name.
        name: String,
        /// Its new value.
        value: Value,
        /// The scope of higher precedence that has a variable of this name, so that
        /// `context.name` still means that one.
        hidden_by: Option<Scope>,
    },
    /// A variable was removed.
    Removed {
        /// Where it lived.
        scope: Scope,
        /// Its name.
        name: String,
    },
    /// Something was said.
    Said(String),
    /// A call whose effect is not known was met.
    WouldCall {
        /// What is called.
        name: String,
        /// What it is given.
        arguments: Vec<Value>,
    },
    /// A script that is not in the grammar was met; nothing is known of its effect.
    OpaqueScript(String),
    /// An action of a type that is not known was met.
    UnknownAction(String),
    /// A statement, an action or a text could not be carried out. The rest of its script is not.
    Failed {
        /// What, as it is written.
        text: String,
        /// Why: a sentence.
        message: String,
    },
    /// The input was matched with an intent node.
    Matched(usize),
    /// The input matched none of the intents that were waited for.
    Unmatched,
    /// A way out was looked at.
    Considered {
        /// Which.
        way: Way,
        /// What came of it.
        outcome: Outcome,
        /// Its conditions, as far as they were evaluated.
        conditions: Vec<Tested>,
    },
    /// A way was taken.
    Took {
        /// Which.
        way: Way,
        /// The index of the place it leads to; none where that does not exist.
        target: Option<usize>,
    },
    /// The flow waits for an input: for one that matches one of these intent nodes, or for any.
    Waits(Vec<usize>),
    /// The conversation ended.
    Finished,
    /// The conversation cannot go on.
    Stranded(Stranding),
    /// The conversation was stopped.
    Stopped(Limit),
    /// An input was said although the conversation does not wait for one.
    Ignored,
    /// More happened than the trace keeps.
    Cut,
}

/// What came of a way out that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Its conditions hold.
    Holds,
    /// A condition does not hold.
    Fails,
    /// It has no condition, and was kept for when nothing else holds.
    Default,
    /// An earlier one was taken.
    NotTried,
}

/// A condition that was evaluated.
#[derive(Clone, Debug)]
pub struct Tested {
    /// The condition, as it is written.
    pub text: String,
    /// What came of it.
    pub verdict: Verdict,
}

/// What came of a condition.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// It holds, because of these parts.
    Holds(Vec<Part>),
    /// It does not hold, because of these parts.
    Fails(Vec<Part>),
    /// It has no value, and so does not hold.
    Broken {
        /// The part that has none, in the condition.
        span: Span,
        /// That part, as it is written.
        text: String,
        /// Why: a sentence.
        message: String,
    },
    /// It is of a type that is not known, and so does not hold.
    Unknown,
}

impl Verdict {
    /// Whether the condition holds.
    pub fn holds(&self) -> bool {
        matches!(self, Self::Holds(_))
    }
}

/// A part that decided whether a condition holds.
#[derive(Clone, Debug)]
pub struct Part {
    /// Where it stands in the condition.
    pub span: Span,
    /// As it is written.
    pub text: String,
    /// Its value.
    pub value: Value,
    /// Its operands that are no literals, as written, with their values.
    pub operands: Vec<(String, Value)>,
}
