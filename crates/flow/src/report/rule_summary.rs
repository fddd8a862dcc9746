//! The problems of a report by rule: which rules found something, how often and in how many files.

use std::collections::BTreeMap;

use super::Report;
use crate::problem::Severity;
use crate::rules::Rule;

/// What one rule found.
pub(super) struct RuleSummary {
    pub(super) rule: &'static Rule,
    /// The worst severity of what it found.
    pub(super) worst: Severity,
    /// How many problems it found.
    pub(super) problems: usize,
    /// How many of them were acknowledged.
    pub(super) acknowledged: usize,
    /// In how many files.
    pub(super) files: usize,
}

/// The rules that found something: the worst first, then by code.
pub(super) fn by_rule(report: &Report) -> Vec<RuleSummary> {
    let mut rules: BTreeMap<&str, (RuleSummary, usize)> = BTreeMap::new();
    for (number, file) in report.files.iter().enumerate() {
        for problem in file.problems() {
            let (found, last) = rules.entry(problem.rule.code).or_insert((
                RuleSummary {
                    rule: problem.rule,
                    worst: problem.severity,
                    problems: 0,
                    acknowledged: 0,
                    files: 0,
                },
                usize::MAX,
            ));
            found.worst = found.worst.min(problem.severity);
            found.problems += 1;
            found.acknowledged += usize::from(problem.acknowledged.is_some());
            found.files += usize::from(*last != number);
            *last = number;
        }
    }
    let mut rules: Vec<RuleSummary> = rules.into_values().map(|(found, _)| found).collect();
    rules.sort_by_key(|found| found.worst);
    rules
}
