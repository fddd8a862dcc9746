//! ## What it does
//! Looks at every text in the settings of a node, code excepted, and at texts that hold JSON. What stands
//! between `{{` and `}}` is an expression. Only what cannot be right is reported. Tokens such as
//! `[[snippet-…]]`, and the commands of other template languages (`{{#each}}`), are let be.
//!
//! ## Why it is bad
//! The platform leaves the text as it is, braces and all, or puts nothing in its place. Users see it.
//!
//! ## Example
//! ```json fails
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "say", "label": "Greet",
//!               "config": { "say": { "type": "text", "text": ["Hello {{context.name}, how are you?"] } } },
//!             { "_id": "2", "type": "end" }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "2", "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "say", "label": "Greet",
//!               "config": { "say": { "type": "text", "text": ["Hello {{context.name}}, how are you?"] } } },
//!             { "_id": "2", "type": "end" }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "2", "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## When to switch it off
//! Where texts are for another program that has braces of its own.

use crate::cognigy_script::first_mistake;
use crate::document::chart::texts;
use crate::problem::Severity;
use crate::rules::chart_context::ChartContext;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};
use std::collections::BTreeSet;

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CH504",
    name: "cognigy-script-syntax",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Text,
    summary: "Double braces are not closed, or cannot be read.",
    check: Check::Chart(check),
    veto: None,
};

fn check(context: &ChartContext<'_>, report: &mut Report<'_>) {
    for node in &context.chart.nodes {
        let Some(config) = node.config else { continue };
        // Rich content is written twice.
        let mut told = BTreeSet::new();
        let is_code = |key: &str| matches!(key, "code" | "transpiled" | "regex");
        texts::each(context.tree.value(config), &is_code, &mut |text| {
            // A condition is no text, and what is wrong there is told apart.
            let is_condition =
                node.type_name.text == "if" && text.path.is(&["condition", "condition"]);
            let Some(mistake) = first_mistake(text.text).filter(|_| !is_condition) else {
                return;
            };
            if !told.insert(text.text.to_owned()) {
                return;
            }
            let message = format!(
                "The setting \"{}\" of \"{}\" has double braces that cannot be read, so no value is put in \
                 their place: {}",
                Quoted(&text.path.to_string()),
                Quoted(node.name()),
                mistake.message
            );
            let finding = report.problem(text.at, message).id(&node.id.text);
            if !text.is_inside {
                finding.within(mistake.span.range());
            }
        });
    }
}
