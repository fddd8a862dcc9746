//! How a rule says what it found.

use compact_str::CompactString;

use super::Rule;
use super::wording::concise;
use crate::command::Command;
use crate::json::{Tree, ValueId};
use crate::problem::{Fix, Problem, Related, Severity};

/// Takes the findings of one rule.
pub struct Report<'a> {
    rule: &'static Rule,
    /// The severity that settings give all findings of the rule.
    forced: Option<Severity>,
    tree: &'a Tree,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Report<'a> {
    pub(super) fn new(
        rule: &'static Rule,
        forced: Option<Severity>,
        tree: &'a Tree,
        problems: &'a mut Vec<Problem>,
    ) -> Self {
        Self {
            rule,
            forced,
            tree,
            problems,
        }
    }

    /// A finding about the value `at`. The rest of it is set on what comes back.
    pub fn problem(&mut self, at: ValueId, message: String) -> Finding<'_> {
        self.problems.push(Problem {
            rule: self.rule,
            severity: self.forced.unwrap_or(self.rule.severity),
            message: concise(message),
            at,
            span: self.tree.value(at).span(),
            ids: Vec::new(),
            related: Vec::new(),
            fix: None,
            acknowledged: None,
        });
        let index = self.problems.len() - 1;
        Finding {
            tree: self.tree,
            forced: self.forced,
            problem: &mut self.problems[index],
        }
    }
}

/// A finding that is being described.
pub struct Finding<'a> {
    tree: &'a Tree,
    forced: Option<Severity>,
    problem: &'a mut Problem,
}

impl Finding<'_> {
    /// One more id it is about.
    pub fn id(self, id: &CompactString) -> Self {
        self.problem.ids.push(id.clone());
        self
    }

    /// More ids it is about.
    pub fn ids<'i>(self, ids: impl IntoIterator<Item = &'i CompactString>) -> Self {
        self.problem.ids.extend(ids.into_iter().cloned());
        self
    }

    /// The part of the decoded text of the string it is about.
    pub fn within(self, text: std::ops::Range<usize>) -> Self {
        self.problem.span = self.tree.span_within(self.problem.at, text);
        self
    }

    /// How bad it is, where that differs from the rule's own and settings say nothing.
    pub fn severity(self, severity: Severity) -> Self {
        self.problem.severity = self.forced.unwrap_or(severity);
        self
    }

    /// A place that helps to understand it.
    pub fn related(self, at: ValueId, message: impl Into<String>) -> Self {
        self.problem.related.push(Related {
            message: concise(message.into()),
            at,
        });
        self
    }

    /// The edit that mends it.
    pub fn fix(self, label: impl Into<String>, command: Command) -> Self {
        self.problem.fix = Some(Fix {
            label: concise(label.into()),
            command,
        });
        self
    }
}
