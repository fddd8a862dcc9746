//! ## What it does
//! Checks that the target of every transition is a state of the flow. In a file that holds a single
//! state the others cannot be seen, so nothing is checked there.
//!
//! ## Why it is bad
//! The platform refuses the update with `stateNotFound`, and none of the state's transitions is saved.
//!
//! ## Example
//! ```json fails
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [{ "id": "t1", "targetStateId": "by" }] },
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
//! Never: such a flow cannot be pushed.

use crate::command::state::{TransitionAt, delete_transitions, retarget};
use crate::expression::nearest;
use crate::limits::NEAREST_COMPARISONS;
use crate::problem::Severity;
use crate::rules::state_context::StateContext;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ST101",
    name: "transition-target-missing",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Edge,
    summary: "A transition leads to a state that does not exist.",
    check: Check::State(check),
    veto: None,
};

fn check(context: &StateContext<'_>, report: &mut Report<'_>) {
    let flow = context.flow;
    if flow.partial {
        return;
    }
    let mut comparisons_left = NEAREST_COMPARISONS;
    for (state, own) in flow.states.iter().enumerate() {
        for (transition, edge) in own.transitions.iter().enumerate() {
            let target = &edge.target;
            if context.find(&target.text).is_some() {
                continue;
            }
            let message = format!(
                "Transition \"{}\" of \"{}\" leads to \"{}\", which is no state: the platform \
                 refuses the update. Lead it to a state, or remove it.",
                edge.id.text,
                Quoted(own.label()),
                target.text
            );
            let ids = flow.states.iter().map(|state| state.id.text.as_str());
            let at = TransitionAt { state, transition };
            let affordable = comparisons_left >= flow.states.len();
            comparisons_left = comparisons_left.saturating_sub(flow.states.len());
            let near = affordable.then(|| nearest(&target.text, ids)).flatten();
            let (label, command) = match near {
                Some(id) => (format!("Lead it to \"{id}\""), retarget(flow, at, id)),
                None => (
                    "Remove the transition".to_owned(),
                    delete_transitions(flow, &[at]),
                ),
            };
            report
                .problem(target.at, message)
                .id(&own.id.text)
                .id(&edge.id.text)
                .id(&target.text)
                .fix(label, command);
        }
    }
}
