//! ## What it does
//! Counts the nodes. The platform takes up to 500.
//!
//! ## Why it is bad
//! The platform refuses the upload, so the flow cannot be deployed.
//!
//! ## Example
//! ```text
//! A flow with 501 nodes.
//! ```
//!
//! ## Use instead
//! ```text
//! Two flows with 250 nodes each.
//! ```
//!
//! ## When to switch it off
//! Where the limit of your platform is another one.

use crate::limits::DIALOG_NODES;
use crate::problem::Severity;
use crate::rules::context::DialogContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD201",
    name: "too-many-nodes",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "The flow has more than 500 nodes.",
    check: Check::Dialog(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, report: &mut Report<'_>) {
    let count = context.flow.nodes.len();
    if count > DIALOG_NODES {
        let message = format!(
            "The flow has {count} nodes and the platform refuses more than {DIALOG_NODES}. Move a \
             part of it into a flow of its own."
        );
        report.problem(context.flow.nodes_at, message);
    }
}
