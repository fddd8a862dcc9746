//! The moving layer of the raster: what is in the user's hand, painted anew in each frame above the
//! still layer. That is little: dragged cards with their wires, the selection, the wire under the
//! pointer, a connection being drawn.

use std::collections::BTreeSet;

use flow::diagram::Owner;
use flow::open_document::{Ghost, OpenDocument};
use flow::view::View;
use web_sys::CanvasRenderingContext2d;

use super::MAX_ELEMENTS;
use super::colours::Colours;
use super::gestures::Reach;
use super::paint::{NEAR, Painter};
use super::still;

/// More moving cards than this are painted without their wires, which follow when they are let go.
const LARGE_MOVE: usize = 1_000;

/// What is painted.
pub struct Overlay<'a> {
    /// Pan and zoom.
    pub view: View,
    /// Size of the canvas in pixels.
    pub size: (f64, f64),
    /// The cards that the still layer leaves out or shows elsewhere, sorted.
    pub floating: &'a [u32],
    /// What is under the pointer.
    pub hovered: Option<Owner>,
    /// The connection being drawn.
    pub reach: Option<Reach>,
    /// What a fix would do.
    pub ghost: Option<Ghost>,
}

impl Overlay<'_> {
    /// Whether there may be anything to paint. O(1).
    pub fn has_something(&self, open: &OpenDocument) -> bool {
        let selected = !open.selection().is_empty() && !still::is_large(open);
        let hovered = matches!(self.hovered, Some(Owner::Wire(_)));
        let shown = self.reach.is_some() || self.ghost.is_some();
        selected || hovered || shown || !self.floating.is_empty()
    }

    /// Paints it; whether there was anything. O(what is in the user's hand).
    pub fn paint(
        &self,
        context: &CanvasRenderingContext2d,
        colours: &Colours,
        open: &OpenDocument,
    ) -> bool {
        let painter = Painter {
            context,
            colours,
            open,
            view: self.view,
        };
        let (width, height) = self.size;
        let area = self.view.visible(width, height);
        let scene = open.scene();
        let wires = self.wires(open);
        let in_view = |wire: &u32| {
            let shape = scene.wires().get(*wire as usize);
            shape.is_some_and(|shape| shape.bounds().intersects(area))
        };
        let wires: Vec<u32> = wires.into_iter().filter(in_view).collect();
        let emphasis = |wire: u32| {
            painter
                .emphasis(wire, self.hovered)
                .or_else(|| painter.marked(wire))
        };
        for &wire in &wires {
            let stroke = emphasis(wire).unwrap_or_else(|| painter.plain(wire));
            painter.wires(&[wire], stroke);
        }
        let is_near = self.view.zoom >= NEAR;
        if is_near {
            for &wire in &wires {
                painter.arrow(wire, emphasis(wire).unwrap_or_else(|| painter.plain(wire)));
            }
        }
        let boxes = self.boxes(painter, scene.is_crowded(area, MAX_ELEMENTS));
        if is_near {
            painter.labels(&wires, emphasis);
        }
        if let Some(reach) = &self.reach {
            painter.reach(reach);
        }
        if let Some(ghost) = &self.ghost {
            painter.ghost(ghost);
        }
        boxes || !wires.is_empty() || self.reach.is_some() || self.ghost.is_some()
    }

    /// The wires in the user's hand, sorted.
    fn wires(&self, open: &OpenDocument) -> BTreeSet<u32> {
        let scene = open.scene();
        let mut wires = BTreeSet::new();
        if self.floating.len() <= LARGE_MOVE {
            for &card in self.floating {
                if (card as usize) < scene.cards().len() {
                    wires.extend(scene.wires_of(card as usize));
                }
            }
        }
        if !still::is_large(open) {
            let selection = open.selection();
            wires.extend(&selection.wires);
            for &card in &selection.cards {
                wires.extend(
                    scene
                        .wires_of(card as usize)
                        .iter()
                        .filter(|&&wire| Painter::is_emphasised(open, wire)),
                );
            }
        }
        if let Some(Owner::Wire(wire)) = self.hovered {
            wires.insert(wire);
        }
        wires
    }

    /// Paints the moving and the selected cards, where cards are painted at all.
    fn boxes(&self, painter: Painter<'_>, are_painted: bool) -> bool {
        if !are_painted {
            return false;
        }
        let cards = painter.open.scene().cards().len();
        let known = |card: &&u32| (**card as usize) < cards;
        for card in self.floating.iter().filter(known) {
            let kind = painter.open.diagram().cards[*card as usize].kind;
            painter.boxes(std::slice::from_ref(card), painter.colours.kind(kind));
        }
        let selected = &painter.open.selection().cards;
        let outlined = selected.len() <= still::LARGE_SELECTION;
        if outlined {
            for &card in selected {
                painter.outline(card, &painter.colours.accent);
            }
        }
        !self.floating.is_empty() || outlined && !selected.is_empty()
    }
}
