//! ## What it does
//! Reads every condition of the type `expression` as an expression. Conditions of other types are kept
//! and not read.
//!
//! ## Why it is bad
//! The platform cannot evaluate the condition, so nobody knows when the transition is taken.
//!
//! ## Example
//! ```json fails
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [
//!                  { "id": "t1", "targetStateId": "bye",
//!                    "conditions": [{ "value": "intent.confidence >" }] },
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
//! Never: such a condition cannot be evaluated.

use crate::command::dialog::replace_within;
use crate::command::state::parts::delete_condition;
use crate::problem::Severity;
use crate::rules::state_context::StateContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ST501",
    name: "condition-syntax",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Text,
    summary: "A condition does not parse.",
    check: Check::State(check),
    veto: None,
};

fn check(context: &StateContext<'_>, report: &mut Report<'_>) {
    for (condition, meaning) in context.conditions() {
        if meaning.expression.is_valid() {
            continue;
        }
        let field = condition.field;
        let place = context.transition_name(condition.at);
        if field.text.trim().is_empty() {
            let message = format!(
                "A condition of {place} is empty, which is no condition. A default transition has none \
                 at all."
            );
            let command = delete_condition(context.flow, condition.at, condition.index);
            context
                .about(report.problem(field.at, message), condition.at)
                .fix("Remove the condition", command);
            continue;
        }
        for error in meaning.expression.errors() {
            let column = field.text[..error.span.range().start].chars().count() + 1;
            let message = format!(
                "A condition of {place} does not parse at column {column}: {}",
                error.message
            );
            let finding = context
                .about(report.problem(field.at, message), condition.at)
                .within(error.span.range());
            if let Some(replacement) = &error.replacement {
                let label = if replacement.is_empty() {
                    "Remove it".to_owned()
                } else {
                    format!("Write {replacement}")
                };
                let (tree, parts) = (context.tree, [error.span.range()]);
                finding.fix(
                    label,
                    replace_within("Correct condition", tree, field.at, parts, replacement),
                );
            }
        }
    }
}
