//! What the tasks print about their progress, and the count of checks at the end.

use anyhow::Result;
use std::fmt;
use std::ops::AddAssign;
use std::time::{Duration, Instant};

/// Runs one step between `==> name …` and `==> name … done in 3.2 s`.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("==> {name} …");
    let begun = Instant::now();
    let result = work();
    let outcome = if result.is_ok() { "done" } else { "FAILED" };
    println!("==> {name} … {outcome} in {}", seconds(begun.elapsed()));
    result
}

/// An error and what led to it, a sentence a line.
pub(crate) fn explain(error: &anyhow::Error) -> String {
    let sentences: Vec<_> = error.chain().map(ToString::to_string).collect();
    format!("error: {}", sentences.join("\n  because: "))
}

/// A duration as people read it: `3.2 s`.
pub(crate) fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

/// How many checks passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

impl Tally {
    /// One check that passed.
    pub(crate) const PASSED: Self = Self {
        passed: 1,
        failed: 0,
    };
    /// One check that failed.
    pub(crate) const FAILED: Self = Self {
        passed: 0,
        failed: 1,
    };

    /// Sums up the `test result: ok. 3 passed; 0 failed; …` lines that `cargo test` and the runner
    /// of wasm-bindgen print. A run that failed without a failed test, such as one that did not
    /// compile, counts as one failed check.
    pub(crate) fn of_test_output(output: &str, success: bool) -> Self {
        let mut tally = Self::default();
        for line in output.lines() {
            let Some((_, result)) = line.split_once("test result: ") else {
                continue;
            };
            tally.passed += number_before(result, " passed");
            tally.failed += number_before(result, " failed");
        }
        if !success && tally.failed == 0 {
            tally.failed = 1;
        }
        tally
    }
}

fn number_before(text: &str, word: &str) -> usize {
    let Some((before, _)) = text.split_once(word) else {
        return 0;
    };
    let digits = before
        .rsplit(|c: char| !c.is_ascii_digit())
        .next()
        .unwrap_or_default();
    digits.parse().unwrap_or(0)
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_all_binaries_add_up() {
        let output = "running 3 tests\ntest result: ok. 3 passed; 0 failed; 1 ignored\n\
                      \u{1b}[0mtest result: FAILED. 10 passed; 2 failed; 0 ignored\n";
        assert_eq!(
            Tally::of_test_output(output, false),
            Tally {
                passed: 13,
                failed: 2
            }
        );
    }

    #[test]
    fn a_run_that_did_not_compile_is_a_failure() {
        assert_eq!(
            Tally::of_test_output("error: could not compile", false),
            Tally::FAILED
        );
    }
}
