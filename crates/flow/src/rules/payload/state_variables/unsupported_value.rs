//! ## What it does
//! Finds variables whose value is `null`.
//!
//! ## Why it is bad
//! The platform stores strings, numbers, booleans, lists and objects, and refuses the update for
//! anything else. It does not take `null` for "remove this variable".
//!
//! ## Example
//! ```json fails
//! { "dialogId": "d-1", "session": { "cart_total": null }, "user": { "tier": "gold" } }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "dialogId": "d-1", "session": { "cart_total": 129.9 }, "user": { "tier": "gold" } }
//! ```
//!
//! ## When to switch it off
//! Never: the platform refuses such a value.

use crate::command::payload::state_variables::{VariableAt, remove_variable};
use crate::document::{StateVariables, VariableScope};
use crate::problem::Severity;
use crate::rules::{Check, Payload, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "SV103",
    name: "unsupported-value",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Payload,
    summary: "The value of a variable is null.",
    check: Check::StateVariables(check),
    veto: None,
};

fn check(payload: &Payload<'_, StateVariables>, report: &mut Report<'_>) {
    for scope in VariableScope::ALL {
        let variables = payload.view.map(scope).into_iter();
        for (index, variable) in variables.flat_map(|map| &map.variables).enumerate() {
            if !payload.value(variable.value_at).is_null() {
                continue;
            }
            let message = format!(
                "\"{}\" is null, which the platform does not store: it refuses the update. Give it a \
                 value, or leave it out.",
                variable.name.text
            );
            let finding = report
                .problem(variable.value_at, message)
                .id(&variable.name.text);
            if let Some(remove) = remove_variable(payload.view, VariableAt { scope, index }) {
                finding.fix("Leave it out", remove);
            }
        }
    }
}
