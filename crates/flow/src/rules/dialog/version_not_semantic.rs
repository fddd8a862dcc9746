//! ## What it does
//! Checks that the version is `x.y.z`, each a number in ASCII digits. Leading zeros pass, as they
//! do on the platform.
//!
//! ## Why it is bad
//! The platform refuses the upload. Pipelines that raise the version cannot read it.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.2", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "bye" }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "id": "f", "name": "F", "version": "1.2.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "bye" }] }
//! ```
//!
//! ## When to switch it off
//! Never: such a flow cannot run.

use crate::command::dialog::set_text;
use crate::problem::Severity;
use crate::rules::context::DialogContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD203",
    name: "version-not-semantic",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "The version is not three numbers with dots.",
    check: Check::Dialog(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, report: &mut Report<'_>) {
    let version = &context.flow.version;
    if is_semantic(&version.text) {
        return;
    }
    let message = format!(
        "The version \"{}\" is not three numbers with dots, like 1.2.0, and the platform refuses \
         it. Write it so.",
        version.text
    );
    let finding = report.problem(version.at, message);
    if let Some(meant) = mended(&version.text) {
        finding.fix(
            format!("Change it to {meant}"),
            set_text("Change version", version.at, &meant),
        );
    }
}

fn is_semantic(version: &str) -> bool {
    version.split('.').count() == 3 && are_numbers(version)
}

fn are_numbers(version: &str) -> bool {
    version
        .split('.')
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The version that was meant: without white space and a leading `v`, and with zeros for the
/// numbers that are missing.
fn mended(version: &str) -> Option<String> {
    let mut meant = version.trim().trim_start_matches(['v', 'V']).to_owned();
    let missing = 3_usize.checked_sub(meant.split('.').count())?;
    if !are_numbers(&meant) {
        return None;
    }
    meant.push_str(&".0".repeat(missing));
    Some(meant)
}
