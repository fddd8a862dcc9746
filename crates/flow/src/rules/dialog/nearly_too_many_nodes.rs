//! ## What it does
//! Counts the nodes and says when 450 or more of the 500 that the platform takes are used.
//!
//! ## Why it is bad
//! The next extension may be the one that cannot be deployed. Splitting a flow takes longer than a
//! release waits.
//!
//! ## Example
//! ```text
//! A flow with 450 nodes.
//! ```
//!
//! ## Use instead
//! ```text
//! A flow with 449 nodes.
//! ```
//!
//! ## When to switch it off
//! Where a flow is that large and will not grow.

use crate::limits::{DIALOG_NODES, DIALOG_NODES_NEAR};
use crate::problem::Severity;
use crate::rules::context::DialogContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD206",
    name: "nearly-too-many-nodes",
    severity: Severity::Info,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "The flow has 450 to 500 nodes.",
    check: Check::Dialog(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, report: &mut Report<'_>) {
    let count = context.flow.nodes.len();
    if (DIALOG_NODES_NEAR..=DIALOG_NODES).contains(&count) {
        let message = format!(
            "The flow has {count} of the {DIALOG_NODES} nodes that the platform takes. Plan to move \
             a part of it into a flow of its own."
        );
        report.problem(context.flow.nodes_at, message);
    }
}
