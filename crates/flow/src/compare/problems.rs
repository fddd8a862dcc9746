//! Which problems came and went between two versions of a file.

use std::collections::BTreeMap;

use crate::report::{FileReport, ReportedProblem};

/// The problems of two versions of a file, by what became of them. Each list is in the order of its file.
#[derive(Clone, Debug, Default)]
pub struct ProblemsBetween<'a> {
    /// Those that only the new version has.
    pub new: Vec<&'a ReportedProblem>,
    /// Those that only the old version has.
    pub mended: Vec<&'a ReportedProblem>,
    /// Those of the new version that the old one has too.
    pub kept: Vec<&'a ReportedProblem>,
}

/// Compares the problems of two versions of a file. They are known by their fingerprints: of two problems
/// with one fingerprint against one, one is kept and one new.
///
/// # Complexity
/// O(problems · log problems).
pub fn problems_between<'a>(old: &'a FileReport, new: &'a FileReport) -> ProblemsBetween<'a> {
    let mut before: BTreeMap<u64, usize> = BTreeMap::new();
    for problem in old.problems() {
        *before.entry(problem.fingerprint).or_default() += 1;
    }
    // What is left of these in the end was mended.
    let mut left = before;
    let mut between = ProblemsBetween::default();
    for problem in new.problems() {
        match left.get_mut(&problem.fingerprint) {
            Some(count) if *count > 0 => {
                *count -= 1;
                between.kept.push(problem);
            }
            _ => between.new.push(problem),
        }
    }
    // Of several with one fingerprint the last ones are those that went.
    for problem in old.problems().iter().rev() {
        if let Some(count) = left.get_mut(&problem.fingerprint)
            && *count > 0
        {
            *count -= 1;
            between.mended.push(problem);
        }
    }
    between.mended.reverse();
    between
}
