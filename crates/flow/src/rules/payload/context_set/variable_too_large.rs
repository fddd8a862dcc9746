//! ## What it does
//! Measures each value as the text that Python's `json.dumps` writes: one space after `:` and `,`,
//! every character outside ASCII as `\uXXXX`.
//!
//! ## Why it is bad
//! The platform refuses the whole injection.
//!
//! ## Example
//! ```text
//! "history": { "key": "history", "value": "… more than 10,240 bytes …" }
//! ```
//!
//! ## Use instead
//! ```text
//! "history": { "key": "history", "value": "… the last ten messages …" }
//! ```
//!
//! ## When to switch it off
//! Never: the limit is the platform's.

use crate::document::ContextSet;
use crate::payload::{context_meters, size_words};
use crate::problem::Severity;
use crate::rules::{Check, Payload, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CX103",
    name: "variable-too-large",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Payload,
    summary: "The value of a variable takes more than 10 KiB.",
    check: Check::ContextSet(check),
    veto: None,
};

fn check(payload: &Payload<'_, ContextSet>, report: &mut Report<'_>) {
    let meters = context_meters(payload.tree, payload.view);
    for (variable, meter) in payload.view.variables.iter().zip(meters.variables) {
        if !meter.is_over() {
            continue;
        }
        let message = format!(
            "The value of \"{}\" takes {}; the platform takes {} and refuses the whole injection. \
             Make it smaller, or divide it among several variables.",
            variable.key().text,
            size_words(meter.bytes),
            size_words(meter.limit)
        );
        report
            .problem(variable.value_at, message)
            .id(&variable.key().text);
    }
}
