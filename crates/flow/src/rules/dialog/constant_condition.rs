//! ## What it does
//! Finds conditions whose answer does not depend on anything: `1 < 2`, `x || true`, `false && x`.
//!
//! ## Why it is bad
//! A branch whose condition never holds is never taken; one whose condition always holds hides the
//! branches after it.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "check", "type": "condition", "label": "Check" },
//!             { "id": "vip", "type": "end", "label": "Vip" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "check" },
//!             { "id": "e2", "source": "check", "target": "vip", "condition": "input.text || true" },
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
//!             { "id": "e2", "source": "check", "target": "vip", "condition": "input.text == 'true'" },
//!             { "id": "e3", "source": "check", "target": "bye" }] }
//! ```
//!
//! ## When to switch it off
//! While a branch is switched off on purpose. Rather acknowledge it with a reason.

use crate::problem::Severity;
use crate::rules::context::DialogContext;
use crate::rules::wording::branch;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD503",
    name: "constant-condition",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Text,
    summary: "A condition is always true or always false.",
    check: Check::Dialog(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, report: &mut Report<'_>) {
    let conditions = context.conditions();
    let constant: Vec<Option<bool>> = conditions
        .distinct
        .iter()
        .map(|condition| condition.expression.constant())
        .collect();
    if constant.iter().all(Option::is_none) {
        return;
    }
    for (index, edge) in context.flow.edges.iter().enumerate() {
        let Some(holds) = conditions.number(index).and_then(|number| constant[number]) else {
            continue;
        };
        let consequence = if holds {
            "always true, so the branches after it are never taken"
        } else {
            "never true, so the branch is never taken"
        };
        let message = format!(
            "The condition of {} is {consequence}. Let it depend on something, or remove it.",
            branch(context, index)
        );
        let at = edge.condition.as_ref().map_or(edge.at, |field| field.at);
        report.problem(at, message).id(&edge.id.text);
    }
}
