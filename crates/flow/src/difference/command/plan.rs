//! What becomes of each list of a document: which elements stay, in which order, which come and go,
//! and what changes inside them.

use std::collections::{BTreeMap, BTreeSet};

use crate::difference::items::ListKind;
use crate::difference::{Change, List};
use crate::json::{Tree, ValueId, ValueRef, quote};

/// The changes of each list.
pub(super) struct ByList<'changes>(BTreeMap<List, Vec<&'changes Change>>);

impl<'changes> ByList<'changes> {
    pub(super) fn of(changes: &'changes [Change]) -> Self {
        let mut lists: BTreeMap<List, Vec<&Change>> = BTreeMap::new();
        for change in changes {
            if let Change::Added { list, .. }
            | Change::Removed { list, .. }
            | Change::Changed { list, .. }
            | Change::Reordered { list, .. } = change
            {
                lists.entry(*list).or_default().push(change);
            }
        }
        Self(lists)
    }
}

/// The array of a list, and the object that has it or lacks it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Array {
    pub(super) owner: ValueId,
    pub(super) at: Option<ValueId>,
}

/// A key or `properties.key` with its new source; none where it goes.
pub(super) type Fields = BTreeMap<String, Option<String>>;

/// What becomes of a list.
#[derive(Debug)]
pub(super) struct Plan<'changes> {
    pub(super) list: ListKind,
    pub(super) array: Array,
    /// The elements as they are.
    pub(super) elements: Vec<ValueId>,
    /// What changes inside elements, by index.
    pub(super) fields: BTreeMap<usize, Fields>,
    pub(super) removed: BTreeSet<usize>,
    /// The elements that stay, in their new order, where that is another.
    pub(super) order: Option<&'changes [usize]>,
    /// New elements by their index in the new list.
    pub(super) added: BTreeMap<usize, &'changes str>,
}

/// What stands at a place of the new list.
#[derive(Clone, Copy, Debug)]
pub(super) enum Slot<'changes> {
    Old(usize),
    New(&'changes str),
}

impl<'changes> Plan<'changes> {
    pub(super) fn of(
        which: List,
        array: Array,
        elements: Vec<ValueId>,
        changes: &ByList<'changes>,
    ) -> Self {
        let mut plan = Self {
            list: which.kind(),
            array,
            elements,
            fields: BTreeMap::new(),
            removed: BTreeSet::new(),
            order: None,
            added: BTreeMap::new(),
        };
        for change in changes.0.get(&which).into_iter().flatten() {
            match change {
                Change::Added { index, value, .. } => {
                    plan.added.insert(*index, value);
                }
                Change::Removed { index, .. } => {
                    plan.removed.insert(*index);
                }
                Change::Reordered { order, .. } => plan.order = Some(order),
                Change::Changed {
                    index,
                    id,
                    renamed_from,
                    fields,
                    ..
                } => {
                    let own = plan.fields.entry(*index).or_default();
                    if renamed_from.is_some() {
                        own.insert(plan.list.id_key().to_owned(), Some(quote(id)));
                    }
                    own.extend(
                        fields
                            .iter()
                            .map(|field| (field.field.clone(), field.new.clone())),
                    );
                }
                Change::Flow(_) => {}
            }
        }
        plan
    }

    /// Lets references follow ids that were renamed.
    pub(super) fn follow(&mut self, tree: &Tree, renames: &BTreeMap<&str, String>) {
        if renames.is_empty() {
            return;
        }
        for (index, &element) in self.elements.iter().enumerate() {
            for &key in self.list.references() {
                let reference = tree.value(element).get(key).and_then(ValueRef::as_str);
                if let Some(new) = reference.and_then(|id| renames.get(&*id)) {
                    let fields = self.fields.entry(index).or_default();
                    fields
                        .entry(key.to_owned())
                        .or_insert_with(|| Some(new.clone()));
                }
            }
        }
    }

    /// Whether elements come, go or change places.
    pub(super) fn moves(&self) -> bool {
        !self.added.is_empty() || !self.removed.is_empty() || self.order.is_some()
    }

    pub(super) fn is_changed(&self) -> bool {
        self.moves() || !self.fields.is_empty()
    }

    /// The new list.
    pub(super) fn slots(&self) -> Vec<Slot<'changes>> {
        let mut stay: Box<dyn Iterator<Item = usize>> = match self.order {
            Some(order) => Box::new(order.iter().copied()),
            None => {
                let all = 0..self.elements.len();
                Box::new(all.filter(|index| !self.removed.contains(index)))
            }
        };
        let mut slots = Vec::new();
        loop {
            if let Some(value) = self.added.get(&slots.len()) {
                slots.push(Slot::New(value));
            } else if let Some(index) = stay.next() {
                slots.push(Slot::Old(index));
            } else {
                break;
            }
        }
        // Those whose index is beyond the end, where only some of all changes are made.
        let beyond = self.added.range(slots.len()..);
        slots.extend(beyond.map(|(_, value)| Slot::New(value)));
        slots
    }
}
