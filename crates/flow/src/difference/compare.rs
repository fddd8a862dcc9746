//! Comparing two wire forms, list by list.

use std::collections::HashMap;

use compact_str::CompactString;

use super::items::{Item, ListKind, field_values, header_keys, header_references, id_of, items};
use super::pairing::{Pairing, pair};
use super::{Branches, Change, FieldChange, List};
use crate::json::{ValueRef, parse};
use crate::line_difference::LineDifference;
use crate::wire_form::{FlowKind, WireForm};

/// New ids by old ids, as they are spelled.
type Renames<'wire> = HashMap<&'wire str, &'wire str>;

/// What leads from one wire form to the other; none when they are of two kinds.
pub(super) fn changes(old: &WireForm, new: &WireForm) -> Option<Vec<Change>> {
    if old.kind() != new.kind() {
        return None;
    }
    let kind = old.kind();
    let (old, new) = (old.root(), new.root());
    let mut comparison = Comparison {
        renames: Renames::new(),
        changes: Vec::new(),
    };
    // Other lists refer to the items of the first.
    let places = List::of(kind)[0];
    let first = Lists::of(places, old, new, &comparison.renames);
    for (item, place) in first.new.iter().zip(&first.pairing.old_of) {
        let Some(before) = place.map(|place| &first.old[place]) else {
            continue;
        };
        if before.id != item.id
            && let Some(from) = before.at.get("id")
            && let Some(to) = item.at.get("id")
        {
            comparison.renames.insert(from.raw(), to.raw());
        }
    }
    comparison.header(kind, old, new);
    comparison.list(&first);
    for &list in &List::of(kind)[1..] {
        let lists = Lists::of(list, old, new, &comparison.renames);
        comparison.list(&lists);
    }
    Some(comparison.changes)
}

/// A list in both flows.
struct Lists<'wire> {
    list: List,
    old: Vec<Item<'wire>>,
    new: Vec<Item<'wire>>,
    pairing: Pairing,
    /// Id of the new owner.
    owner: CompactString,
}

impl<'wire> Lists<'wire> {
    fn of(list: List, old: ValueRef<'wire>, new: ValueRef<'wire>, renames: &Renames<'_>) -> Self {
        let kind = list.kind();
        let (old, owner) = (items(old, kind), new);
        let new = items(owner, kind);
        let pairing = pair(&old, &new, |item, is_lone| {
            content(item, kind, renames, is_lone)
        });
        Self {
            list,
            old,
            new,
            pairing,
            owner: id_of(owner, ListKind::States).into(),
        }
    }
}

/// What an item is apart from its id.
fn content(
    item: &Item<'_>,
    list: ListKind,
    renames: &Renames<'_>,
    is_lone: &dyn Fn(&str) -> bool,
) -> Option<String> {
    // Many variables have a type and nothing else; that does not make them the same.
    if list == ListKind::Variables && item.at.get("default").is_none() {
        return None;
    }
    let mut text = String::new();
    let mut add = |source: &str| {
        text.push_str(source);
        text.push('\n');
    };
    for (field, source) in field_values(item.at, list) {
        add(&field);
        let is_reference = list.references().contains(&&*field);
        add(renames
            .get(source)
            .filter(|_| is_reference)
            .unwrap_or(&source));
    }
    if list == ListKind::States {
        let transitions = item.at.get(ListKind::Transitions.key());
        for transition in transitions.into_iter().flat_map(ValueRef::elements) {
            add(&id_of(transition, ListKind::Transitions));
            for (field, source) in field_values(transition, ListKind::Transitions) {
                add(&field);
                let target = (field == "targetStateId")
                    .then(|| transition.get(&field).and_then(ValueRef::as_str))
                    .flatten();
                // A target that was renamed as well is known by where the transition stands.
                add(if target.is_some_and(|id| is_lone(&id)) {
                    ""
                } else {
                    source
                });
            }
        }
    }
    Some(text)
}

struct Comparison<'wire> {
    renames: Renames<'wire>,
    changes: Vec<Change>,
}

impl<'wire> Comparison<'wire> {
    fn header(&mut self, kind: FlowKind, old: ValueRef<'_>, new: ValueRef<'_>) {
        for &key in header_keys(kind) {
            let before = old.get(key).map(ValueRef::raw).map(|source| {
                let renamed = header_references(kind).contains(&key);
                self.renamed(source, renamed)
            });
            let after = new.get(key).map(ValueRef::raw);
            self.changes
                .extend(field_change(key, before, after).map(Change::Flow));
        }
    }

    /// The source of a value, which follows a renamed id if it is a reference.
    fn renamed<'own>(&'own self, source: &'own str, is_reference: bool) -> &'own str {
        if is_reference {
            self.renames.get(source).copied().unwrap_or(source)
        } else {
            source
        }
    }

    fn list(&mut self, lists: &Lists<'wire>) {
        let list = lists.list;
        for (index, item) in lists.old.iter().enumerate() {
            let Some(now) = lists.pairing.new_of[index].map(|new| &lists.new[new]) else {
                self.changes.push(Change::Removed {
                    list,
                    index,
                    id: item.id.as_ref().into(),
                    value: item.at.raw().to_owned(),
                });
                continue;
            };
            let fields = self.fields(list.kind(), item.at, now.at);
            let is_renamed = item.id != now.id;
            if is_renamed || !fields.is_empty() {
                self.changes.push(Change::Changed {
                    list,
                    index,
                    id: now.id.as_ref().into(),
                    renamed_from: is_renamed.then(|| item.id.as_ref().into()),
                    fields,
                });
            }
            if list == List::States {
                let inner = List::Transitions(index);
                let inner = Lists::of(inner, item.at, now.at, &self.renames);
                self.list(&inner);
            }
        }
        for (index, item) in lists.new.iter().enumerate() {
            if lists.pairing.old_of[index].is_none() {
                self.changes.push(Change::Added {
                    list,
                    index,
                    id: item.id.as_ref().into(),
                    value: item.at.raw().to_owned(),
                });
            }
        }
        let order: Vec<usize> = lists.pairing.old_of.iter().copied().flatten().collect();
        if !order.is_sorted() {
            let branches = self.branches(lists, &order);
            self.changes.push(Change::Reordered {
                list,
                order,
                branches,
            });
        }
    }

    fn fields(&self, list: ListKind, old: ValueRef<'_>, new: ValueRef<'_>) -> Vec<FieldChange> {
        let (old, new) = (field_values(old, list), field_values(new, list));
        let mut fields = Vec::new();
        let (mut at, mut other) = (0, 0);
        while at < old.len() || other < new.len() {
            let before = old.get(at).filter(|(key, _)| {
                let next = new.get(other);
                next.is_none_or(|(next, _)| key <= next)
            });
            let after = new.get(other).filter(|(key, _)| {
                let next = old.get(at);
                next.is_none_or(|(next, _)| key <= next)
            });
            at += usize::from(before.is_some());
            other += usize::from(after.is_some());
            let Some((key, _)) = before.or(after) else {
                break;
            };
            let is_reference = list.references().contains(&&**key);
            let before = before.map(|(_, source)| self.renamed(source, is_reference));
            let after = after.map(|(_, source)| *source);
            fields.extend(field_change(key, before, after));
        }
        fields
    }

    /// Where another order of what is in both lists means something.
    fn branches(&self, lists: &Lists<'_>, order: &[usize]) -> Vec<Branches> {
        let mut groups: HashMap<&str, Vec<usize>> = HashMap::new();
        match lists.list {
            List::Edges => {
                for &index in order {
                    let before = lists.old[index].at.get("source").map(ValueRef::raw);
                    let now = lists.pairing.new_of[index].map(|new| &lists.new[new]);
                    let now = now
                        .and_then(|item| item.at.get("source"))
                        .map(ValueRef::raw);
                    if let (Some(before), Some(now)) = (before, now)
                        && self.renamed(before, true) == now
                    {
                        groups.entry(now).or_default().push(index);
                    }
                }
            }
            List::Transitions(_) => {
                groups.insert("", order.to_vec());
            }
            _ => {}
        }
        let mut groups: Vec<Vec<usize>> = groups
            .into_values()
            .filter(|group| !group.is_sorted())
            .collect();
        groups.sort_unstable_by_key(|group| group.iter().min().copied());
        let id = |&index: &usize| -> CompactString {
            let new = lists.pairing.new_of[index].map(|new| &lists.new[new]);
            new.map_or("".into(), |item| item.id.as_ref().into())
        };
        groups
            .into_iter()
            .map(|group| {
                let new: Vec<CompactString> = group.iter().map(id).collect();
                let mut sorted = group;
                sorted.sort_unstable();
                let from = match lists.list {
                    List::Edges => (lists.pairing.new_of[sorted[0]])
                        .and_then(|new| lists.new[new].at.get("source")?.as_str())
                        .unwrap_or_default()
                        .as_ref()
                        .into(),
                    _ => lists.owner.clone(),
                };
                let old = sorted.iter().map(id).collect();
                Branches { from, old, new }
            })
            .collect()
    }
}

fn field_change(field: &str, old: Option<&str>, new: Option<&str>) -> Option<FieldChange> {
    if old == new {
        return None;
    }
    let lines = match (old.and_then(long_text), new.and_then(long_text)) {
        (Some(old), Some(new)) => Some(LineDifference::between(&old, &new)),
        _ => None,
    };
    Some(FieldChange {
        field: field.to_owned(),
        old: old.map(str::to_owned),
        new: new.map(str::to_owned),
        lines,
    })
}

/// The text of a string of several lines.
fn long_text(source: &str) -> Option<String> {
    if !source.starts_with('"') || !source.contains("\\n") {
        return None;
    }
    let tree = parse(source.into()).ok()?;
    let text = tree.root().as_str()?.into_owned();
    text.contains('\n').then_some(text)
}
