//! ## What it does
//! Finds `context.name`, `$context.name` and `cc.name` in conditions and scripts, and `{{name}}`
//! and `${name}` in what is said, where no variable of that name is declared, no script sets it
//! and no linked context set injects it. In a script, `${name}` is `unbound-variable`.
//!
//! ## Why it is bad
//! It has no value: a condition compares with nothing, and the user reads `{{name}}` as it is
//! written.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "check", "type": "condition", "label": "Check" },
//!             { "id": "vip", "type": "end", "label": "Vip" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "check" },
//!             { "id": "e2", "source": "check", "target": "vip", "condition": "context.teir == 'gold'" },
//!             { "id": "e3", "source": "check", "target": "bye" }],
//!   "variables": [{ "name": "tier", "type": "string", "default": "none" }] }
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
//!             { "id": "e2", "source": "check", "target": "vip", "condition": "context.tier == 'gold'" },
//!             { "id": "e3", "source": "check", "target": "bye" }],
//!   "variables": [{ "name": "tier", "type": "string", "default": "none" }] }
//! ```
//!
//! ## When to switch it off
//! Where another flow or the platform sets the variables. Rather link a context set that names
//! them.

use std::collections::BTreeMap;

use crate::command::dialog::replace_within;
use crate::problem::Severity;
use crate::rules::context::DialogContext;
use crate::rules::mentions::{How, Mention, first_of_each};
use crate::rules::report::Finding;
use crate::rules::wording::describe;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD302",
    name: "unknown-context-variable",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Text,
    summary: "A context variable is used that nothing declares, sets or injects.",
    check: Check::Dialog(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, report: &mut Report<'_>) {
    let mentions = context.mentions();
    let mut meant_by_name = BTreeMap::new();
    for (place, found) in mentions.places(context) {
        let unknown = |mention: &&Mention| {
            mention.how == How::Reference && !mentions.known[mention.name].exists()
        };
        for mention in first_of_each(found.iter().filter(unknown)) {
            let name = &mentions.names[mention.name];
            let message = format!(
                "Nothing declares, sets or injects the context variable \"{name}\", so it has no value \
                 in {}. Declare it, or correct the name.",
                describe(context, &place)
            );
            let finding = place
                .ids(context)
                .fold(report.problem(place.at, message), Finding::id)
                .within(mention.span.range())
                .id(name);
            let meant = meant_by_name
                .entry(mention.name)
                .or_insert_with(|| mentions.nearest(name, &[]));
            if let Some(meant) = *meant {
                let same = found
                    .iter()
                    .filter(|other| other.name == mention.name && other.how == How::Reference);
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
