//! ## What it does
//! Finds states and transitions whose id is empty or only white space.
//!
//! ## Why it is bad
//! The platform names states and transitions by their ids, in addresses too: one without an id can be
//! neither read nor changed.
//!
//! ## Example
//! ```json fails
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [{ "id": "", "targetStateId": "bye" }] },
//!              { "id": "lost", "final": true, "transitions": [] },
//!              { "id": "bye", "final": true, "transitions": [] }] }
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
//! Never: the platform refuses such a flow.

use crate::command::state::{
    TransitionAt, free_state_id, free_transition_id, rename_state_id, rename_transition_id,
};
use crate::problem::Severity;
use crate::rules::state_context::StateContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ST103",
    name: "blank-id",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Node,
    summary: "A state or a transition has an empty id.",
    check: Check::State(check),
    veto: None,
};

fn check(context: &StateContext<'_>, report: &mut Report<'_>) {
    let flow = context.flow;
    for (index, state) in flow.states.iter().enumerate() {
        if state.id.text.trim().is_empty() {
            let free = free_state_id(flow, "state");
            report
                .problem(
                    state.id.at,
                    "This state has no id, so the platform cannot find it. Give it one.".to_owned(),
                )
                .id(&state.id.text)
                .fix(
                    format!("Call it \"{free}\""),
                    rename_state_id(flow, index, &free),
                );
        }
        for (transition, edge) in state.transitions.iter().enumerate() {
            if !edge.id.text.trim().is_empty() {
                continue;
            }
            let free = free_transition_id(flow, index);
            let message = format!(
                "The transition from \"{}\" to \"{}\" has no id, so an update cannot name it. Give \
                 it one.",
                state.label(),
                edge.target.text
            );
            let at = TransitionAt {
                state: index,
                transition,
            };
            report
                .problem(edge.id.at, message)
                .id(&state.id.text)
                .id(&edge.id.text)
                .fix(
                    format!("Call it \"{free}\""),
                    rename_transition_id(flow, at, &free),
                );
        }
    }
}
