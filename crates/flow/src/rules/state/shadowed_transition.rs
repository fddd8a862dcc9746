//! ## What it does
//! Finds transitions whose conditions are those of an earlier transition of the same state, in any
//! order, and second transitions without conditions.
//!
//! ## Why it is bad
//! The first of them is always taken. The second does nothing, whatever its actions say.
//!
//! ## Example
//! ```json fails
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [
//!                  { "id": "t1", "targetStateId": "bye" },
//!                  { "id": "t2", "targetStateId": "lost" }] },
//!              { "id": "lost", "final": true, "transitions": [] },
//!              { "id": "bye", "final": true, "transitions": [] }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [
//!                  { "id": "t1", "targetStateId": "bye" },
//!                  { "id": "t2", "targetStateId": "lost",
//!                    "conditions": [{ "value": "intent.confidence < 0.3" }] }] },
//!              { "id": "lost", "final": true, "transitions": [] },
//!              { "id": "bye", "final": true, "transitions": [] }] }
//! ```
//!
//! ## When to switch it off
//! Never: remove the transition that is not wanted.

use std::collections::HashMap;

use compact_str::CompactString;

use crate::command::state::{TransitionAt, delete_transitions};
use crate::document::Transition;
use crate::expression::parse;
use crate::json::{Tree, python_text};
use crate::problem::Severity;
use crate::rules::state_context::StateContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ST405",
    name: "shadowed-transition",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Edge,
    summary: "A transition is never taken: an earlier one has the same conditions.",
    check: Check::State(check),
    veto: None,
};

fn check(context: &StateContext<'_>, report: &mut Report<'_>) {
    for (index, state) in context.flow.states.iter().enumerate() {
        let mut first_with = HashMap::with_capacity(state.transitions.len());
        for (transition, own) in state.transitions.iter().enumerate() {
            let conditions = alike(context.tree, own);
            let first = *first_with.entry(conditions).or_insert(transition);
            if first == transition {
                continue;
            }
            let earlier = &state.transitions[first];
            let message = if own.is_default() {
                format!(
                    "Transition \"{}\" of \"{}\" is never taken: \"{}\" has no conditions either \
                     and comes first. Remove one, or give one a condition.",
                    own.id.text,
                    state.label(),
                    earlier.id.text
                )
            } else {
                format!(
                    "Transition \"{}\" of \"{}\" is never taken: \"{}\" has the same conditions and \
                     comes first. Remove one, or change its conditions.",
                    own.id.text,
                    state.label(),
                    earlier.id.text
                )
            };
            let at = TransitionAt {
                state: index,
                transition,
            };
            report
                .problem(own.at, message)
                .id(&state.id.text)
                .id(&own.id.text)
                .id(&earlier.id.text)
                .related(earlier.at, "The transition that is taken instead.")
                .fix(
                    "Remove the transition that is never taken",
                    delete_transitions(context.flow, &[at]),
                );
        }
    }
}

/// A condition as it compares with others.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Alike {
    /// The fingerprint of an expression.
    Expression(u64),
    /// The type and the value of anything else.
    Other(CompactString, String),
}

/// The conditions of a transition in a form that is the same for the same conditions: sorted, each
/// once.
fn alike(tree: &Tree, transition: &Transition) -> Vec<Alike> {
    let mut conditions: Vec<Alike> = transition
        .conditions
        .iter()
        .map(|condition| match &condition.expression {
            Some(expression) => Alike::Expression(parse(&expression.text).fingerprint()),
            None => {
                let value = condition.value_at.map(|at| tree.value(at));
                let value = value.map_or_else(String::new, |value| python_text(value, true));
                Alike::Other(condition.type_name.clone(), value)
            }
        })
        .collect();
    conditions.sort_unstable();
    conditions.dedup();
    conditions
}
