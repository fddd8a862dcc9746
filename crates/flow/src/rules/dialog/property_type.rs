//! ## What it does
//! Checks the type of the properties that mean something: `script`, `say` and `intentName` are
//! strings, `examples` is a list of strings, `isFallback` is true or false, `position` has the
//! numbers `x` and `y`.
//!
//! ## Why it is bad
//! A property of the wrong type counts as absent: the script is not run, the loop is not known to
//! be intended. Nothing else says so.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "bye", "type": "end", "label": "Bye", "properties": { "isFallback": "true" } }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "bye" }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "bye", "type": "end", "label": "Bye", "properties": { "isFallback": true } }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "bye" }] }
//! ```
//!
//! ## When to switch it off
//! Where another program gives these keys a meaning of its own.

use crate::command::dialog::set_property;
use crate::command::{Change, Command};
use crate::json::{Kind, NewValue, ValueRef};
use crate::problem::Severity;
use crate::rules::context::{DialogContext, NodeAt};
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD110",
    name: "property-type",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Node,
    summary: "A known property has the wrong type.",
    check: Check::DialogNode(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, index: NodeAt, report: &mut Report<'_>) {
    let node = context.node(index);
    for &(at, key, expected) in &node.properties.ill_typed {
        let found = context.value(at);
        let message = format!(
            "\"{key}\" of \"{}\" is not {expected}, so it counts as absent. Correct it, or remove it.",
            context.name(index)
        );
        let finding = report.problem(at, message).id(&node.id.text);
        if found.is_null() {
            let removal = set_property(context.flow, index, key, None, context.tree);
            finding.fix("Remove it", removal);
        } else if let Some(value) = mended(key, found) {
            let label = match &value {
                NewValue::Literal(literal) => format!("Change it to {literal}"),
                NewValue::Array(_) => "Make it a list".to_owned(),
                _ => "Put it in quotes".to_owned(),
            };
            let change = Change::Replace { at, value };
            finding.fix(label, Command::one(format!("Change {key}"), change));
        }
    }
}

/// What was meant, where that is beyond doubt.
fn mended(key: &str, found: ValueRef<'_>) -> Option<NewValue> {
    match (key, found.kind()) {
        ("isFallback", Kind::String) => {
            let text = found.as_str()?.trim().to_ascii_lowercase();
            matches!(&*text, "true" | "false").then_some(NewValue::Literal(text))
        }
        ("examples", Kind::String | Kind::EscapedString) => {
            Some(NewValue::Array(vec![NewValue::from(&*found.as_str()?)]))
        }
        ("say", Kind::Number | Kind::True | Kind::False) => Some(NewValue::from(found.raw())),
        _ => None,
    }
}
