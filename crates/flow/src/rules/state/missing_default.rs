//! ## What it does
//! Finds states whose transitions all have conditions. Final states and the fallback state are left
//! out. Where the flow has no fallback state, that is the problem instead (ST105).
//!
//! ## Why it is bad
//! Input that matches none of the conditions leaves what the user was doing and goes to the fallback
//! state. Often that was not meant.
//!
//! ## Example
//! ```json fails
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [{ "id": "t1", "targetStateId": "bye",
//!                  "conditions": [{ "value": "intent.name == \"bye\"" }] }] },
//!              { "id": "lost", "final": true, "transitions": [] },
//!              { "id": "bye", "final": true, "transitions": [] }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [{ "id": "t1", "targetStateId": "bye",
//!                  "conditions": [{ "value": "intent.name == \"bye\"" }] },
//!                { "id": "t2", "targetStateId": "greet" }] },
//!              { "id": "lost", "final": true, "transitions": [] },
//!              { "id": "bye", "final": true, "transitions": [] }] }
//! ```
//!
//! ## When to switch it off
//! When every state is meant to fall back.

use crate::problem::Severity;
use crate::rules::state_context::StateContext;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ST404",
    name: "missing-default",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Node,
    summary: "Input that matches no transition of a state drops to the fallback state.",
    check: Check::State(check),
    veto: None,
};

fn check(context: &StateContext<'_>, report: &mut Report<'_>) {
    let fallback = context.fallback();
    if fallback.is_none() && !context.flow.partial {
        return; // Then the missing fallback state is the problem.
    }
    for (index, state) in context.flow.states.iter().enumerate() {
        if !context.lacks_default(index) {
            continue;
        }
        let message = format!(
            "All transitions of \"{}\" have conditions: input that matches none drops to the \
             fallback state. If that is not meant, add a transition without conditions.",
            Quoted(state.label())
        );
        let finding = report.problem(state.at, message).id(&state.id.text);
        if let Some(fallback) = fallback {
            finding.related(context.state(fallback).at, "The fallback state.");
        }
    }
}
