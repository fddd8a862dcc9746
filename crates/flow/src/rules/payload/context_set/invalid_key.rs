//! ## What it does
//! Checks that the key that is sent consists of ASCII letters, digits and `_`, with at least one letter
//! or digit.
//!
//! ## Why it is bad
//! The platform refuses the whole injection.
//!
//! ## Example
//! ```json fails
//! { "conversationId": "conv_8a7b9c2d1e3f",
//!   "variables": {
//!     "customer-tier": { "key": "customer-tier", "value": "premium", "scope": "user" } } }
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
//! Never: the platform refuses such a key.

use crate::command::payload::context_set::rename_variable;
use crate::document::ContextSet;
use crate::problem::Severity;
use crate::rules::ids::Ids;
use crate::rules::{Check, Payload, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CX101",
    name: "invalid-key",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Payload,
    summary: "The key of a variable has characters that the platform does not take.",
    check: Check::ContextSet(check),
    veto: None,
};

fn check(payload: &Payload<'_, ContextSet>, report: &mut Report<'_>) {
    let variables = payload.view.variables.iter();
    let keys = Ids::of(variables.map(|variable| variable.map_key.text.as_str()));
    for (index, variable) in payload.view.variables.iter().enumerate() {
        let key = variable.key();
        if is_valid(&key.text) {
            continue;
        }
        let message = format!(
            "\"{}\" cannot be the key of a variable: the platform takes ASCII letters, digits and _, \
             with at least one letter or digit, and refuses the whole injection. Rename it.",
            key.text
        );
        let finding = report.problem(key.at, message).id(&key.text);
        let meant = corrected(&key.text);
        if is_valid(&meant) && keys.find(&meant).is_none() {
            finding.fix(
                format!("Rename it to \"{meant}\""),
                rename_variable(payload.view, index, &meant),
            );
        }
    }
}

fn is_valid(key: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    key.bytes().all(allowed) && key.bytes().any(|byte| byte != b'_')
}

/// The key with `_` for everything that is not allowed.
fn corrected(key: &str) -> String {
    let allowed = |character: char| character.is_ascii_alphanumeric();
    let replace = |character| if allowed(character) { character } else { '_' };
    key.trim().chars().map(replace).collect()
}
