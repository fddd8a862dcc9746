//! ## What it does
//! Follows from each state the transition without conditions, and finds circles of more than one
//! state. A state whose default leads to itself only asks again.
//!
//! ## Why it is bad
//! Input that matches nothing is answered by another state each time. The user is led in a circle and
//! never hears that they were not understood.
//!
//! ## Example
//! ```json fails
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [{ "id": "t1", "targetStateId": "ask" }] },
//!              { "id": "ask", "transitions": [
//!                  { "id": "t1", "targetStateId": "greet" },
//!                  { "id": "t2", "targetStateId": "bye",
//!                    "conditions": [{ "value": "intent.name == \"bye\"" }] }] },
//!              { "id": "lost", "final": true, "transitions": [] },
//!              { "id": "bye", "final": true, "transitions": [] }] }
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
//! When the circle is the design, as in a menu that pages through its items.

use crate::problem::Severity;
use crate::rules::state_context::StateAt;
use crate::rules::state_context::StateContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ST406",
    name: "default-cycle",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "The defaults of several states lead in a circle.",
    check: Check::State(check),
    veto: None,
};

fn check(context: &StateContext<'_>, report: &mut Report<'_>) {
    let next = |state: StateAt| {
        let transition = &context.state(state).transitions[context.default_of(state)?];
        context.find(&transition.target.text)
    };
    // Each state has one default at most: a walk that meets a state of its own round has closed a
    // circle, and a state of an earlier round needs no second look.
    let mut round_of = vec![usize::MAX; context.flow.states.len()];
    for round in 0..context.flow.states.len() {
        let mut at = round;
        while round_of[at] == usize::MAX {
            round_of[at] = round;
            match next(at) {
                Some(target) => at = target,
                None => break,
            }
        }
        let closes = round_of[at] == round && next(at).is_some();
        if !closes {
            continue;
        }
        let mut circle = vec![at];
        circle.extend(
            std::iter::successors(next(at), |&state| next(state)).take_while(|&state| state != at),
        );
        if circle.len() > 1 {
            describe(context, report, &mut circle);
        }
    }
}

fn describe(context: &StateContext<'_>, report: &mut Report<'_>, circle: &mut [StateAt]) {
    let first = (0..circle.len()).min_by_key(|&place| circle[place]);
    circle.rotate_left(first.unwrap_or(0));
    let message = format!(
        "Input that matches nothing is led in a circle: {}. Let one of these defaults lead out, to \
         a state that says what can be asked.",
        context.circle(circle)
    );
    report
        .problem(context.state(circle[0]).at, message)
        .ids(circle.iter().map(|&state| &context.state(state).id.text));
}
