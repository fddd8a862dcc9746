//! ## What it does
//! Finds states without transitions that are neither marked `final` nor the fallback state. In a file
//! that holds a single state it is a warning, since that state may be the fallback state.
//!
//! ## Why it is bad
//! The conversation cannot go on as designed, and nothing says that it is over.
//!
//! ## Example
//! ```json fails
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [{ "id": "t1", "targetStateId": "bye" }] },
//!              { "id": "lost", "final": true, "transitions": [] },
//!              { "id": "bye", "transitions": [] }] }
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
//! While a flow is being built. Rather acknowledge it with a reason.

use crate::problem::Severity;
use crate::rules::state_context::StateContext;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ST402",
    name: "dead-end-state",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Node,
    summary: "A state has no transitions and is neither final nor the fallback state.",
    check: Check::State(check),
    veto: None,
};

fn check(context: &StateContext<'_>, report: &mut Report<'_>) {
    for (index, state) in context.flow.states.iter().enumerate() {
        if !state.transitions.is_empty() || context.can_end(index) {
            continue;
        }
        let message = format!(
            "\"{}\" has no transitions and does not end the conversation. Add a transition, or mark \
             it as final.",
            Quoted(state.label())
        );
        let finding = report.problem(state.at, message).id(&state.id.text);
        if context.flow.partial {
            finding.severity(Severity::Warning);
        }
    }
}
