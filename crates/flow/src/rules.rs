//! The rules: one table, used by the canvas, the panels, the `flowdeck` command and every gate.
//!
//! Each rule is a file under `rules/` with its page as module documentation and one `const RULE`.
//! What several rules need is computed once in a context. What a document *means* is not decided
//! here but in [`crate::document`] and [`crate::expression`].

pub mod context;
mod cut_off;
mod dialog;
mod report;
mod state;
pub mod state_context;
mod table;

pub use report::Report;
pub use table::{RULES, rule};

use crate::document::{Document, View};
use crate::problem::{Problem, Severity};
use context::DialogContext;
use state_context::StateContext;

/// What sort of place a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One node or state at a time.
    Node,
    /// One edge or transition at a time, with its ends.
    Edge,
    /// The whole graph.
    Graph,
    /// A payload for the platform.
    Payload,
    /// A text inside a document: a condition, a script, a field.
    Text,
}

impl Scope {
    /// The word documentation uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Node => "node",
            Self::Edge => "edge",
            Self::Graph => "graph",
            Self::Payload => "payload",
            Self::Text => "text",
        }
    }
}

/// One rule of the table.
#[derive(Debug)]
pub struct Rule {
    /// `FD101`
    pub code: &'static str,
    /// `entry-point-missing`
    pub name: &'static str,
    /// How bad what it finds is, unless changed by settings or by the finding itself.
    pub severity: Severity,
    /// The version of Flowdeck that had it first.
    pub since: &'static str,
    /// What it looks at.
    pub scope: Scope,
    /// One line: what it finds.
    pub summary: &'static str,
    /// Finds the problems.
    pub check: Check,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

/// The check of a rule, for the kind of document it is about.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Of dialog flows.
    Dialog(fn(&DialogContext<'_>, &mut Report<'_>)),
    /// Of state flows.
    State(fn(&StateContext<'_>, &mut Report<'_>)),
}

/// Settings of a check.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How many cycles of one knot are listed beyond the witness.
    pub all_cycles: usize,
}

/// Runs every rule that is about this kind of document. Problems come sorted by place, then code.
///
/// # Complexity
/// Linear in the document, but for what the rules' own pages say.
pub fn check(document: &Document, options: &Options) -> Vec<Problem> {
    let mut problems = match document.view() {
        View::DialogFlow(flow) | View::Artifact(flow) => {
            let context = DialogContext::new(document.tree(), flow, options);
            let mut problems = Vec::new();
            for rule in RULES {
                if let Check::Dialog(check) = rule.check {
                    let tree = document.tree();
                    check(&context, &mut Report::new(rule, tree, &mut problems));
                }
            }
            problems
        }
        View::StateFlow(flow) => {
            let context = StateContext::new(document.tree(), flow);
            let mut problems = Vec::new();
            for rule in RULES {
                if let Check::State(check) = rule.check {
                    let tree = document.tree();
                    check(&context, &mut Report::new(rule, tree, &mut problems));
                }
            }
            problems
        }
    };
    problems.sort_by(|a, b| {
        (a.span.start, a.rule.code, a.span.end).cmp(&(b.span.start, b.rule.code, b.span.end))
    });
    problems
}
