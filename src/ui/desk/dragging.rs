//! Dragging what is selected: shown while it moves, one step once it is let go.

use flow::geometry::Point;
use flow::open_document::{OpenDocument, Snap, Snapped};
use leptos::prelude::*;

use super::Desk;

/// How near to being aligned a dragged card snaps, in pixels.
const SNAP: f64 = 6.0;

impl Desk {
    /// Opens a transaction: what is changed until the drag ends is one step with it.
    pub fn begin(self) {
        self.with(OpenDocument::begin);
    }

    /// How far the selected cards go when they are dragged so far.
    pub fn snapped(self, by: Point, free: bool) -> Snapped {
        let zoom = self.view.get_untracked().zoom;
        let snap = if free {
            Snap::Free
        } else {
            Snap::Within(SNAP / zoom)
        };
        self.peek(|open| open.snap(by, snap)).unwrap_or_default()
    }

    /// Shows the selected cards moved by `offset` without a command.
    pub fn preview_move(self, offset: Point) {
        self.with(|open| open.preview_move(offset));
        self.dragged.update(|count| *count += 1);
    }

    /// Makes one step of what was changed since the drag began, and ends it.
    pub fn end_drag(self) {
        self.with(|open| {
            open.end_preview();
            open.commit();
        });
        self.dragged.update(|count| *count += 1);
    }

    /// Shows everything as it was before the drag.
    pub fn break_drag_off(self) {
        let before = self.peek(|open| open.session().revision());
        self.with(OpenDocument::roll_back);
        self.dragged.update(|count| *count += 1);
        if self.peek(|open| open.session().revision()) != before {
            self.announce_change();
        }
    }
}
