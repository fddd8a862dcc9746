//! Dragging what is selected: shown while it moves, one step once it is let go.

use flow::geometry::Point;
use flow::open_document::{OpenDocument, Snap, Snapped};
use leptos::prelude::*;

use super::Desk;
use crate::browser::page;

/// How soon after the last one a nudge goes on with it, in milliseconds.
const TOGETHER: f64 = 700.0;

/// A nudge that the next one may go on with.
#[derive(Clone, Copy)]
pub(super) struct Nudge {
    by: Point,
    at: f64,
    /// The revisions of the selection and of the document after it.
    state: Option<(u64, u64)>,
}

/// How near to being aligned a dragged card snaps, in pixels.
const SNAP: f64 = 6.0;

impl Desk {
    /// Moves the selected cards and notes by `by`. What follows soon on the last nudge is one step with it.
    pub fn nudge(self, by: Point) {
        if self.refuses() {
            return;
        }
        let state = || self.peek(|open| (open.selection_revision(), open.session().revision()));
        let now = page::now();
        let last = self
            .nudged
            .get_value()
            .filter(|last| last.state == state() && now - last.at < TOGETHER);
        let mut total = by;
        if let Some(last) = last {
            total = total + last.by;
            self.with(OpenDocument::undo);
        }
        if total == Point::default() {
            self.announce_change();
        } else {
            self.move_selected(total);
        }
        self.nudged.set_value(Some(Nudge {
            by: total,
            at: now,
            state: state(),
        }));
    }

    /// Opens a transaction: what is changed until the drag ends is one step with it.
    pub fn begin(self) {
        self.with(OpenDocument::begin);
    }

    /// How far the selected cards and notes go when they are dragged so far.
    pub fn snapped(self, by: Point, free: bool) -> Snapped {
        let zoom = self.view.get_untracked().zoom;
        let snap = if free {
            Snap::Free
        } else {
            Snap::Within(SNAP / zoom)
        };
        self.peek(|open| open.snap(by, snap)).unwrap_or_default()
    }

    /// Shows the selected cards and notes moved by `offset` without a command.
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
