//! ## What it does
//! Checks that the default of a variable is a value of its type. `null` fits every type.
//!
//! ## Why it is bad
//! Conditions compare the value that is there, whatever type was declared: `"5" > 10` gives another
//! answer than `5 > 10`, and nothing says so.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "bye" }],
//!   "variables": [{ "name": "age", "type": "number", "default": "18" }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "bye" }],
//!   "variables": [{ "name": "age", "type": "number", "default": 18 }] }
//! ```
//!
//! ## When to switch it off
//! Where a variable really changes its type while the flow runs.

use crate::json::Kind;
use crate::problem::Severity;
use crate::rules::context::DialogContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD205",
    name: "default-type-mismatch",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "The default of a variable does not fit its type.",
    check: Check::Dialog(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, report: &mut Report<'_>) {
    for variable in &context.flow.variables {
        let Some(at) = variable.default else { continue };
        let default = context.value(at);
        let fits = match variable.type_name.text.as_str() {
            "string" => default.is_string(),
            "number" => default.kind() == Kind::Number,
            "boolean" => default.as_bool().is_some(),
            "object" => default.kind() == Kind::Object,
            "array" => default.kind() == Kind::Array,
            _ => true, // The type itself is the problem.
        };
        if fits || default.is_null() {
            continue;
        }
        let message = format!(
            "Variable \"{}\" is declared as {}, but its default is {}. Conditions will compare it as \
             what it is. Change the default or the type.",
            variable.name.text,
            variable.type_name.text,
            default.kind().describe()
        );
        report
            .problem(at, message)
            .id(&variable.name.text)
            .related(variable.type_name.at, "The declared type.");
    }
}
