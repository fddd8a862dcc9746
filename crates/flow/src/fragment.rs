//! A piece of a flow as a text of its own: what the clipboard holds between a copy and a paste. How
//! it gets onto a clipboard is not known here.
//!
//! The text is JSON: `{"flowdeck": "fragment", "corners": […], "nodes": […], "edges": […]}` or the
//! same with `"states"`, with `"groups"` and `"notes"` where there are any. Values keep the spelling they
//! had where they were copied.

mod paste;
mod read;

use compact_str::CompactString;

pub use paste::{NotPasted, Pasted, Placing};
pub use read::Incomplete;

use crate::annotations::Annotations;
use crate::diagram::LinkOf;
use crate::document::Document;
use crate::geometry::{Point, Rect};
use crate::json::{Tree, ValueId, quote, write_number};
use crate::open_document::{OpenDocument, note_words};
use crate::scene::card_rect;
use crate::workspace::annotation_members;

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
    /// Groups of items among these, and notes.
    annotations: Annotations,
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

    /// The rectangle around its cards and notes where they were copied.
    pub fn bounds(&self) -> Rect {
        let rects = self.items.iter().map(|item| card_rect(item.corner));
        let notes = self.annotations.notes.values().map(|note| note.area);
        rects.chain(notes).reduce(Rect::union).unwrap_or_default()
    }

    /// Whether it has none: it is made of notes then.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// What it is, in words: "2 nodes and note".
    pub fn words(&self) -> String {
        let items = self.kind.words(self.items.len());
        match (self.items.len(), self.annotations.notes.len()) {
            (_, 0) => items,
            (0, notes) => note_words(notes),
            (_, notes) => format!("{items} and {}", note_words(notes)),
        }
    }
}

/// The selected cards and notes of a flow, with the edges among the cards and the groups that are
/// selected whole, as the text of a fragment; none when no card and no note is selected.
/// O(cards + wires).
pub fn copy(open: &OpenDocument) -> Option<String> {
    let cards = &open.selection().cards;
    let kind = FragmentKind::of(open.document()).filter(|_| open.selection().is_movable())?;
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
    for (key, list) in annotation_members(&open.selected_annotations()) {
        text.push_str(",\n");
        text.push_str(&quote(key));
        text.push_str(": ");
        text.push_str(&list);
    }
    text.push_str("}\n");
    Some(text)
}
