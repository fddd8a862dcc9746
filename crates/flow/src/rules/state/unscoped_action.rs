//! ## What it does
//! Finds actions that write a bare name instead of `scope.name`.
//!
//! ## Why it is bad
//! A reader cannot tell whether the value lives as long as the state, the session or the user.
//!
//! ## Example
//! ```json fails
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [{ "id": "t1", "targetStateId": "bye",
//!                  "actions": [{ "type": "set", "variable": "tier", "value": 1 }] }] },
//!              { "id": "lost", "final": true, "transitions": [] },
//!              { "id": "bye", "final": true, "transitions": [] }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [{ "id": "t1", "targetStateId": "bye",
//!                  "actions": [{ "type": "set", "variable": "session.tier", "value": 1 }] }] },
//!              { "id": "lost", "final": true, "transitions": [] },
//!              { "id": "bye", "final": true, "transitions": [] }] }
//! ```
//!
//! ## When to switch it off
//! When your bot keeps everything in one scope.

use crate::problem::Severity;
use crate::rules::state_context::StateContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ST302",
    name: "unscoped-action",
    severity: Severity::Info,
    since: "0.1.0",
    scope: Scope::Text,
    summary: "An action writes a variable without saying in which scope.",
    check: Check::State(check),
    veto: None,
};

fn check(context: &StateContext<'_>, report: &mut Report<'_>) {
    for (at, _, action) in context.actions() {
        let Some(variable) = action.variable.as_ref().filter(|_| action.is_known()) else {
            continue;
        };
        if variable.text.contains('.') {
            continue;
        }
        let message = format!(
            "The action writes \"{0}\" without a scope, so how long the value lives is left open. \
             Write session.{0}, user.{0}, context.{0} or flow.{0}.",
            variable.text
        );
        report
            .problem(variable.at, message)
            .id(&context.state(at.state).id.text)
            .id(&at.of(context.flow).id.text);
    }
}
