//! Following edits without reading everything anew: which parts of a dialog flow they touched, and
//! only those read again.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::dialog_flow::{DialogFlow, Edge, Node, Variable};
use super::project::{Field, Item, Projector};
use super::{Document, View};
use crate::json::{ReadError, TextEdit, Tree, ValueId, apply_edits};

/// What of a document edits have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touched {
    /// Anything may have changed, the ids of all values too.
    Everything,
    /// Nothing but scalars in a dialog flow: every value keeps its id, and of the view only these
    /// parts have changed, by index, and texts of the flow itself and its variables.
    Parts {
        /// The nodes.
        nodes: BTreeSet<usize>,
        /// The edges.
        edges: BTreeSet<usize>,
    },
}

impl Default for Touched {
    /// Nothing.
    fn default() -> Self {
        Self::Parts {
            nodes: BTreeSet::new(),
            edges: BTreeSet::new(),
        }
    }
}

impl Touched {
    /// Adds what a later edit has changed.
    pub fn extend(&mut self, later: Self) {
        match (&mut *self, later) {
            (
                Self::Parts { nodes, edges },
                Self::Parts {
                    nodes: later_nodes,
                    edges: later_edges,
                },
            ) => {
                nodes.extend(later_nodes);
                edges.extend(later_edges);
            }
            _ => *self = Self::Everything,
        }
    }
}

impl Document {
    /// Makes edits, which are sorted and apart. Returns those that lead back, and what changed; a
    /// document that the edits would break stays as it is.
    ///
    /// # Complexity
    /// As [`Document::read`], but where only scalars of a dialog flow change as [`Tree::moved`].
    pub fn edit(&mut self, edits: &[TextEdit]) -> Result<(Vec<TextEdit>, Touched), Vec<ReadError>> {
        let (text, back) = apply_edits(self.text(), edits);
        let text: Arc<str> = text.into();
        if let Some(touched) = self.follow(&text, edits) {
            return Ok((back, touched));
        }
        *self = Self::read(text)?;
        Ok((back, Touched::Everything))
    }

    /// Follows edits that leave the shape of the document; none when they may not.
    fn follow(&mut self, text: &Arc<str>, edits: &[TextEdit]) -> Option<Touched> {
        // The kind needs no second look: it is told by keys.
        let (View::DialogFlow(flow) | View::Artifact(flow)) = &mut self.view else {
            return None;
        };
        let (tree, values) = self.tree.moved(text, edits)?;
        let touched = flow.follow(&tree, &values)?;
        let lines = self.lines.take();
        if let Some(moved) = lines.and_then(|lines| lines.moved(self.tree.text(), edits)) {
            self.lines = Arc::new(moved).into();
        }
        self.tree = tree;
        Some(touched)
    }
}

/// A part of a flow that was read again, to be put in its place.
enum Part {
    Node(usize, Node),
    Edge(usize, Edge),
    Variable(usize, Variable),
    /// One of the texts of the flow itself.
    Text(Field),
}

impl DialogFlow {
    /// Reads the parts again that hold `values`, the scalars that changed, which are sorted. None,
    /// and nothing changed, when that makes mistakes or is not all there is to do.
    fn follow(&mut self, tree: &Tree, values: &[ValueId]) -> Option<Touched> {
        let mut read = Projector::new(tree);
        let mut parts: Vec<Part> = Vec::new();
        let mut done: Option<ValueId> = None;
        for &value in values {
            // Several values of one node are adjacent; it is read once.
            if done.is_some_and(|object| tree.value(object).contains(value)) {
                continue;
            }
            let (part, object) = self.part(&mut read, tree, value)?;
            parts.extend(part);
            done = object;
        }
        read.finish(()).ok()?;
        let (mut nodes, mut edges) = (BTreeSet::new(), BTreeSet::new());
        for part in parts {
            match part {
                Part::Node(index, node) => {
                    self.nodes[index] = node;
                    nodes.insert(index);
                }
                Part::Edge(index, edge) => {
                    self.edges[index] = edge;
                    edges.insert(index);
                }
                Part::Variable(index, variable) => self.variables[index] = variable,
                Part::Text(field) => {
                    if let Some(own) = self.texts().into_iter().find(|own| own.at == field.at) {
                        *own = field;
                    }
                }
            }
        }
        Some(Touched::Parts { nodes, edges })
    }

    /// The part that holds `value`, read again, where there is one, and the object it stands for.
    fn part(
        &mut self,
        read: &mut Projector<'_>,
        tree: &Tree,
        value: ValueId,
    ) -> Option<(Option<Part>, Option<ValueId>)> {
        let within = |list: ValueId| tree.value(list).contains(value);
        if within(self.nodes_at) {
            let index = holder(&self.nodes, |node| node.at, value)?;
            let object = tree.value(self.nodes[index].at);
            let node = Node::project(read, object);
            return Some((Some(Part::Node(index, node)), Some(object.id())));
        }
        if within(self.edges_at) {
            let index = holder(&self.edges, |edge| edge.at, value)?;
            let object = tree.value(self.edges[index].at);
            let edge = Edge::project(read, object);
            return Some((Some(Part::Edge(index, edge)), Some(object.id())));
        }
        if self.variables_at.is_some_and(within) {
            let index = holder(&self.variables, |variable| variable.at, value)?;
            let object = tree.value(self.variables[index].at);
            let variable = Variable::project(read, object);
            return Some((Some(Part::Variable(index, variable)), Some(object.id())));
        }
        if self.texts().into_iter().any(|own| own.at == value) {
            let field = Field::of(tree.value(value))?;
            return Some((Some(Part::Text(field)), None));
        }
        // What takes the place of a null there is not known to the view yet.
        let variables = tree.value(self.at).get("variables");
        let is_variables = variables.is_some_and(|variables| variables.id() == value);
        (!is_variables).then_some((None, None))
    }

    fn texts(&mut self) -> [&mut Field; 4] {
        [
            &mut self.id,
            &mut self.name,
            &mut self.version,
            &mut self.entry_point,
        ]
    }
}

/// The item, of a list in file order, that begins last before `value`.
fn holder<T>(items: &[T], at: impl Fn(&T) -> ValueId, value: ValueId) -> Option<usize> {
    items
        .partition_point(|item| at(item) <= value)
        .checked_sub(1)
}
