//! ## What it does
//! Checks that the type of every variable is one of `string`, `number`, `boolean`, `object`,
//! `array`.
//!
//! ## Why it is bad
//! The platform refuses the flow.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "bye" }],
//!   "variables": [{ "name": "agent", "type": "text", "default": "anna" }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "bye" }],
//!   "variables": [{ "name": "agent", "type": "string", "default": "anna" }] }
//! ```
//!
//! ## When to switch it off
//! Never: such a flow cannot run.

use crate::command::dialog::set_text;
use crate::document::VARIABLE_TYPES;
use crate::expression::nearest;
use crate::problem::Severity;
use crate::rules::context::DialogContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD204",
    name: "unsupported-variable-type",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "A variable has a type the platform does not know.",
    check: Check::Dialog(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, report: &mut Report<'_>) {
    for variable in &context.flow.variables {
        let type_name = &variable.type_name;
        if VARIABLE_TYPES.contains(&type_name.text.as_str()) {
            continue;
        }
        let message = format!(
            "Variable \"{}\" has the type \"{}\", which the platform does not know. The types are \
             string, number, boolean, object and array.",
            variable.name.text, type_name.text
        );
        let finding = report
            .problem(type_name.at, message)
            .id(&variable.name.text);
        if let Some(meant) = mended(&type_name.text) {
            finding.fix(
                format!("Change it to {meant}"),
                set_text("Change type", type_name.at, meant),
            );
        }
    }
}

/// The type that was meant: what other languages call it, else the nearest name.
fn mended(type_name: &str) -> Option<&'static str> {
    match type_name.to_ascii_lowercase().as_str() {
        "text" | "str" => Some("string"),
        "int" | "integer" | "float" | "double" | "decimal" => Some("number"),
        "bool" => Some("boolean"),
        "dict" | "map" | "json" => Some("object"),
        "list" => Some("array"),
        other => nearest(other, VARIABLE_TYPES),
    }
}
