//! The items of a flow as a comparison tells them: what they are called and where they stand in the file.

use compact_str::{CompactString, format_compact};

use crate::compare::Item;
use crate::diagram::LinkOf;
use crate::difference::List;
use crate::document::{DialogFlow, Document, StateFlow};
use crate::json::{Locator, ValueId, ValueRef};
use crate::rules::ids::Ids;

/// One of the two flows.
pub(super) struct Flow<'t> {
    pub(super) document: &'t Document,
    kind: Kind<'t>,
    locator: Locator<'t>,
    /// The nodes or states by id.
    ids: Ids,
}

#[derive(Clone, Copy)]
enum Kind<'t> {
    Dialog(&'t DialogFlow),
    State(&'t StateFlow),
}

impl<'t> Flow<'t> {
    /// The flow that a document is or holds.
    pub(super) fn of(document: &'t Document) -> Option<Self> {
        let kind = match (document.dialog_flow(), document.state_flow()) {
            (Some(flow), _) => Kind::Dialog(flow),
            (None, Some(flow)) => Kind::State(flow),
            (None, None) => return None,
        };
        let ids = match kind {
            Kind::Dialog(flow) => Ids::of(flow.nodes.iter().map(|node| node.id.text.as_str())),
            Kind::State(flow) => Ids::of(flow.states.iter().map(|state| state.id.text.as_str())),
        };
        Some(Self {
            document,
            kind,
            locator: Locator::new(document.tree()),
            ids,
        })
    }

    pub(super) fn is_dialog(&self) -> bool {
        matches!(self.kind, Kind::Dialog(_))
    }

    pub(super) fn root(&self) -> ValueRef<'t> {
        let at = match self.kind {
            Kind::Dialog(flow) => flow.at,
            Kind::State(flow) => flow.at,
        };
        self.document.tree().value(at)
    }

    pub(super) fn pointer(&mut self, at: ValueId) -> String {
        self.locator.pointer(at)
    }

    /// The first node or state with this id.
    pub(super) fn find(&self, id: &str) -> Option<usize> {
        self.ids.find(id)
    }

    /// The id of the node that an edge leaves.
    pub(super) fn source(&self, edge: usize) -> String {
        match self.kind {
            Kind::Dialog(flow) => flow.edges[edge].source.text.to_string(),
            Kind::State(_) => String::new(),
        }
    }

    /// How many items a list has.
    pub(super) fn count(&self, list: List) -> usize {
        match (self.kind, list) {
            (Kind::Dialog(flow), List::Nodes) => flow.nodes.len(),
            (Kind::Dialog(flow), List::Edges) => flow.edges.len(),
            (Kind::Dialog(flow), List::Variables) => flow.variables.len(),
            (Kind::State(flow), List::States) => flow.states.len(),
            (Kind::State(flow), List::Transitions(state)) => flow.states[state].transitions.len(),
            _ => 0,
        }
    }

    fn at(&self, list: List, index: usize) -> ValueId {
        match (self.kind, list) {
            (Kind::Dialog(flow), List::Nodes) => flow.nodes[index].at,
            (Kind::Dialog(flow), List::Edges) => flow.edges[index].at,
            (Kind::Dialog(flow), List::Variables) => flow.variables[index].at,
            (Kind::State(flow), List::States) => flow.states[index].at,
            (Kind::State(flow), List::Transitions(state)) => {
                flow.states[state].transitions[index].at
            }
            _ => self.root().id(),
        }
    }

    /// The object that an item is.
    pub(super) fn value(&self, list: List, index: usize) -> ValueRef<'t> {
        self.document.tree().value(self.at(list, index))
    }

    /// The flow itself.
    pub(super) fn itself(&mut self) -> Item {
        let root = self.root().id();
        Item {
            name: self.document.title().into(),
            type_name: self.document.kind().label().into(),
            pointer: self.pointer(root),
            ..Item::default()
        }
    }

    /// An item of a list.
    pub(super) fn item(&mut self, list: List, index: usize) -> Item {
        let at = self.at(list, index);
        let item = Item {
            pointer: self.pointer(at),
            ..Item::default()
        };
        match (self.kind, list) {
            (Kind::Dialog(flow), List::Nodes) => {
                let node = &flow.nodes[index];
                Item {
                    card: u32::try_from(index).ok(),
                    id: node.id.text.clone(),
                    name: name(&node.label.text, &node.id.text),
                    type_name: node.type_name.text.clone(),
                    ..item
                }
            }
            (Kind::Dialog(flow), List::Edges) => {
                let edge = &flow.edges[index];
                Item {
                    link: Some(LinkOf::Edge(index)),
                    id: edge.id.text.clone(),
                    name: self.way(&edge.source.text, &edge.target.text),
                    type_name: "branch".into(),
                    ..item
                }
            }
            (Kind::Dialog(flow), List::Variables) => {
                let variable = &flow.variables[index];
                Item {
                    id: variable.name.text.clone(),
                    name: variable.name.text.clone(),
                    type_name: variable.type_name.text.clone(),
                    ..item
                }
            }
            (Kind::State(flow), List::States) => {
                let state = &flow.states[index];
                Item {
                    card: u32::try_from(index).ok(),
                    id: state.id.text.clone(),
                    name: name(state.label(), &state.id.text),
                    type_name: "state".into(),
                    ..item
                }
            }
            (Kind::State(flow), List::Transitions(state)) => {
                let own = &flow.states[state];
                let transition = &own.transitions[index];
                Item {
                    link: Some(LinkOf::Transition(state, index)),
                    id: transition.id.text.clone(),
                    name: self.way(&own.id.text, &transition.target.text),
                    type_name: "transition".into(),
                    ..item
                }
            }
            _ => item,
        }
    }

    /// What an edge or a transition is called: by its ends.
    fn way(&self, source: &str, target: &str) -> CompactString {
        let called = |id: &str| -> CompactString {
            match (self.kind, self.ids.find(id)) {
                (Kind::Dialog(flow), Some(node)) => name(&flow.nodes[node].label.text, id),
                (Kind::State(flow), Some(state)) => name(flow.states[state].label(), id),
                (_, None) => id.into(),
            }
        };
        format_compact!("{} → {}", called(source), called(target))
    }
}

fn name(label: &str, id: &str) -> CompactString {
    if label.trim().is_empty() { id } else { label }.into()
}
