//! ## What it does
//! Finds states to which no path leads from the initial state; the implicit way of unmatched input to
//! the fallback state counts. States that only hang off an unreachable one are listed with it, not
//! one by one. Not checked in a file that names no initial state or holds a single state.
//!
//! ## Why it is bad
//! No conversation ever gets there. Mostly a transition was forgotten or deleted.
//!
//! ## Example
//! ```json fails
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "help", "transitions": [{ "id": "t1", "targetStateId": "bye" }] },
//!              { "id": "greet", "transitions": [{ "id": "t1", "targetStateId": "bye" }] },
//!              { "id": "lost", "final": true, "transitions": [] },
//!              { "id": "bye", "final": true, "transitions": [] }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "help", "transitions": [{ "id": "t1", "targetStateId": "bye" }] },
//!              { "id": "greet", "transitions": [{ "id": "t1", "targetStateId": "help" }] },
//!              { "id": "lost", "final": true, "transitions": [] },
//!              { "id": "bye", "final": true, "transitions": [] }] }
//! ```
//!
//! ## When to switch it off
//! While a flow is being built. Rather acknowledge it with a reason.

use crate::problem::Severity;
use crate::rules::cut_off::cut_off;
use crate::rules::state_context::StateContext;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ST401",
    name: "unreachable-state",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "No path leads to a state from the initial one.",
    check: Check::State(check),
    veto: None,
};

fn check(context: &StateContext<'_>, report: &mut Report<'_>) {
    if context.flow.partial || context.initial().is_none() {
        return; // Everything would be unreachable: that is the initial state's problem.
    }
    if context.reachable().iter().all(|&reached| reached) {
        return;
    }
    for part in cut_off(context.graph(), context.components(), context.reachable()) {
        let state = context.state(part.root);
        let more = match part.rest.len() {
            0 => String::new(),
            1 => " 1 more state hangs off it.".to_owned(),
            count => format!(" {count} more states hang off it."),
        };
        let message = format!(
            "No path leads from the initial state to \"{}\", so no conversation ever gets there.\
             {more} Add a transition to it, or delete it.",
            Quoted(state.label())
        );
        report
            .problem(state.at, message)
            .id(&state.id.text)
            .ids(part.rest.iter().map(|&state| &context.state(state).id.text));
    }
}
