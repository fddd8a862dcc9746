//! ## What it does
//! Finds jumps (`goTo`, `executeFlow`, `aiAgentHandover`) whose target is in none of the opened files:
//! a node that its flow does not have, or no target at all. A jump into a flow that is not among the
//! opened files is an information: it cannot be told from here whether the flow exists.
//!
//! ## Why it is bad
//! Cognigy.AI imports such a flow without a word. The conversation stops at the jump.
//!
//! ## Example
//! ```json fails
//! { "nodes": [{ "_id": "1", "type": "start" }, { "_id": "2", "type": "end" },
//!             { "_id": "3", "type": "goTo", "label": "Back to the menu",
//!               "config": { "flowNode": { "flow": "", "node": "" } } }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "2", "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "nodes": [{ "_id": "1", "type": "start", "referenceId": "s-1" }, { "_id": "2", "type": "end" },
//!             { "_id": "3", "type": "goTo", "label": "Back to the menu",
//!               "config": { "executionMode": "wait", "flowNode": { "flow": "f-1", "node": "s-1" } } }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "2", "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## When to switch it off
//! Where single charts are checked whose neighbours are somewhere else on purpose.

use crate::problem::Severity;
use crate::rules::chart_context::ChartContext;
use crate::rules::chart_index::Destination;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CH301",
    name: "jump-target-missing",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Node,
    summary: "A jump leads to a node that is in none of the opened files.",
    check: Check::Chart(check),
    veto: None,
};

fn check(context: &ChartContext<'_>, report: &mut Report<'_>) {
    for node in &context.chart.nodes {
        let Some(jump) = &node.jump else { continue };
        let name = Quoted(node.name());
        let (severity, at, message) = match context.destination(jump) {
            Destination::Node(_) => continue,
            Destination::Unset => (
                None,
                jump.at,
                format!(
                    "\"{name}\" has no target, so the conversation stops there. Choose the node where \
                     it goes on."
                ),
            ),
            Destination::NodeMissing { flow } => {
                let whose = flow.map_or_else(
                    || "This flow".to_owned(),
                    |flow| format!("The flow \"{}\"", Quoted(&flow)),
                );
                (
                    None,
                    jump.node.as_ref().map_or(jump.at, |field| field.at),
                    format!(
                        "{whose} has no node that \"{name}\" could go to, so the conversation stops \
                         there. Choose its target again."
                    ),
                )
            }
            Destination::FlowElsewhere => {
                let flow = jump.flow.as_ref();
                let index = &context.beside().index;
                let called = flow.and_then(|field| index.name_of_flow(&field.text));
                let which =
                    called.map_or_else(String::new, |name| format!(" \"{}\"", Quoted(name)));
                (
                    Some(Severity::Info),
                    flow.map_or(jump.at, |field| field.at),
                    format!(
                        "\"{name}\" goes on in a flow{which} that is not among the opened files, so \
                         nobody can tell here whether it is there. Open that flow too."
                    ),
                )
            }
        };
        let finding = report.problem(at, message).id(&node.id.text);
        if let Some(severity) = severity {
            finding.severity(severity);
        }
    }
}
