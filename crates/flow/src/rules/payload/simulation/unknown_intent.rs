//! ## What it does
//! Looks up each `expected_intent` among the intents of the flow that is linked to the script. Without
//! a linked flow nothing is checked.
//!
//! ## Why it is bad
//! The assertion fails, or the flow changed and the test did not.
//!
//! ## Example
//! ```text
//! Intents of the linked flow: greeting, order_status
//! { "step_index": 0, "expected_intent": "greetings" }
//! ```
//!
//! ## Use instead
//! ```text
//! Intents of the linked flow: greeting, order_status
//! { "step_index": 0, "expected_intent": "greeting" }
//! ```
//!
//! ## When to switch it off
//! When the bot has intents outside this flow.

use compact_str::CompactString;

use crate::command::payload::simulation::{AssertionField, set_assertion_field};
use crate::document::Simulation;
use crate::expression::nearest;
use crate::limits::NEAREST_COMPARISONS;
use crate::problem::Severity;
use crate::rules::{Check, Payload, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "SM106",
    name: "unknown-intent",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Payload,
    summary: "An assertion expects an intent that the linked flow lacks.",
    check: Check::Simulation(check),
    veto: None,
};

fn check(payload: &Payload<'_, Simulation>, report: &mut Report<'_>) {
    let Some(flow) = &payload.settings.links.flow else {
        return;
    };
    let mut comparisons_left = NEAREST_COMPARISONS;
    for (index, assertion) in payload.view.assertions.iter().enumerate() {
        let intent = &assertion.expected_intent;
        if flow.intents.contains(&intent.text) {
            continue;
        }
        let message = format!(
            "The flow \"{}\" has no intent \"{}\", so the assertion fails. Correct it, or add the \
             intent to the flow.",
            flow.name, intent.text
        );
        let finding = report.problem(intent.at, message).id(&intent.text);
        let affordable = comparisons_left >= flow.intents.len();
        comparisons_left = comparisons_left.saturating_sub(flow.intents.len());
        let known = flow.intents.iter().map(CompactString::as_str);
        if let Some(meant) = affordable.then(|| nearest(&intent.text, known)).flatten() {
            let value = Some(meant.into());
            let field = AssertionField::Intent;
            finding.fix(
                format!("Expect \"{meant}\""),
                set_assertion_field(payload.view, index, field, value),
            );
        }
    }
}
