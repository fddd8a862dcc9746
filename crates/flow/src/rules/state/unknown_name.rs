//! ## What it does
//! Finds names in conditions that are none of `intent`, `entities`, `input`, `context`, `session`,
//! `user`, `flow`, `profile` and their short forms, and that no action writes and no linked context set
//! injects.
//!
//! ## Why it is bad
//! The name has no value, so the condition fails when it is evaluated, or is never true.
//!
//! ## Example
//! ```json fails
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [
//!                  { "id": "t1", "targetStateId": "bye",
//!                    "conditions": [{ "value": "intnet.confidence > 0.8" }] },
//!                  { "id": "t2", "targetStateId": "lost" }] },
//!              { "id": "lost", "final": true, "transitions": [] },
//!              { "id": "bye", "final": true, "transitions": [] }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [
//!                  { "id": "t1", "targetStateId": "bye",
//!                    "conditions": [{ "value": "intent.confidence > 0.8" }] },
//!                  { "id": "t2", "targetStateId": "lost" }] },
//!              { "id": "lost", "final": true, "transitions": [] },
//!              { "id": "bye", "final": true, "transitions": [] }] }
//! ```
//!
//! ## When to switch it off
//! Where your platform defines further names.

use std::collections::BTreeSet;

use compact_str::CompactString;

use crate::command::dialog::replace_within;
use crate::expression::{ROOTS, nearest};
use crate::limits::NAMES_COMPARED;
use crate::problem::Severity;
use crate::rules::state_context::StateContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ST502",
    name: "unknown-name",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Text,
    summary: "A condition starts from a name that nothing defines.",
    check: Check::State(check),
    veto: None,
};

fn check(context: &StateContext<'_>, report: &mut Report<'_>) {
    let known = written(context);
    for (condition, meaning) in context.conditions() {
        // Of a condition that does not parse, its names are a guess.
        if !meaning.has_bare_names || !meaning.expression.is_valid() {
            continue;
        }
        let mut reported = BTreeSet::new();
        for reference in meaning.expression.references() {
            let name = reference.root_name();
            let exists = reference.root().is_some() || known.contains(name);
            if exists || !reported.insert(name) {
                continue;
            }
            let message = format!(
                "Nothing defines the name \"{name}\", so it has no value in a condition of {}. Correct \
                 it, or write it with its scope, as context.{name}.",
                context.transition_name(condition.at)
            );
            let at = condition.field.at;
            let finding = context
                .about(report.problem(at, message), condition.at)
                .within(reference.root_span().range())
                .id(&name.into());
            let roots = ROOTS.iter().map(|(root, _)| *root);
            let candidates = roots.chain(known.iter().copied().take(NAMES_COMPARED));
            if let Some(meant) = nearest(name, candidates) {
                let same = meaning.expression.references();
                let parts = same
                    .filter(|other| other.root_name() == name)
                    .map(|other| other.root_span().range());
                finding.fix(
                    format!("Change it to \"{meant}\""),
                    replace_within("Correct name", context.tree, at, parts, meant),
                );
            }
        }
    }
}

/// The names without a scope that actions write or context sets inject.
fn written<'a>(context: &StateContext<'a>) -> BTreeSet<&'a str> {
    context
        .actions()
        .filter_map(|(_, _, action)| action.variable.as_ref())
        .map(|variable| variable.text.as_str())
        .filter(|name| !name.contains('.'))
        .chain(context.settings.injected.iter().map(CompactString::as_str))
        .collect()
}
