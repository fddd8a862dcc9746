//! ## What it does
//! Measures the settings of each node, written without blanks. What Cognigy.AI makes out of code by itself
//! (`transpiled`) does not count. Code that is too long for the editor is a problem of its own (CH203).
//!
//! ## Why it is bad
//! The platform refuses requests with a larger body, so the node cannot be saved in the editor any more.
//!
//! ## Example
//! ```text
//! A code node with 70,000 characters of data in it.
//! ```
//!
//! ## Use instead
//! ```text
//! A code node that reads its data from the context, and a request that puts it there.
//! ```
//!
//! ## When to switch it off
//! Where your installation takes larger requests.

use super::code_too_long;
use crate::json::{normal_text, quote};
use crate::limits::CHART_NODE_BYTES;
use crate::problem::Severity;
use crate::rules::chart_context::ChartContext;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CH202",
    name: "node-too-large",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Node,
    summary: "The settings of a node take more than 60 kB.",
    check: Check::Chart(check),
    veto: None,
};

fn check(context: &ChartContext<'_>, report: &mut Report<'_>) {
    for node in &context.chart.nodes {
        let Some(config) = node.config.map(|config| context.tree.value(config)) else {
            continue;
        };
        // Written without blanks it is not longer.
        if config.raw().len() <= CHART_NODE_BYTES || code_too_long::finds(node, context.tree) {
            continue;
        }
        let members = config
            .members()
            .filter(|(key, _)| !key.is_text("transpiled"));
        let bytes: usize = members
            .map(|(key, value)| {
                let key = key.as_str().map_or(0, |key| quote(&key).len());
                key + normal_text(value).len() + ":,".len()
            })
            .sum();
        if bytes > CHART_NODE_BYTES {
            let message = format!(
                "The settings of \"{}\" take {} kB, and the platform refuses more than {} kB in one \
                 request, so the node cannot be saved any more. Split it, or move its data elsewhere.",
                Quoted(node.name()),
                bytes.div_ceil(1000),
                CHART_NODE_BYTES / 1000
            );
            report.problem(config.id(), message).id(&node.id.text);
        }
    }
}
