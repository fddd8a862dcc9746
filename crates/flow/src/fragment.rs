//! A piece of a flow as a text of its own: what the clipboard holds between a copy and a paste. How
//! it gets onto a clipboard is not known here.
//!
//! The text is JSON: `{"flowdeck": "fragment", "corners": […], "nodes": […], "edges": […]}` or the
//! same with `"states"`. Values keep the spelling they had where they were copied.

mod paste;
mod read;

use compact_str::CompactString;

pub use paste::{NotPasted, Pasted, Placing};
pub use read::Incomplete;

use crate::diagram::LinkOf;
use crate::document::Document;
use crate::geometry::{Point, Rect};
use crate::json::{Tree, ValueId, write_number};
use crate::open_document::OpenDocument;
use crate::scene::card_rect;

/// What the member `flowdeck` of a fragment says.
const MARK: &str = "fragment";

/// What a fragment is a piece of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FragmentKind {
    /// A dialog flow: nodes, and edges among them.
    Nodes,
    /// A state flow: states with their transitions.
    States,
}

impl FragmentKind {
    /// The kind of piece that a document can give and take.
    pub fn of(document: &Document) -> Option<Self> {
        if document.dialog_flow().is_some() {
            return Some(Self::Nodes);
        }
        document.state_flow().map(|_| Self::States)
    }

    fn key(self) -> &'static str {
        match self {
            Self::Nodes => "nodes",
            Self::States => "states",
        }
    }

    /// So many of them, in words.
    pub fn words(self, count: usize) -> String {
        match (self, count) {
            (Self::Nodes, 1) => "node".to_owned(),
            (Self::States, 1) => "state".to_owned(),
            (_, count) => format!("{count} {}", self.key()),
        }
    }
}

/// A piece of a flow.
#[derive(Clone, Debug)]
pub struct Fragment {
    tree: Tree,
    kind: FragmentKind,
    items: Vec<Item>,
    edges: Vec<Piece>,
}

/// A node or state.
#[derive(Clone, Debug)]
struct Item {
    at: ValueId,
    id: CompactString,
    /// Where its top left corner was.
    corner: Point,
}

/// An edge between two items, by their index.
#[derive(Clone, Debug)]
struct Piece {
    at: ValueId,
    id: CompactString,
    source: usize,
    target: usize,
}

impl Fragment {
    /// What it is a piece of.
    pub fn kind(&self) -> FragmentKind {
        self.kind
    }

    /// How many nodes or states it has.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// The rectangle around its cards where they were copied.
    pub fn bounds(&self) -> Rect {
        let rects = self.items.iter().map(|item| card_rect(item.corner));
        rects.reduce(Rect::union).unwrap_or_default()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

/// The selected cards of a flow, with the edges among them, as the text of a fragment; none when no
/// card is selected. O(cards + wires).
pub fn copy(open: &OpenDocument) -> Option<String> {
    let cards = &open.selection().cards;
    let kind = FragmentKind::of(open.document()).filter(|_| !cards.is_empty())?;
    let diagram = open.diagram();
    let raw = |at: ValueId| open.document().tree().value(at).raw();
    let corners: Vec<String> = cards
        .iter()
        .map(|&card| open.scene().cards()[card as usize].min)
        .map(|at| format!("[{}, {}]", write_number(at.x), write_number(at.y)))
        .collect();
    let items: Vec<&str> = cards
        .iter()
        .map(|&card| raw(diagram.cards[card as usize].at))
        .collect();
    let mut text = format!(
        "{{\"flowdeck\": \"{MARK}\",\n\"corners\": [{}],\n\"{}\": [{}]",
        corners.join(", "),
        kind.key(),
        items.join(",\n")
    );
    if kind == FragmentKind::Nodes {
        let edges: Vec<&str> = diagram
            .wires
            .iter()
            .filter(|link| matches!(link.of, LinkOf::Edge(_)))
            .filter(|link| cards.contains(&link.ends.source) && cards.contains(&link.ends.target))
            .map(|link| raw(link.at))
            .collect();
        text.push_str(",\n\"edges\": [");
        text.push_str(&edges.join(",\n"));
        text.push(']');
    }
    text.push_str("}\n");
    Some(text)
}
