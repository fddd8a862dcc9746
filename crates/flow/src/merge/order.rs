//! In which order the items of a merged list stand.

use std::collections::{BTreeMap, HashMap};

use super::About;
use super::three::{Merging, Slot, Three, agreed};
use crate::difference::ListKind;
use crate::json::{ValueRef, quote};

/// A list on all sides.
pub(super) struct Ordered<'list, 'wire> {
    pub(super) list: ListKind,
    pub(super) state: Option<&'list str>,
    pub(super) slots: &'list [Slot<'wire>],
    /// The slots of each side in its order.
    pub(super) orders: &'list Three<Vec<usize>>,
}

/// The slots that stay, in their order: what all sides have stands as the side has it that changed
/// the order; whatever else there is follows the item that it follows on its side. Where both sides
/// add at one place, the smaller id comes first, so that neither side goes before the other.
///
/// # Complexity
/// O(n log n)
pub(super) fn order(
    merging: &mut Merging<'_>,
    list: &Ordered<'_, '_>,
    stay: &[bool],
) -> Vec<usize> {
    let is_shared = |slot: usize| list.slots[slot].on.iter().all(Option::is_some);
    let shared = [0, 1, 2].map(|side: usize| {
        let order = list.orders[side].iter().copied();
        order
            .filter(|&slot| is_shared(slot))
            .collect::<Vec<usize>>()
    });
    let core = core(merging, list, shared);
    let mut chains: BTreeMap<Option<usize>, [Vec<usize>; 2]> = BTreeMap::new();
    for (chain, side) in [(0, 1), (1, 2)] {
        let mut anchor = None;
        for &slot in &list.orders[side] {
            if is_shared(slot) {
                anchor = Some(slot);
            } else if stay[slot] {
                chains.entry(anchor).or_default()[chain].push(slot);
            }
        }
    }
    let mut done = vec![false; list.slots.len()];
    let mut order = Vec::with_capacity(list.slots.len());
    for anchor in std::iter::once(None).chain(core.into_iter().map(Some)) {
        order.extend(anchor);
        let [mut first, mut second] = chains.remove(&anchor).unwrap_or_default();
        let id = |chain: &[usize]| chain.first().map(|&slot| &list.slots[slot].id);
        if id(&second) < id(&first) {
            std::mem::swap(&mut first, &mut second);
        }
        for slot in first.into_iter().chain(second) {
            if !std::mem::replace(&mut done[slot], true) {
                order.push(slot);
            }
        }
    }
    order
}

/// The order of what all sides have.
fn core(
    merging: &mut Merging<'_>,
    list: &Ordered<'_, '_>,
    shared: Three<Vec<usize>>,
) -> Vec<usize> {
    let [base, theirs, mine] = &shared;
    if let Some(side) = agreed([base, theirs, mine]) {
        let [base, theirs, mine] = shared;
        return [base, theirs, mine]
            .into_iter()
            .nth(side)
            .unwrap_or_default();
    }
    match list.list {
        ListKind::Transitions => {
            let side = conflict(merging, list, list.state.unwrap_or_default(), &shared);
            shared.into_iter().nth(side).unwrap_or_default()
        }
        ListKind::Edges => branches(merging, list, shared),
        // The order of these means nothing.
        _ => {
            let [_, _, mine] = shared;
            mine
        }
    }
}

/// Merges the order of the branches of each node; otherwise edges stand as on one's own side.
fn branches(
    merging: &mut Merging<'_>,
    list: &Ordered<'_, '_>,
    shared: Three<Vec<usize>>,
) -> Vec<usize> {
    let source = |slot: usize| {
        let on = list.slots[slot].on;
        let sources = on.map(|edge| edge.and_then(|edge| edge.get("source")).map(ValueRef::raw));
        sources[0].filter(|_| sources[0] == sources[1] && sources[0] == sources[2])
    };
    // Groups by number, in the order of the base.
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut groups: Vec<Three<Vec<usize>>> = Vec::new();
    let mut group_of: HashMap<usize, usize> = HashMap::new();
    for (side, order) in shared.iter().enumerate() {
        for &slot in order {
            let Some(source) = source(slot) else {
                continue;
            };
            let group = *numbers.entry(source).or_insert(groups.len());
            if group == groups.len() {
                groups.push([const { Vec::new() }; 3]);
            }
            groups[group][side].push(slot);
            group_of.insert(slot, group);
        }
    }
    let mut merged: Vec<std::vec::IntoIter<usize>> = Vec::with_capacity(groups.len());
    for group in groups {
        let side = agreed([&group[0], &group[1], &group[2]]).unwrap_or_else(|| {
            let edge = list.slots[group[0][0]].on[0];
            let from = edge.and_then(|edge| edge.get("source")?.as_str());
            conflict(merging, list, &from.unwrap_or_default(), &group)
        });
        let order = group.into_iter().nth(side).unwrap_or_default();
        merged.push(order.into_iter());
    }
    let [_, _, mine] = shared;
    mine.into_iter()
        .map(|slot| {
            let group = group_of.get(&slot).and_then(|&group| merged.get_mut(group));
            group.and_then(Iterator::next).unwrap_or(slot)
        })
        .collect()
}

fn conflict(
    merging: &mut Merging<'_>,
    list: &Ordered<'_, '_>,
    from: &str,
    orders: &Three<Vec<usize>>,
) -> usize {
    let about = About::Order {
        list: list.list.key(),
        from: from.into(),
    };
    let values = [0, 1, 2].map(|side: usize| {
        let ids = orders[side].iter().map(|&slot| quote(&list.slots[slot].id));
        Some(format!("[{}]", ids.collect::<Vec<_>>().join(",")))
    });
    merging.conflict(about, values)
}
