//! ## What it does
//! Checks that `step_index` is the index of an input, counted from zero.
//!
//! ## Why it is bad
//! The step never comes, so the assertion fails whatever the bot answers.
//!
//! ## Example
//! ```json fails
//! { "botId": "b-1", "environmentId": "e-1", "versionId": "v-1",
//!   "inputs": [{ "text": "Hello" }, { "text": "Where is my order?" }],
//!   "assertions": [{ "step_index": 0, "expected_intent": "greeting" },
//!                  { "step_index": 2, "expected_intent": "order_status" }] }
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
//! Never: such an assertion cannot hold.

use crate::document::Simulation;
use crate::problem::Severity;
use crate::rules::{Check, Payload, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "SM102",
    name: "step-out-of-range",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Payload,
    summary: "An assertion is about an input that does not exist.",
    check: Check::Simulation(check),
    veto: None,
};

fn check(payload: &Payload<'_, Simulation>, report: &mut Report<'_>) {
    let script = payload.view;
    let count = script.inputs.len();
    for assertion in &script.assertions {
        if assertion.step_index.is_some_and(|step| step < count) {
            continue;
        }
        let step = payload.value(assertion.step_at).raw();
        let there_are = match count {
            0 => "The script has no input".to_owned(),
            1 => "The only input is number 0".to_owned(),
            _ => format!("The inputs are numbered from 0 to {}", count - 1),
        };
        let message = format!(
            "The assertion is about input {step}, which does not exist, so it always fails. \
             {there_are}."
        );
        report.problem(assertion.step_at, message).id(&step.into());
    }
}
