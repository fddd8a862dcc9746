//! ## What it does
//! Adds up the variables as they are sent, each as `{"key": …, "value": …, "scope": …}` in the text that
//! Python's `json.dumps` writes.
//!
//! ## Why it is bad
//! The platform refuses the whole injection.
//!
//! ## Example
//! ```text
//! "variables": { … 60 variables of 10 KiB … }
//! ```
//!
//! ## Use instead
//! ```text
//! "variables": { … 50 variables of 10 KiB … }
//! ```
//!
//! ## When to switch it off
//! Never: the limit is the platform's.

use crate::document::ContextSet;
use crate::payload::{context_meters, size_words};
use crate::problem::Severity;
use crate::rules::{Check, Payload, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CX104",
    name: "context-too-large",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Payload,
    summary: "All variables together take more than 512 KiB.",
    check: Check::ContextSet(check),
    veto: None,
};

fn check(payload: &Payload<'_, ContextSet>, report: &mut Report<'_>) {
    let meter = context_meters(payload.tree, payload.view).whole;
    if meter.is_over() {
        let message = format!(
            "The variables take {} together; the platform takes {} and refuses the injection. Remove \
             what this conversation does not need, or inject the rest in a second set.",
            size_words(meter.bytes),
            size_words(meter.limit)
        );
        report.problem(payload.view.variables_at, message);
    }
}
