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

use crate::command::dialog::set_text;
use crate::command::state::{TransitionAt, rename_state_id, rename_transition_id};
use crate::problem::Severity;
use crate::rules::ids::{FreeIds, Ids};
use crate::rules::state_context::StateContext;
use crate::rules::wording::Quoted;
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
    let mut free = FreeIds::new(context.states_by_id());
    let mut referred = false;
    for (index, state) in flow.states.iter().enumerate() {
        if state.id.text.trim().is_empty() {
            let id = free.take("state");
            // What refers to a blank id means the first state that has it.
            let command = if referred {
                set_text("Name state", state.id.at, &id)
            } else {
                rename_state_id(flow, index, &id)
            };
            referred = true;
            report
                .problem(
                    state.id.at,
                    "This state has no id, so the platform cannot find it. Give it one.".to_owned(),
                )
                .id(&state.id.text)
                .fix(format!("Call it \"{id}\""), command);
        }
        check_transitions(context, index, report);
    }
}

fn check_transitions(context: &StateContext<'_>, state: usize, report: &mut Report<'_>) {
    let own = context.state(state);
    if own
        .transitions
        .iter()
        .all(|edge| !edge.id.text.trim().is_empty())
    {
        return;
    }
    let ids = Ids::of(own.transitions.iter().map(|edge| edge.id.text.as_str()));
    let mut free = FreeIds::new(&ids);
    for (transition, edge) in own.transitions.iter().enumerate() {
        if !edge.id.text.trim().is_empty() {
            continue;
        }
        let message = format!(
            "The transition from \"{}\" to \"{}\" has no id, so an update cannot name it. Give it \
             one.",
            Quoted(own.label()),
            edge.target.text
        );
        let id = free.take("transition");
        let at = TransitionAt { state, transition };
        report
            .problem(edge.id.at, message)
            .id(&own.id.text)
            .id(&edge.id.text)
            .fix(
                format!("Call it \"{id}\""),
                rename_transition_id(context.flow, at, &id),
            );
    }
}
