//! ## What it does
//! Finds `${name}` in scripts where `variables` declares no `name`. One problem is reported for
//! each node and name.
//!
//! ## Why it is bad
//! The platform binds `${name}` when the flow is uploaded and refuses a flow in which it cannot.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "greet", "type": "action", "label": "Greet", "properties": { "script": "say('Hello ${customer}')" } },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "greet" },
//!             { "id": "e2", "source": "greet", "target": "bye" }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "greet", "type": "action", "label": "Greet", "properties": { "script": "say('Hello ${customer}')" } },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "greet" },
//!             { "id": "e2", "source": "greet", "target": "bye" }],
//!   "variables": [{ "name": "customer", "type": "string", "default": "you" }] }
//! ```
//!
//! ## When to switch it off
//! Never: such a flow cannot run.

use crate::command::dialog::declare_variable;
use crate::expression::Root;
use crate::problem::Severity;
use crate::rules::context::DialogContext;
use crate::rules::mentions::{How, Mention, first_of_each};
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD301",
    name: "unbound-variable",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Text,
    summary: "A script uses `${name}` and no variable of that name is declared.",
    check: Check::Dialog(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, report: &mut Report<'_>) {
    let mentions = context.mentions();
    for (place, found) in mentions.places(context) {
        let unbound = |mention: &&Mention| {
            mention.how == How::Dollar && mentions.known[mention.name].declared.is_none()
        };
        for mention in first_of_each(found.iter().filter(unbound)) {
            let name = &mentions.names[mention.name];
            let Some(node) = place.node else { continue };
            let message = format!(
                "The script of \"{}\" uses ${{{name}}}, and no variable of that name is declared: the \
                 platform refuses the flow. Declare it, or correct the name.",
                context.name(node)
            );
            let finding = report
                .problem(place.at, message)
                .within(mention.span.range())
                .id(&context.node(node).id.text)
                .id(name);
            // `${input}` means the input: declaring a variable would only hide that.
            if Root::named(name).is_none() {
                finding.fix(
                    format!("Declare \"{name}\" as a string"),
                    declare_variable(context.flow, name, "string"),
                );
            }
        }
    }
}
