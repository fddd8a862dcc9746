//! ## What it does
//! Finds names in conditions and scripts that are none of `intent`, `entities`, `input`,
//! `context`, `session`, `user`, `flow`, `profile` and their short forms, and that no variable
//! declares, no script sets and no linked context set injects.
//!
//! ## Why it is bad
//! The name has no value, so the condition fails when it is evaluated, or is never true.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "check", "type": "condition", "label": "Check" },
//!             { "id": "vip", "type": "end", "label": "Vip" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "check" },
//!             { "id": "e2", "source": "check", "target": "vip", "condition": "intnet.confidence > 0.8" },
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
//! Where your platform defines further names.

use std::collections::BTreeMap;

use crate::command::dialog::replace_within;
use crate::expression::ROOTS;
use crate::problem::Severity;
use crate::rules::context::DialogContext;
use crate::rules::mentions::{How, Mention, first_of_each};
use crate::rules::report::Finding;
use crate::rules::wording::describe;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD502",
    name: "unknown-name",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Text,
    summary: "An expression starts from a name that nothing defines.",
    check: Check::Dialog(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, report: &mut Report<'_>) {
    let mentions = context.mentions();
    let roots = ROOTS.map(|(root, _)| root);
    let mut meant_by_name = BTreeMap::new();
    for (place, found) in mentions.places(context) {
        // Of a condition that does not parse, its names are a guess.
        let condition = place.edge.and_then(|edge| context.conditions().get(edge));
        if condition.is_some_and(|condition| !condition.expression.is_valid()) {
            continue;
        }
        let unknown =
            |mention: &&Mention| mention.how == How::Bare && !mentions.known[mention.name].exists();
        for mention in first_of_each(found.iter().filter(unknown)) {
            let name = &mentions.names[mention.name];
            let message = format!(
                "Nothing defines the name \"{name}\", so it has no value in {}. Correct it, or \
                 declare a variable of that name.",
                describe(context, &place)
            );
            let finding = place
                .ids(context)
                .fold(report.problem(place.at, message), Finding::id)
                .within(mention.span.range())
                .id(name);
            let meant = meant_by_name
                .entry(mention.name)
                .or_insert_with(|| mentions.nearest(name, &roots));
            if let Some(meant) = *meant {
                let same = found
                    .iter()
                    .filter(|other| other.name == mention.name && other.how == How::Bare);
                finding.fix(
                    format!("Change it to \"{meant}\""),
                    replace_within(
                        "Correct name",
                        context.tree,
                        place.at,
                        same.map(|mention| mention.span.range()),
                        meant,
                    ),
                );
            }
        }
    }
}
