//! ## What it does
//! Finds keys beside the conversation's id and its variables.
//!
//! ## Why it is bad
//! The platform refuses an injection with any other key.
//!
//! ## Example
//! ```json fails
//! { "conversationId": "conv_8a7b9c2d1e3f", "source": "crm",
//!   "variables": {
//!     "customer_tier": { "key": "customer_tier", "value": "premium", "scope": "user" } } }
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
//! Never: the platform refuses such a set.

use crate::command::payload::context_set::remove_unexpected;
use crate::document::ContextSet;
use crate::problem::Severity;
use crate::rules::{Check, Payload, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CX105",
    name: "unexpected-field",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Payload,
    summary: "A top-level key that the platform forbids.",
    check: Check::ContextSet(check),
    veto: None,
};

fn check(payload: &Payload<'_, ContextSet>, report: &mut Report<'_>) {
    for (index, key) in payload.view.unexpected.iter().enumerate() {
        let message = format!(
            "The platform forbids \"{}\" here and refuses the injection: beside the conversation's id \
             there are only its variables. Remove it, or make it a variable.",
            key.text
        );
        report.problem(key.at, message).id(&key.text).fix(
            format!("Remove \"{}\"", key.text),
            remove_unexpected(payload.view, index),
        );
    }
}
