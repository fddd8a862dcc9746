//! ## What it does
//! Checks that the script names its bot, environment and version and has an input.
//!
//! ## Why it is bad
//! The platform refuses to run it.
//!
//! ## Example
//! ```json fails
//! { "botId": "b-1", "environmentId": "e-1", "versionId": "",
//!   "inputs": [{ "text": "Hello" }, { "text": "Where is my order?" }],
//!   "assertions": [{ "step_index": 0, "expected_intent": "greeting" },
//!                  { "step_index": 1, "expected_intent": "order_status" }] }
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
//! Never: the platform needs all four.

use crate::document::Simulation;
use crate::problem::Severity;
use crate::rules::{Check, Payload, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "SM101",
    name: "required-field",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Payload,
    summary: "The bot, the environment, the version or the list of inputs is empty.",
    check: Check::Simulation(check),
    veto: None,
};

fn check(payload: &Payload<'_, Simulation>, report: &mut Report<'_>) {
    let script = payload.view;
    let ids = [
        ("botId", "bot", &script.bot_id),
        ("environmentId", "environment", &script.environment_id),
        ("versionId", "version", &script.version_id),
    ];
    for (key, what, field) in ids {
        if field.text.trim().is_empty() {
            let message = format!(
                "\"{key}\" is empty: the platform cannot run the script without it. Enter the id of \
                 the {what}."
            );
            report.problem(field.at, message).id(&key.into());
        }
    }
    if script.inputs.is_empty() {
        let message = "The script says nothing: the platform refuses to run it. Add an input.";
        report
            .problem(script.inputs_at, message.to_owned())
            .id(&"inputs".into());
    }
}
