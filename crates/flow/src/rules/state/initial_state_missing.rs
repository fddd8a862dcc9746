//! ## What it does
//! Checks that `initialStateId` is the id of a state. A file may leave it out, as some answers of the
//! platform do.
//!
//! ## Why it is bad
//! A conversation has nowhere to start.
//!
//! ## Example
//! ```json fails
//! { "botId": "b", "flowId": "f", "initialStateId": "start", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [{ "id": "t1", "targetStateId": "bye" }] },
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
//! Never: such a flow cannot run.

use crate::command::state::set_initial;
use crate::expression::nearest;
use crate::problem::Severity;
use crate::rules::state_context::StateContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ST104",
    name: "initial-state-missing",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "The initial state does not exist.",
    check: Check::State(check),
    veto: None,
};

fn check(context: &StateContext<'_>, report: &mut Report<'_>) {
    let Some(initial) = &context.flow.initial_state else {
        return;
    };
    if context.initial().is_some() {
        return;
    }
    let message = format!(
        "The initial state \"{}\" does not exist, so a conversation has nowhere to start. Choose \
         the state where it starts.",
        initial.text
    );
    let finding = report.problem(initial.at, message).id(&initial.text);
    let mut ids = context
        .flow
        .states
        .iter()
        .map(|state| state.id.text.as_str());
    let only = ids.clone().next().filter(|_| ids.len() == 1);
    if let Some(id) = only.or_else(|| nearest(&initial.text, &mut ids)) {
        finding.fix(
            format!("Start at \"{id}\""),
            set_initial(context.flow, Some(id)),
        );
    }
}
