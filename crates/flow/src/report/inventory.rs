//! What is in a document, in numbers.

use crate::document::{Document, View};

/// How many parts of each sort a document has, with the word for one of them.
pub(super) fn inventory(document: &Document) -> Vec<(usize, &'static str)> {
    match document.view() {
        View::DialogFlow(flow) | View::Artifact(flow) => vec![
            (flow.nodes.len(), "node"),
            (flow.edges.len(), "edge"),
            (flow.variables.len(), "variable"),
        ],
        View::StateFlow(flow) => {
            let transitions = flow.states.iter().map(|state| state.transitions.len());
            vec![
                (flow.states.len(), "state"),
                (transitions.sum(), "transition"),
            ]
        }
        View::ContextSet(set) => vec![(set.variables.len(), "variable")],
        View::StateVariables(variables) => {
            let maps = [&variables.session, &variables.user].into_iter().flatten();
            vec![(maps.map(|map| map.variables.len()).sum(), "variable")]
        }
        View::Simulation(script) => vec![
            (script.inputs.len(), "input"),
            (script.assertions.len(), "assertion"),
        ],
        View::Workspace(workspace) => vec![(workspace.documents.len(), "document")],
        View::Chart(chart) => vec![(chart.nodes.len(), "node")],
    }
}
