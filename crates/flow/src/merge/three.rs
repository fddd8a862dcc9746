//! Deciding what each item and field of a merge becomes.

use std::borrow::Cow;
use std::collections::HashMap;

use super::order::{Ordered, order};
use super::{About, Conflict, Side};
use crate::difference::{ListKind, compose, field_values, header_keys, id_of};
use crate::json::{ValueRef, quote};
use crate::wire_form::{FlowKind, WireForm};

/// Something on each side: base, theirs, mine.
pub(super) type Three<T> = [T; 3];

/// The merged flow in the spelling of the wire form, and the conflicts in it.
pub(super) fn merge(
    base: &WireForm,
    theirs: &WireForm,
    mine: &WireForm,
    choices: &[Side],
) -> (String, Vec<Conflict>) {
    let mut merging = Merging {
        choices,
        conflicts: Vec::new(),
    };
    let flows = [base, theirs, mine].map(WireForm::root);
    let mut members = Vec::new();
    for &key in header_keys(base.kind()) {
        let values = flows.map(|flow| flow.get(key).map(ValueRef::raw));
        let value = merging.value(values, || About::Flow {
            field: key.to_owned(),
        });
        members.extend(value.map(|source| format!("{}:{source}", quote(key))));
    }
    let lists: &[ListKind] = match base.kind() {
        FlowKind::Dialog => &[ListKind::Nodes, ListKind::Edges, ListKind::Variables],
        FlowKind::State => &[ListKind::States],
    };
    for &list in lists {
        let merged = merging.list(list, flows, None);
        members.push(format!("{}:{merged}", quote(list.key())));
    }
    (format!("{{{}}}", members.join(",")), merging.conflicts)
}

pub(super) struct Merging<'choices> {
    choices: &'choices [Side],
    conflicts: Vec<Conflict>,
}

/// An item that any side has.
pub(super) struct Slot<'wire> {
    pub(super) id: Cow<'wire, str>,
    pub(super) on: Three<Option<ValueRef<'wire>>>,
}

/// The items of a list on all sides, those of the base first, and for each side its slots in its
/// order. Of several items with one id the first is the first on every side, and so on.
fn slots(list: ListKind, owners: Three<ValueRef<'_>>) -> (Vec<Slot<'_>>, Three<Vec<usize>>) {
    let mut slots: Vec<Slot<'_>> = Vec::new();
    let mut places: HashMap<(Cow<'_, str>, usize), usize> = HashMap::new();
    let mut orders = [const { Vec::new() }; 3];
    // One's own additions come before those of the other side.
    for side in [0, 2, 1] {
        let mut seen: HashMap<Cow<'_, str>, usize> = HashMap::new();
        let items = owners[side].get(list.key()).map(ValueRef::elements);
        for item in items.into_iter().flatten() {
            let id = id_of(item, list);
            let count = seen.entry(id.clone()).or_default();
            let place = *places.entry((id.clone(), *count)).or_insert(slots.len());
            *count += 1;
            if place == slots.len() {
                slots.push(Slot { id, on: [None; 3] });
            }
            slots[place].on[side] = Some(item);
            orders[side].push(place);
        }
    }
    (slots, orders)
}

impl Merging<'_> {
    /// The side whose value is taken for a conflict.
    pub(super) fn conflict(&mut self, about: About, values: Three<Option<String>>) -> usize {
        let choice = self.choices.get(self.conflicts.len()).copied();
        let [base, theirs, mine] = values;
        self.conflicts.push(Conflict {
            about,
            base,
            theirs,
            mine,
        });
        choice.unwrap_or(Side::Mine) as usize
    }

    /// Merges a value that is not taken apart.
    fn value<'wire>(
        &mut self,
        values: Three<Option<&'wire str>>,
        about: impl FnOnce() -> About,
    ) -> Option<&'wire str> {
        let side = agreed(values).unwrap_or_else(|| {
            let values = values.map(|value| value.map(str::to_owned));
            self.conflict(about(), values)
        });
        values[side]
    }

    /// Merges a list, inside a state or not, into its source.
    fn list(&mut self, list: ListKind, owners: Three<ValueRef<'_>>, state: Option<&str>) -> String {
        let (slots, orders) = slots(list, owners);
        let merged: Vec<Option<String>> = (slots.iter())
            .map(|slot| self.item(list, slot, state))
            .collect();
        let ordered = Ordered {
            list,
            state,
            slots: &slots,
            orders: &orders,
        };
        let stay: Vec<bool> = merged.iter().map(Option::is_some).collect();
        let sources: Vec<&str> = order(self, &ordered, &stay)
            .into_iter()
            .filter_map(|slot| merged[slot].as_deref())
            .collect();
        format!("[{}]", sources.join(","))
    }

    /// Merges an item; none where it goes.
    fn item(&mut self, list: ListKind, slot: &Slot<'_>, state: Option<&str>) -> Option<String> {
        let sources = slot.on.map(|item| item.map(ValueRef::raw));
        if let Some(side) = agreed(sources) {
            return sources[side].map(str::to_owned);
        }
        let ([Some(base), Some(theirs), Some(mine)], true) =
            (slot.on, list != ListKind::Transitions)
        else {
            let about = || About::Item {
                list: list.key(),
                state: state.map(Into::into),
                id: slot.id.as_ref().into(),
            };
            return self.value(sources, about).map(str::to_owned);
        };
        let owners = [base, theirs, mine];
        let fields = self.fields(list, &slot.id, owners);
        let transitions = (list == ListKind::States)
            .then(|| self.list(ListKind::Transitions, owners, Some(&slot.id)));
        Some(compose(list, &slot.id, &fields, transitions.as_deref()))
    }

    fn fields<'wire>(
        &mut self,
        list: ListKind,
        id: &str,
        items: Three<ValueRef<'wire>>,
    ) -> Vec<(Cow<'static, str>, &'wire str)> {
        let sides = items.map(|item| field_values(item, list));
        let mut keys: Vec<&Cow<'static, str>> =
            sides.iter().flatten().map(|(key, _)| key).collect();
        keys.sort_unstable();
        keys.dedup();
        let mut merged = Vec::with_capacity(keys.len());
        for key in keys {
            let values = [0, 1, 2].map(|side: usize| {
                let at = sides[side].binary_search_by(|(own, _)| own.cmp(key));
                at.ok().map(|at| sides[side][at].1)
            });
            let about = || About::Field {
                list: list.key(),
                id: id.into(),
                field: key.clone().into_owned(),
            };
            if let Some(value) = self.value(values, about) {
                merged.push((key.clone(), value));
            }
        }
        merged
    }
}

/// The side whose value is taken without asking: that of the only one that changed it, or any where
/// both say the same.
pub(super) fn agreed<T: PartialEq>([base, theirs, mine]: Three<T>) -> Option<usize> {
    if theirs == mine || theirs == base {
        Some(Side::Mine as usize)
    } else if mine == base {
        Some(Side::Theirs as usize)
    } else {
        None
    }
}
