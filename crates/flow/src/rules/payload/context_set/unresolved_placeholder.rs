//! ## What it does
//! Looks up each `{{name}}` of the template that is previewed with the set, in the set and in what other
//! linked sets inject.
//!
//! ## Why it is bad
//! The text is sent with the braces in it, and the user reads them.
//!
//! ## Example
//! ```text
//! Template: Dear {{customer_name}}, you are a {{customer_tier}} customer.
//! Variables: customer_tier
//! ```
//!
//! ## Use instead
//! ```text
//! Template: Dear {{customer_name}}, you are a {{customer_tier}} customer.
//! Variables: customer_name, customer_tier
//! ```
//!
//! ## When to switch it off
//! When the bot itself sets the variable before the text is used.

use std::collections::BTreeSet;

use compact_str::CompactString;

use crate::document::ContextSet;
use crate::payload::placeholders;
use crate::problem::Severity;
use crate::rules::{Check, Payload, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CX107",
    name: "unresolved-placeholder",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Payload,
    summary: "The previewed template names a variable that no scope defines.",
    check: Check::ContextSet(check),
    veto: None,
};

fn check(payload: &Payload<'_, ContextSet>, report: &mut Report<'_>) {
    let Some(template) = &payload.settings.links.template else {
        return;
    };
    let set = payload.view;
    let defined: BTreeSet<&str> = set
        .variables
        .iter()
        .map(|variable| variable.key().text.as_str())
        .chain(payload.settings.injected.iter().map(CompactString::as_str))
        .collect();
    let mut reported = BTreeSet::new();
    for placeholder in placeholders(template) {
        let name = placeholder.name;
        if defined.contains(name) || !reported.insert(name) {
            continue;
        }
        let message = format!(
            "The template asks for {{{{{name}}}}}, which no scope defines: the braces are sent as they \
             are. Add a variable \"{name}\", or correct the template."
        );
        report.problem(set.variables_at, message).id(&name.into());
    }
}
