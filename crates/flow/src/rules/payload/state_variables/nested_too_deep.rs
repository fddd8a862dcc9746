//! ## What it does
//! Counts the objects that stand inside one another in the value of a variable, lists in between not
//! counted.
//!
//! ## Why it is bad
//! The platform does not promise to keep what lies deeper.
//!
//! ## Example
//! ```json fails
//! { "dialogId": "d-1", "session": { "cart_total": { "shop": { "region": { "currency": { "code": "EUR" } } } } }, "user": { "tier": "gold" } }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "dialogId": "d-1", "session": { "cart_total": { "shop": { "region": { "currency": "EUR" } } } }, "user": { "tier": "gold" } }
//! ```
//!
//! ## When to switch it off
//! When your tenant is known to keep deeper objects.

use crate::document::StateVariables;
use crate::json::{Kind, ValueId, ValueRef};
use crate::limits::STATE_DEPTH;
use crate::problem::Severity;
use crate::rules::{Check, Payload, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "SV106",
    name: "nested-too-deep",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Payload,
    summary: "Objects are nested deeper than three levels.",
    check: Check::StateVariables(check),
    veto: None,
};

fn check(payload: &Payload<'_, StateVariables>, report: &mut Report<'_>) {
    for (_, variable) in payload.view.variables() {
        let Some(deep) = too_deep(payload.value(variable.value_at), 0) else {
            continue;
        };
        let message = format!(
            "\"{}\" nests objects deeper than {STATE_DEPTH} levels; the platform does not promise to \
             keep what lies deeper. Flatten it, or store it as a text.",
            variable.name.text
        );
        report.problem(deep, message).id(&variable.name.text);
    }
}

/// The first object inside `value` that has more than the allowed objects around it, itself
/// counted. Recurses as deep as the reader lets documents nest.
fn too_deep(value: ValueRef<'_>, outer: usize) -> Option<ValueId> {
    match value.kind() {
        Kind::Object if outer == STATE_DEPTH => Some(value.id()),
        Kind::Object => value
            .members()
            .find_map(|(_, inner)| too_deep(inner, outer + 1)),
        Kind::Array => value.elements().find_map(|inner| too_deep(inner, outer)),
        _ => None,
    }
}
