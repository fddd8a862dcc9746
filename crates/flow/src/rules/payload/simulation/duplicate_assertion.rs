//! ## What it does
//! Finds assertions with the `step_index` of an earlier one.
//!
//! ## Why it is bad
//! The success rate counts both, so one input weighs twice; and where they expect different intents,
//! one of them always fails.
//!
//! ## Example
//! ```json fails
//! { "botId": "b-1", "environmentId": "e-1", "versionId": "v-1",
//!   "inputs": [{ "text": "Hello" }],
//!   "assertions": [{ "step_index": 0, "expected_intent": "greeting" },
//!                  { "step_index": 0, "expected_intent": "order_status" }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "botId": "b-1", "environmentId": "e-1", "versionId": "v-1",
//!   "inputs": [{ "text": "Hello" }, { "text": "Where is my order?" }],
//!   "assertions": [{ "step_index": 0, "expected_intent": "greeting" },
//!                  { "step_index": 1, "expected_intent": "order_status" }] }
//! ```
//!
//! ## When to switch it off
//! When you assert on two things of one answer on purpose.

use std::collections::HashMap;

use crate::command::payload::simulation::remove_assertion;
use crate::document::Simulation;
use crate::json::python_text;
use crate::problem::Severity;
use crate::rules::{Check, Payload, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "SM104",
    name: "duplicate-assertion",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Payload,
    summary: "Two assertions are about the same input.",
    check: Check::Simulation(check),
    veto: None,
};

fn check(payload: &Payload<'_, Simulation>, report: &mut Report<'_>) {
    let mut first_about = HashMap::new();
    for (index, assertion) in payload.view.assertions.iter().enumerate() {
        let Some(step) = assertion.step_index else {
            continue;
        };
        let first = *first_about.entry(step).or_insert(assertion);
        if first.at == assertion.at {
            continue;
        }
        let message = format!(
            "Input {step} has an assertion already: both are counted, so it weighs twice. Join them \
             into one."
        );
        let finding = report
            .problem(assertion.at, message)
            .id(&assertion.expected_intent.text)
            .related(first.at, "The first assertion about this input.");
        let same = |at| python_text(payload.value(at), true);
        if same(first.at) == same(assertion.at) {
            finding.fix(
                "Remove the second one",
                remove_assertion(payload.view, index),
            );
        }
    }
}
