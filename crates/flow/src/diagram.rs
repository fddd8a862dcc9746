//! What a document looks like as a graph: cards and wires with the words on them, the same for
//! dialog flows and state flows. Where cards stand is in [`crate::placement`].

mod chart;
mod display;
mod follow;
mod kind;
mod order;
mod reading;
mod states;

use std::sync::Arc;

use compact_str::CompactString;

pub use display::display;
pub use follow::Drift;
pub use kind::CardKind;

use crate::document::chart::Structure;
use crate::document::{DialogFlow, Document, Edge, Node, NodeKind, View};
use crate::geometry::Point;
use crate::json::{Tree, ValueId};
use crate::rules::ids::Map;
use crate::scene::{Direction, WireEnds};
use order::{number, unnumber_alternatives};

/// A document as a graph.
#[derive(Clone, Debug, Default)]
pub struct Diagram {
    /// One per node or state, in file order: the index is that of the node or state.
    pub cards: Vec<Card>,
    /// One per edge or transition whose ends both exist, in file order.
    pub wires: Vec<Link>,
    /// The card where a conversation starts.
    pub entry: Option<u32>,
    /// On which side wires leave cards.
    pub direction: Direction,
    /// The tree that a chart is, which decides where its cards stand.
    tree: Option<Arc<Structure>>,
    /// The relations of a chart with the cards they are about, sorted.
    relations: Vec<(ValueId, u32)>,
}

/// One node or state as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Its id.
    pub id: CompactString,
    /// Which of the cards with this id it is, from 0. Only broken files have more than one.
    pub occurrence: u32,
    /// What it does: decides glyph and colour.
    pub kind: CardKind,
    /// The type in words.
    pub type_label: CompactString,
    /// Its name, harmless and of bounded length.
    pub label: CompactString,
    /// One line of what matters: the intent, the script, what is said.
    pub line: CompactString,
    /// Where the file itself places it.
    pub position: Option<Point>,
    /// The object it stands for.
    pub at: ValueId,
}

/// Which edge or transition a wire stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkOf {
    /// Index in [`DialogFlow::edges`].
    Edge(usize),
    /// Index of the state and of the transition in it.
    Transition(usize, usize),
    /// What follows what in a chart: the value that says so.
    Relation(ValueId),
}

/// One edge or transition as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// What it stands for.
    pub of: LinkOf,
    /// Its id.
    pub id: CompactString,
    /// What it connects.
    pub ends: WireEnds,
    /// Its place in the order of evaluation, from 1; 0 when it is the only way out, or one of
    /// several intents that are waited for at once.
    pub number: u32,
    /// Whether it is taken when nothing else is.
    pub is_default: bool,
    /// Whether it leaves the order of the chart.
    pub is_jump: bool,
    /// The condition, harmless and of bounded length.
    pub label: CompactString,
    /// The object it stands for.
    pub at: ValueId,
}

impl Link {
    /// Whether it is the branch that is taken when no other one is, and not simply the only way on.
    pub fn is_default_branch(&self) -> bool {
        self.is_default && self.ends.slots > 1
    }

    /// Whether its line is broken.
    pub fn is_dashed(&self) -> bool {
        self.is_jump || self.is_default_branch()
    }
}

impl Diagram {
    /// The graph of a document; empty for kinds that are none. O(document).
    pub fn of(document: &Document) -> Self {
        match document.view() {
            View::DialogFlow(flow) | View::Artifact(flow) => dialog(flow, document.tree()),
            View::StateFlow(flow) => states::diagram(flow, document.tree()),
            View::Chart(chart) => chart::diagram(chart, document.tree()),
            _ => Self::default(),
        }
    }

    /// The tree that a chart is; none for other documents.
    pub fn tree(&self) -> Option<&Structure> {
        self.tree.as_deref()
    }

    /// The ends of all wires, as the scene wants them.
    pub fn ends(&self) -> Vec<WireEnds> {
        self.wires.iter().map(|link| link.ends).collect()
    }

    /// Whether the wires connect what `ends` says.
    pub fn has_ends(&self, ends: &[WireEnds]) -> bool {
        self.wires.iter().map(|link| &link.ends).eq(ends)
    }

    /// The first card with this id.
    pub fn find(&self, id: &str) -> Option<u32> {
        self.cards
            .iter()
            .position(|card| card.id == id)
            .map(index32)
    }

    /// The wire of an edge or transition, where both its ends exist. O(log wires).
    pub fn wire_of(&self, of: LinkOf) -> Option<u32> {
        let found = self.wires.binary_search_by_key(&of, |link| link.of);
        found.ok().map(index32)
    }

    /// The card or wire whose object holds the value `at`. O(log (cards + wires)): both are in
    /// file order.
    pub fn owner(&self, tree: &Tree, at: ValueId) -> Option<Owner> {
        self.owner_where(
            |object| object <= at,
            |object| tree.value(object).contains(at),
        )
    }

    /// The card or wire whose object the byte `offset` is in. O(log (cards + wires)).
    pub fn owner_at(&self, tree: &Tree, offset: u32) -> Option<Owner> {
        let span = |object: ValueId| tree.value(object).span();
        self.owner_where(
            |object| span(object).start <= offset,
            |object| span(object).range().contains(&(offset as usize)),
        )
    }

    /// The card or wire that `holds` what is looked for; `starts` says of an object whether it
    /// starts before that.
    fn owner_where(
        &self,
        starts: impl Fn(ValueId) -> bool,
        holds: impl Fn(ValueId) -> bool,
    ) -> Option<Owner> {
        let before = |count: usize| count.checked_sub(1);
        let wire = before(self.wires.partition_point(|link| starts(link.at)))
            .filter(|&wire| holds(self.wires[wire].at));
        let card = before(self.cards.partition_point(|card| starts(card.at)))
            .filter(|&card| holds(self.cards[card].at));
        let relation = || {
            let before = self.relations.partition_point(|(own, _)| starts(*own));
            let (own, card) = *self.relations.get(before.checked_sub(1)?)?;
            holds(own).then_some(Owner::Card(card))
        };
        wire.map(|wire| Owner::Wire(index32(wire)))
            .or(card.map(|card| Owner::Card(index32(card))))
            .or_else(relation)
    }
}

/// A card or a wire, by index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// A card.
    Card(u32),
    /// A wire.
    Wire(u32),
}

fn dialog(flow: &DialogFlow, tree: &Tree) -> Diagram {
    let mut cards = Vec::with_capacity(flow.nodes.len());
    let mut known = Ids::default();
    for node in &flow.nodes {
        cards.push(node_card(node, known.add(&node.id.text), tree));
    }
    let mut wires: Vec<Link> = Vec::with_capacity(flow.edges.len());
    for (index, edge) in flow.edges.iter().enumerate() {
        let (Some(source), Some(target)) =
            (known.find(&edge.source.text), known.find(&edge.target.text))
        else {
            continue;
        };
        wires.push(Link {
            of: LinkOf::Edge(index),
            id: edge.id.text.clone(),
            ends: WireEnds::between(source, target),
            number: 0,
            is_default: edge.condition.is_none(),
            is_jump: false,
            label: edge_label(edge),
            at: edge.at,
        });
    }
    let entry = known.find(&flow.entry_point.text);
    number(&mut wires, cards.len());
    unnumber_alternatives(&mut wires, &cards);
    Diagram {
        cards,
        wires,
        entry,
        ..Diagram::default()
    }
}

fn node_card(node: &Node, occurrence: u32, tree: &Tree) -> Card {
    Card {
        id: node.id.text.clone(),
        occurrence,
        kind: CardKind::Node(node.kind),
        type_label: display(&node.type_name.text),
        label: display(&node.label.text),
        line: node_line(node, tree),
        position: node.properties.position,
        at: node.at,
    }
}

fn edge_label(edge: &Edge) -> CompactString {
    let condition = edge.condition.as_ref();
    condition
        .map(|text| display(&text.text))
        .unwrap_or_default()
}

fn node_line(node: &Node, tree: &Tree) -> CompactString {
    let properties = &node.properties;
    let text =
        |field: &Option<crate::document::Field>| field.as_ref().map(|field| field.text.clone());
    match node.kind {
        NodeKind::Intent => {
            let count = properties
                .examples
                .map_or(0, |at| tree.value(at).elements().count());
            let intent = display(node.intent());
            match count {
                0 => intent,
                1 => compact_str::format_compact!("{intent} · 1 example"),
                _ => compact_str::format_compact!("{intent} · {count} examples"),
            }
        }
        NodeKind::Action => text(&properties.say)
            .or_else(|| text(&properties.script))
            .map(|text| display(&text))
            .unwrap_or_default(),
        _ => text(&properties.say)
            .map(|text| display(&text))
            .unwrap_or_default(),
    }
}

/// The first index of each id and how often it came.
#[derive(Default)]
struct Ids<'a> {
    first: Map<&'a str, (u32, u32)>,
    count: u32,
}

impl<'a> Ids<'a> {
    fn add(&mut self, id: &'a str) -> u32 {
        let count = self.count;
        self.count += 1;
        let entry = self.first.entry(id).or_insert((count, 0));
        entry.1 += 1;
        entry.1 - 1
    }

    fn find(&self, id: &str) -> Option<u32> {
        self.first.get(id).map(|&(index, _)| index)
    }
}

fn index32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_are_numbered_in_order_of_evaluation() {
        let text = r#"{"id":"f","name":"F","version":"1.0.0","entryPoint":"a",
            "nodes":[{"id":"a","type":"condition","label":"A"},{"id":"b","type":"end","label":"B"}],
            "edges":[{"id":"d","source":"a","target":"b"},
                     {"id":"x","source":"a","target":"b","condition":"x > 1"},
                     {"id":"gone","source":"a","target":"nowhere"},
                     {"id":"y","source":"a","target":"b","condition":"y"}]}"#;
        let document = Document::read(text.into()).unwrap();
        let diagram = Diagram::of(&document);
        let numbers: Vec<_> = diagram
            .wires
            .iter()
            .map(|link| (link.id.as_str(), link.number, link.ends.parallel))
            .collect();
        assert_eq!(numbers, [("d", 3, 2), ("x", 1, 0), ("y", 2, 1)]);
    }
}
