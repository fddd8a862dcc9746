//! ## What it does
//! Finds states that share an id, and transitions that share one inside a state. Transitions of
//! different states may.
//!
//! ## Why it is bad
//! An update names a state or a transition by its id. With two of the name, one is changed and the
//! other is not, and nobody can tell which.
//!
//! ## Example
//! ```json fails
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [{ "id": "t1", "targetStateId": "bye" }] },
//!              { "id": "lost", "final": true, "transitions": [] },
//!              { "id": "bye", "transitions": [{ "id": "t1", "targetStateId": "greet" }] },
//!              { "id": "bye", "final": true, "transitions": [] }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [{ "id": "t1", "targetStateId": "ask" }] },
//!              { "id": "lost", "final": true, "transitions": [] },
//!              { "id": "ask", "transitions": [{ "id": "t1", "targetStateId": "bye" }] },
//!              { "id": "bye", "final": true, "transitions": [] }] }
//! ```
//!
//! ## When to switch it off
//! Never: what such a flow means is undefined.

use crate::command::state::{TransitionAt, rename_transition_id};
use crate::problem::Severity;
use crate::rules::ids::{FreeIds, Ids};
use crate::rules::state_context::StateContext;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ST102",
    name: "duplicate-id",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "Two states, or two transitions of one state, share an id.",
    check: Check::State(check),
    veto: None,
};

fn check(context: &StateContext<'_>, report: &mut Report<'_>) {
    let flow = context.flow;
    for (index, state) in flow.states.iter().enumerate() {
        let first = context.find(&state.id.text).filter(|&first| first != index);
        // A blank id is a problem of its own.
        if let Some(first) = first.filter(|_| !state.id.text.trim().is_empty()) {
            let message = format!(
                "Two states have the id \"{}\". Transitions lead to the first one, and an update \
                 of one may change the other. Give this one an id of its own.",
                state.id.text
            );
            report
                .problem(state.id.at, message)
                .id(&state.id.text)
                .related(flow.states[first].id.at, "The first state with this id.");
        }
        check_transitions(context, index, report);
    }
}

fn check_transitions(context: &StateContext<'_>, state: usize, report: &mut Report<'_>) {
    let own = context.state(state);
    let ids = Ids::of(own.transitions.iter().map(|edge| edge.id.text.as_str()));
    let mut free = FreeIds::new(&ids);
    for &(transition, earlier) in &ids.repeated {
        let id = &own.transitions[transition].id;
        if id.text.trim().is_empty() {
            continue;
        }
        let message = format!(
            "Two transitions of \"{}\" have the id \"{}\": a change of one may be saved to the \
             other. Give this one an id of its own.",
            Quoted(own.label()),
            id.text
        );
        let renamed = free.take(&id.text);
        let at = TransitionAt { state, transition };
        report
            .problem(id.at, message)
            .id(&own.id.text)
            .id(&id.text)
            .related(
                own.transitions[earlier].id.at,
                "The first transition with this id.",
            )
            .fix(
                format!("Rename it to \"{renamed}\""),
                rename_transition_id(context.flow, at, &renamed),
            );
    }
}
