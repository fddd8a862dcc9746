//! The still layer of the raster as a job: everything that is not in the user's hand, painted in
//! slices, so that a huge flow never holds a frame up.

use flow::diagram::CardKind;
use flow::geometry::Rect;
use flow::open_document::OpenDocument;
use flow::view::View;
use web_sys::CanvasRenderingContext2d;

use super::MAX_ELEMENTS;
use super::colours::Colours;
use super::paint::{NEAR, Painter};
use crate::browser::page;

/// How many things are painted between two looks at the clock.
const CHUNK: usize = 160;
/// More than this much selected is a part of the still layer: painting it in each frame would cost
/// too much.
pub const LARGE_SELECTION: usize = 400;

/// One kind of thing to paint, in the order they cover each other.
enum Layer {
    /// Plain wires.
    Wires(Vec<u32>),
    /// Wires with problems or a part of a large selection, each on its own.
    Special(Vec<u32>),
    Arrows(Vec<u32>),
    /// Cards of one kind.
    Boxes(usize, Vec<u32>),
    Outlines(Vec<u32>),
    Labels(Vec<u32>),
}

/// What of a document is to be painted in a view.
pub struct Job {
    /// The view it is painted for.
    pub view: View,
    /// How many things there are to paint.
    pub items: usize,
    /// Whether nothing lies beyond its edges.
    pub is_complete: bool,
    /// The cards it leaves out with their wires, sorted.
    pub without: Vec<u32>,
    layers: Vec<Layer>,
    /// Which layer is under way, and how far.
    at: (usize, usize),
    large_selection: bool,
}

impl Job {
    /// Gathers what there is in `area`, but for the cards `without`, which is sorted, and their wires.
    /// O(cards and wires there), logarithms aside.
    pub fn new(open: &OpenDocument, view: View, area: Rect, without: Vec<u32>) -> Self {
        let scene = open.scene();
        let is_out = |card: u32| without.binary_search(&card).is_ok();
        let is_far = scene.is_crowded(area, MAX_ELEMENTS);
        let is_near = view.zoom >= NEAR;
        let selection = open.selection();
        let large_selection = is_large(open);
        let wires: Vec<u32> = scene
            .wires_in(area)
            .into_iter()
            .filter(|&wire| {
                let ends = scene.ends()[wire as usize];
                !is_out(ends.source) && !is_out(ends.target)
            })
            .collect();
        let mut items = wires.len();
        let is_special = |&wire: &u32| {
            open.wire_mark(wire).is_some() || large_selection && selection.wires.contains(&wire)
        };
        let (special, plain): (Vec<u32>, Vec<u32>) =
            wires.iter().partition(|wire| is_special(wire));
        let (defaults, conditional): (Vec<u32>, Vec<u32>) = plain
            .iter()
            .partition(|&&wire| open.diagram().wires[wire as usize].is_default);
        let (jumps, conditional): (Vec<u32>, Vec<u32>) = conditional
            .iter()
            .partition(|&&wire| open.diagram().wires[wire as usize].is_jump);
        let (branches, only): (Vec<u32>, Vec<u32>) = defaults
            .iter()
            .partition(|&&wire| open.diagram().wires[wire as usize].is_dashed());
        let mut layers = vec![
            Layer::Wires(conditional),
            Layer::Wires(only),
            Layer::Wires(branches),
            Layer::Wires(jumps),
            Layer::Special(special),
        ];
        if is_near {
            layers.push(Layer::Arrows(wires.clone()));
        }
        if is_far {
            let mut by_kind = vec![Vec::new(); CardKind::ALL.len()];
            let mut outlined = Vec::new();
            for card in scene.cards_in(area) {
                if is_out(card) {
                    continue;
                }
                items += 1;
                let kind = open.diagram().cards[card as usize].kind;
                if let Some(index) = CardKind::ALL.iter().position(|&known| known == kind) {
                    by_kind[index].push(card);
                }
                if open.card_mark(card).is_some()
                    || large_selection && selection.cards.contains(&card)
                {
                    outlined.push(card);
                }
            }
            let boxes = by_kind.into_iter().enumerate();
            layers.extend(boxes.map(|(kind, cards)| Layer::Boxes(kind, cards)));
            layers.push(Layer::Outlines(outlined));
        }
        if is_near {
            layers.push(Layer::Labels(wires));
        }
        Self {
            view,
            items,
            is_complete: scene.bounds().is_none_or(|bounds| area.encloses(bounds)),
            without,
            layers,
            at: (0, 0),
            large_selection,
        }
    }

    /// Paints on until everything is there or it is `until`, in milliseconds since the page was opened;
    /// whether everything is there. At least one chunk is painted.
    pub fn paint(
        &mut self,
        context: &CanvasRenderingContext2d,
        colours: &Colours,
        open: &OpenDocument,
        until: f64,
    ) -> bool {
        let painter = Painter {
            context,
            colours,
            open,
            view: self.view,
        };
        while let Some(layer) = self.layers.get(self.at.0) {
            let from = self.at.1;
            let (length, whole) = match layer {
                // Labels make room for each other, so they are placed together.
                Layer::Labels(all) => (all.len(), true),
                Layer::Wires(all)
                | Layer::Special(all)
                | Layer::Arrows(all)
                | Layer::Boxes(_, all)
                | Layer::Outlines(all) => (all.len(), false),
            };
            let to = if whole {
                length
            } else {
                length.min(from + CHUNK)
            };
            self.paint_part(&painter, layer, from, to);
            self.at = if to == length {
                (self.at.0 + 1, 0)
            } else {
                (self.at.0, to)
            };
            if to > from && page::now() >= until {
                return self.at.0 == self.layers.len();
            }
        }
        true
    }

    fn paint_part(&self, painter: &Painter<'_>, layer: &Layer, from: usize, to: usize) {
        let in_hand = |wire: u32| {
            let stroke = self.large_selection.then(|| painter.emphasis(wire, None));
            stroke.flatten().or_else(|| painter.marked(wire))
        };
        let look = |wire: u32| in_hand(wire).unwrap_or_else(|| painter.plain(wire));
        match layer {
            Layer::Wires(wires) => {
                if let Some(&first) = wires.get(from) {
                    painter.wires(&wires[from..to], painter.plain(first));
                }
            }
            Layer::Special(wires) => {
                for wire in &wires[from..to] {
                    painter.wires(std::slice::from_ref(wire), look(*wire));
                }
            }
            Layer::Arrows(wires) => {
                for &wire in &wires[from..to] {
                    painter.arrow(wire, look(wire));
                }
            }
            Layer::Boxes(kind, cards) => {
                painter.boxes(&cards[from..to], painter.colours.kind(CardKind::ALL[*kind]));
            }
            Layer::Outlines(cards) => {
                for &card in &cards[from..to] {
                    let selected =
                        self.large_selection && painter.open.selection().cards.contains(&card);
                    let colour = if selected {
                        Some(painter.colours.accent.as_str())
                    } else {
                        painter.card_mark(card)
                    };
                    if let Some(colour) = colour {
                        painter.outline(card, colour);
                    }
                }
            }
            Layer::Labels(wires) => painter.labels(wires, in_hand),
        }
    }
}

/// Whether so much is selected that it is a part of the still layer.
pub fn is_large(open: &OpenDocument) -> bool {
    let selection = open.selection();
    selection.cards.len() + selection.wires.len() > LARGE_SELECTION
}
