//! Documents: which kind a text is, and typed views of it.
//!
//! A view is a projection of a [`Tree`]: it copies the short strings it is asked for all the time
//! and remembers where everything stands. It, or what of it an edit touches, is made anew and
//! never written back; edits go through [`crate::command`].

pub mod chart;
mod context_set;
mod detect;
mod dialog_flow;
mod project;
mod simulation;
mod state_flow;
mod state_variables;
mod touched;
mod workspace;

use std::sync::{Arc, OnceLock};

pub use chart::{Chart, ChartNode, Jump, Relation};
pub use context_set::{ContextScope, ContextSet, ContextSpelling, ContextVariable};
pub use detect::DocumentKind;
pub use dialog_flow::{
    DialogFlow, Edge, KnownProperties, Node, NodeKind, Properties, VARIABLE_TYPES, Variable,
};
pub use project::Field;
pub use simulation::{Assertion, DEFAULT_CONFIDENCE, Simulation, SimulationInput};
pub use state_flow::{Action, Condition, State, StateFlow, Transition};
pub use state_variables::{StateVariable, StateVariables, VariableMap, VariableScope};
pub use touched::Touched;
pub use workspace::{WORKSPACE_FORMAT, Workspace, WorkspaceDocument, WorkspaceLink};

use crate::json::{LineIndex, ReadError, Tree, decode_text, parse};

/// The most nodes (or states) a document may have.
pub const MAX_NODES: usize = 200_000;

/// A document: its text, the tree over it, and the typed view of its kind.
#[derive(Clone, Debug)]
pub struct Document {
    tree: Tree,
    view: View,
    /// Made when it is first asked for.
    lines: OnceLock<Arc<LineIndex>>,
}

/// The typed view of a document.
#[derive(Clone, Debug)]
pub enum View {
    /// Nodes, edges and variables.
    DialogFlow(DialogFlow),
    /// A sync payload, seen as the dialog flow inside it.
    Artifact(DialogFlow),
    /// States and transitions.
    StateFlow(StateFlow),
    /// Variables to inject into a conversation.
    ContextSet(ContextSet),
    /// Session and user variables of a running dialog.
    StateVariables(StateVariables),
    /// User inputs with assertions.
    Simulation(Simulation),
    /// A saved workspace.
    Workspace(Workspace),
    /// A chart as Cognigy.AI exports it.
    Chart(Chart),
}

impl Document {
    /// Opens the bytes of a file.
    pub fn open(bytes: &[u8]) -> Result<Self, Vec<ReadError>> {
        let text = decode_text(bytes).map_err(|error| vec![error])?;
        Self::read(text.into())
    }

    /// Reads a text: its kind is detected by content. A text that breaks rules opens; a text that
    /// is not of its kind (a required key that is missing or of the wrong type) does not.
    pub fn read(text: Arc<str>) -> Result<Self, Vec<ReadError>> {
        let tree = parse(text)?;
        let kind = detect::detect(&tree)?;
        let view = match kind {
            DocumentKind::DialogFlow => {
                View::DialogFlow(DialogFlow::project(&tree, tree.root().id())?)
            }
            DocumentKind::Artifact => {
                let inner = tree.root().get("artifact").unwrap_or(tree.root());
                View::Artifact(DialogFlow::project(&tree, inner.id())?)
            }
            DocumentKind::StateFlow => View::StateFlow(StateFlow::project(&tree)?),
            DocumentKind::ContextSet => View::ContextSet(ContextSet::project(&tree)?),
            DocumentKind::StateVariables => View::StateVariables(StateVariables::project(&tree)?),
            DocumentKind::Simulation => View::Simulation(Simulation::project(&tree)?),
            DocumentKind::Workspace => View::Workspace(Workspace::project(&tree)?),
            DocumentKind::Chart => View::Chart(Chart::project(&tree)?),
            // Nothing in a text makes it a package.
            DocumentKind::Package => return Err(vec![detect::no_archive(&tree)]),
        };
        Ok(Self {
            tree,
            view,
            lines: OnceLock::new(),
        })
    }

    /// Which kind of document it is.
    pub fn kind(&self) -> DocumentKind {
        match self.view {
            View::DialogFlow(_) => DocumentKind::DialogFlow,
            View::Artifact(_) => DocumentKind::Artifact,
            View::StateFlow(_) => DocumentKind::StateFlow,
            View::ContextSet(_) => DocumentKind::ContextSet,
            View::StateVariables(_) => DocumentKind::StateVariables,
            View::Simulation(_) => DocumentKind::Simulation,
            View::Workspace(_) => DocumentKind::Workspace,
            View::Chart(_) => DocumentKind::Chart,
        }
    }

    /// The text and its tree.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The source text.
    pub fn text(&self) -> &str {
        self.tree.text()
    }

    /// Where the lines of the text are. Made when it is first asked for, in O(bytes), and moved
    /// along by later edits where that is possible.
    pub fn lines(&self) -> &Arc<LineIndex> {
        self.lines
            .get_or_init(|| Arc::new(LineIndex::new(self.text())))
    }

    /// The typed view.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// The dialog flow it is or holds.
    pub fn dialog_flow(&self) -> Option<&DialogFlow> {
        match &self.view {
            View::DialogFlow(flow) | View::Artifact(flow) => Some(flow),
            _ => None,
        }
    }

    /// The state flow it is.
    pub fn state_flow(&self) -> Option<&StateFlow> {
        match &self.view {
            View::StateFlow(flow) => Some(flow),
            _ => None,
        }
    }

    /// The context set it is.
    pub fn context_set(&self) -> Option<&ContextSet> {
        match &self.view {
            View::ContextSet(set) => Some(set),
            _ => None,
        }
    }

    /// The state variables it holds.
    pub fn state_variables(&self) -> Option<&StateVariables> {
        match &self.view {
            View::StateVariables(variables) => Some(variables),
            _ => None,
        }
    }

    /// The simulation script it is.
    pub fn simulation(&self) -> Option<&Simulation> {
        match &self.view {
            View::Simulation(script) => Some(script),
            _ => None,
        }
    }

    /// The workspace it is.
    pub fn workspace(&self) -> Option<&Workspace> {
        match &self.view {
            View::Workspace(workspace) => Some(workspace),
            _ => None,
        }
    }

    /// The chart it is.
    pub fn chart(&self) -> Option<&Chart> {
        match &self.view {
            View::Chart(chart) => Some(chart),
            _ => None,
        }
    }

    /// Whether it is only looked at here: what Cognigy.AI exports is changed there.
    pub fn is_read_only(&self) -> bool {
        matches!(self.view, View::Chart(_))
    }

    /// What a person calls it: the name inside, else the id.
    pub fn title(&self) -> &str {
        match &self.view {
            View::DialogFlow(flow) | View::Artifact(flow) => {
                if flow.name.text.trim().is_empty() {
                    &flow.id.text
                } else {
                    &flow.name.text
                }
            }
            View::StateFlow(flow) => flow.title(),
            View::ContextSet(set) => &set.conversation_id.text,
            View::StateVariables(variables) => &variables.dialog_id.text,
            View::Simulation(script) => &script.bot_id.text,
            View::Workspace(workspace) => &workspace.name.text,
            // Charts do not say which flow they are of: the name of the file or its folder does.
            View::Chart(_) => "",
        }
    }
}
