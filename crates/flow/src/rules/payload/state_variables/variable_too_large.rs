//! ## What it does
//! Measures each value as the text that Python's `json.dumps` writes.
//!
//! ## Why it is bad
//! The platform refuses the update.
//!
//! ## Example
//! ```text
//! "session": { "transcript": "… more than 1,048,576 bytes …" }
//! ```
//!
//! ## Use instead
//! ```text
//! "session": { "transcript_url": "https://…" }
//! ```
//!
//! ## When to switch it off
//! Never: the limit is the platform's.

use crate::document::StateVariables;
use crate::payload::{size_words, state_meters};
use crate::problem::Severity;
use crate::rules::{Check, Payload, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "SV104",
    name: "variable-too-large",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Payload,
    summary: "The value of a variable takes more than 1 MiB.",
    check: Check::StateVariables(check),
    veto: None,
};

fn check(payload: &Payload<'_, StateVariables>, report: &mut Report<'_>) {
    let meters = state_meters(payload.tree, payload.view);
    let meters = meters.session.into_iter().chain(meters.user);
    for ((_, variable), meter) in payload.view.variables().zip(meters) {
        if !meter.is_over() {
            continue;
        }
        let message = format!(
            "The value of \"{}\" takes {}; the platform takes {} and refuses the update. Store a \
             reference to it instead.",
            variable.name.text,
            size_words(meter.bytes),
            size_words(meter.limit)
        );
        report
            .problem(variable.value_at, message)
            .id(&variable.name.text);
    }
}
