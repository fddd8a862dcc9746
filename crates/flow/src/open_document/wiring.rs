//! What connections a canvas may draw, lead elsewhere or put a card into, in the terms of a canvas.

use super::edits::{NewCard, refuse};
use super::moving::with_notes;
use super::{OpenDocument, Selection};
use crate::command::dialog::rewire as dialog;
use crate::command::state::TransitionAt;
use crate::command::state::rewire as state;
use crate::command::{Change, Command, Healed};
use crate::diagram::{CardKind, LinkOf};
use crate::document::NodeKind;
use crate::geometry::Point;
use crate::interaction::{End, Loose};
use crate::rules::context::DialogContext;
use crate::rules::{Proposal, may_follow, veto_edge};
use crate::scene::card_rect;

impl OpenDocument {
    /// Why a connection cannot have its loose end at a card; none when it can.
    pub fn loose_refusal(&self, loose: Loose, card: u32) -> Option<String> {
        match loose {
            Loose::New { source } => self.refusal(source, card),
            Loose::Wire { wire, end } => {
                let link = self.diagram().wires.get(wire as usize)?;
                let (source, target) = match end {
                    End::Source => (card, link.ends.target),
                    End::Target => (link.ends.source, card),
                };
                self.veto(source, target, Some(link.of))
            }
        }
    }

    /// Why an edge between two cards, that stands for `link` where that is given, would be wrong.
    fn veto(&self, source: u32, target: u32, link: Option<LinkOf>) -> Option<String> {
        let flow = self.document().dialog_flow()?;
        let edge = link.and_then(|link| match link {
            LinkOf::Edge(edge) => Some(edge),
            LinkOf::Transition(..) | LinkOf::Relation(_) => None,
        });
        let condition = edge.and_then(|edge| flow.edges.get(edge)?.condition.as_ref());
        let context = DialogContext::new(self.document().tree(), flow, self.settings());
        let proposal = Proposal {
            source: &flow.nodes.get(source as usize)?.id.text,
            target: &flow.nodes.get(target as usize)?.id.text,
            condition: condition.map(|field| field.text.as_str()),
            replaces: edge,
        };
        veto_edge(&context, &proposal).map(|veto| veto.reason)
    }

    /// The command that leads an end of a wire to another card.
    pub fn reconnect_command(&self, wire: u32, end: End, card: u32) -> Option<Command> {
        let link = self.diagram().wires.get(wire as usize)?;
        let card = card as usize;
        match link.of {
            LinkOf::Edge(edge) => {
                let flow = self.document().dialog_flow()?;
                let node = &flow.nodes.get(card)?.id.text;
                Some(dialog::reconnect(flow, edge, end, node))
            }
            LinkOf::Transition(of, transition) => {
                let flow = self.document().state_flow()?;
                flow.states.get(card)?;
                let (state, tree) = (of, self.document().tree());
                let at = TransitionAt { state, transition };
                Some(state::reconnect(flow, tree, at, end, card))
            }
            LinkOf::Relation(_) => None,
        }
    }

    /// The command that deletes what is selected and joins what it stood between; none when nothing
    /// is selected.
    pub fn heal_command(&self) -> Option<Healed> {
        let mut healed = self.healing()?;
        // Without a card it is a plain deletion, which has done that.
        if !self.selection().cards.is_empty() {
            let changes = self.without(&self.selected_ids());
            healed.command.changes.extend(changes);
            healed.command = with_notes(healed.command, self.changed_notes(|_| None));
        }
        Some(healed)
    }

    fn healing(&self) -> Option<Healed> {
        let Selection { cards, wires, .. } = self.selection();
        let cards: Vec<usize> = cards.iter().map(|&card| card as usize).collect();
        if cards.is_empty() {
            let command = self.delete_command()?;
            let not_joined = Vec::new();
            return Some(Healed {
                command,
                not_joined,
            });
        }
        let links = wires
            .iter()
            .map(|&wire| self.diagram().wires[wire as usize].of);
        if let Some(flow) = self.document().dialog_flow() {
            let edges: Vec<usize> = links
                .filter_map(|link| match link {
                    LinkOf::Edge(edge) => Some(edge),
                    LinkOf::Transition(..) | LinkOf::Relation(_) => None,
                })
                .collect();
            let context = DialogContext::new(self.document().tree(), flow, self.settings());
            return Some(dialog::delete_and_heal(&context, &cards, &edges));
        }
        let flow = self.document().state_flow()?;
        let transitions: Vec<TransitionAt> = links
            .filter_map(|link| match link {
                LinkOf::Transition(state, transition) => Some(TransitionAt { state, transition }),
                LinkOf::Edge(_) | LinkOf::Relation(_) => None,
            })
            .collect();
        Some(state::delete_and_heal(flow, &cards, &transitions))
    }

    /// The wire that a card dropped with its middle at a point would be put into: the nearest one
    /// within `reach` whose ends may lead to such a card and away from it.
    pub fn wire_for(&self, card: NewCard, middle: Point, reach: f64) -> Option<u32> {
        let wire = self.scene().wire_at(middle, reach)?;
        let ends = self.scene().ends()[wire as usize];
        (self.fits(Some(ends.source), card) && self.fits_before(card, ends.target)).then_some(wire)
    }

    /// The wire that the selected card, dragged by `by`, would be put into. Only a single card that
    /// nothing is connected to yet is meant for that.
    pub fn wire_for_dragged(&self, by: Point, reach: f64) -> Option<u32> {
        let card = self.loose_card()?;
        let middle = card_rect(self.corners[card as usize] + by).center();
        let of = match self.diagram().cards[card as usize].kind {
            CardKind::Node(kind) => NewCard::Node(kind),
            _ => NewCard::State,
        };
        self.wire_for(of, middle, reach)
    }

    /// The selected card, where it is one that nothing is connected to.
    fn loose_card(&self) -> Option<u32> {
        let cards = &self.selection().cards;
        let card = *cards.first().filter(|_| cards.len() == 1)?;
        self.scene()
            .wires_of(card as usize)
            .is_empty()
            .then_some(card)
    }

    /// The command that moves the selected card by `by` and puts it into a wire.
    pub fn insert_command(&self, wire: u32, by: Point) -> Option<Command> {
        let card = self.loose_card()?;
        let mut command = self.move_command(by).unwrap_or(Command {
            label: String::new(),
            changes: Vec::new(),
        });
        command.changes.extend(self.insertion(wire, card as usize)?);
        "Insert into edge".clone_into(&mut command.label);
        Some(command)
    }

    fn insertion(&self, wire: u32, card: usize) -> Option<Vec<Change>> {
        match self.diagram().wires.get(wire as usize)?.of {
            LinkOf::Edge(edge) => {
                let flow = self.document().dialog_flow()?;
                let node = &flow.nodes.get(card)?.id.text;
                Some(dialog::insert_into(flow, edge, node))
            }
            LinkOf::Transition(state, transition) => {
                let flow = self.document().state_flow()?;
                flow.states.get(card)?;
                let at = TransitionAt { state, transition };
                Some(state::insert_into(flow, at, card))
            }
            LinkOf::Relation(_) => None,
        }
    }

    /// The new cards this document takes, those first that may follow `source`, in the order in
    /// which they are most likely meant.
    pub fn new_cards(&self, source: Option<u32>) -> Vec<(NewCard, bool)> {
        if self.document().dialog_flow().is_none() {
            let takes = (self.document().state_flow()).is_some_and(|flow| !flow.partial);
            return takes
                .then_some((NewCard::State, true))
                .into_iter()
                .collect();
        }
        let kinds = match source.map(|card| self.diagram().cards[card as usize].kind) {
            None => NodeKind::ALL,
            Some(CardKind::Node(NodeKind::Condition | NodeKind::Fallback)) => FROM_BRANCH,
            Some(CardKind::Node(NodeKind::Action)) => FROM_ACTION,
            Some(_) => FROM_ANY,
        };
        let mut cards: Vec<(NewCard, bool)> = kinds
            .into_iter()
            .map(NewCard::Node)
            .map(|card| (card, self.fits(source, card)))
            .collect();
        // Stable: what fits stays in the order it is most likely meant in.
        cards.sort_by_key(|(_, fits)| !fits);
        cards
    }

    /// The new cards that may be put into a wire, those first that may stand between its ends.
    pub fn new_cards_into(&self, wire: u32) -> Vec<(NewCard, bool)> {
        let Some(ends) = self.scene().ends().get(wire as usize) else {
            return Vec::new();
        };
        let mut cards = self.new_cards(Some(ends.source));
        for (card, fits) in &mut cards {
            *fits &= self.fits_before(*card, ends.target);
        }
        cards.sort_by_key(|(_, fits)| !fits);
        cards
    }

    /// Whether a new card may follow `source`.
    fn fits(&self, source: Option<u32>, card: NewCard) -> bool {
        let source = source.map(|card| self.diagram().cards[card as usize].kind);
        match (source, card) {
            (Some(CardKind::Node(from)), NewCard::Node(to)) => {
                may_follow(self.settings(), from, to)
            }
            _ => true,
        }
    }

    fn fits_before(&self, card: NewCard, target: u32) -> bool {
        match (card, self.diagram().cards[target as usize].kind) {
            (NewCard::Node(from), CardKind::Node(to)) => may_follow(self.settings(), from, to),
            _ => true,
        }
    }
}

const FROM_ANY: [NodeKind; 6] = [
    NodeKind::Action,
    NodeKind::Condition,
    NodeKind::Intent,
    NodeKind::End,
    NodeKind::Fallback,
    NodeKind::Start,
];
const FROM_ACTION: [NodeKind; 6] = [
    NodeKind::Intent,
    NodeKind::Condition,
    NodeKind::Action,
    NodeKind::End,
    NodeKind::Fallback,
    NodeKind::Start,
];
const FROM_BRANCH: [NodeKind; 6] = [
    NodeKind::Action,
    NodeKind::Intent,
    NodeKind::End,
    NodeKind::Condition,
    NodeKind::Fallback,
    NodeKind::Start,
];

/// How far along a wire its grips are from the cards, in world units: clear of their handles.
const GRIP: f64 = 22.0;

impl OpenDocument {
    /// Where the grips of a wire are, at its source and at its target; none where wires stay as they
    /// are.
    pub fn grips(&self, wire: u32) -> Option<[Point; 2]> {
        if self.document().is_read_only() {
            return None;
        }
        let points = self.scene().wires().get(wire as usize)?.points();
        let first = points.first_chunk::<4>()?;
        let mut last = *points.last_chunk::<4>()?;
        last.reverse();
        Some([along(*first), along(last)])
    }

    /// Every card with the reason why `source` cannot be connected to it, where there is one; those
    /// first that it can. O(cards + wires).
    pub fn targets(&self, source: u32) -> Vec<(u32, Option<String>)> {
        let count = u32::try_from(self.diagram().cards.len()).unwrap_or(u32::MAX);
        let mut targets: Vec<(u32, Option<String>)> = match self.document().dialog_flow() {
            None => (0..count).map(|card| (card, None)).collect(),
            Some(flow) => {
                let context = DialogContext::new(self.document().tree(), flow, self.settings());
                (0..count)
                    .map(|card| (card, refuse(&context, flow, source, card)))
                    .collect()
            }
        };
        // A card seldom leads to itself, so it comes last of those it can lead to.
        targets.sort_by_key(|(card, refused)| (refused.is_some(), *card == source));
        targets
    }
}

/// A point near the start of a curve.
fn along(curve: [Point; 4]) -> Point {
    // The curve starts towards its first control point, three times as fast as that is far.
    let share = (GRIP / (3.0 * curve[0].distance(curve[1])).max(1.0)).min(0.4);
    let mut points = curve.to_vec();
    while points.len() > 1 {
        let between = |pair: &[Point]| pair[0] * (1.0 - share) + pair[1] * share;
        points = points.windows(2).map(between).collect();
    }
    points.first().copied().unwrap_or_default()
}
