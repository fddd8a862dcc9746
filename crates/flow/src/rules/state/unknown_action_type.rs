//! ## What it does
//! Finds actions whose type is none of `set`, `append`, `remove` and `increment`.
//!
//! ## Why it is bad
//! Flowdeck keeps such an action as it is, but cannot check it or rehearse it.
//!
//! ## Example
//! ```json fails
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [{ "id": "t1", "targetStateId": "bye",
//!                  "actions": [{ "type": "assign", "variable": "session.tier", "value": 1 }] }] },
//!              { "id": "lost", "final": true, "transitions": [] },
//!              { "id": "bye", "final": true, "transitions": [] }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [{ "id": "t1", "targetStateId": "bye",
//!                  "actions": [{ "type": "set", "variable": "session.tier", "value": 1 }] }] },
//!              { "id": "lost", "final": true, "transitions": [] },
//!              { "id": "bye", "final": true, "transitions": [] }] }
//! ```
//!
//! ## When to switch it off
//! When your platform has action types of its own.

use crate::command::state::parts::{ActionField, set_action_field};
use crate::document::Action;
use crate::expression::nearest;
use crate::problem::Severity;
use crate::rules::state_context::StateContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ST303",
    name: "unknown-action-type",
    severity: Severity::Info,
    since: "0.1.0",
    scope: Scope::Text,
    summary: "An action has a type that Flowdeck does not know.",
    check: Check::State(check),
    veto: None,
};

fn check(context: &StateContext<'_>, report: &mut Report<'_>) {
    for (at, index, action) in context.actions() {
        if action.is_known() {
            continue;
        }
        let type_name = &action.type_name;
        let message = format!(
            "\"{}\" is an action Flowdeck does not know: it is kept as it is, and rehearsal passes \
             it over. Known are set, append, remove and increment.",
            type_name.text
        );
        let finding = report
            .problem(type_name.at, message)
            .id(&context.state(at.state).id.text)
            .id(&at.of(context.flow).id.text);
        // The known ones need a variable.
        let meant = nearest(&type_name.text, Action::TYPES).filter(|_| action.variable.is_some());
        if let Some(meant) = meant {
            let field = ActionField::Type;
            finding.fix(
                format!("Change it to \"{meant}\""),
                set_action_field(context.flow, at, index, field, meant.into()),
            );
        }
    }
}
