//! How many problems there are, and numbers in words.

use super::ReportedProblem;
use crate::problem::Severity;

/// How many problems there are, by severity. Acknowledged ones are counted apart, but for errors:
/// an acknowledged error is still an error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Problems at error level, acknowledged or not.
    pub errors: usize,
    /// Warnings that were not acknowledged.
    pub warnings: usize,
    /// Infos that were not acknowledged.
    pub infos: usize,
    /// Problems of any severity that were acknowledged.
    pub acknowledged: usize,
}

impl Counts {
    /// "2 errors, 1 warning"; "no problems" when there are none.
    pub fn sentence(self) -> String {
        let parts = [
            (self.errors, "error"),
            (self.warnings, "warning"),
            (self.infos, "info"),
        ];
        let mut parts: Vec<String> = parts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, noun)| counted(count, noun))
            .collect();
        if parts.is_empty() {
            parts.push("no problems".to_owned());
        }
        if self.acknowledged > 0 {
            parts.push(format!("{} acknowledged", self.acknowledged));
        }
        parts.join(", ")
    }

    /// All of these problems, counted.
    pub(super) fn of<'p>(problems: impl IntoIterator<Item = &'p ReportedProblem>) -> Self {
        let mut counts = Self::default();
        for problem in problems {
            let acknowledged = problem.acknowledged.is_some();
            counts.acknowledged += usize::from(acknowledged);
            match problem.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += usize::from(!acknowledged),
                Severity::Info => counts.infos += usize::from(!acknowledged),
            }
        }
        counts
    }
}

/// "1 error", "2 errors": a number with its noun in the right form.
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}
