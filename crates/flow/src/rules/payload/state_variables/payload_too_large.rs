//! ## What it does
//! Measures the update as it is sent, in the text that Python's `json.dumps` writes. A variable that
//! is too large alone is told as such (SV104).
//!
//! ## Why it is bad
//! Above this threshold an update may be cut off or refused on its way. Several smaller ones arrive:
//! the app divides it, with the transition in the last, so that the dialog goes on when everything is
//! there.
//!
//! ## Example
//! ```text
//! "session": { … 600 KiB … }, "transition": { "nextStep": "checkout" }
//! ```
//!
//! ## Use instead
//! ```text
//! 1. "session": { … 400 KiB … }
//! 2. "session": { … 200 KiB … }, "transition": { "nextStep": "checkout" }
//! ```
//!
//! ## When to switch it off
//! When your tenant is known to take larger updates.

use crate::document::StateVariables;
use crate::payload::{size_words, split_updates, state_meters};
use crate::problem::Severity;
use crate::rules::{Check, Payload, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "SV105",
    name: "payload-too-large",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Payload,
    summary: "The update takes more than 512 KiB in all.",
    check: Check::StateVariables(check),
    veto: None,
};

fn check(payload: &Payload<'_, StateVariables>, report: &mut Report<'_>) {
    let meters = state_meters(payload.tree, payload.view);
    let mut variables = meters.session.iter().chain(&meters.user);
    // A variable that is too large alone is the problem then.
    if !meters.whole.is_over() || variables.any(|meter| meter.is_over()) {
        return;
    }
    let advice = match split_updates(payload.tree, payload.view) {
        Some(updates) => format!(
            "Divide it into {} updates, with the transition in the last.",
            updates.len()
        ),
        None => "A single variable is larger than that: make it smaller.".to_owned(),
    };
    let message = format!(
        "The update takes {}; up to {} arrive safely. {advice}",
        size_words(meters.whole.bytes),
        size_words(meters.whole.limit)
    );
    report.problem(payload.view.at, message);
}
