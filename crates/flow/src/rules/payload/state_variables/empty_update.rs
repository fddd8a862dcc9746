//! ## What it does
//! Finds updates without variables and without a next step.
//!
//! ## Why it is bad
//! The platform refuses an update that changes nothing.
//!
//! ## Example
//! ```json fails
//! { "dialogId": "d-1", "session": {} }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "dialogId": "d-1", "session": { "cart_total": 129.9 }, "user": { "tier": "gold" } }
//! ```
//!
//! ## When to switch it off
//! Never: add what is to be changed, or send nothing.

use crate::document::StateVariables;
use crate::problem::Severity;
use crate::rules::{Check, Payload, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "SV108",
    name: "empty-update",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Payload,
    summary: "There is nothing to send.",
    check: Check::StateVariables(check),
    veto: None,
};

fn check(payload: &Payload<'_, StateVariables>, report: &mut Report<'_>) {
    let update = payload.view;
    if update.variables().next().is_none() && update.next_step.is_none() {
        let message = "There is no variable and no next step, so there is nothing to send. Add what \
                       the dialog is to know, or where it goes on.";
        report.problem(update.at, message.to_owned());
    }
}
