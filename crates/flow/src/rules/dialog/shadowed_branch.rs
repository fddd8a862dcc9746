//! ## What it does
//! Finds branches of a node whose condition an earlier branch of the same node has too, whatever
//! the spelling, or that compare a path with numbers inside the bounds of an earlier branch: after
//! `x > 5`, `x > 10` is never reached.
//!
//! It takes time in proportion to the branches and, for sorting bounds, their logarithm.
//!
//! ## Why it is bad
//! What the branch leads to never happens. Mostly the branches stand in the wrong order.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "check", "type": "condition", "label": "Check" },
//!             { "id": "high", "type": "end", "label": "High" },
//!             { "id": "highest", "type": "end", "label": "Highest" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "check" },
//!             { "id": "e2", "source": "check", "target": "high", "condition": "intent.confidence > 0.5" },
//!             { "id": "e3", "source": "check", "target": "highest", "condition": "intent.confidence > 0.9" },
//!             { "id": "e4", "source": "check", "target": "bye" }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "check", "type": "condition", "label": "Check" },
//!             { "id": "high", "type": "end", "label": "High" },
//!             { "id": "highest", "type": "end", "label": "Highest" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "check" },
//!             { "id": "e3", "source": "check", "target": "highest", "condition": "intent.confidence > 0.9" },
//!             { "id": "e2", "source": "check", "target": "high", "condition": "intent.confidence > 0.5" },
//!             { "id": "e4", "source": "check", "target": "bye" }] }
//! ```
//!
//! ## When to switch it off
//! Never: a branch that cannot be taken says something that is not so.

use crate::problem::Severity;
use crate::rules::context::{DialogContext, EdgeAt};
use crate::rules::shadows::{Branch, shadowed};
use crate::rules::wording::{branch, capitalised};
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD504",
    name: "shadowed-branch",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "A branch is never taken because an earlier one always is.",
    check: Check::Dialog(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, report: &mut Report<'_>) {
    for node in 0..context.flow.nodes.len() {
        if context.edges_out(node).len() < 2 {
            continue;
        }
        let branches: Vec<Branch<'_>> = context
            .edges_out(node)
            .filter_map(|edge| {
                let condition = context.conditions().get(edge)?;
                condition
                    .expression
                    .is_valid()
                    .then_some(Branch { edge, condition })
            })
            .collect();
        for (earlier, later, same) in shadowed(&branches) {
            describe(context, earlier, later, same, report);
        }
    }
}

fn describe(
    context: &DialogContext<'_>,
    earlier: EdgeAt,
    later: EdgeAt,
    same: bool,
    report: &mut Report<'_>,
) {
    let (first, edge) = (context.edge(earlier), context.edge(later));
    let (Some(wide), Some(narrow)) = (&first.condition, &edge.condition) else {
        return;
    };
    if edge.target.text == first.target.text && wide.text == narrow.text {
        return; // That is a duplicate edge.
    }
    let because = if same {
        "has the same condition"
    } else {
        "holds whenever this one does"
    };
    let message = format!(
        "{} is never taken: {}, which comes before it, {because}. Change the order or the conditions.",
        capitalised(&branch(context, later)),
        branch(context, earlier)
    );
    report
        .problem(narrow.at, message)
        .id(&edge.id.text)
        .id(&first.id.text)
        .related(wide.at, "The branch that is taken instead.");
}
