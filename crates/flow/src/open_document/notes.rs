//! Notes, in the terms of a canvas: added, written, resized. Moving, deleting and copying them is done
//! with whatever else is selected.

use compact_str::CompactString;

use super::OpenDocument;
use crate::annotations::{LEAST_NOTE, Note};
use crate::command::{Change, Command};
use crate::geometry::{Point, Rect};
use crate::interaction::on_grid;

/// The size of a new note.
const NEW_NOTE: (f64, f64) = (208.0, 96.0);
/// Free space between a new note and cards.
const GAP: f64 = 12.0;

impl OpenDocument {
    /// The place nearest below `middle` where a new note covers no card: the middle of the note there.
    /// O(cards in its column).
    pub fn free_note_place(&self, middle: Point) -> Point {
        let mut place = middle;
        // Each step passes a card, so this ends.
        while let Some(lowest) = self
            .scene()
            .cards_in(around(place).grown(GAP))
            .into_iter()
            .map(|card| self.scene().cards()[card as usize].max.y)
            .reduce(f64::max)
        {
            place.y = lowest + NEW_NOTE.1 / 2.0 + 2.0 * GAP;
        }
        place
    }

    /// Where a new note with its middle at a point is.
    pub fn new_note_area(&self, middle: Point) -> Rect {
        let area = around(middle);
        Rect::at(on_grid(area.min), area.width(), area.height())
    }

    /// The command that adds a note; and the note's id. None for one that says nothing.
    pub fn add_note_command(&self, area: Rect, text: &str) -> Option<(Command, CompactString)> {
        if text.trim().is_empty() {
            return None;
        }
        let id = self.annotations().free_note_id();
        let text = text.to_owned();
        let (to, name) = (Some(Note { text, area }), id.clone());
        Some((Command::one("Add note", Change::Note { id: name, to }), id))
    }

    /// The command that lets a note say something else.
    pub fn write_note_command(&self, id: &str, text: &str) -> Option<Command> {
        let area = self.annotations().notes.get(id)?.area;
        let text = text.to_owned();
        let (id, to) = (id.into(), Some(Note { text, area }));
        Some(Command::one("Change note", Change::Note { id, to }))
    }

    /// The note with this number, in the order of their ids.
    pub fn note(&self, number: u32) -> Option<(&CompactString, &Note)> {
        self.annotations().notes.iter().nth(number as usize)
    }

    /// The notes that touch `area`, as they are shown. O(notes).
    pub fn notes_in(&self, area: Rect) -> impl Iterator<Item = CompactString> {
        let notes = self.annotations().notes.keys();
        let touches = move |id: &&CompactString| {
            let note = self.note_area(id);
            note.is_some_and(|note| note.intersects(area))
        };
        notes.filter(touches).cloned()
    }

    /// Where a note is when its corner is dragged by `by`.
    pub fn resized_note(&self, number: u32, by: Point) -> Option<Rect> {
        let by = on_grid(by);
        let area = self.note(number)?.1.area;
        let (width, height) = LEAST_NOTE;
        Some(Rect::at(
            area.min,
            (area.width() + by.x).max(width),
            (area.height() + by.y).max(height),
        ))
    }

    /// The command that ends such a drag.
    pub fn resize_note_command(&self, number: u32, by: Point) -> Option<Command> {
        let area = self.resized_note(number, by)?;
        let (id, note) = self.note(number)?;
        let text = note.text.clone();
        let (id, to) = (id.clone(), Some(Note { text, area }));
        Some(Command::one("Resize note", Change::Note { id, to }))
    }

    /// What makes something else of each selected note, or removes it.
    pub(super) fn changed_notes(&self, change: impl Fn(&Note) -> Option<Note>) -> Vec<Change> {
        let notes = &self.annotations().notes;
        let selected = self.selection().notes.iter();
        selected
            .filter_map(|id| {
                let to = change(notes.get(id)?);
                Some(Change::Note { id: id.clone(), to })
            })
            .collect()
    }
}

/// A new note with its middle at a point.
fn around(middle: Point) -> Rect {
    let (width, height) = NEW_NOTE;
    let half = Point::new(width / 2.0, height / 2.0);
    Rect::at(middle - half, width, height)
}
