//! What of the shown document is selected, dragged and in view.

use flow::diagram::Owner;
use flow::geometry::{Point, Rect};
use flow::open_document::{OpenDocument, Selection};
use flow::scene::Direction;
use flow::view::View;
use flow::view::stage::Stage;
use leptos::prelude::*;

use super::Desk;
use crate::browser::page;

/// The zoom below which labels are hard to read.
const READABLE: f64 = 0.75;

/// How far from the edge the first card stands when only the beginning is shown, in pixels.
const BESIDE: f64 = 60.0;
/// What lies over the canvas and hides what is under it.
const COVERING: &str = "[data-covers-canvas]";

/// How long a jump is shown, in milliseconds.
const FLASH: i32 = 900;
/// How long cards glide, in milliseconds; the style sheet says how.
const GLIDE: i32 = 260;

impl Desk {
    /// The canvas with what lies over it, as it is now.
    fn stage(self) -> Stage {
        Stage {
            size: self.size.get_untracked(),
            covered: page::laid_over(".canvas", COVERING),
        }
    }

    /// The first look at the document that is shown from now on. What lies over its canvas is only there
    /// with the next frame, so it is looked at once more then.
    pub(super) fn look_first(self) {
        self.look();
        let shown = move || {
            Some((
                self.active.try_get_untracked()?,
                self.view.try_get_untracked()?,
            ))
        };
        let first = shown();
        page::next_frame(move || {
            if shown().is_some_and(|now| Some(now) == first) {
                self.look();
            }
        });
    }

    /// The first look at a document: all of it where that can be read, else its beginning.
    pub fn look(self) {
        self.fit();
        let stage = self.stage();
        if stage.is_empty() || self.view.get_untracked().zoom >= READABLE {
            return;
        }
        let start = self.peek(|open| {
            let entry = open.diagram().entry.unwrap_or_default();
            let card = open.scene().cards().get(entry as usize).copied()?;
            Some((card, open.scene().direction()))
        });
        if let Some((card, direction)) = start.flatten() {
            let room = stage.largest();
            let (at, of_card) = match direction {
                Direction::Right => (
                    Point::new(room.min.x + BESIDE, room.center().y),
                    Point::new(card.min.x, card.center().y),
                ),
                Direction::Down => (
                    Point::new(room.center().x, room.min.y + BESIDE),
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

    /// Moves the selected cards and notes by `offset`.
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

    /// Fits everything into what can be seen of the canvas.
    pub fn fit(self) {
        let bounds = self.peek(OpenDocument::bounds);
        self.fit_in(bounds.flatten(), 24.0);
    }

    /// Fits what is selected into what can be seen of the canvas.
    pub fn fit_selection(self) {
        let bounds = self.peek(|open| open.bounds_of(open.selection()));
        self.fit_in(bounds.flatten(), 64.0);
    }

    fn fit_in(self, area: Option<Rect>, margin: f64) {
        let stage = self.stage();
        if let (Some(area), false) = (area, stage.is_empty()) {
            self.view.set(stage.fitting(area, margin));
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
        self.bring_area_into_view(self.peek(|open| open.bounds_of(&selection)).flatten());
    }

    /// Moves the view by as little as shows a part of the world.
    pub fn bring_area_into_view(self, area: Option<Rect>) {
        let stage = self.stage();
        if let (Some(area), false) = (area, stage.is_empty()) {
            self.view.update(|view| {
                // Too small to read is as good as not in view.
                if view.zoom < 0.5 {
                    let zoom = 0.8;
                    let pan = stage.largest().center() - area.center() * zoom;
                    *view = View { pan, zoom };
                } else {
                    *view = stage.revealing(*view, area, 64.0);
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
