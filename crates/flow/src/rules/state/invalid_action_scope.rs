//! ## What it does
//! Checks that an action that writes `scope.name` names one of the scopes `context`, `session`, `user`
//! and `flow`.
//!
//! ## Why it is bad
//! The platform knows no other scope: it refuses the update.
//!
//! ## Example
//! ```json fails
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [{ "id": "t1", "targetStateId": "bye",
//!                  "actions": [{ "type": "set", "variable": "sesion.tier", "value": 1 }] }] },
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
//! Never: the scopes are the platform's.

use crate::command::state::parts::{ActionField, set_action_field};
use crate::expression::{Root, nearest};
use crate::problem::Severity;
use crate::rules::state_context::StateContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ST301",
    name: "invalid-action-scope",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Text,
    summary: "An action writes to a scope that does not exist.",
    check: Check::State(check),
    veto: None,
};

const SCOPES: [&str; 4] = ["context", "session", "user", "flow"];

fn check(context: &StateContext<'_>, report: &mut Report<'_>) {
    for (at, index, action) in context.actions() {
        let Some(variable) = action.variable.as_ref().filter(|_| action.is_known()) else {
            continue;
        };
        let Some((scope, name)) = variable.text.split_once('.') else {
            continue;
        };
        if SCOPES.contains(&scope) {
            continue;
        }
        let message = format!(
            "The action writes \"{}\", but there is no scope \"{scope}\": the platform refuses the \
             update. The scopes are context, session, user and flow.",
            variable.text
        );
        let transition = at.of(context.flow);
        let finding = report
            .problem(variable.at, message)
            .id(&context.state(at.state).id.text)
            .id(&transition.id.text)
            .within(0..scope.len());
        if let Some(meant) = meant(scope) {
            let variable = format!("{meant}.{name}");
            let label = format!("Write \"{variable}\"");
            let value = variable.as_str().into();
            let field = ActionField::Variable;
            finding.fix(
                label,
                set_action_field(context.flow, at, index, field, value),
            );
        }
    }
}

/// The scope that was meant: one that expressions know by another name, or the nearest.
fn meant(scope: &str) -> Option<&'static str> {
    let root = Root::named(scope).map(Root::name);
    root.filter(|name| SCOPES.contains(name))
        .or_else(|| nearest(scope, SCOPES))
}
