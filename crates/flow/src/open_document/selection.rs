//! What is selected on the canvas.

use std::collections::BTreeSet;

use compact_str::CompactString;

use crate::annotations::Annotations;
use crate::diagram::{Diagram, Link, Owner};
use crate::rules::ids::Map;

/// Selected cards and wires, by index in the diagram, and notes, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The cards.
    pub cards: BTreeSet<u32>,
    /// The wires.
    pub wires: BTreeSet<u32>,
    /// The notes.
    pub notes: BTreeSet<CompactString>,
}

impl Selection {
    /// One card alone.
    pub fn card(card: u32) -> Self {
        Self {
            cards: BTreeSet::from([card]),
            ..Self::default()
        }
    }

    /// One wire alone.
    pub fn wire(wire: u32) -> Self {
        Self {
            wires: BTreeSet::from([wire]),
            ..Self::default()
        }
    }

    /// One note alone.
    pub fn note(id: impl Into<CompactString>) -> Self {
        Self {
            notes: BTreeSet::from([id.into()]),
            ..Self::default()
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
        self.cards.is_empty() && self.wires.is_empty() && self.notes.is_empty()
    }

    /// Whether anything is selected that stands somewhere and can be moved: cards or notes.
    pub fn is_movable(&self) -> bool {
        !(self.cards.is_empty() && self.notes.is_empty())
    }

    /// How many cards, wires and notes are selected.
    pub fn len(&self) -> usize {
        self.cards.len() + self.wires.len() + self.notes.len()
    }

    /// The one card or wire that is selected, when it is one.
    pub fn single(&self) -> Option<Owner> {
        if self.len() != 1 {
            return None;
        }
        let card = self.cards.first().map(|&card| Owner::Card(card));
        card.or_else(|| self.wires.first().map(|&wire| Owner::Wire(wire)))
    }

    /// The one note that is selected, when it is one and nothing else.
    pub fn single_note(&self) -> Option<&CompactString> {
        self.notes.first().filter(|_| self.len() == 1)
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

    /// Adds the note, or takes it out.
    pub fn toggle_note(&mut self, id: &str) {
        if !self.notes.remove(id) {
            self.notes.insert(id.into());
        }
    }

    /// The same without notes that are not there any more.
    pub(super) fn with_notes_of(mut self, annotations: &Annotations) -> Self {
        self.notes.retain(|id| annotations.notes.contains_key(id));
        self
    }

    /// The same things in a later revision; what is gone drops out. O(cards + wires).
    pub(super) fn carried_over(&self, old: &Diagram, new: &Diagram) -> Self {
        Self {
            cards: carry(&self.cards, old, new, card_names),
            wires: carry(&self.wires, old, new, wire_names),
            notes: self.notes.clone(),
        }
    }
}

/// Names a thing across revisions. The last part tells things apart that share the rest, which
/// only happens in broken files.
type Name<'a> = (&'a str, &'a str, u32);

fn card_names(diagram: &Diagram) -> Vec<Name<'_>> {
    diagram
        .cards
        .iter()
        .map(|card| ("", card.id.as_str(), card.occurrence))
        .collect()
}

/// A wire's id alone does not name it: each state numbers its transitions from the start.
fn wire_names(diagram: &Diagram) -> Vec<Name<'_>> {
    let mut seen: Map<(&str, &str), u32> = Map::default();
    let name = |link: &'_ Link| diagram.cards[link.ends.source as usize].id.as_str();
    diagram
        .wires
        .iter()
        .map(|link| {
            let count = seen.entry((name(link), link.id.as_str())).or_default();
            *count += 1;
            (name(link), link.id.as_str(), *count)
        })
        .collect()
}

impl Selection {
    /// What is in `new` and was not in `old`: the cards, or where there are none the wires.
    pub(super) fn arrived(old: &Diagram, new: &Diagram) -> Self {
        let cards = arrivals(&card_names(old), &card_names(new));
        let wires = if cards.is_empty() {
            arrivals(&wire_names(old), &wire_names(new))
        } else {
            BTreeSet::new()
        };
        Self {
            cards,
            wires,
            ..Self::default()
        }
    }
}

fn arrivals(old: &[Name<'_>], new: &[Name<'_>]) -> BTreeSet<u32> {
    let known: Map<Name<'_>, u32> = old.iter().copied().zip(0..).collect();
    (0..)
        .zip(new)
        .filter(|(_, name)| !known.contains_key(*name))
        .map(|(index, _)| index)
        .collect()
}

fn carry(
    selected: &BTreeSet<u32>,
    old: &Diagram,
    new: &Diagram,
    names: fn(&Diagram) -> Vec<Name<'_>>,
) -> BTreeSet<u32> {
    if selected.is_empty() {
        return BTreeSet::new();
    }
    let (old, new) = (names(old), names(new));
    let now: Map<Name<'_>, u32> = new.iter().copied().zip(0..).collect();
    selected
        .iter()
        .filter_map(|&index| {
            let name = old.get(index as usize)?;
            // A renamed thing is still the same when nothing was added or removed.
            now.get(name)
                .copied()
                .or((old.len() == new.len()).then_some(index))
        })
        .collect()
}
