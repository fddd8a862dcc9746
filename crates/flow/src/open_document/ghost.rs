//! What a command would do to the picture, before it is applied: cards and wires that would come, go
//! or read otherwise.

use std::collections::BTreeMap;

use super::OpenDocument;
use crate::command::Command;
use crate::diagram::{Diagram, Link};
use crate::geometry::Rect;
use crate::scene::{Scene, Wire};
use crate::session::Session;

/// The difference a command would make to the picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ghost {
    /// Where cards would come.
    pub added_cards: Vec<Rect>,
    /// How wires would run that are not there, or connect others.
    pub added_wires: Vec<Wire>,
    /// The cards that would go, by index.
    pub removed_cards: Vec<u32>,
    /// The wires that would go, by index.
    pub removed_wires: Vec<u32>,
    /// The cards that would read or look otherwise, by index.
    pub changed_cards: Vec<u32>,
}

impl Ghost {
    /// Whether nothing of the picture would change.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The place of everything that would come, go or change; none where nothing would.
    pub fn bounds(&self, scene: &Scene) -> Option<Rect> {
        let cards = self.removed_cards.iter().chain(&self.changed_cards);
        let wires = self.removed_wires.iter();
        self.added_cards
            .iter()
            .copied()
            .chain(self.added_wires.iter().map(Wire::bounds))
            .chain(cards.map(|&card| scene.cards()[card as usize]))
            .chain(wires.map(|&wire| scene.wires()[wire as usize].bounds()))
            .reduce(Rect::union)
    }
}

/// What tells a wire from others whatever its place in the file.
type WireKey<'a> = (&'a str, &'a str, &'a str, bool);

impl OpenDocument {
    /// What `command` would do to the picture; none when it would be refused. O(document).
    pub fn ghost(&self, command: &Command) -> Option<Ghost> {
        let mut session = Session::new(self.document().clone(), self.session.positions().clone());
        session.apply(command).ok()?;
        let diagram = Diagram::of(session.document());
        let corners = self
            .placement
            .clone()
            .corners(&diagram, session.positions());
        let scene = Scene::new(&corners, diagram.ends(), diagram.direction);
        let mut ghost = Ghost::default();

        let mut old: BTreeMap<(&str, u32), usize> = BTreeMap::new();
        for (index, card) in self.diagram.cards.iter().enumerate() {
            old.insert((&card.id, card.occurrence), index);
        }
        for (card, &rect) in diagram.cards.iter().zip(scene.cards()) {
            match old.remove(&(card.id.as_str(), card.occurrence)) {
                None => ghost.added_cards.push(rect),
                Some(index) => {
                    let before = &self.diagram.cards[index];
                    let same = before.kind == card.kind
                        && before.label == card.label
                        && before.line == card.line;
                    if !same {
                        ghost.changed_cards.push(index32(index));
                    }
                }
            }
        }
        ghost.removed_cards = old.into_values().map(index32).collect();
        ghost.removed_cards.sort_unstable();

        let mut left: BTreeMap<WireKey<'_>, Vec<u32>> = BTreeMap::new();
        for (index, link) in self.diagram.wires.iter().enumerate().rev() {
            let key = key(&self.diagram, link);
            left.entry(key).or_default().push(index32(index));
        }
        for (link, wire) in diagram.wires.iter().zip(scene.wires()) {
            let same = left.get_mut(&key(&diagram, link)).and_then(Vec::pop);
            if same.is_none() {
                ghost.added_wires.push(wire.clone());
            }
        }
        ghost.removed_wires = left.into_values().flatten().collect();
        ghost.removed_wires.sort_unstable();
        Some(ghost)
    }
}

fn key<'a>(diagram: &'a Diagram, link: &'a Link) -> WireKey<'a> {
    let id = |card: u32| diagram.cards[card as usize].id.as_str();
    (
        id(link.ends.source),
        id(link.ends.target),
        &link.label,
        link.is_default,
    )
}

fn index32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
