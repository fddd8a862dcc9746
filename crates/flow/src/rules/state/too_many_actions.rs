//! ## What it does
//! Counts the actions of every transition against the platform's limit.
//!
//! ## Why it is bad
//! The platform refuses the update, and nothing of the state is saved.
//!
//! ## Example
//! ```json fails
//! { "id": "greet", "transitions": [
//!     { "id": "t1", "targetStateId": "bye", "actions": [
//!          { "type": "set", "variable": "session.a0", "value": 1 },
//!          { "type": "set", "variable": "session.a1", "value": 1 },
//!          { "type": "set", "variable": "session.a2", "value": 1 },
//!          { "type": "set", "variable": "session.a3", "value": 1 },
//!          { "type": "set", "variable": "session.a4", "value": 1 },
//!          { "type": "set", "variable": "session.a5", "value": 1 },
//!          { "type": "set", "variable": "session.a6", "value": 1 },
//!          { "type": "set", "variable": "session.a7", "value": 1 },
//!          { "type": "set", "variable": "session.a8", "value": 1 },
//!          { "type": "set", "variable": "session.a9", "value": 1 },
//!          { "type": "set", "variable": "session.a10", "value": 1 },
//!          { "type": "set", "variable": "session.a11", "value": 1 },
//!          { "type": "set", "variable": "session.a12", "value": 1 },
//!          { "type": "set", "variable": "session.a13", "value": 1 },
//!          { "type": "set", "variable": "session.a14", "value": 1 },
//!          { "type": "set", "variable": "session.a15", "value": 1 } ] }] }
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

use crate::limits::TRANSITION_ACTIONS;
use crate::problem::Severity;
use crate::rules::state_context::StateContext;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ST203",
    name: "too-many-actions",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Edge,
    summary: "A transition has more actions than the platform takes.",
    check: Check::State(check),
    veto: None,
};

fn check(context: &StateContext<'_>, report: &mut Report<'_>) {
    for state in &context.flow.states {
        for transition in &state.transitions {
            let count = transition.actions.len();
            if count > TRANSITION_ACTIONS {
                let message = format!(
                    "Transition \"{}\" of \"{}\" has {count} actions; the platform takes \
                     {TRANSITION_ACTIONS} and refuses the update. Set an object at once, or go \
                     through one more state.",
                    transition.id.text,
                    Quoted(state.label())
                );
                report
                    .problem(transition.actions_at.unwrap_or(transition.at), message)
                    .id(&state.id.text)
                    .id(&transition.id.text);
            }
        }
    }
}
