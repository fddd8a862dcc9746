//! What of the shown document is selected, dragged and in view.

use flow::diagram::Owner;
use flow::geometry::{Point, Rect};
use flow::open_document::Selection;
use flow::scene::Direction;
use flow::view::View;
use leptos::prelude::*;

use super::Desk;
use crate::browser::page;

/// The zoom below which labels are hard to read.
const READABLE: f64 = 0.75;

/// How long a jump is shown, in milliseconds.
const FLASH: i32 = 900;
/// How long cards glide, in milliseconds; the style sheet says how.
const GLIDE: i32 = 260;

impl Desk {
    /// The first look at a document: all of it where that can be read, else its beginning.
    pub fn look(self) {
        let (width, height) = self.size.get_untracked();
        self.fit();
        if width == 0.0 || self.view.get_untracked().zoom >= READABLE {
            return;
        }
        let start = self.peek(|open| {
            let entry = open.diagram().entry.unwrap_or_default();
            let card = open.scene().cards().get(entry as usize).copied()?;
            Some((card, open.scene().direction()))
        });
        if let Some((card, direction)) = start.flatten() {
            let (at, of_card) = match direction {
                Direction::Right => (
                    Point::new(72.0, height / 2.0),
                    Point::new(card.min.x, card.center().y),
                ),
                Direction::Down => (
                    Point::new(width / 2.0, 56.0),
                    Point::new(card.center().x, card.min.y),
                ),
            };
            self.view.set(View {
                pan: at - of_card * READABLE,
                zoom: READABLE,
            });
        }
    }

    /// Selects something else.
    pub fn select(self, selection: Selection) {
        self.with(|open| open.select(selection));
        self.announce_selection();
    }

    /// Changes the selection.
    pub fn change_selection(self, change: impl FnOnce(&mut Selection)) {
        if let Some(mut selection) = self.peek(|open| open.selection().clone()) {
            change(&mut selection);
            self.select(selection);
        }
    }

    /// Moves the selected cards by `offset`.
    pub fn move_selected(self, offset: Point) {
        let command = self.with(|open| {
            open.end_preview();
            open.move_command(offset)
        });
        self.dragged.update(|count| *count += 1);
        if let Some(command) = command.flatten() {
            self.apply(&command);
        }
    }

    /// Fits everything into the canvas.
    pub fn fit(self) {
        let (width, height) = self.size.get_untracked();
        if let Some(bounds) = self.peek(|open| open.scene().bounds()).flatten()
            && width > 0.0
        {
            self.view.set(View::fitting(bounds, width, height, 56.0));
        }
    }

    /// Selects a card or wire, brings it into view and flashes it.
    pub fn reveal(self, owner: Owner) {
        self.select(Selection::of(owner));
        self.bring_into_view(owner);
        self.flash(owner);
    }

    /// Moves the view by as little as shows a card or wire.
    pub fn bring_into_view(self, owner: Owner) {
        let selection = Selection::of(owner);
        let bounds: Option<Rect> = self.peek(|open| open.bounds_of(&selection)).flatten();
        let (whole, height) = self.size.get_untracked();
        // What lies over the canvas must not hide what is shown.
        let covered = self.covered.get_untracked();
        let width = if whole - covered > 240.0 {
            whole - covered
        } else {
            whole
        };
        if let (Some(bounds), true) = (bounds, width > 0.0) {
            self.view.update(|view| {
                // Too small to read is as good as not in view.
                if view.zoom < 0.5 {
                    let zoomed = View {
                        pan: Point::default(),
                        zoom: 0.8,
                    };
                    let middle = Point::new(width / 2.0, height / 2.0);
                    *view = View {
                        pan: middle - bounds.center() * zoomed.zoom,
                        ..zoomed
                    };
                } else {
                    *view = view.revealing(bounds, width, height, 64.0);
                }
            });
        }
    }

    /// Lets cards glide to where they stand from now on, for a moment: so that the eye can follow what
    /// many of them do at once.
    pub fn glide(self) {
        self.gliding.set(true);
        page::after(GLIDE, move || {
            // The page may be gone by now.
            let _ = self.gliding.try_set(false);
        });
    }

    fn flash(self, owner: Owner) {
        let Some(document) = self.active.get_untracked() else {
            return;
        };
        let flash = Some((document, owner));
        self.flashed.set(flash);
        page::after(FLASH, move || {
            if self
                .flashed
                .try_get_untracked()
                .is_some_and(|now| now == flash)
            {
                self.flashed.set(None);
            }
        });
    }
}
