//! ## What it does
//! Finds names that start with `_cognigy`, `_session`, `_user` or `cognigy_`.
//!
//! ## Why it is bad
//! The platform keeps its own state under such names and refuses the update.
//!
//! ## Example
//! ```json fails
//! { "dialogId": "d-1", "session": { "cognigy_cart_total": 129.9 }, "user": { "tier": "gold" } }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "dialogId": "d-1", "session": { "cart_total": 129.9 }, "user": { "tier": "gold" } }
//! ```
//!
//! ## When to switch it off
//! Never: the names are the platform's.

use crate::document::StateVariables;
use crate::limits::RESERVED_PREFIXES;
use crate::problem::Severity;
use crate::rules::{Check, Payload, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "SV101",
    name: "reserved-prefix",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Payload,
    summary: "The name of a variable starts with a prefix that belongs to the platform.",
    check: Check::StateVariables(check),
    veto: None,
};

fn check(payload: &Payload<'_, StateVariables>, report: &mut Report<'_>) {
    for (_, variable) in payload.view.variables() {
        let name = &variable.name;
        let prefix = RESERVED_PREFIXES
            .iter()
            .find(|&&prefix| name.text.starts_with(prefix));
        if let Some(prefix) = prefix {
            let message = format!(
                "Names that start with {prefix} belong to the platform, which refuses the update. \
                 Rename \"{}\".",
                name.text
            );
            report
                .problem(name.at, message)
                .id(&name.text)
                .within(0..prefix.len());
        }
    }
}
