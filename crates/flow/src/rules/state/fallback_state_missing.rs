//! ## What it does
//! Checks that `fallbackStateId` is the id of a state, and that there is one when a state has no
//! transition for input that matches nothing. Final states may end the conversation instead.
//!
//! ## Why it is bad
//! Input that no transition takes goes to the fallback state. Without one the conversation gets no
//! answer.
//!
//! ## Example
//! ```json fails
//! { "botId": "b", "flowId": "f", "initialStateId": "greet",
//!   "states": [{ "id": "greet", "transitions": [{ "id": "t1", "targetStateId": "bye",
//!                  "conditions": [{ "value": "intent.name == \"bye\"" }] }] },
//!              { "id": "bye", "final": true, "transitions": [] }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "botId": "b", "flowId": "f", "initialStateId": "greet",
//!   "states": [{ "id": "greet", "transitions": [{ "id": "t1", "targetStateId": "bye" }] },
//!              { "id": "bye", "final": true, "transitions": [] }] }
//! ```
//!
//! ## When to switch it off
//! When the platform has a fallback of its own for this bot.

use crate::command::state::set_fallback;
use crate::expression::nearest;
use crate::problem::Severity;
use crate::rules::state_context::StateContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ST105",
    name: "fallback-state-missing",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "The fallback state does not exist, or none is declared although one is needed.",
    check: Check::State(check),
    veto: None,
};

fn check(context: &StateContext<'_>, report: &mut Report<'_>) {
    let flow = context.flow;
    if let Some(fallback) = &flow.fallback_state {
        if context.fallback().is_none() {
            let message = format!(
                "The fallback state \"{}\" does not exist: input that no transition takes gets no \
                 answer. Choose a state that takes it.",
                fallback.text
            );
            let finding = report.problem(fallback.at, message).id(&fallback.text);
            let ids = flow.states.iter().map(|state| state.id.text.as_str());
            if let Some(id) = nearest(&fallback.text, ids) {
                finding.fix(
                    format!("Fall back to \"{id}\""),
                    set_fallback(flow, Some(id)),
                );
            }
        }
        return;
    }
    if flow.partial {
        return;
    }
    let lacking: Vec<usize> = (0..flow.states.len())
        .filter(|&state| context.lacks_default(state))
        .collect();
    let Some(&first) = lacking.first() else {
        return;
    };
    let more = match lacking.len() {
        1 => String::new(),
        count => format!(" (and {} more)", count - 1),
    };
    let message = format!(
        "The flow declares no fallback state, but \"{}\"{more} has no transition for input that \
         matches nothing: it gets no answer. Declare a fallback state, or add a transition without \
         conditions.",
        context.name(first)
    );
    report
        .problem(flow.at, message)
        .ids(lacking.iter().map(|&state| &context.state(state).id.text))
        .related(context.state(first).at, "A state without a default.");
}
