//! Grouping cards, in the terms of a canvas. Notes are in [`super::notes`].

use std::collections::BTreeSet;

use compact_str::CompactString;

use super::OpenDocument;
use crate::annotations::{Annotations, Group};
use crate::command::{Change, Command};
use crate::geometry::Rect;
use crate::rules::ids::Map;

/// How far the frame of a group reaches beyond its cards, in world units.
const FRAME: f64 = 20.0;
/// The room for the label in its upper left corner.
const FRAME_LABEL: (f64, f64) = (220.0, 36.0);

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

    /// Where the label of a group is, or the field that it is written in.
    pub fn frame_label_area(&self, id: &str) -> Option<Rect> {
        let frame = self.frames().into_iter().find(|frame| frame.id == id)?;
        let area = self.frame_area(&frame.cards)?;
        Some(Rect::at(area.min, FRAME_LABEL.0, FRAME_LABEL.1))
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

    /// The groups whose cards are all selected, and the selected notes.
    pub(crate) fn selected_annotations(&self) -> Annotations {
        let ids = self.selected_ids();
        let Annotations { groups, notes } = self.annotations();
        let whole = |group: &Group| !group.members.is_empty() && group.members.is_subset(&ids);
        let groups = groups.iter().filter(|(_, group)| whole(group));
        let selected = &self.selection().notes;
        let notes = notes.iter().filter(|(id, _)| selected.contains(*id));
        Annotations {
            groups: groups.map(|(id, it)| (id.clone(), it.clone())).collect(),
            notes: notes.map(|(id, it)| (id.clone(), it.clone())).collect(),
        }
    }

    /// The command that calls a group something else.
    pub fn rename_group_command(&self, id: &str, label: &str) -> Option<Command> {
        let mut group = self.annotations().groups.get(id)?.clone();
        label.clone_into(&mut group.label);
        let (id, to) = (id.into(), Some(group));
        Some(Command::one("Rename group", Change::Group { id, to }))
    }
}
