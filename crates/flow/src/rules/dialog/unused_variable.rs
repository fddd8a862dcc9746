//! ## What it does
//! Finds declared variables that no condition, no script and no text mentions in any form:
//! `agent`, `context.agent`, `${agent}`, `{{agent}}`. Where a place uses the context as a whole,
//! as in `context[key]`, any variable may be meant and nothing is reported.
//!
//! ## Why it is bad
//! A reader looks for what it is for. Often it was meant to be used and a name is misspelled
//! elsewhere.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "bye" }],
//!   "variables": [{ "name": "agent", "type": "string", "default": "anna" }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "bye", "type": "end", "label": "Bye", "properties": { "say": "Goodbye from {{agent}}" } }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "bye" }],
//!   "variables": [{ "name": "agent", "type": "string", "default": "anna" }] }
//! ```
//!
//! ## When to switch it off
//! Where other flows or the platform read the variables that this flow declares.

use std::collections::BTreeSet;

use crate::command::dialog::delete_variable;
use crate::expression::references::scan_text;
use crate::problem::Severity;
use crate::rules::context::DialogContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD303",
    name: "unused-variable",
    severity: Severity::Info,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "A variable is declared and never mentioned.",
    check: Check::Dialog(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, report: &mut Report<'_>) {
    let mentions = context.mentions();
    if mentions.whole_context {
        return;
    }
    let unused: Vec<usize> = mentions
        .known
        .iter()
        .filter(|known| !known.mentioned)
        .filter_map(|known| known.declared)
        .collect();
    if unused.is_empty() {
        return;
    }
    let elsewhere = elsewhere(context);
    for index in unused {
        let variable = &context.flow.variables[index];
        let name = &variable.name.text;
        if name.trim().is_empty() || elsewhere.contains(name.as_str()) {
            continue;
        }
        let message = format!(
            "Variable \"{name}\" is declared and nothing mentions it. Use it, or remove the \
             declaration."
        );
        report.problem(variable.at, message).id(name).fix(
            "Remove the declaration",
            delete_variable(context.flow, index),
        );
    }
}

/// The names in braces anywhere in the nodes: also in properties that mean nothing to Flowdeck.
fn elsewhere<'a>(context: &DialogContext<'a>) -> BTreeSet<&'a str> {
    /// No reference is longer than this.
    const LONGEST: usize = 200;
    let text = context.value(context.flow.nodes_at).raw();
    ["{{", "${"]
        .iter()
        .flat_map(|open| text.match_indices(open))
        .filter_map(|(start, _)| {
            let end = text.floor_char_boundary(start + LONGEST);
            scan_text(&text[start..end]).next()
        })
        .map(|reference| reference.name)
        .collect()
}
