//! ## What it does
//! Counts the characters of the code in each code node.
//!
//! ## Why it is bad
//! The editor of Cognigy.AI does not take more, so the code cannot be changed there any more.
//!
//! ## Example
//! ```text
//! A code node with a whole library in it.
//! ```
//!
//! ## Use instead
//! ```text
//! An extension with the library in it.
//! ```
//!
//! ## When to switch it off
//! Where code is only ever written by a program.

use crate::document::ChartNode;
use crate::json::{Tree, ValueRef};
use crate::limits::CHART_CODE_CHARACTERS;
use crate::problem::Severity;
use crate::rules::chart_context::ChartContext;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CH203",
    name: "code-too-long",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Node,
    summary: "The code of a node has more than 200,000 characters.",
    check: Check::Chart(check),
    veto: None,
};

fn check(context: &ChartContext<'_>, report: &mut Report<'_>) {
    for node in &context.chart.nodes {
        if let Some((code, count)) = too_long(node, context.tree) {
            let message = format!(
                "The code of \"{}\" has {count} characters, and the editor of Cognigy.AI takes up to \
                 {CHART_CODE_CHARACTERS}. Move a part of it into an extension or a service.",
                Quoted(node.name())
            );
            report.problem(code.id(), message).id(&node.id.text);
        }
    }
}

/// Whether this rule has something to say about a node.
pub(super) fn finds(node: &ChartNode, tree: &Tree) -> bool {
    too_long(node, tree).is_some()
}

/// The code of a node, and how many characters it has, when that is too many.
fn too_long<'t>(node: &ChartNode, tree: &'t Tree) -> Option<(ValueRef<'t>, usize)> {
    let code = node
        .setting(tree, "code")
        .filter(|_| node.type_name.text == "code")?;
    // No text has more characters than bytes.
    if code.raw().len() <= CHART_CODE_CHARACTERS {
        return None;
    }
    let count = code.as_str()?.chars().count();
    (count > CHART_CODE_CHARACTERS).then_some((code, count))
}
