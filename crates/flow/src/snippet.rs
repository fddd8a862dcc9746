//! Snippets: small pieces of flows that come up again and again, put in as one step. They are pieces
//! as the clipboard holds them ([`crate::fragment`]), with where they lead on and which variables they
//! need.

mod built_in;

pub use built_in::SNIPPETS;

use compact_str::CompactString;

use crate::command::{Change, Command, dialog, state};
use crate::document::{DialogFlow, NodeKind, StateFlow};
use crate::fragment::{Fragment, FragmentKind, Incomplete, NotPasted, Placing};
use crate::geometry::Point;
use crate::json::{NewValue, ValueId};
use crate::layout::{CARD_GAP, CARD_WIDTH};
use crate::open_document::OpenDocument;

/// A piece of a flow with a name.
#[derive(Clone, Copy, Debug)]
pub struct Snippet {
    /// What it is called.
    pub name: &'static str,
    /// What it is for, in a few words.
    pub note: &'static str,
    /// The kind of flow it goes into.
    pub kind: FragmentKind,
    /// The piece as the clipboard holds it. Its first node or state is where it starts.
    pub text: &'static str,
    /// Which of its nodes or states lead on to what comes after it.
    pub exits: &'static [usize],
    /// The variables it needs: name, type, initial value as JSON.
    pub variables: &'static [(&'static str, &'static str, &'static str)],
}

/// A snippet that can be put in.
#[derive(Clone, Debug)]
pub struct Inserted {
    /// Puts it in, as one step.
    pub command: Command,
    /// Its ids in the document; that of where it starts first.
    pub ids: Vec<CompactString>,
    /// Whether it was put between the selected card and what came after it.
    pub is_joined: bool,
}

/// Why a snippet cannot be put in. Nothing was changed.
#[derive(Clone, Debug)]
pub enum NotInserted {
    /// The document does not take it.
    Refused(NotPasted),
    /// What was kept under its name is no piece of a flow.
    Broken(Incomplete),
}

impl std::fmt::Display for NotInserted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(reason) => reason.fmt(f),
            Self::Broken(reason) => reason.fmt(f),
        }
    }
}

impl std::error::Error for NotInserted {}

impl Snippet {
    /// The command that puts it into a flow: after a card where one is given and something can lead
    /// on from it, else with its middle at a point.
    ///
    /// # Complexity
    /// O(flow).
    pub fn insert(
        &self,
        open: &OpenDocument,
        after: Option<u32>,
        middle: Point,
    ) -> Result<Inserted, NotInserted> {
        let mut inserted = insert_piece(open, self.text, self.exits, after, middle)?;
        if let Some(flow) = open.document().dialog_flow() {
            inserted.command.changes.extend(self.declarations(flow));
        }
        inserted.command.label = format!("Insert “{}”", self.name);
        Ok(inserted)
    }

    /// The declarations of the variables that the flow does not have.
    fn declarations(&self, flow: &DialogFlow) -> Option<Change> {
        let is_known = |name: &str| flow.variables.iter().any(|own| own.name.text == name);
        let missing = self.variables.iter().filter(|(name, ..)| !is_known(name));
        let values: Vec<NewValue> = missing
            .map(|&(name, type_name, default)| {
                NewValue::Object(vec![
                    ("name".into(), name.into()),
                    ("type".into(), type_name.into()),
                    ("default".into(), NewValue::Literal(default.to_owned())),
                ])
            })
            .collect();
        if values.is_empty() {
            return None;
        }
        Some(match flow.variables_at {
            Some(at) => Change::InsertElements {
                at,
                after: None,
                values,
            },
            None => Change::SetMember {
                at: flow.at,
                key: "variables".to_owned(),
                value: NewValue::Array(values),
            },
        })
    }
}

/// The command that puts a piece into a flow, as [`Snippet::insert`] does. `exits` are those of its
/// nodes or states that lead on.
pub fn insert_piece(
    open: &OpenDocument,
    text: &str,
    exits: &[usize],
    after: Option<u32>,
    middle: Point,
) -> Result<Inserted, NotInserted> {
    let fragment = match Fragment::read(text) {
        Some(Ok(fragment)) => fragment,
        Some(Err(incomplete)) => return Err(NotInserted::Broken(incomplete)),
        None => return Err(NotInserted::Refused(NotPasted::NoFlow)),
    };
    let joint = after.and_then(|card| Joint::after(open, card));
    let middle = match &joint {
        // Its left edge to the right of the card, where it will be tidied from.
        Some(joint) => joint.place(open, &fragment),
        None => middle,
    };
    let pasted = fragment
        .paste(open, Placing::Middle(middle), "Insert")
        .map_err(NotInserted::Refused)?;
    let mut command = pasted.command;
    let ids: Vec<CompactString> = command
        .changes
        .iter()
        .rev()
        .find_map(|change| match change {
            Change::Place { positions } => Some(positions.iter().map(|(id, _)| id.clone())),
            _ => None,
        })
        .into_iter()
        .flatten()
        .collect();
    let is_joined = joint.is_some();
    if let (Some(joint), Some(first)) = (joint, ids.first()) {
        joint.join(open, &mut command, first, &ids, exits);
    }
    Ok(Inserted {
        command,
        ids,
        is_joined,
    })
}

/// Where a piece goes between a card and what comes after it.
struct Joint {
    card: u32,
    /// What the card leads to when nothing else holds.
    next: Option<CompactString>,
    /// The value that names it.
    next_at: Option<ValueId>,
}

impl Joint {
    /// The joint after a card; none where nothing can lead on, or more than one way does so
    /// unasked.
    fn after(open: &OpenDocument, card: u32) -> Option<Self> {
        let index = card as usize;
        let mut ways = Vec::new();
        if let Some(flow) = open.document().dialog_flow() {
            let node = flow.nodes.get(index)?;
            if node.kind.is_terminal() {
                return None;
            }
            let out = flow
                .edges
                .iter()
                .filter(|edge| edge.source.text == node.id.text);
            let unasked = out.filter(|edge| edge.condition.is_none());
            ways.extend(unasked.map(|edge| &edge.target));
            let waits = ways.iter().any(|way| {
                let intent = |node: &&crate::document::Node| node.id.text == way.text;
                let node = flow.nodes.iter().find(intent);
                node.is_some_and(|node| node.kind == NodeKind::Intent)
            });
            // Between a question and the answers to it nothing fits.
            if waits {
                return None;
            }
        } else {
            let state = open.document().state_flow()?.states.get(index)?;
            let unasked = state.transitions.iter().filter(|it| it.is_default());
            ways.extend(unasked.map(|transition| &transition.target));
        }
        (ways.len() <= 1).then(|| Self {
            card,
            next: ways.first().map(|way| way.text.clone()),
            next_at: ways.first().map(|way| way.at),
        })
    }

    /// The middle of the piece when it stands to the right of the card.
    fn place(&self, open: &OpenDocument, fragment: &Fragment) -> Point {
        let card = open.scene().cards()[self.card as usize];
        let size = fragment.bounds();
        let left = card.max.x + CARD_GAP + CARD_WIDTH / 2.0;
        Point::new(
            left + size.width() / 2.0,
            card.max.y + CARD_GAP + size.height() / 2.0,
        )
    }

    /// Lets the card lead to the piece, and the piece to what came after the card.
    fn join(
        self,
        open: &OpenDocument,
        command: &mut Command,
        first: &str,
        ids: &[CompactString],
        exits: &[usize],
    ) {
        if let Some(at) = self.next_at {
            command.changes.push(Change::Replace {
                at,
                value: first.into(),
            });
        }
        if let Some(flow) = open.document().dialog_flow() {
            self.join_nodes(flow, command, first, ids, exits);
        } else if let Some(flow) = open.document().state_flow() {
            self.join_states(flow, command, first, exits);
        }
    }

    fn join_nodes(
        self,
        flow: &DialogFlow,
        command: &mut Command,
        first: &str,
        ids: &[CompactString],
        exits: &[usize],
    ) {
        let own = &flow.nodes[self.card as usize].id.text;
        let mut wanted: Vec<(&str, &str)> = Vec::new();
        match &self.next {
            None => wanted.push((own, first)),
            Some(next) => {
                let exits = exits.iter().filter_map(|&exit| ids.get(exit));
                wanted.extend(exits.map(|id| (id.as_str(), next.as_str())));
            }
        }
        let used = pasted_edge_ids(flow, command);
        let mut number = 1;
        let mut edges = Vec::new();
        for (source, target) in wanted {
            let id = loop {
                let id = dialog::free_edge_id(flow, number);
                number += 1;
                if !used.contains(&id) && !edges.iter().any(|edge| has_id(edge, &id)) {
                    break id;
                }
            };
            edges.push(NewValue::Object(vec![
                ("id".into(), id.as_str().into()),
                ("source".into(), source.into()),
                ("target".into(), target.into()),
                ("condition".into(), NewValue::null()),
            ]));
        }
        // Together with those of the piece: two insertions at one place have no order.
        let inserted = command.changes.iter_mut().find_map(|change| match change {
            Change::InsertElements { at, values, .. } if *at == flow.edges_at => Some(values),
            _ => None,
        });
        match inserted {
            Some(values) => values.extend(edges),
            None => command.changes.push(Change::InsertElements {
                at: flow.edges_at,
                after: None,
                values: edges,
            }),
        }
    }

    fn join_states(self, flow: &StateFlow, command: &mut Command, first: &str, exits: &[usize]) {
        let states = command.changes.iter_mut().find_map(|change| match change {
            Change::InsertElements { at, values, .. } if Some(*at) == flow.states_at => {
                Some(values)
            }
            _ => None,
        });
        let leads = |target: &str| {
            NewValue::Object(vec![
                ("id".into(), "on".into()),
                ("targetStateId".into(), target.into()),
                ("conditions".into(), NewValue::Array(Vec::new())),
                ("actions".into(), NewValue::Array(Vec::new())),
            ])
        };
        if let (Some(states), Some(next)) = (states, &self.next) {
            for &exit in exits {
                let Some(NewValue::Object(members)) = states.get_mut(exit) else {
                    continue;
                };
                let list = members.iter_mut().find(|(key, _)| key == "transitions");
                if let Some((_, NewValue::Array(list))) = list {
                    list.push(leads(next));
                }
            }
        }
        if self.next.is_none() {
            let (added, _) = state::add_transition(flow, self.card as usize, first, None);
            command.changes.extend(added.changes);
        }
    }
}

/// The ids of the edges that a command puts in.
fn pasted_edge_ids(flow: &DialogFlow, command: &Command) -> Vec<CompactString> {
    let mut ids = Vec::new();
    for change in &command.changes {
        if let Change::InsertElements { at, values, .. } = change
            && *at == flow.edges_at
        {
            ids.extend(values.iter().filter_map(id_of));
        }
    }
    ids
}

fn id_of(value: &NewValue) -> Option<CompactString> {
    let NewValue::Object(members) = value else {
        return None;
    };
    members.iter().find_map(|(key, value)| match value {
        NewValue::Text(text) if key == "id" => Some(text.as_str().into()),
        _ => None,
    })
}

fn has_id(value: &NewValue, id: &str) -> bool {
    id_of(value).is_some_and(|own| own == id)
}

#[cfg(test)]
mod tests;
