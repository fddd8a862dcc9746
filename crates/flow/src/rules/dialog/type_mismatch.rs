//! ## What it does
//! Works out the types of the parts of conditions and scripts, from literals, from what is known
//! of `intent` and `input`, and from the declared types of variables, and finds operators that can
//! never be meaningful there: `intent.confidence > 'high'`, `input.text - 1`. Where a type is not
//! known, nothing is reported.
//!
//! ## Why it is bad
//! The answer is always the same, or accidental: JavaScript converts the values instead of saying
//! that something is wrong.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "check", "type": "condition", "label": "Check" },
//!             { "id": "vip", "type": "end", "label": "Vip" },
//!             { "id": "bye", "type": "end", "label": "Bye" }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "check" },
//!             { "id": "e2", "source": "check", "target": "vip", "condition": "intent.confidence > 'high'" },
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
//! Where variables change their types while the flow runs.

use crate::expression::{TypeMismatch, Types};
use crate::json::ValueId;
use crate::problem::Severity;
use crate::rules::context::DialogContext;
use crate::rules::report::Finding;
use crate::rules::wording::branch;
use crate::rules::{Check, Report, Rule, Scope};
use crate::script::Statement;

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD507",
    name: "type-mismatch",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Text,
    summary: "An operator is used between types for which it never makes sense.",
    check: Check::Dialog(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, report: &mut Report<'_>) {
    let declared = |name: &str| {
        let mentions = context.mentions();
        let known = mentions.find(name).map(|name| mentions.known[name]);
        let variable = known.and_then(|known| known.declared);
        variable.map_or(Types::ANY, |index| {
            Types::declared(&context.flow.variables[index].type_name.text)
        })
    };
    let conditions = context.conditions();
    let in_conditions: Vec<Vec<TypeMismatch>> = conditions
        .distinct
        .iter()
        .map(|condition| condition.expression.type_mismatches(&declared))
        .collect();
    if in_conditions.iter().any(|found| !found.is_empty()) {
        for (index, edge) in context.flow.edges.iter().enumerate() {
            let (Some(number), Some(field)) = (conditions.number(index), &edge.condition) else {
                continue;
            };
            for mismatch in &in_conditions[number] {
                let place = branch(context, index);
                describe(field.at, mismatch, &place, report).id(&edge.id.text);
            }
        }
    }
    let scripts = context.scripts();
    let in_scripts: Vec<Vec<TypeMismatch>> = scripts
        .distinct
        .iter()
        .map(|script| {
            let statements = script.statements().iter();
            let expressions = statements.flat_map(Statement::expressions);
            expressions
                .flat_map(|expression| expression.type_mismatches(&declared))
                .collect()
        })
        .collect();
    if in_scripts.iter().any(|found| !found.is_empty()) {
        for (index, node) in context.flow.nodes.iter().enumerate() {
            let (Some(number), Some(field)) = (scripts.number(index), &node.properties.script)
            else {
                continue;
            };
            for mismatch in &in_scripts[number] {
                let place = format!("\"{}\"", context.name(index));
                describe(field.at, mismatch, &place, report).id(&node.id.text);
            }
        }
    }
}

fn describe<'r>(
    at: ValueId,
    mismatch: &TypeMismatch,
    place: &str,
    report: &'r mut Report<'_>,
) -> Finding<'r> {
    let message = format!("In {place}: {}", mismatch.message);
    report.problem(at, message).within(mismatch.span.range())
}
