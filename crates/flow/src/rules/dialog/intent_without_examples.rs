//! ## What it does
//! Finds `intent` nodes whose `examples` are missing or empty.
//!
//! ## Why it is bad
//! Rehearsal recognises an intent by its examples. Without them only its exact name matches, so a
//! rehearsed conversation says little about a real one.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "greet", "type": "intent", "label": "Greeting" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "greet" },
//!             { "id": "e2", "source": "greet", "target": "bye" }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "greet", "type": "intent", "label": "Greeting", "properties": { "examples": ["hello", "good morning"] } },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "greet" },
//!             { "id": "e2", "source": "greet", "target": "bye" }] }
//! ```
//!
//! ## When to switch it off
//! Where intents are trained elsewhere and flows are not rehearsed.

use crate::document::NodeKind;
use crate::problem::Severity;
use crate::rules::context::{DialogContext, NodeAt};
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD508",
    name: "intent-without-examples",
    severity: Severity::Info,
    since: "0.1.0",
    scope: Scope::Node,
    summary: "An intent node has no example sentences.",
    check: Check::DialogNode(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, index: NodeAt, report: &mut Report<'_>) {
    let node = context.node(index);
    let has_examples = |at| context.value(at).elements().next().is_some();
    if node.kind != NodeKind::Intent || node.properties.examples.is_some_and(has_examples) {
        return;
    }
    let message = format!(
        "\"{}\" has no examples, so rehearsal recognises it by its name alone. Add sentences that \
         users say.",
        context.name(index)
    );
    report.problem(node.at, message).id(&node.id.text);
}
