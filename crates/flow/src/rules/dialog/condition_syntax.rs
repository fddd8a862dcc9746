//! ## What it does
//! Reads every condition as an expression. An empty condition is no expression: a default branch
//! has the condition `null`, or none.
//!
//! ## Why it is bad
//! The platform cannot evaluate the condition, so nobody knows when the branch is taken.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "check", "type": "condition", "label": "Check" },
//!             { "id": "vip", "type": "end", "label": "Vip" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "check" },
//!             { "id": "e2", "source": "check", "target": "vip", "condition": "intent.confidence > " },
//!             { "id": "e3", "source": "check", "target": "bye" }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "check", "type": "condition", "label": "Check" },
//!             { "id": "vip", "type": "end", "label": "Vip" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "check" },
//!             { "id": "e2", "source": "check", "target": "vip", "condition": "intent.confidence > 0.8" },
//!             { "id": "e3", "source": "check", "target": "bye" }] }
//! ```
//!
//! ## When to switch it off
//! Never: such a condition cannot be evaluated.

use crate::command::dialog::{replace_within, set_condition};
use crate::problem::Severity;
use crate::rules::context::{DialogContext, EdgeAt};
use crate::rules::wording::branch;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD501",
    name: "condition-syntax",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Text,
    summary: "A condition does not parse.",
    check: Check::DialogEdge(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, index: EdgeAt, report: &mut Report<'_>) {
    let Some(condition) = context.conditions().get(index) else {
        return;
    };
    if condition.expression.is_valid() {
        return;
    }
    let edge = context.edge(index);
    let Some(field) = &edge.condition else { return };
    if field.text.trim().is_empty() {
        let message = format!(
            "The condition of {} is empty, which is no condition. A default branch has none at all.",
            branch(context, index)
        );
        report.problem(field.at, message).id(&edge.id.text).fix(
            "Make it the default branch",
            set_condition(context.flow, index, None),
        );
        return;
    }
    for error in condition.expression.errors() {
        let column = field.text[..error.span.range().start].chars().count() + 1;
        let message = format!(
            "The condition of {} does not parse at column {column}: {}",
            branch(context, index),
            error.message
        );
        let finding = report
            .problem(field.at, message)
            .within(error.span.range())
            .id(&edge.id.text);
        if let Some(replacement) = &error.replacement {
            let label = if replacement.is_empty() {
                "Remove it".to_owned()
            } else {
                format!("Write {replacement}")
            };
            let parts = [error.span.range()];
            finding.fix(
                label,
                replace_within(
                    "Correct condition",
                    context.tree,
                    field.at,
                    parts,
                    replacement,
                ),
            );
        }
    }
}
