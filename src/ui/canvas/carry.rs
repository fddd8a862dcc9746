//! Dragging a card into a wire: a new one from the palette, or one that is there.

use flow::diagram::Owner;
use flow::geometry::{Point, Rect};
use flow::open_document::{Joins, NewCard};
use leptos::prelude::*;
use web_sys::MouseEvent;

use super::add::add_card;
use super::gestures::Gestures;

/// How near to a wire the middle of a card must be to be put into it, in world units.
pub(super) const INSERT_REACH: f64 = 26.0;

impl Gestures {
    /// A new card is dragged in from the palette.
    pub fn carry(self, card: NewCard, event: &MouseEvent) {
        let at = self.screen_point(event);
        let view = self.desk.view.get_untracked();
        let world = view.world_from_screen(at);
        let wire = self
            .desk
            .peek(|open| open.wire_for(card, world, INSERT_REACH));
        self.show_insertion(wire.flatten(), at);
        self.carried.set(Some((card, at)));
        self.desk.gesturing.set(true);
    }

    /// The new card is let go: it is added where that is on the canvas.
    pub fn put_down(self) {
        self.desk.gesturing.set(false);
        let Some((card, at)) = self.carried.get_untracked() else {
            return;
        };
        self.carried.set(None);
        let joins = match self.insertion() {
            Some(wire) => Joins::Into(wire),
            None => Joins::Nothing,
        };
        self.show_insertion(None, at);
        let (width, height) = self.desk.size.get_untracked();
        let canvas = Rect::at(Point::default(), width, height);
        if canvas.contains(at) {
            let world = self.desk.view.get_untracked().world_from_screen(at);
            add_card(self.desk, Some(card), world, joins);
        }
    }

    /// Shows which wire a card would be put into.
    pub(super) fn show_insertion(self, wire: Option<u32>, screen: Point) {
        let hovered = wire.map(Owner::Wire);
        if self.hovered.get_untracked() != hovered {
            self.hovered.set(hovered);
        }
        let shown = wire.map(|_| screen);
        if self.inserts.get_untracked() != shown {
            self.inserts.set(shown);
        }
    }

    /// The wire a card would be put into.
    pub(super) fn insertion(self) -> Option<u32> {
        match (self.inserts.get_untracked(), self.hovered.get_untracked()) {
            (Some(_), Some(Owner::Wire(wire))) => Some(wire),
            _ => None,
        }
    }
}
