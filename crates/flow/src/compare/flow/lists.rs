//! Which item of each list of two flows is which, and what stands in another order, read out of what
//! [`crate::difference`] found.

use std::collections::BTreeMap;

use super::items::Flow;
use crate::compare::{Pairs, order};
use crate::difference::{Change, List};

/// What is the same in each list of two flows. Transitions are known by their state in the old flow.
pub(super) struct Lists {
    pub(super) pairs: BTreeMap<List, Pairs>,
}

impl Lists {
    /// Reads the pairs out of the changes: what was neither added nor removed is in both, in the old order
    /// unless another is told.
    pub(super) fn of(old: &Flow<'_>, new: &Flow<'_>, changes: &[Change]) -> Self {
        let mut removed: BTreeMap<List, Vec<usize>> = BTreeMap::new();
        let mut added: BTreeMap<List, Vec<usize>> = BTreeMap::new();
        let mut orders: BTreeMap<List, &[usize]> = BTreeMap::new();
        for change in changes {
            match change {
                Change::Removed { list, index, .. } => {
                    removed.entry(*list).or_default().push(*index);
                }
                Change::Added { list, index, .. } => added.entry(*list).or_default().push(*index),
                Change::Reordered { list, order, .. } => {
                    orders.insert(*list, order);
                }
                Change::Flow(_) | Change::Changed { .. } => {}
            }
        }
        let pairs_of = |list: List, counts: (usize, usize)| {
            let without = |count: usize, gone: Option<&Vec<usize>>| {
                let mut is_in_both = vec![true; count];
                for &index in gone.into_iter().flatten() {
                    is_in_both[index] = false;
                }
                let both = is_in_both.into_iter().enumerate();
                both.filter(|(_, is)| *is)
                    .map(|(index, _)| index)
                    .collect::<Vec<_>>()
            };
            let kept = without(counts.0, removed.get(&list));
            let order = orders.get(&list).map_or(&kept[..], |order| order);
            let mut pairs = Pairs::new(counts.0, counts.1);
            for (before, now) in order.iter().zip(without(counts.1, added.get(&list))) {
                pairs.pair(index32(*before), index32(now));
            }
            pairs
        };
        let mut pairs = BTreeMap::new();
        for list in [List::Nodes, List::Edges, List::Variables, List::States] {
            pairs.insert(list, pairs_of(list, (old.count(list), new.count(list))));
        }
        let states = pairs.get(&List::States).cloned().unwrap_or_default();
        for (before, now) in states.iter() {
            let list = List::Transitions(before as usize);
            let counts = (old.count(list), new.count(List::Transitions(now as usize)));
            pairs.insert(list, pairs_of(list, counts));
        }
        Self { pairs }
    }

    pub(super) fn new_of(&self, list: List, old: usize) -> Option<usize> {
        let new = self.pairs.get(&list)?.new_of(index32(old))?;
        Some(new as usize)
    }

    /// The same list as the new flow knows it.
    pub(super) fn in_new(&self, list: List) -> Option<List> {
        match list {
            List::Transitions(state) => self.new_of(List::States, state).map(List::Transitions),
            other => Some(other),
        }
    }
}

/// Which of a group, old indices in the new order, were moved.
pub(super) fn moved_in(group: &[usize], is_backwards: bool) -> Vec<bool> {
    let weights = vec![1; group.len()];
    if !is_backwards {
        return order::moved(group, &weights);
    }
    // The same group seen from the other flow: new places in the old order.
    let mut places: Vec<usize> = (0..group.len()).collect();
    places.sort_unstable_by_key(|&place| group[place]);
    let found = order::moved(&places, &weights);
    let mut moved = vec![false; group.len()];
    for (place, is_moved) in places.into_iter().zip(found) {
        moved[place] = is_moved;
    }
    moved
}

fn index32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
