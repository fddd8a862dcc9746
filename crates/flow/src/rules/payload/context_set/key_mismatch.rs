//! ## What it does
//! Compares the key a variable stands under with its inner `key`. The wire form has no inner key.
//!
//! ## Why it is bad
//! The inner key is sent. Whoever reads the file by the outer one is wrong about what arrives.
//!
//! ## Example
//! ```json fails
//! { "conversationId": "conv_8a7b9c2d1e3f",
//!   "variables": {
//!     "tier": { "key": "customer_tier", "value": "premium", "scope": "user" } } }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "conversationId": "conv_8a7b9c2d1e3f",
//!   "variables": {
//!     "customer_tier": { "key": "customer_tier", "value": "premium", "scope": "user" } } }
//! ```
//!
//! ## When to switch it off
//! Never: make the two the same.

use crate::command::payload::context_set::rename_variable;
use crate::document::ContextSet;
use crate::problem::Severity;
use crate::rules::ids::Ids;
use crate::rules::{Check, Payload, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CX108",
    name: "key-mismatch",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Payload,
    summary: "The key a variable stands under differs from the key inside it.",
    check: Check::ContextSet(check),
    veto: None,
};

fn check(payload: &Payload<'_, ContextSet>, report: &mut Report<'_>) {
    let variables = payload.view.variables.iter();
    let keys = Ids::of(variables.map(|variable| variable.map_key.text.as_str()));
    for (index, variable) in payload.view.variables.iter().enumerate() {
        let outer = &variable.map_key;
        let Some(inner) = variable
            .inner_key
            .as_ref()
            .filter(|inner| inner.text != outer.text)
        else {
            continue;
        };
        let message = format!(
            "The variable stands under \"{}\", but its key is \"{}\", and that is what is sent. Make \
             the two the same.",
            outer.text, inner.text
        );
        let finding = report
            .problem(inner.at, message)
            .id(&inner.text)
            .id(&outer.text)
            .related(outer.at, "The key it stands under.");
        // The rename that changes nothing of what is sent.
        if keys.find(&inner.text).is_none() {
            finding.fix(
                format!("Let it stand under \"{}\"", inner.text),
                rename_variable(payload.view, index, &inner.text),
            );
        }
    }
}
