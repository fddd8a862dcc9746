//! ## What it does
//! Checks that the flow has one `start` node and that the entry point names it.
//!
//! ## Why it is bad
//! A conversation starts at the entry point, whatever its type. A reader looks for the `start`
//! node and follows the wrong path; what only a second `start` node leads to never happens.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "hello",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "hello", "type": "action", "label": "Say hello" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "hello" },
//!             { "id": "e2", "source": "hello", "target": "bye" }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "hello", "type": "action", "label": "Say hello" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "hello" },
//!             { "id": "e2", "source": "hello", "target": "bye" }] }
//! ```
//!
//! ## When to switch it off
//! Where flows are generated and never read.

use crate::command::dialog::set_text;
use crate::document::NodeKind;
use crate::problem::Severity;
use crate::rules::context::{DialogContext, NodeAt};
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD106",
    name: "entry-point-not-start",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "The entry point is no start node, or there are several start nodes.",
    check: Check::Dialog(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, report: &mut Report<'_>) {
    let flow = context.flow;
    let starts: Vec<NodeAt> = (0..flow.nodes.len())
        .filter(|&node| flow.nodes[node].kind == NodeKind::Start)
        .collect();
    if let Some(entry) = context.entry()
        && flow.nodes[entry].kind != NodeKind::Start
    {
        let message = format!(
            "A conversation starts at \"{}\", which is no start node: whoever reads the flow looks \
             for one. Start at a start node.",
            context.name(entry)
        );
        let finding = report
            .problem(flow.entry_point.at, message)
            .id(&flow.nodes[entry].id.text);
        if let [start] = starts[..] {
            let id = &flow.nodes[start].id.text;
            finding.fix(
                format!("Start at \"{id}\""),
                set_text("Set entry point", flow.entry_point.at, id),
            );
        }
    }
    if let [first, second, ..] = starts[..] {
        let message = format!(
            "There are {} start nodes, and a conversation starts at one of them only. Keep the one \
             that the entry point names.",
            starts.len()
        );
        report
            .problem(flow.nodes[second].type_name.at, message)
            .ids(starts.iter().map(|&start| &flow.nodes[start].id.text))
            .related(flow.nodes[first].type_name.at, "The first start node.");
    }
}
