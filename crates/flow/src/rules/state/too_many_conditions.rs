//! ## What it does
//! Counts the conditions of every transition against the platform's limit.
//!
//! ## Why it is bad
//! The platform refuses the update, and nothing of the state is saved.
//!
//! ## Example
//! ```json fails
//! { "id": "greet", "transitions": [
//!     { "id": "t1", "targetStateId": "bye", "conditions": [
//!          { "value": "context.step > 0" }, { "value": "context.step > 1" },
//!          { "value": "context.step > 2" }, { "value": "context.step > 3" },
//!          { "value": "context.step > 4" }, { "value": "context.step > 5" },
//!          { "value": "context.step > 6" }, { "value": "context.step > 7" },
//!          { "value": "context.step > 8" }, { "value": "context.step > 9" },
//!          { "value": "context.step > 10" }, { "value": "context.step > 11" },
//!          { "value": "context.step > 12" }, { "value": "context.step > 13" },
//!          { "value": "context.step > 14" }, { "value": "context.step > 15" },
//!          { "value": "context.step > 16" }, { "value": "context.step > 17" },
//!          { "value": "context.step > 18" }, { "value": "context.step > 19" },
//!          { "value": "context.step > 20" } ] },
//!     { "id": "t2", "targetStateId": "lost" }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [{ "id": "t1", "targetStateId": "bye" }] },
//!              { "id": "lost", "final": true, "transitions": [] },
//!              { "id": "bye", "final": true, "transitions": [] }] }
//! ```
//!
//! ## When to switch it off
//! Never: the limit is the platform's.

use crate::limits::TRANSITION_CONDITIONS;
use crate::problem::Severity;
use crate::rules::state_context::StateContext;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ST202",
    name: "too-many-conditions",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Edge,
    summary: "A transition has more conditions than the platform takes.",
    check: Check::State(check),
    veto: None,
};

fn check(context: &StateContext<'_>, report: &mut Report<'_>) {
    for state in &context.flow.states {
        for transition in &state.transitions {
            let count = transition.conditions.len();
            if count > TRANSITION_CONDITIONS {
                let message = format!(
                    "Transition \"{}\" of \"{}\" has {count} conditions; the platform takes \
                     {TRANSITION_CONDITIONS} and refuses the update. Join some with &&.",
                    transition.id.text,
                    Quoted(state.label())
                );
                report
                    .problem(transition.conditions_at.unwrap_or(transition.at), message)
                    .id(&state.id.text)
                    .id(&transition.id.text);
            }
        }
    }
}
