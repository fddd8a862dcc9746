//! ## What it does
//! Counts the nodes. The vendor advises up to 100 in one flow.
//!
//! ## Why it is bad
//! The editor of Cognigy.AI gets slow, and nobody has such a flow in mind as a whole.
//!
//! ## Example
//! ```text
//! A flow with 130 nodes.
//! ```
//!
//! ## Use instead
//! ```text
//! A flow with 60 nodes that executes another one with 70.
//! ```
//!
//! ## When to switch it off
//! Where long flows are a habit that the team can live with.

use crate::limits::CHART_NODES;
use crate::problem::Severity;
use crate::rules::chart_context::ChartContext;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CH201",
    name: "too-many-nodes",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "The chart has more than 100 nodes.",
    check: Check::Chart(check),
    veto: None,
};

fn check(context: &ChartContext<'_>, report: &mut Report<'_>) {
    let count = context.chart.nodes.len();
    if count > CHART_NODES {
        let message = format!(
            "The flow has {count} nodes. With more than {CHART_NODES} the editor of Cognigy.AI gets \
             slow, and the flow is hard to overlook. Move a part of it into a flow of its own and go there with \
             executeFlow or goTo."
        );
        report.problem(context.nodes_at(), message);
    }
}
