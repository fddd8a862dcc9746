//! ## What it does
//! Finds inputs about which nothing is asserted. A script without any assertion is told once.
//!
//! ## Why it is bad
//! The bot's answer to this input is not tested.
//!
//! ## Example
//! ```json fails
//! { "botId": "b-1", "environmentId": "e-1", "versionId": "v-1",
//!   "inputs": [{ "text": "Hello" }, { "text": "Where is my order?" }],
//!   "assertions": [{ "step_index": 0, "expected_intent": "greeting" }] }
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
//! When inputs only lead to the place that is tested.

use std::collections::BTreeSet;

use crate::document::Simulation;
use crate::problem::Severity;
use crate::rules::{Check, Payload, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "SM105",
    name: "input-without-assertion",
    severity: Severity::Info,
    since: "0.1.0",
    scope: Scope::Payload,
    summary: "An input has no assertion.",
    check: Check::Simulation(check),
    veto: None,
};

fn check(payload: &Payload<'_, Simulation>, report: &mut Report<'_>) {
    let script = payload.view;
    if script.assertions.is_empty() {
        if !script.inputs.is_empty() {
            let message = "The script asserts nothing, so a run tests nothing. Add an assertion.";
            report.problem(script.inputs_at, message.to_owned());
        }
        return;
    }
    let asserted: BTreeSet<usize> = script
        .assertions
        .iter()
        .filter_map(|assertion| assertion.step_index)
        .collect();
    for (index, input) in script.inputs.iter().enumerate() {
        if !asserted.contains(&index) {
            let message = format!(
                "Nothing is asserted about input {index}, \"{}\", so the answer to it is not tested. \
                 Add an assertion.",
                input.text.text
            );
            report.problem(input.at, message).id(&input.text.text);
        }
    }
}
