//! Findings of rules: what is wrong, where, and what would mend it.

use compact_str::CompactString;

use crate::command::Command;
use crate::json::{Span, ValueId};
use crate::rules::Rule;

/// How bad a problem is. Orders from worst to mildest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Must be put right: blocks a deploy, fails the command.
    Error,
    /// Probably a mistake.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// The word reports use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// One finding of one rule about one place.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How bad it is here.
    pub severity: Severity,
    /// What is wrong, why it matters, what to do: sentences.
    pub message: String,
    /// The value it is about.
    pub at: ValueId,
    /// The bytes it is about, inside that value.
    pub span: Span,
    /// Ids of the nodes, edges, variables, states or keys it is about, the first one first.
    pub ids: Vec<CompactString>,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// The mend, where it is unambiguous.
    pub fix: Option<Fix>,
    /// Why somebody accepted it, where somebody did. An acknowledged warning does not count; an
    /// acknowledged error still blocks.
    pub acknowledged: Option<Box<Acknowledged>>,
}

/// That somebody looked at a problem and accepted it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acknowledged {
    /// Why.
    pub reason: String,
    /// Who; nothing where that was not written down.
    pub by: String,
    /// When, as it was written down; nothing where it was not.
    pub at: String,
}

/// A place that helps to understand a problem.
#[derive(Clone, Debug)]
pub struct Related {
    /// What is to be seen there.
    pub message: String,
    /// The value there.
    pub at: ValueId,
}

/// A named, undoable edit that mends a problem.
#[derive(Clone, Debug)]
pub struct Fix {
    /// What it does, as a button says it: "Remove the edge".
    pub label: String,
    /// The edit.
    pub command: Command,
}
