//! Documents: which kind a text is, and typed views of it.
//!
//! A view is a projection of a [`Tree`]: it copies the short strings it is asked for all the time
//! and remembers where everything stands. It is made anew after each edit and never written back;
//! edits go through [`crate::command`].

mod detect;
mod dialog_flow;
mod project;
mod state_flow;

use std::sync::Arc;

pub use detect::DocumentKind;
pub use dialog_flow::{DialogFlow, Edge, Node, NodeKind, Properties, VARIABLE_TYPES, Variable};
pub use project::Field;
pub use state_flow::{Action, Condition, State, StateFlow, Transition};

use crate::json::{ReadError, Tree, decode_text, parse};

/// The most nodes (or states) a document may have.
pub const MAX_NODES: usize = 200_000;

/// A document: its text, the tree over it, and the typed view of its kind.
#[derive(Clone, Debug)]
pub struct Document {
    tree: Tree,
    view: View,
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
            other => return Err(vec![detect::unsupported(&tree, other)]),
        };
        Ok(Self { tree, view })
    }

    /// Which kind of document it is.
    pub fn kind(&self) -> DocumentKind {
        match self.view {
            View::DialogFlow(_) => DocumentKind::DialogFlow,
            View::Artifact(_) => DocumentKind::Artifact,
            View::StateFlow(_) => DocumentKind::StateFlow,
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

    /// The typed view.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// The dialog flow it is or holds.
    pub fn dialog_flow(&self) -> Option<&DialogFlow> {
        match &self.view {
            View::DialogFlow(flow) | View::Artifact(flow) => Some(flow),
            View::StateFlow(_) => None,
        }
    }

    /// The state flow it is.
    pub fn state_flow(&self) -> Option<&StateFlow> {
        match &self.view {
            View::StateFlow(flow) => Some(flow),
            _ => None,
        }
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
        }
    }
}
