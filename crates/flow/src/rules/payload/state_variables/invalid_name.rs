//! ## What it does
//! Checks that a name starts with a letter or `_` and goes on with letters, digits and `_`, in any
//! script (Unicode XID).
//!
//! ## Why it is bad
//! Scripts and conditions cannot name the variable, and the platform refuses the update.
//!
//! ## Example
//! ```json fails
//! { "dialogId": "d-1", "session": { "cart total": 129.9 }, "user": { "tier": "gold" } }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "dialogId": "d-1", "session": { "cart_total": 129.9 }, "user": { "tier": "gold" } }
//! ```
//!
//! ## When to switch it off
//! Never: the platform refuses such a name.

use unicode_ident::{is_xid_continue, is_xid_start};

use crate::command::payload::state_variables::{VariableAt, rename_variable};
use crate::document::{StateVariables, VariableScope};
use crate::problem::Severity;
use crate::rules::ids::Ids;
use crate::rules::{Check, Payload, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "SV102",
    name: "invalid-name",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Payload,
    summary: "The name of a variable is no identifier.",
    check: Check::StateVariables(check),
    veto: None,
};

fn check(payload: &Payload<'_, StateVariables>, report: &mut Report<'_>) {
    for scope in VariableScope::ALL {
        let Some(map) = payload.view.map(scope) else {
            continue;
        };
        let names = Ids::of(map.variables.iter().map(|own| own.name.text.as_str()));
        for (index, variable) in map.variables.iter().enumerate() {
            let name = &variable.name;
            if is_identifier(&name.text) {
                continue;
            }
            let message = format!(
                "\"{}\" cannot be the name of a variable: a name starts with a letter or _ and goes on \
                 with letters, digits and _. Rename it.",
                name.text
            );
            let finding = report.problem(name.at, message).id(&name.text);
            let meant = corrected(&name.text);
            let free = names.find(&meant).is_none();
            let variable = VariableAt { scope, index };
            let rename = rename_variable(payload.view, variable, &meant);
            if let Some(rename) = rename.filter(|_| free && is_identifier(&meant)) {
                finding.fix(format!("Rename it to \"{meant}\""), rename);
            }
        }
    }
}

fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    let starts = |first| first == '_' || is_xid_start(first);
    characters.next().is_some_and(starts) && characters.all(is_xid_continue)
}

/// The name with `_` for everything that is not allowed.
fn corrected(name: &str) -> String {
    let allowed = |character: &char| is_xid_continue(*character);
    let replace = |character: char| Some(character).filter(allowed).unwrap_or('_');
    name.trim().chars().map(replace).collect()
}
