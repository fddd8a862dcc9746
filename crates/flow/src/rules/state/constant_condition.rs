//! ## What it does
//! Finds conditions whose answer does not depend on anything: `1 < 2`, `x || true`, `false && x`.
//!
//! ## Why it is bad
//! A transition with a condition that never holds is never taken; a condition that always holds asks
//! nothing, and as the only one it hides the transitions after it.
//!
//! ## Example
//! ```json fails
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [
//!                  { "id": "t1", "targetStateId": "bye",
//!                    "conditions": [{ "value": "input.text || true" }] },
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
//!                    "conditions": [{ "value": "input.text == 'true'" }] },
//!                  { "id": "t2", "targetStateId": "lost" }] },
//!              { "id": "lost", "final": true, "transitions": [] },
//!              { "id": "bye", "final": true, "transitions": [] }] }
//! ```
//!
//! ## When to switch it off
//! While a transition is switched off on purpose. Rather acknowledge it with a reason.

use crate::problem::Severity;
use crate::rules::state_context::StateContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ST503",
    name: "constant-condition",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Text,
    summary: "A condition is always true or always false.",
    check: Check::State(check),
    veto: None,
};

fn check(context: &StateContext<'_>, report: &mut Report<'_>) {
    for (condition, meaning) in context.conditions() {
        let Some(holds) = meaning.constant else {
            continue;
        };
        let consequence = if holds {
            "always true, so it asks nothing"
        } else {
            "never true, so the transition is never taken"
        };
        let message = format!(
            "A condition of {} is {consequence}. Let it depend on something, or remove it.",
            context.transition_name(condition.at)
        );
        context.about(report.problem(condition.field.at, message), condition.at);
    }
}
