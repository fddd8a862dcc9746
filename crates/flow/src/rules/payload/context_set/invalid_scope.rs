//! ## What it does
//! Checks that a scope is `global`, `conversation`, `user` or `session`. Without one it is
//! `conversation`.
//!
//! ## Why it is bad
//! The platform refuses the whole injection.
//!
//! ## Example
//! ```json fails
//! { "conversationId": "conv_8a7b9c2d1e3f",
//!   "variables": {
//!     "customer_tier": { "key": "customer_tier", "value": "premium", "scope": "User" } } }
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
//! Never: the scopes are the platform's.

use crate::command::payload::context_set::set_scope;
use crate::document::{ContextScope, ContextSet};
use crate::expression::nearest;
use crate::problem::Severity;
use crate::rules::{Check, Payload, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CX102",
    name: "invalid-scope",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Payload,
    summary: "The scope of a variable is none of the four.",
    check: Check::ContextSet(check),
    veto: None,
};

fn check(payload: &Payload<'_, ContextSet>, report: &mut Report<'_>) {
    for (index, variable) in payload.view.variables.iter().enumerate() {
        let Some(scope) = variable
            .scope
            .as_ref()
            .filter(|_| variable.scope().is_none())
        else {
            continue;
        };
        let message = format!(
            "\"{}\" has the scope \"{}\", which does not exist: the platform refuses the whole \
             injection. The scopes are global, conversation, user and session.",
            variable.key().text,
            scope.text
        );
        let finding = report.problem(scope.at, message).id(&variable.key().text);
        let words = ContextScope::ALL.map(ContextScope::as_str);
        if let Some(meant) = nearest(&scope.text, words).and_then(ContextScope::from_word) {
            finding.fix(
                format!("Use the scope \"{}\"", meant.as_str()),
                set_scope(payload.view, index, meant),
            );
        }
    }
}
