//! ## What it does
//! Checks `expected_confidence_min`. Without one it is 0.85.
//!
//! ## Why it is bad
//! Confidence is a share: nothing reaches more than 1, and everything reaches less than 0.
//!
//! ## Example
//! ```json fails
//! { "botId": "b-1", "environmentId": "e-1", "versionId": "v-1",
//!   "inputs": [{ "text": "Hello" }, { "text": "Where is my order?" }],
//!   "assertions": [{ "step_index": 0, "expected_intent": "greeting",
//!                    "expected_confidence_min": 85 },
//!                  { "step_index": 1, "expected_intent": "order_status" }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "botId": "b-1", "environmentId": "e-1", "versionId": "v-1",
//!   "inputs": [{ "text": "Hello" }, { "text": "Where is my order?" }],
//!   "assertions": [{ "step_index": 0, "expected_intent": "greeting",
//!                    "expected_confidence_min": 0.85 },
//!                  { "step_index": 1, "expected_intent": "order_status" }] }
//! ```
//!
//! ## When to switch it off
//! Never: the platform refuses such a script.

use crate::command::payload::simulation::{AssertionField, set_assertion_field};
use crate::document::Simulation;
use crate::json::{NewValue, write_number};
use crate::problem::Severity;
use crate::rules::{Check, Payload, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "SM103",
    name: "confidence-range",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Payload,
    summary: "A minimum confidence is outside 0 to 1.",
    check: Check::Simulation(check),
    veto: None,
};

fn check(payload: &Payload<'_, Simulation>, report: &mut Report<'_>) {
    for (index, assertion) in payload.view.assertions.iter().enumerate() {
        let minimum = assertion.minimum_confidence;
        let Some(at) = assertion
            .confidence_at
            .filter(|_| !(0.0..=1.0).contains(&minimum))
        else {
            continue;
        };
        let message = format!(
            "A confidence of {} does not exist: it is a share from 0 to 1.",
            payload.value(at).raw()
        );
        let finding = report
            .problem(at, message)
            .id(&assertion.expected_intent.text);
        // Meant as a percentage.
        if (2.0..=100.0).contains(&minimum) {
            let share = write_number(minimum / 100.0);
            let label = format!("Write {share}");
            let value = Some(NewValue::Literal(share));
            let field = AssertionField::Confidence;
            finding.fix(
                label,
                set_assertion_field(payload.view, index, field, value),
            );
        }
    }
}
