//! Pictures of a graph as text: SVG, as the canvas shows it, and the graph languages Mermaid and DOT.
//! Whatever stands in a label is escaped; nothing in a picture runs or is fetched.

mod beside;
mod colours;
mod dot;
mod glyph;
mod mermaid;
mod svg;
mod width;

pub use colours::Colours;
pub(crate) use colours::of_the_page;
pub use dot::dot;
pub use glyph::glyph;
pub use mermaid::mermaid;
pub use svg::svg;
pub(crate) use svg::{escaped, short};

use std::collections::BTreeMap;

use crate::diagram::{Card, Diagram, Link};
use crate::geometry::Rect;
use crate::open_document::{OpenDocument, Selection};
use crate::scene::{Scene, Wire};

/// Room around what is drawn.
const MARGIN: f64 = 24.0;

/// What a picture shows: a whole graph, or some cards with the wires between them.
#[derive(Clone, Debug)]
pub struct Picture<'a> {
    title: &'a str,
    diagram: &'a Diagram,
    scene: &'a Scene,
    /// The cards, each with its number in the picture.
    cards: BTreeMap<u32, usize>,
    wires: Vec<u32>,
    /// The frames of groups with their names.
    frames: Vec<(Rect, String)>,
    /// The notes.
    notes: Vec<(Rect, &'a str)>,
    /// How cards and wires are marked, by index in the graph.
    card_marks: Vec<Option<Mark>>,
    wire_marks: Vec<Option<Mark>>,
}

/// How a card or a wire is set off from the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// A colour as style sheets know it.
    pub colour: &'static str,
    /// A sign, for those who do not tell the colours apart.
    pub sign: &'static str,
}

impl<'a> Picture<'a> {
    /// All of a document, with its groups and notes; none when there is nothing to see.
    pub fn whole(open: &'a OpenDocument) -> Option<Self> {
        let count = u32::try_from(open.diagram().cards.len()).ok()?;
        let mut whole = Self::of(open, 0..count)?;
        let frames = open.frames().into_iter();
        whole.frames = frames
            .filter_map(|frame| Some((open.frame_area(&frame.cards)?, frame.label)))
            .collect();
        let notes = open.annotations().notes.values();
        whole.notes = notes.map(|note| (note.area, note.text.as_str())).collect();
        Some(whole)
    }

    /// What is selected: the cards, those at the ends of selected wires, and the wires between them;
    /// none when nothing is.
    pub fn selected(open: &'a OpenDocument, selection: &Selection) -> Option<Self> {
        let ends = selection.wires.iter().flat_map(|&wire| {
            let ends = open.scene().ends()[wire as usize];
            [ends.source, ends.target]
        });
        Self::of(open, selection.cards.iter().copied().chain(ends))
    }

    fn of(open: &'a OpenDocument, cards: impl Iterator<Item = u32>) -> Option<Self> {
        let mut cards: BTreeMap<u32, usize> = cards.map(|card| (card, 0)).collect();
        for (number, own) in cards.values_mut().enumerate() {
            *own = number;
        }
        let ends = (0..).zip(open.scene().ends());
        let inside = ends.filter(|(_, ends)| {
            cards.contains_key(&ends.source) && cards.contains_key(&ends.target)
        });
        let wires = inside.map(|(wire, _)| wire).collect();
        (!cards.is_empty()).then_some(Self {
            title: open.title(),
            diagram: open.diagram(),
            scene: open.scene(),
            cards,
            wires,
            frames: Vec::new(),
            notes: Vec::new(),
            card_marks: Vec::new(),
            wire_marks: Vec::new(),
        })
    }

    /// The same with marks on cards and wires, by their index in the graph.
    #[must_use]
    pub fn marked(self, cards: Vec<Option<Mark>>, wires: Vec<Option<Mark>>) -> Self {
        Self {
            card_marks: cards,
            wire_marks: wires,
            ..self
        }
    }

    /// The part of the world it shows.
    pub fn bounds(&self) -> Rect {
        let cards = self.cards().map(|(_, _, rect)| rect);
        let wires = self.wires().map(|(_, wire)| wire.bounds());
        let frames = self.frames.iter().map(|(area, _)| *area);
        let notes = self.notes.iter().map(|(area, _)| *area);
        let around = cards.chain(wires).chain(frames).chain(notes);
        let around = around.reduce(Rect::union);
        around.unwrap_or_default().grown(MARGIN)
    }

    /// The cards with their numbers and where they stand.
    fn cards(&self) -> impl Iterator<Item = (usize, &'a Card, Rect)> {
        let (diagram, scene) = (self.diagram, self.scene);
        self.cards.iter().map(move |(&card, &number)| {
            let card = card as usize;
            (number, &diagram.cards[card], scene.cards()[card])
        })
    }

    fn wires(&self) -> impl Iterator<Item = (&'a Link, &'a Wire)> {
        let (diagram, scene) = (self.diagram, self.scene);
        self.wires
            .iter()
            .map(move |&wire| (&diagram.wires[wire as usize], &scene.wires()[wire as usize]))
    }

    /// The numbers of the cards at the ends of a wire.
    fn ends(&self, link: &Link) -> (usize, usize) {
        (self.cards[&link.ends.source], self.cards[&link.ends.target])
    }
}

/// What stands on a wire: its number in the order of evaluation and its condition.
fn words_on(link: &Link) -> String {
    let words = if link.is_default && link.number > 0 {
        "default"
    } else {
        &link.label
    };
    match link.number {
        0 => words.to_owned(),
        number => format!("{number}  {words}"),
    }
}

#[cfg(test)]
mod tests;
