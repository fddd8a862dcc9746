//! The edits a canvas asks for, in the terms of a canvas: cards and wires. Which command that is
//! depends on the kind of document.

use compact_str::CompactString;

use super::OpenDocument;
use super::moving::{note_words, with_notes};
use crate::command::dialog::{self, NewNode};
use crate::command::state::{self, TransitionAt};
use crate::command::{Change, Command};
use crate::diagram::LinkOf;
use crate::document::{DialogFlow, NodeKind};
use crate::geometry::Point;
use crate::layout::{CARD_GAP, CARD_HEIGHT, CARD_WIDTH};
use crate::rules::context::DialogContext;
use crate::rules::{Proposal, veto_edge};
use crate::scene::card_rect;

/// What a new card is connected to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joins {
    /// Nothing.
    Nothing,
    /// This card leads to it.
    After(u32),
    /// It is put into this wire.
    Into(u32),
}

/// What a new card is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewCard {
    /// A node of this kind.
    Node(NodeKind),
    /// A state.
    State,
}

impl OpenDocument {
    /// The command that adds a card with its top left corner at `corner`, connected as `joins` says;
    /// and the new card's id. None where the document takes no such card.
    pub fn add_card_command(
        &self,
        card: NewCard,
        corner: Point,
        joins: Joins,
    ) -> Option<(Command, CompactString)> {
        let link = match joins {
            Joins::Into(wire) => Some(self.diagram().wires.get(wire as usize)?.of),
            _ => None,
        };
        match card {
            NewCard::Node(kind) => {
                let flow = self.document().dialog_flow()?;
                let label = format!("New {}", kind.as_type());
                let new = NewNode {
                    kind,
                    label,
                    position: corner,
                };
                if let Joins::After(source) = joins {
                    let source = &flow.nodes.get(source as usize)?.id.text;
                    return Some(dialog::add_connected_node(flow, source, &new));
                }
                let (mut command, id) = dialog::add_node(flow, &new);
                if let Some(LinkOf::Edge(edge)) = link {
                    let changes = dialog::rewire::insert_into(flow, edge, &id);
                    command.changes.extend(changes);
                }
                Some((command, id))
            }
            NewCard::State => {
                let flow = self.document().state_flow()?;
                let name = "New state";
                let (mut command, id) = match link {
                    Some(LinkOf::Transition(state, transition)) => {
                        let at = TransitionAt { state, transition };
                        state::rewire::add_into(flow, at, name)?
                    }
                    _ => state::add_state(flow, name)?,
                };
                let positions = vec![(id.clone(), Some(corner))];
                command.changes.push(Change::Place { positions });
                if let Joins::After(source) = joins {
                    flow.states.get(source as usize)?;
                    let (edge, _) = state::add_transition(flow, source as usize, &id, None);
                    command.changes.extend(edge.changes);
                }
                Some((command, id))
            }
        }
    }

    /// The place nearest to `corner`, on a coarse grid around it, where a new card covers no other.
    pub fn free_corner(&self, corner: Point) -> Point {
        const RINGS: i32 = 12;
        let step = Point::new(CARD_WIDTH + CARD_GAP, CARD_HEIGHT + CARD_GAP);
        let is_free = |corner: Point| {
            let room = card_rect(corner).grown(CARD_GAP / 4.0);
            self.scene().cards_in(room).is_empty()
        };
        let around = (0..=RINGS).flat_map(|ring| {
            let places = (-ring..=ring).flat_map(move |x| (-ring..=ring).map(move |y| (x, y)));
            places.filter(move |(x, y)| x.abs().max(y.abs()) == ring)
        });
        let mut free: Option<(f64, Point)> = None;
        for (x, y) in around {
            let candidate = corner + Point::new(f64::from(x) * step.x, f64::from(y) * step.y);
            let distance = candidate.distance(corner);
            if free.is_none_or(|(least, _)| distance < least) && is_free(candidate) {
                free = Some((distance, candidate));
            }
        }
        free.map_or(corner, |(_, corner)| corner)
    }

    /// The command that connects two cards.
    pub fn connect_command(&self, source: u32, target: u32) -> Option<Command> {
        let (from, to) = (source as usize, target as usize);
        if let Some(flow) = self.document().dialog_flow() {
            let from = &flow.nodes.get(from)?.id.text;
            let to = &flow.nodes.get(to)?.id.text;
            return Some(dialog::connect(flow, from, to, None).0);
        }
        let flow = self.document().state_flow()?;
        flow.states.get(from)?;
        let to = &flow.states.get(to)?.id.text;
        Some(state::add_transition(flow, from, to, None).0)
    }

    /// The command that deletes what is selected; none when nothing is.
    pub fn delete_command(&self) -> Option<Command> {
        let notes = self.changed_notes(|_| None);
        let Some(mut command) = self.deletion() else {
            return (!notes.is_empty()).then(|| Command {
                label: format!("Delete {}", note_words(notes.len())),
                changes: notes,
            });
        };
        command.changes.extend(self.without(&self.selected_ids()));
        Some(with_notes(command, notes))
    }

    /// What deletes the selected cards and wires.
    fn deletion(&self) -> Option<Command> {
        let selection = self.selection();
        if selection.cards.is_empty() && selection.wires.is_empty() {
            return None;
        }
        let cards: Vec<usize> = selection.cards.iter().map(|&card| card as usize).collect();
        let links = || {
            selection
                .wires
                .iter()
                .map(|&wire| self.diagram().wires[wire as usize].of)
        };
        if let Some(flow) = self.document().dialog_flow() {
            let edges: Vec<usize> = links()
                .filter_map(|link| match link {
                    LinkOf::Edge(edge) => Some(edge),
                    LinkOf::Transition(..) | LinkOf::Relation(_) => None,
                })
                .collect();
            return Some(dialog::delete(flow, &cards, &edges));
        }
        let flow = self.document().state_flow()?;
        let transitions: Vec<TransitionAt> = links()
            .filter_map(|link| match link {
                LinkOf::Transition(state, transition) => Some(TransitionAt { state, transition }),
                LinkOf::Edge(_) | LinkOf::Relation(_) => None,
            })
            .collect();
        if cards.is_empty() {
            return Some(state::delete_transitions(flow, &transitions));
        }
        Some(state::delete_states_and_transitions(
            flow,
            &cards,
            &transitions,
        ))
    }

    /// The command that gives a card another id, everywhere, and keeps it where it stands. None
    /// when another card has that id: references could not tell the two apart.
    pub fn rename_command(&self, card: u32, id: &str) -> Option<Command> {
        let cards = &self.diagram().cards;
        let old = cards.get(card as usize)?.id.clone();
        if id != old && cards.iter().any(|other| other.id == id) {
            return None;
        }
        let corner = self.scene().cards()[card as usize].min;
        let mut command = if let Some(flow) = self.document().dialog_flow() {
            dialog::rename_node_id(flow, card as usize, id)
        } else {
            state::rename_state_id(self.document().state_flow()?, card as usize, id)
        };
        if id != old {
            // A card that the automatic layout placed must not jump because its name changed.
            let positions = vec![(CompactString::from(id), Some(corner))];
            command.changes.push(Change::Place { positions });
            command.changes.extend(self.regroup(&old, id));
        }
        Some(command)
    }

    /// Why the two cards cannot be connected; none when they can.
    pub fn refusal(&self, source: u32, target: u32) -> Option<String> {
        let flow = self.document().dialog_flow()?;
        let context = DialogContext::new(self.document().tree(), flow, self.settings());
        refuse(&context, flow, source, target)
    }

    /// The cards a card can be connected to. O(cards + wires).
    pub fn possible_targets(&self, source: u32) -> Vec<u32> {
        let all = 0..u32::try_from(self.diagram().cards.len()).unwrap_or(u32::MAX);
        match self.document().dialog_flow() {
            None => all.collect(),
            Some(flow) => {
                let context = DialogContext::new(self.document().tree(), flow, self.settings());
                all.filter(|&card| refuse(&context, flow, source, card).is_none())
                    .collect()
            }
        }
    }
}

pub(super) fn refuse(
    context: &DialogContext<'_>,
    flow: &DialogFlow,
    source: u32,
    target: u32,
) -> Option<String> {
    let source = &flow.nodes.get(source as usize)?.id.text;
    let target = &flow.nodes.get(target as usize)?.id.text;
    let proposal = Proposal {
        source,
        target,
        condition: None,
        replaces: None,
    };
    veto_edge(context, &proposal).map(|veto| veto.reason)
}
