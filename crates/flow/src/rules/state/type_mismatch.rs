//! ## What it does
//! Works out the types of the parts of conditions, from literals and from what is known of `intent` and
//! `input`, and finds operators that can never be meaningful there: `intent.confidence > 'high'`,
//! `input.text - 1`. Where a type is not known, nothing is reported.
//!
//! ## Why it is bad
//! The answer is always the same, or accidental: JavaScript converts the values instead of saying that
//! something is wrong.
//!
//! ## Example
//! ```json fails
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [
//!                  { "id": "t1", "targetStateId": "bye",
//!                    "conditions": [{ "value": "intent.confidence > 'high'" }] },
//!                  { "id": "t2", "targetStateId": "lost" }] },
//!              { "id": "lost", "final": true, "transitions": [] },
//!              { "id": "bye", "final": true, "transitions": [] }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [
//!                  { "id": "t1", "targetStateId": "bye",
//!                    "conditions": [{ "value": "intent.confidence > 0.8" }] },
//!                  { "id": "t2", "targetStateId": "lost" }] },
//!              { "id": "lost", "final": true, "transitions": [] },
//!              { "id": "bye", "final": true, "transitions": [] }] }
//! ```
//!
//! ## When to switch it off
//! When your platform gives these names other types.

use crate::problem::Severity;
use crate::rules::state_context::StateContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ST504",
    name: "type-mismatch",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Text,
    summary: "An operator is used between types for which it never makes sense.",
    check: Check::State(check),
    veto: None,
};

fn check(context: &StateContext<'_>, report: &mut Report<'_>) {
    for (condition, meaning) in context.conditions() {
        for mismatch in &meaning.mismatches {
            let message = format!(
                "In a condition of {}: {}",
                context.transition_name(condition.at),
                mismatch.message
            );
            context
                .about(report.problem(condition.field.at, message), condition.at)
                .within(mismatch.span.range());
        }
    }
}
