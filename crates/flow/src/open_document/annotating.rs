//! Grouping cards and writing notes, in the terms of a canvas.

use std::collections::BTreeSet;

use compact_str::CompactString;

use super::OpenDocument;
use crate::annotations::{Annotations, Group, LEAST_NOTE, Note};
use crate::command::{Change, Command};
use crate::geometry::{Point, Rect};
use crate::interaction::{Held, on_grid};
use crate::rules::ids::Map;

/// How far the frame of a group reaches beyond its cards, in world units.
const FRAME: f64 = 20.0;
/// The size of a new note.
const NEW_NOTE: (f64, f64) = (208.0, 96.0);
/// Free space between a new note and cards.
const GAP: f64 = 12.0;

/// A group as the canvas shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Its id.
    pub id: CompactString,
    /// What it is called.
    pub label: String,
    /// Its cards.
    pub cards: Vec<u32>,
}

impl OpenDocument {
    /// The groups and notes.
    pub fn annotations(&self) -> &Annotations {
        self.session.annotations()
    }

    /// Gives the document the groups and notes it was stored with. No step that can be undone.
    pub fn set_annotations(&mut self, annotations: Annotations) {
        self.session.set_annotations(annotations);
    }

    /// The groups that have cards, by id. O(cards) where there are groups.
    pub fn frames(&self) -> Vec<Frame> {
        let groups = &self.annotations().groups;
        let mut group_of: Map<&str, usize> = Map::default();
        for (index, group) in groups.values().enumerate() {
            group_of.extend(group.members.iter().map(|id| (id.as_str(), index)));
        }
        if group_of.is_empty() {
            return Vec::new();
        }
        let mut frames: Vec<Frame> = groups
            .iter()
            .map(|(id, group)| Frame {
                id: id.clone(),
                label: group.label.clone(),
                cards: Vec::new(),
            })
            .collect();
        for (card, number) in self.diagram().cards.iter().zip(0..) {
            if let Some(&group) = group_of.get(card.id.as_str()) {
                frames[group].cards.push(number);
            }
        }
        frames.retain(|frame| !frame.cards.is_empty());
        frames
    }

    /// Where the frame around cards is, with room for its label above them.
    pub fn frame_area(&self, cards: &[u32]) -> Option<Rect> {
        let rects = cards
            .iter()
            .filter_map(|&card| self.scene().cards().get(card as usize).copied());
        let mut area = rects.reduce(Rect::union)?.grown(FRAME);
        area.min.y -= FRAME;
        Some(area)
    }

    /// The command that makes a group of the selected cards, which leave the groups they were in;
    /// none when no card is selected.
    pub fn group_command(&self) -> Option<Command> {
        let members = self.selected_ids();
        if members.is_empty() {
            return None;
        }
        let label = "Group".to_owned();
        let mut changes = self.without(&members);
        changes.push(Change::Group {
            id: self.annotations().free_group_id(),
            to: Some(Group { label, members }),
        });
        let label = "Group cards".to_owned();
        Some(Command { label, changes })
    }

    /// The command that dissolves the groups of the selected cards; none when they are in none.
    pub fn ungroup_command(&self) -> Option<Command> {
        let members = self.selected_ids();
        let changes: Vec<Change> = (self.annotations().groups.iter())
            .filter(|(_, group)| !group.members.is_disjoint(&members))
            .map(|(id, _)| Change::Group {
                id: id.clone(),
                to: None,
            })
            .collect();
        let label = "Ungroup cards".to_owned();
        (!changes.is_empty()).then_some(Command { label, changes })
    }

    /// What takes cards out of their groups. A group without any other card goes.
    pub(super) fn without(&self, members: &BTreeSet<CompactString>) -> Vec<Change> {
        (self.annotations().groups.iter())
            .filter(|(_, group)| !group.members.is_disjoint(members))
            .map(|(id, group)| {
                let mut group = group.clone();
                group.members.retain(|member| !members.contains(member));
                let to = (!group.members.is_empty()).then_some(group);
                Change::Group { id: id.clone(), to }
            })
            .collect()
    }

    /// What lets a card stay in its group under another id.
    pub(super) fn regroup(&self, old: &str, new: &str) -> Vec<Change> {
        (self.annotations().groups.iter())
            .filter(|(_, group)| group.members.contains(old))
            .map(|(id, group)| {
                let mut group = group.clone();
                group.members.remove(old);
                group.members.insert(new.into());
                let to = Some(group);
                Change::Group { id: id.clone(), to }
            })
            .collect()
    }

    pub(super) fn selected_ids(&self) -> BTreeSet<CompactString> {
        let cards = self.selection().cards.iter();
        cards
            .map(|&card| self.diagram().cards[card as usize].id.clone())
            .collect()
    }

    /// The command that calls a group something else.
    pub fn rename_group_command(&self, id: &str, label: &str) -> Option<Command> {
        let mut group = self.annotations().groups.get(id)?.clone();
        label.clone_into(&mut group.label);
        let (id, to) = (id.into(), Some(group));
        Some(Command::one("Rename group", Change::Group { id, to }))
    }

    /// The place nearest below `middle` where a new note covers no card: the middle of the note there.
    /// O(cards in its column).
    pub fn free_note_place(&self, middle: Point) -> Point {
        let (width, height) = NEW_NOTE;
        let area = |middle: Point| {
            Rect::at(
                middle - Point::new(width / 2.0, height / 2.0),
                width,
                height,
            )
            .grown(GAP)
        };
        let mut place = middle;
        // Each step passes a card, so this ends.
        while let Some(lowest) = self
            .scene()
            .cards_in(area(place))
            .into_iter()
            .map(|card| self.scene().cards()[card as usize].max.y)
            .reduce(f64::max)
        {
            place.y = lowest + height / 2.0 + 2.0 * GAP;
        }
        place
    }

    /// The command that adds an empty note with its middle at a point; and the note's id.
    pub fn add_note_command(&self, middle: Point) -> (Command, CompactString) {
        let id = self.annotations().free_note_id();
        let (width, height) = NEW_NOTE;
        let corner = on_grid(middle - Point::new(width / 2.0, height / 2.0));
        let note = Note {
            text: String::new(),
            area: Rect::at(corner, width, height),
        };
        let (to, name) = (Some(note), id.clone());
        let command = Command::one("Add note", Change::Note { id: name, to });
        (command, id)
    }

    /// The command that lets a note say something else.
    pub fn write_note_command(&self, id: &str, text: &str) -> Option<Command> {
        let area = self.annotations().notes.get(id)?.area;
        let text = text.to_owned();
        let (id, to) = (id.into(), Some(Note { text, area }));
        Some(Command::one("Change note", Change::Note { id, to }))
    }

    /// The command that removes a note.
    pub fn delete_note_command(&self, id: &str) -> Option<Command> {
        self.annotations().notes.get(id)?;
        let (id, to) = (id.into(), None);
        Some(Command::one("Delete note", Change::Note { id, to }))
    }

    /// The note with this number, in the order of their ids.
    pub fn note(&self, number: u32) -> Option<(&CompactString, &Note)> {
        self.annotations().notes.iter().nth(number as usize)
    }

    /// Where a note is when it, or its corner, is dragged by `by`.
    pub fn dragged_note(&self, held: Held, by: Point) -> Option<Rect> {
        let by = on_grid(by);
        match held {
            Held::Cards => None,
            Held::Note(number) => Some(self.note(number)?.1.area.moved(by)),
            Held::NoteCorner(number) => {
                let area = self.note(number)?.1.area;
                let (width, height) = LEAST_NOTE;
                Some(Rect::at(
                    area.min,
                    (area.width() + by.x).max(width),
                    (area.height() + by.y).max(height),
                ))
            }
        }
    }

    /// The command that ends such a drag.
    pub fn drag_note_command(&self, held: Held, by: Point) -> Option<Command> {
        let (number, label) = match held {
            Held::Cards => return None,
            Held::Note(number) => (number, "Move note"),
            Held::NoteCorner(number) => (number, "Resize note"),
        };
        let area = self.dragged_note(held, by)?;
        let (id, note) = self.note(number)?;
        let text = note.text.clone();
        let (id, to) = (id.clone(), Some(Note { text, area }));
        Some(Command::one(label, Change::Note { id, to }))
    }
}
