//! The rules: one table, used by the canvas, the panels, the `flowdeck` command and every gate.
//!
//! Each rule is a file under `rules/` with its page as module documentation and one `const RULE`.
//! What several rules need is computed once in a context. What a document *means* is not decided
//! here but in [`crate::document`] and [`crate::expression`].

mod chart;
pub mod chart_context;
pub mod chart_index;
pub mod context;
mod cut_off;
mod dialog;
pub mod ids;
pub mod links;
pub mod loops;
pub mod mentions;
mod payload;
mod report;
mod settings;
mod shadows;
mod state;
pub mod state_context;
mod table;
pub mod texts;
mod veto;
mod wording;

pub use payload::Payload;
pub use report::Report;
pub use settings::{Acknowledgement, Level, Preset, Settings, acknowledgements_in};
pub use table::{RULES, rule, rules_called, version};
pub use veto::{Proposal, Refuse, Veto, may_follow, veto_edge};

use crate::document::{ContextSet, Document, Simulation, StateVariables, View};
use crate::json::Tree;
use crate::problem::{Problem, Severity};
use chart_context::ChartContext;
use context::{DialogContext, EdgeAt, NodeAt};
use state_context::StateContext;

/// What sort of place a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One node or state at a time.
    Node,
    /// One edge or transition at a time, with its ends.
    Edge,
    /// The whole graph.
    Graph,
    /// A payload for the platform.
    Payload,
    /// A text inside a document: a condition, a script, a field.
    Text,
}

impl Scope {
    /// The word documentation uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Node => "node",
            Self::Edge => "edge",
            Self::Graph => "graph",
            Self::Payload => "payload",
            Self::Text => "text",
        }
    }
}

/// One rule of the table.
#[derive(Debug)]
pub struct Rule {
    /// `FD101`
    pub code: &'static str,
    /// `entry-point-missing`
    pub name: &'static str,
    /// How bad what it finds is, unless changed by settings or by the finding itself.
    pub severity: Severity,
    /// The version of Flowdeck that had it first.
    pub since: &'static str,
    /// What it looks at.
    pub scope: Scope,
    /// One line: what it finds.
    pub summary: &'static str,
    /// Finds the problems.
    pub check: Check,
    /// For a rule about edges that can never be right: refuses one before it is made.
    pub veto: Option<Refuse>,
}

impl Rule {
    /// Whether a report may show the source that a problem of this rule is about. What looks like a
    /// secret is not for the logs of a pipeline.
    pub fn shows_source(&self) -> bool {
        self.code != "CH701"
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

/// The check of a rule: for the kind of document it is about, and the part of it one call sees.
/// Rules about parts run side by side in one walk over those parts.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Of a dialog flow as a whole.
    Dialog(fn(&DialogContext<'_>, &mut Report<'_>)),
    /// Of one node of a dialog flow.
    DialogNode(fn(&DialogContext<'_>, NodeAt, &mut Report<'_>)),
    /// Of one edge of a dialog flow.
    DialogEdge(fn(&DialogContext<'_>, EdgeAt, &mut Report<'_>)),
    /// Of a state flow as a whole.
    State(fn(&StateContext<'_>, &mut Report<'_>)),
    /// Of a chart of Cognigy.AI.
    Chart(fn(&ChartContext<'_>, &mut Report<'_>)),
    /// Of a context set.
    ContextSet(fn(&Payload<'_, ContextSet>, &mut Report<'_>)),
    /// Of state variables.
    StateVariables(fn(&Payload<'_, StateVariables>, &mut Report<'_>)),
    /// Of a simulation script.
    Simulation(fn(&Payload<'_, Simulation>, &mut Report<'_>)),
}

/// Runs every rule that is about this kind of document. Problems come sorted by place, then code.
///
/// # Complexity
/// Linear in the document, but for what the rules' own pages say.
pub fn check(document: &Document, settings: &Settings) -> Vec<Problem> {
    let mut problems = Vec::new();
    let tree = document.tree();
    match document.view() {
        View::DialogFlow(flow) | View::Artifact(flow) => {
            check_dialog(&DialogContext::new(tree, flow, settings), &mut problems);
        }
        View::StateFlow(flow) => {
            let context = StateContext::new(tree, flow, settings);
            run(settings, tree, &mut problems, |check, report| {
                if let Check::State(check) = check {
                    check(&context, report);
                }
            });
        }
        View::Chart(chart) => {
            let context = ChartContext::new(tree, chart, settings);
            run(settings, tree, &mut problems, |check, report| {
                if let Check::Chart(check) = check {
                    check(&context, report);
                }
            });
        }
        View::ContextSet(set) => {
            let payload = Payload::new(tree, set, settings);
            run(settings, tree, &mut problems, |check, report| {
                if let Check::ContextSet(check) = check {
                    check(&payload, report);
                }
            });
        }
        View::StateVariables(variables) => {
            let payload = Payload::new(tree, variables, settings);
            run(settings, tree, &mut problems, |check, report| {
                if let Check::StateVariables(check) = check {
                    check(&payload, report);
                }
            });
        }
        View::Simulation(script) => {
            let payload = Payload::new(tree, script, settings);
            run(settings, tree, &mut problems, |check, report| {
                if let Check::Simulation(check) = check {
                    check(&payload, report);
                }
            });
        }
        // The documents in it are checked on their own.
        View::Workspace(_) => {}
    }
    problems.sort_by(|a, b| {
        (a.span.start, a.rule.code, a.span.end).cmp(&(b.span.start, b.rule.code, b.span.end))
    });
    settings::acknowledge(&mut problems, document.tree(), settings);
    problems
}

/// The rules that are not switched off, with the severity that settings force on them.
fn active(settings: &Settings) -> impl Iterator<Item = (&'static Rule, Option<Severity>)> + '_ {
    RULES.iter().filter_map(|&rule| match settings.level(rule) {
        Some(Level::Off) => None,
        Some(Level::On(severity)) => Some((rule, Some(severity))),
        None => Some((rule, None)),
    })
}

/// Runs the rules that `run_one` takes up, each with a report of its own.
fn run(
    settings: &Settings,
    tree: &Tree,
    problems: &mut Vec<Problem>,
    run_one: impl Fn(Check, &mut Report<'_>),
) {
    for (rule, forced) in active(settings) {
        run_one(rule.check, &mut Report::new(rule, forced, tree, problems));
    }
}

fn check_dialog(context: &DialogContext<'_>, problems: &mut Vec<Problem>) {
    let (mut of_node, mut of_edge) = (Vec::new(), Vec::new());
    for (rule, forced) in active(context.settings) {
        match rule.check {
            Check::Dialog(check) => {
                check(
                    context,
                    &mut Report::new(rule, forced, context.tree, problems),
                );
            }
            Check::DialogNode(check) => of_node.push((rule, forced, check)),
            Check::DialogEdge(check) => of_edge.push((rule, forced, check)),
            _ => {}
        }
    }
    for node in 0..context.flow.nodes.len() {
        for &(rule, forced, check) in &of_node {
            check(
                context,
                node,
                &mut Report::new(rule, forced, context.tree, problems),
            );
        }
    }
    for edge in 0..context.flow.edges.len() {
        for &(rule, forced, check) in &of_edge {
            check(
                context,
                edge,
                &mut Report::new(rule, forced, context.tree, problems),
            );
        }
    }
}
