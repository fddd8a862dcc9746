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
use std::iter::Peekable;

use compact_str::CompactString;

use crate::command::state::{TransitionAt, delete_transitions};
use crate::json::python_text;
use crate::problem::Severity;
use crate::rules::state_context::{Condition, Meaning, StateContext};
use crate::rules::wording::Quoted;
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
    let mut read = context.conditions().peekable();
    for (index, state) in context.flow.states.iter().enumerate() {
        let mut first_with = HashMap::with_capacity(state.transitions.len());
        for (transition, own) in state.transitions.iter().enumerate() {
            let at = TransitionAt {
                state: index,
                transition,
            };
            let conditions = alike(context, at, &mut read);
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
                    Quoted(state.label()),
                    earlier.id.text
                )
            } else {
                format!(
                    "Transition \"{}\" of \"{}\" is never taken: \"{}\" has the same conditions and \
                     comes first. Remove one, or change its conditions.",
                    own.id.text,
                    Quoted(state.label()),
                    earlier.id.text
                )
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
/// once. `read` goes through the conditions of the flow that are expressions.
fn alike<'c, 'a: 'c>(
    context: &StateContext<'a>,
    at: TransitionAt,
    read: &mut Peekable<impl Iterator<Item = (&'c Condition<'a>, &'c Meaning<'a>)>>,
) -> Vec<Alike> {
    let mut conditions = Vec::new();
    while let Some((condition, meaning)) = read.next_if(|(condition, _)| condition.at == at) {
        conditions.push(if meaning.expression.is_valid() {
            Alike::Expression(meaning.fingerprint)
        } else {
            Alike::Other("expression".into(), condition.field.text.to_string())
        });
    }
    let own = at.of(context.flow).conditions.iter();
    for other in own.filter(|condition| condition.expression.is_none()) {
        let value = other.value_at.map(|at| context.tree.value(at));
        let value = value.map_or_else(String::new, |value| python_text(value, true));
        conditions.push(Alike::Other(other.type_name.clone(), value));
    }
    conditions.sort_unstable();
    conditions.dedup();
    conditions
}
