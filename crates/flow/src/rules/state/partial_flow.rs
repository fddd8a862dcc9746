//! ## What it does
//! Tells that the file is one state as the platform returns it, not a whole flow.
//!
//! ## Why it is bad
//! It is not bad. But where its transitions lead, and whether it can be reached, cannot be checked
//! here.
//!
//! ## Example
//! ```json fails
//! { "id": "greet", "etag": "\"a1\"", "transitions": [{ "id": "t1", "targetStateId": "bye" }] }
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
//! When single states are what you check.

use crate::problem::Severity;
use crate::rules::state_context::StateContext;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ST106",
    name: "partial-flow",
    severity: Severity::Info,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "The file holds a single state: the other states of its flow are not in it.",
    check: Check::State(check),
    veto: None,
};

fn check(context: &StateContext<'_>, report: &mut Report<'_>) {
    let flow = context.flow;
    if let Some(state) = flow.states.first().filter(|_| flow.partial) {
        let message = format!(
            "This file holds the state \"{}\" alone. The states its transitions lead to are not in \
             it, so targets and reachability are not checked. Open the whole flow to check them.",
            Quoted(state.label())
        );
        report.problem(flow.at, message).id(&state.id.text);
    }
}
