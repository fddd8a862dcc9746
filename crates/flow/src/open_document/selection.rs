//! What is selected on the canvas.

use std::collections::{BTreeSet, HashMap};

use crate::diagram::{Diagram, Owner};

/// Selected cards and wires, by index in the diagram.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The cards.
    pub cards: BTreeSet<u32>,
    /// The wires.
    pub wires: BTreeSet<u32>,
}

impl Selection {
    /// One card alone.
    pub fn card(card: u32) -> Self {
        Self {
            cards: BTreeSet::from([card]),
            wires: BTreeSet::new(),
        }
    }

    /// One wire alone.
    pub fn wire(wire: u32) -> Self {
        Self {
            cards: BTreeSet::new(),
            wires: BTreeSet::from([wire]),
        }
    }

    /// One card or wire alone.
    pub fn of(owner: Owner) -> Self {
        match owner {
            Owner::Card(card) => Self::card(card),
            Owner::Wire(wire) => Self::wire(wire),
        }
    }

    /// Whether nothing is selected.
    pub fn is_empty(&self) -> bool {
        self.cards.is_empty() && self.wires.is_empty()
    }

    /// How many cards and wires are selected.
    pub fn len(&self) -> usize {
        self.cards.len() + self.wires.len()
    }

    /// The one card or wire that is selected, when it is one.
    pub fn single(&self) -> Option<Owner> {
        match (self.cards.first(), self.wires.first()) {
            (Some(&card), None) if self.cards.len() == 1 => Some(Owner::Card(card)),
            (None, Some(&wire)) if self.wires.len() == 1 => Some(Owner::Wire(wire)),
            _ => None,
        }
    }

    /// Whether the card or wire is selected.
    pub fn contains(&self, owner: Owner) -> bool {
        match owner {
            Owner::Card(card) => self.cards.contains(&card),
            Owner::Wire(wire) => self.wires.contains(&wire),
        }
    }

    /// Adds the card or wire, or takes it out.
    pub fn toggle(&mut self, owner: Owner) {
        let (set, index) = match owner {
            Owner::Card(card) => (&mut self.cards, card),
            Owner::Wire(wire) => (&mut self.wires, wire),
        };
        if !set.remove(&index) {
            set.insert(index);
        }
    }

    /// The same things in a later revision; what is gone drops out.
    pub(super) fn carried_over(&self, old: &Diagram, new: &Diagram) -> Self {
        if self.is_empty() {
            return Self::default();
        }
        let cards: HashMap<_, u32> = new
            .cards
            .iter()
            .zip(0..)
            .map(|(card, index)| ((&card.id, card.occurrence), index))
            .collect();
        let wires: HashMap<_, u32> = new
            .wires
            .iter()
            .zip(0..)
            .map(|(link, index)| (&link.id, index))
            .collect();
        // A renamed id is still the same card when nothing was added or removed.
        let same_cards = old.cards.len() == new.cards.len();
        let same_wires = old.wires.len() == new.wires.len();
        let card_now = |&card: &u32| {
            let before = old.cards.get(card as usize)?;
            cards
                .get(&(&before.id, before.occurrence))
                .copied()
                .or(same_cards.then_some(card))
        };
        let wire_now = |&wire: &u32| {
            let before = old.wires.get(wire as usize)?;
            wires
                .get(&before.id)
                .copied()
                .or(same_wires.then_some(wire))
        };
        Self {
            cards: self.cards.iter().filter_map(card_now).collect(),
            wires: self.wires.iter().filter_map(wire_now).collect(),
        }
    }
}
