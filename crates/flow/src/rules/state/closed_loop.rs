//! ## What it does
//! Finds sets of states that lead only to each other, the implicit way to the fallback state
//! included, where none is final or the fallback state.
//!
//! ## Why it is bad
//! A conversation that gets there never ends.
//!
//! ## Example
//! ```json fails
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [{ "id": "t1", "targetStateId": "ask" }] },
//!              { "id": "ask", "transitions": [{ "id": "t1", "targetStateId": "greet" }] },
//!              { "id": "lost", "final": true, "transitions": [] }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [{ "id": "t1", "targetStateId": "ask" }] },
//!              { "id": "ask", "transitions": [
//!                  { "id": "t1", "targetStateId": "bye" },
//!                  { "id": "t2", "targetStateId": "greet",
//!                    "conditions": [{ "value": "intent.name == \"again\"" }] }] },
//!              { "id": "lost", "final": true, "transitions": [] },
//!              { "id": "bye", "final": true, "transitions": [] }] }
//! ```
//!
//! ## When to switch it off
//! Never: let one of the states be final, or add a way out.

use std::collections::VecDeque;

use crate::problem::Severity;
use crate::rules::state_context::StateAt;
use crate::rules::state_context::StateContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ST403",
    name: "closed-loop",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "States lead only to each other, and none of them can end the conversation.",
    check: Check::State(check),
    veto: None,
};

fn check(context: &StateContext<'_>, report: &mut Report<'_>) {
    if context.flow.partial {
        return; // Whether there is a way out is not in the file.
    }
    let components = context.components();
    let mut came_from = vec![None; context.flow.states.len()];
    for index in 0..components.count() {
        let first = components.first(index);
        let inside = |state: StateAt| components.of[state] == index;
        let closed = components
            .members(index)
            .all(|state| !context.can_end(state) && context.successors(state).all(inside));
        if !closed {
            continue;
        }
        let cycle = shortest_cycle(context, first, inside, &mut came_from);
        if cycle.is_empty() {
            continue; // A single state that leads nowhere.
        }
        let message = format!(
            "A conversation that gets to \"{}\" never ends: {} has no way out and no final state. \
             Add a transition out of it, or mark one of its states as final.",
            context.name(first),
            context.circle(&cycle)
        );
        let id = |state: StateAt| &context.state(state).id.text;
        report
            .problem(context.state(first).at, message)
            .ids(components.members(index).map(id));
    }
}

/// The states of the shortest cycle through `first` that stays inside its component, from `first`
/// on; none where there is no cycle. `came_from` is shared by all components, whose states differ.
fn shortest_cycle(
    context: &StateContext<'_>,
    first: StateAt,
    inside: impl Fn(StateAt) -> bool,
    came_from: &mut [Option<StateAt>],
) -> Vec<StateAt> {
    let mut queue = VecDeque::from([first]);
    while let Some(state) = queue.pop_front() {
        for next in context.successors(state).filter(|&next| inside(next)) {
            if next == first {
                let back = |&state: &StateAt| came_from[state];
                let mut cycle: Vec<StateAt> = std::iter::successors(Some(state), back).collect();
                cycle.reverse();
                return cycle;
            }
            if came_from[next].is_none() {
                came_from[next] = Some(state);
                queue.push_back(next);
            }
        }
    }
    Vec::new()
}
