//! Comparing two dialog flows or two state flows: what [`crate::difference`] found, told of cards and wires.

mod items;
mod lists;

use std::collections::BTreeMap;

use super::fields::{Step, label_of_field};
use super::{About, Comparison, Entry, Field, Item, Marks, TextDifference};
use crate::difference::{Change, Difference, FieldChange, List, field_values};
use crate::document::Document;
use crate::json::{Tree, ValueRef, parse};
use items::Flow;
use lists::{Lists, moved_in};

/// How one flow differs from another of its kind; none for other documents.
///
/// # Complexity
/// O(n log n) in the size of both, but for the lines of longer texts.
pub(super) fn compare(old: &Document, new: &Document) -> Option<Comparison> {
    let difference = Difference::between(old, new)?;
    let (old, new) = (Flow::of(old)?, Flow::of(new)?);
    let mut writer = Writer {
        lists: Lists::of(&old, &new, &difference.changes),
        old,
        new,
        entries: Vec::new(),
        moved: BTreeMap::new(),
    };
    writer.document(&difference);
    for change in &difference.changes {
        if let Change::Reordered { list, order, .. } = change {
            writer.order(*list, order);
        }
    }
    for change in &difference.changes {
        writer.change(change);
    }
    writer.only_moved();
    let place = |entry: &Entry| {
        let side = entry.new.as_ref().or(entry.old.as_ref());
        (
            entry.about,
            entry.new.is_none(),
            side.map(|side| (side.card, side.link)),
        )
    };
    writer.entries.sort_by_key(place);
    let places = if writer.old.is_dialog() {
        List::Nodes
    } else {
        List::States
    };
    Some(Comparison {
        kinds: (writer.old.document.kind(), writer.new.document.kind()),
        entries: writer.entries,
        cards: writer.lists.pairs.remove(&places).unwrap_or_default(),
        renumbered: 0,
        lacks_settings: false,
    })
}

struct Writer<'t> {
    lists: Lists,
    old: Flow<'t>,
    new: Flow<'t>,
    entries: Vec<Entry>,
    /// What stands in another order among what it is tried with, by old index; whether an entry says so.
    moved: BTreeMap<(List, usize), bool>,
}

impl Writer<'_> {
    /// The fields of the flow itself.
    fn document(&mut self, difference: &Difference) {
        let fields = difference.changes.iter().filter_map(|change| match change {
            Change::Flow(field) => Some(field),
            _ => None,
        });
        let (old, new) = (self.old.root(), self.new.root());
        let mut fields: Vec<Field> = fields
            .map(|field| changed_field(field, (&mut self.old, old), (&mut self.new, new)))
            .collect();
        let only_in_the_file = |key: &str| Field {
            path: vec![Step::Key(key.to_owned())],
            label: label_of_field(key),
            old_pointer: None,
            new_pointer: None,
            before: None,
            after: None,
            names: (None, None),
            lines: None,
            is_minor: true,
        };
        if difference.stored_layout {
            fields.push(only_in_the_file("flowdeck.layout"));
        }
        fields.extend(difference.changes.iter().filter_map(|change| match change {
            Change::Reordered { list, branches, .. } if branches.is_empty() => match list {
                List::Nodes => Some(only_in_the_file("nodes.order")),
                List::Edges => Some(only_in_the_file("edges.order")),
                List::Variables => Some(only_in_the_file("variables.order")),
                List::States => Some(only_in_the_file("states.order")),
                List::Transitions(_) => None,
            },
            _ => None,
        }));
        if !fields.is_empty() {
            self.entries.push(Entry {
                about: About::Document,
                marks: Marks::CHANGED,
                old: Some(self.old.itself()),
                new: Some(self.new.itself()),
                fields,
            });
        }
    }

    fn item(&mut self, is_old: bool, list: List, index: usize) -> Item {
        let flow = if is_old { &mut self.old } else { &mut self.new };
        flow.item(list, index)
    }

    /// Which ways out are tried in another order. The same are, whichever of the flows is the old one.
    fn order(&mut self, list: List, order: &[usize]) {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut names = Vec::new();
        for &index in order {
            let group = match list {
                List::Edges => {
                    let Some(new) = self.lists.new_of(list, index) else {
                        continue;
                    };
                    let (before, now) = (self.old.source(index), self.new.source(new));
                    let is_same = match (self.old.find(&before), self.new.find(&now)) {
                        (Some(before), Some(now)) => {
                            self.lists.new_of(List::Nodes, before) == Some(now)
                        }
                        _ => before == now,
                    };
                    if !is_same {
                        continue;
                    }
                    now
                }
                List::Transitions(_) => String::new(),
                List::Nodes | List::Variables | List::States => return,
            };
            let group = groups.entry(group).or_insert_with_key(|name| {
                names.push(name.clone());
                Vec::new()
            });
            group.push(index);
        }
        let is_backwards = self.old.document.text() > self.new.document.text();
        for group in names.iter().filter_map(|name| groups.get(name)) {
            let found = moved_in(group, is_backwards);
            let found = group.iter().zip(found).filter(|(_, is_moved)| *is_moved);
            for (&index, _) in found {
                self.moved.insert((list, index), false);
            }
        }
    }

    fn change(&mut self, change: &Change) {
        match change {
            Change::Flow(_) | Change::Reordered { .. } => {}
            Change::Added {
                list, index, value, ..
            } => {
                let Some(list) = self.lists.in_new(*list) else {
                    return;
                };
                let item = self.item(false, list, *index);
                self.whole(list, item, value, false);
            }
            Change::Removed {
                list, index, value, ..
            } => {
                let item = self.item(true, *list, *index);
                self.whole(*list, item, value, true);
            }
            Change::Changed {
                list,
                index,
                fields,
                ..
            } => self.changed(*list, *index, fields),
        }
    }

    /// Something that only one of the flows has, with all its fields; for a state its transitions too.
    fn whole(&mut self, list: List, item: Item, value: &str, is_old: bool) {
        let Ok(tree) = parse(value.into()) else {
            return;
        };
        let card = item.card;
        self.push_whole(list, item, tree.root(), is_old);
        let (List::States, Some(state)) = (list, card) else {
            return;
        };
        let list = List::Transitions(state as usize);
        let transitions = tree.root().get("transitions").map(ValueRef::elements);
        for (index, transition) in transitions.into_iter().flatten().enumerate() {
            let item = self.item(is_old, list, index);
            self.push_whole(list, item, transition, is_old);
        }
    }

    fn push_whole(&mut self, list: List, item: Item, value: ValueRef<'_>, is_old: bool) {
        let at = |key: &str| Some(format!("{}/{}", item.pointer, key.replace('.', "/")));
        let fields = field_values(value, list.kind()).into_iter();
        let fields = fields
            .filter(|(_, source)| !matches!(*source, "null" | "[]" | "{}"))
            .map(|(key, source)| {
                let mut field = field(&key, None, None);
                let (value, pointer) = if is_old {
                    (&mut field.before, &mut field.old_pointer)
                } else {
                    (&mut field.after, &mut field.new_pointer)
                };
                *value = Some(source.to_owned());
                *pointer = at(&key);
                field
            })
            .collect();
        let (old, new, marks) = if is_old {
            (Some(item), None, Marks::REMOVED)
        } else {
            (None, Some(item), Marks::ADDED)
        };
        self.entries.push(Entry {
            about: about(list),
            marks,
            old,
            new,
            fields,
        });
    }

    fn changed(&mut self, list: List, index: usize, fields: &[FieldChange]) {
        let (Some(in_new), Some(now)) = (self.lists.in_new(list), self.lists.new_of(list, index))
        else {
            return;
        };
        let (old, new) = (self.item(true, list, index), self.item(false, in_new, now));
        let (before, after) = (self.old.value(list, index), self.new.value(in_new, now));
        let mut told: Vec<Field> = Vec::new();
        if old.id != new.id {
            let mut renamed = field(
                list.kind().id_key(),
                Some(crate::json::quote(&old.id)),
                Some(crate::json::quote(&new.id)),
            );
            renamed.old_pointer = Some(format!("{}/{}", old.pointer, list.kind().id_key()));
            renamed.new_pointer = Some(format!("{}/{}", new.pointer, list.kind().id_key()));
            told.push(renamed);
        }
        let fields_told = fields
            .iter()
            .map(|field| changed_field(field, (&mut self.old, before), (&mut self.new, after)));
        told.extend(fields_told);
        let is_moved = self.moved.get_mut(&(list, index));
        let is_moved = is_moved.is_some_and(|is_told| {
            *is_told = true;
            true
        });
        let is_retargeted = fields.iter().any(FieldChange::is_end);
        let is_changed = old.id != new.id || !fields.iter().all(FieldChange::is_end);
        self.entries.push(Entry {
            about: about(list),
            marks: Marks::CHANGED
                .when(is_changed)
                .and(Marks::RETARGETED.when(is_retargeted))
                .and(Marks::MOVED.when(is_moved)),
            old: Some(old),
            new: Some(new),
            fields: told,
        });
    }

    /// Entries for what was moved and is the same otherwise.
    fn only_moved(&mut self) {
        let left = self.moved.iter().filter(|(_, is_told)| !**is_told);
        let mut left: Vec<(List, usize)> = left.map(|(at, _)| *at).collect();
        left.sort_unstable();
        for (list, index) in left {
            let (Some(in_new), Some(now)) =
                (self.lists.in_new(list), self.lists.new_of(list, index))
            else {
                continue;
            };
            let (old, new) = (self.item(true, list, index), self.item(false, in_new, now));
            self.entries.push(Entry {
                about: about(list),
                marks: Marks::MOVED,
                old: Some(old),
                new: Some(new),
                fields: Vec::new(),
            });
        }
    }
}

fn about(list: List) -> About {
    match list {
        List::Nodes | List::States => About::Card,
        List::Edges | List::Transitions(_) => About::Wire,
        List::Variables => About::Variable,
    }
}

/// A field that differs, with where it stands in both files.
fn changed_field<'t>(
    change: &FieldChange,
    old: (&mut Flow<'t>, ValueRef<'t>),
    new: (&mut Flow<'t>, ValueRef<'t>),
) -> Field {
    let mut told = field(&change.field, change.old.clone(), change.new.clone());
    let pointer = |(flow, item): (&mut Flow<'t>, ValueRef<'t>)| {
        let mut at = item;
        for step in &told.path {
            let Step::Key(key) = step else { continue };
            at = at.get(key)?;
        }
        Some(flow.pointer(at.id()))
    };
    let pointers = (pointer(old), pointer(new));
    (told.old_pointer, told.new_pointer) = pointers;
    told.is_minor = change.is_layout();
    if let (Some(before), Some(after)) = (&change.old, &change.new) {
        told.lines = long_text(before, after);
    }
    told
}

fn field(key: &str, before: Option<String>, after: Option<String>) -> Field {
    let path = match key.split_once('.') {
        Some((first, rest)) => vec![Step::Key(first.to_owned()), Step::Key(rest.to_owned())],
        None => vec![Step::Key(key.to_owned())],
    };
    Field {
        path,
        label: label_of_field(key),
        old_pointer: None,
        new_pointer: None,
        before,
        after,
        names: (None, None),
        lines: None,
        is_minor: false,
    }
}

fn long_text(before: &str, after: &str) -> Option<TextDifference> {
    let text = |source: &str| {
        let tree: Tree = parse(source.into()).ok()?;
        Some(tree.root().as_str()?.into_owned())
    };
    if !before.contains("\\n") && !after.contains("\\n") {
        return None;
    }
    let (before, after) = (text(before)?, text(after)?);
    let are_long = before.contains('\n') || after.contains('\n');
    are_long.then(|| TextDifference::between(&before, &after))
}
