//! Putting a fragment into a flow: under ids that are free, where it is wanted, as one command.

use compact_str::CompactString;

use super::{Fragment, FragmentKind};
use crate::annotations::{Group, Note};
use crate::command::{Change, Command};
use crate::geometry::{Point, Rect};
use crate::interaction::on_grid;
use crate::json::{Kind, NewValue, ValueRef, write_number};
use crate::open_document::OpenDocument;
use crate::rules::ids::{FreeIds, Ids, Map};

/// How far a copy stands from what it is a copy of, to the right and down.
const STEP: f64 = 24.0;

/// Where a fragment goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Placing {
    /// Its middle to this point.
    Middle(Point),
    /// Beside where it was copied.
    Beside,
    /// Exactly where it was copied.
    Same,
}

/// A paste that can be made.
#[derive(Clone, Debug)]
pub struct Pasted {
    /// What makes it.
    pub command: Command,
    /// How many cards it adds, after those there are.
    pub count: usize,
    /// The ids of the notes it adds.
    pub notes: Vec<CompactString>,
    /// What was left out, a sentence each.
    pub left_out: Vec<String>,
}

/// Why a fragment cannot go into a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotPasted {
    /// The document takes none.
    NoFlow,
    /// The document is another kind of flow.
    OtherKind(FragmentKind),
    /// The document is one state and takes no other.
    OneState,
}

impl std::fmt::Display for NotPasted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NoFlow => {
                "A piece of a flow cannot be pasted into this document. Nothing was changed. Show \
                 a flow and paste it there."
            }
            Self::OtherKind(FragmentKind::Nodes) => {
                "Nodes of a dialog flow cannot be pasted into a state flow. Nothing was changed."
            }
            Self::OtherKind(FragmentKind::States) => {
                "States cannot be pasted into a dialog flow. Nothing was changed."
            }
            Self::OneState => {
                "This document is one state of a flow and holds no other. Nothing was changed."
            }
        })
    }
}

impl std::error::Error for NotPasted {}

impl Fragment {
    /// The command that puts the fragment into the flow of `open`, named by `verb`: "Paste".
    ///
    /// # Errors
    ///
    /// The document takes no such fragment.
    ///
    /// # Complexity
    /// O(flow + fragment).
    pub fn paste(
        &self,
        open: &OpenDocument,
        placing: Placing,
        verb: &str,
    ) -> Result<Pasted, NotPasted> {
        let document = open.document();
        let takes = FragmentKind::of(document).ok_or(NotPasted::NoFlow)?;
        // Notes alone belong to no kind of flow.
        if takes != self.kind && !self.is_empty() {
            return Err(NotPasted::OtherKind(self.kind));
        }
        let known = Ids::of(open.diagram().cards.iter().map(|card| card.id.as_str()));
        let ids = new_ids(&known, self.items.iter().map(|item| &item.id));
        let offset = self.offset(open, placing);
        let mut changes = Vec::new();
        let mut left_out = Vec::new();
        if self.is_empty() {
            // There is nothing to put into the text.
        } else if let Some(flow) = document.dialog_flow() {
            let values = (self.items.iter().zip(&ids))
                .map(|(item, id)| self.node(item.at, id, item.corner + offset))
                .collect();
            let (at, after) = (flow.nodes_at, None);
            changes.push(Change::InsertElements { at, after, values });
            let known = Ids::of(flow.edges.iter().map(|edge| edge.id.text.as_str()));
            let edge_ids = new_ids(&known, self.edges.iter().map(|edge| &edge.id));
            let values = (self.edges.iter().zip(&edge_ids))
                .map(|(edge, id)| {
                    let object = self.tree.value(edge.at);
                    NewValue::of_members(object, &mut |key, _| match key {
                        "id" => Some(id.as_str().into()),
                        "source" => Some(ids[edge.source].as_str().into()),
                        "target" => Some(ids[edge.target].as_str().into()),
                        _ => None,
                    })
                })
                .collect();
            let at = flow.edges_at;
            changes.push(Change::InsertElements { at, after, values });
        } else if let Some(flow) = document.state_flow() {
            let at = flow.states_at.ok_or(NotPasted::OneState)?;
            let own = Ids::of(self.items.iter().map(|item| item.id.as_str()));
            let target = |old: &str| match own.find(old) {
                Some(item) => Some(ids[item].clone()),
                None => known.find(old).map(|_| CompactString::from(old)),
            };
            let values = (self.items.iter().zip(&ids))
                .map(|(item, id)| self.state(item.at, id, &target, &mut left_out))
                .collect();
            let after = None;
            changes.push(Change::InsertElements { at, after, values });
        }
        let corners = self.items.iter().map(|item| Some(item.corner + offset));
        let positions = ids.iter().cloned().zip(corners).collect();
        changes.push(Change::Place { positions });
        changes.extend(self.groups(open, &ids));
        let notes = self.notes(open, offset);
        let new_notes = notes.iter().map(|(id, _)| id.clone()).collect();
        changes.extend(notes.into_iter().map(|(id, note)| {
            let to = Some(note);
            Change::Note { id, to }
        }));
        let label = format!("{verb} {}", self.words());
        Ok(Pasted {
            command: Command { label, changes },
            count: self.items.len(),
            notes: new_notes,
            left_out,
        })
    }

    /// What makes its groups anew, of the items under their new ids.
    fn groups(&self, open: &OpenDocument, ids: &[CompactString]) -> Vec<Change> {
        let new: Map<&str, &CompactString> = (self.items.iter())
            .map(|item| item.id.as_str())
            .zip(ids)
            .collect();
        let groups = self.annotations.groups.values();
        (open.annotations().free_group_ids().zip(groups))
            .map(|(id, group)| {
                let members = group.members.iter();
                let members = members.filter_map(|member| new.get(member.as_str()));
                let to = Some(Group {
                    label: group.label.clone(),
                    members: members.map(|id| (*id).clone()).collect(),
                });
                Change::Group { id, to }
            })
            .collect()
    }

    /// Its notes, under new ids where they go.
    fn notes(&self, open: &OpenDocument, offset: Point) -> Vec<(CompactString, Note)> {
        let notes = self.annotations.notes.values();
        (open.annotations().free_note_ids().zip(notes))
            .map(|(id, note)| {
                let area = note.area.moved(offset);
                let text = note.text.clone();
                (id, Note { text, area })
            })
            .collect()
    }

    /// How far the fragment moves from where it was copied.
    fn offset(&self, open: &OpenDocument, placing: Placing) -> Point {
        let bounds = self.bounds();
        match placing {
            Placing::Same => Point::default(),
            Placing::Middle(to) => on_grid(to - bounds.center()),
            Placing::Beside => {
                let mut offset = Point::new(STEP, STEP);
                // Every copy of a copy goes one step further.
                while self.is_taken(open, offset) {
                    offset = offset + Point::new(STEP, STEP);
                }
                offset
            }
        }
    }

    /// Whether something of its kind stands exactly where its first card, or note, would go.
    fn is_taken(&self, open: &OpenDocument, offset: Point) -> bool {
        if let Some(item) = self.items.first() {
            let corner = item.corner + offset;
            let near = open.scene().cards_in(Rect::spanning(corner, corner));
            let mut near = near.iter().map(|&card| open.scene().cards()[card as usize]);
            return near.any(|card| card.min.distance(corner) < 1.0);
        }
        let first = self.annotations.notes.values().next();
        let corner = first.map_or(offset, |note| note.area.min + offset);
        let mut notes = open.annotations().notes.values();
        notes.any(|note| note.area.min.distance(corner) < 1.0)
    }

    /// A node under its new id. A position that the file holds becomes the new one.
    fn node(&self, at: crate::json::ValueId, id: &str, corner: Point) -> NewValue {
        let mut placed = |key: &str, value: ValueRef<'_>| {
            let is_number = |key| value.get(key).is_some_and(|it| it.kind() == Kind::Number);
            (key == "position" && is_number("x") && is_number("y")).then(|| {
                NewValue::of_members(value, &mut |key, _| match key {
                    "x" => Some(NewValue::Literal(write_number(corner.x))),
                    "y" => Some(NewValue::Literal(write_number(corner.y))),
                    _ => None,
                })
            })
        };
        NewValue::of_members(self.tree.value(at), &mut |key, value| match key {
            "id" => Some(id.into()),
            "properties" if value.kind() == Kind::Object => {
                Some(NewValue::of_members(value, &mut placed))
            }
            _ => None,
        })
    }

    /// A state under its new id, with the transitions that lead somewhere.
    fn state(
        &self,
        at: crate::json::ValueId,
        id: &str,
        target: &dyn Fn(&str) -> Option<CompactString>,
        left_out: &mut Vec<String>,
    ) -> NewValue {
        let mut transitions = |list: ValueRef<'_>| {
            let mut kept = Vec::new();
            for transition in list.elements() {
                let old = transition.get("targetStateId").and_then(ValueRef::as_str);
                let Some(old) = old else {
                    kept.push(NewValue::of(transition));
                    continue;
                };
                let Some(new) = target(&old) else {
                    let text = format!(
                        "A transition of \"{id}\" was left out: it leads to \"{old}\", which is not \
                         in this flow."
                    );
                    left_out.push(text);
                    continue;
                };
                kept.push(NewValue::of_members(transition, &mut |key, _| {
                    (key == "targetStateId" && new != *old).then(|| new.as_str().into())
                }));
            }
            NewValue::Array(kept)
        };
        NewValue::of_members(self.tree.value(at), &mut |key, value| match key {
            "id" => Some(id.into()),
            "transitions" if value.kind() == Kind::Array => Some(transitions(value)),
            _ => None,
        })
    }
}

/// An id for each of `own`: its own where that is free, else one made from it.
fn new_ids<'a>(
    known: &Ids,
    own: impl ExactSizeIterator<Item = &'a CompactString> + Clone,
) -> Vec<CompactString> {
    // What keeps its id must not be met by what gets a new one.
    let mut seen = std::collections::HashSet::with_capacity(own.len());
    let keeps: Vec<bool> = (own.clone())
        .map(|id| known.find(id).is_none() && seen.insert(id))
        .collect();
    let kept = own.clone().zip(&keeps).filter(|(_, keeps)| **keeps);
    let taken: Vec<&str> = known
        .names()
        .chain(kept.map(|(id, _)| id.as_str()))
        .collect();
    let taken = Ids::of(taken.iter().copied());
    let mut free = FreeIds::new(&taken);
    own.zip(&keeps)
        .map(|(id, keeps)| {
            if *keeps {
                id.clone()
            } else {
                free.take(stem(id))
            }
        })
        .collect()
}

/// An id without the number it ends with: what its copies are numbered after.
fn stem(id: &str) -> &str {
    match id.rsplit_once('_') {
        Some((stem, number))
            if !stem.is_empty()
                && !number.is_empty()
                && number.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            stem
        }
        _ => id,
    }
}
