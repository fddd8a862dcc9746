//! What Flowdeck keeps of its own in a file, under the top-level key `flowdeck`, when somebody asks
//! for it: where cards stand, groups, notes, and the problems that were accepted. No rule reads it
//! but for `allow`, and it is never sent.

use crate::annotations::{Annotations, Group, Note};
use crate::command::{Change, Command};
use crate::geometry::{Point, Rect};
use crate::json::{Kind, NewValue, Tree, ValueRef, parse, write_number};
use crate::open_document::OpenDocument;
use crate::rules::{Acknowledgement, acknowledgements_in};
use crate::session::Positions;
use crate::workspace::annotation_members;

/// The key.
const KEY: &str = "flowdeck";

/// Where the file itself keeps cards, with its groups and notes. What is not spelled as it should be
/// is passed over: nothing of it is needed to read the flow.
pub fn kept_in(tree: &Tree) -> (Positions, Annotations) {
    let Some(own) = tree.root().get(KEY) else {
        return Default::default();
    };
    let layout = own.get("layout").into_iter().flat_map(ValueRef::members);
    let positions = layout.filter_map(|(id, place)| {
        let [x, y] = numbers(place)?;
        Some((id.as_str()?.into(), Point::new(x, y)))
    });
    (positions.collect(), annotations_in(own))
}

/// The groups and notes among the members of an object.
pub(crate) fn annotations_in(own: ValueRef<'_>) -> Annotations {
    let list = |key| own.get(key).into_iter().flat_map(ValueRef::elements);
    let groups = list("groups").filter_map(|group| {
        let members = group.get("members")?.elements();
        let members = members
            .filter_map(ValueRef::as_str)
            .map(Into::into)
            .collect();
        let label = text(group, "label")?;
        Some((text(group, "id")?.into(), Group { label, members }))
    });
    let notes = list("notes").filter_map(|note| {
        let [x, y, width, height] = numbers(note.get("area")?)?;
        let area = Rect::at(Point::new(x, y), width.max(0.0), height.max(0.0));
        let text = text(note, "text")?;
        let id = self::text(note, "id")?;
        Some((id.into(), Note { text, area }))
    });
    Annotations {
        groups: groups.collect(),
        notes: notes.collect(),
    }
}

fn text(object: ValueRef<'_>, key: &str) -> Option<String> {
    Some(object.get(key)?.as_str()?.into_owned())
}

fn numbers<const N: usize>(value: ValueRef<'_>) -> Option<[f64; N]> {
    let found: Option<Vec<f64>> = value.elements().map(ValueRef::as_f64).collect();
    let found = found.filter(|found| found.iter().all(|number| number.is_finite()))?;
    found.try_into().ok()
}

impl OpenDocument {
    /// The command that stores layout, groups, notes and accepted problems in the file. What else is
    /// kept there stays. O(cards).
    pub fn keep_command(&self) -> Command {
        let tree = self.document().tree();
        let cards = self.diagram().cards.iter().zip(self.scene().cards());
        let layout = cards
            .filter(|(card, _)| card.occurrence == 0)
            .map(|(card, rect)| {
                let place = [rect.min.x, rect.min.y].map(write_number);
                let place = place.map(NewValue::Literal).to_vec();
                (card.id.to_string(), NewValue::Array(place))
            });
        let mut members = vec![("layout".to_owned(), NewValue::Object(layout.collect()))];
        let mut gone = vec!["groups", "notes"];
        for (key, value) in annotation_members(self.annotations()) {
            gone.retain(|other| *other != key);
            members.push((key.to_owned(), spelled(&value)));
        }
        let allow = self.accepted();
        if !allow.is_empty() {
            members.push(("allow".to_owned(), NewValue::Array(allow)));
        }
        let root = tree.root();
        let value = match root.get(KEY) {
            Some(own) if own.kind() == Kind::Object => {
                // What else is kept there stays.
                let is_stale = |key: &str| {
                    gone.contains(&key) || members.iter().any(|(other, _)| other == key)
                };
                let others = own.members().filter_map(|(key, value)| {
                    let key = key.as_str().filter(|key| !is_stale(key))?;
                    Some((key.into_owned(), NewValue::of(value)))
                });
                let mut all: Vec<(String, NewValue)> = others.collect();
                all.extend(members);
                NewValue::Object(all)
            }
            _ => NewValue::Object(members),
        };
        let changes = vec![Change::SetMember {
            at: root.id(),
            key: KEY.to_owned(),
            value,
        }];
        Command {
            label: "Store layout and notes in the file".to_owned(),
            changes,
        }
    }

    /// The accepted problems, those that the file has already first.
    fn accepted(&self) -> Vec<NewValue> {
        let mut all = acknowledgements_in(self.document().tree());
        for own in &self.settings().acknowledgements {
            let is_there = |it: &Acknowledgement| it.code == own.code && it.pointer == own.pointer;
            if !all.iter().any(is_there) {
                all.push(own.clone());
            }
        }
        let value = |it: Acknowledgement| {
            let members = [
                ("code", it.code.as_str()),
                ("pointer", &it.pointer),
                ("reason", &it.reason),
                ("by", &it.by),
                ("at", &it.at),
            ];
            let members = members.map(|(key, text)| (key.to_owned(), NewValue::from(text)));
            NewValue::Object(members.to_vec())
        };
        all.into_iter().map(value).collect()
    }
}

/// A value that is spelled already, to be laid out as its new neighbours are.
fn spelled(value: &str) -> NewValue {
    match parse(value.into()) {
        Ok(tree) => NewValue::of(tree.root()),
        Err(_) => NewValue::Literal(value.to_owned()),
    }
}
