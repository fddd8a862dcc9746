//! The order in which the wires of a card are tried, as it is shown on them.

use super::{Card, CardKind, Link, index32};
use crate::document::NodeKind;
use crate::rules::ids::Map;

/// Numbers the wires of each card in the order of evaluation (conditions in file order, then
/// defaults) and counts those that run side by side.
pub(super) fn number(wires: &mut [Link], cards: usize) {
    let mut of_source: Vec<Vec<u32>> = vec![Vec::new(); cards];
    for (index, link) in wires.iter().enumerate() {
        of_source[link.ends.source as usize].push(index32(index));
    }
    let mut pairs: Map<(u32, u32), u32> = Map::default();
    for mut group in of_source {
        group.sort_by_key(|&index| (wires[index as usize].is_default, index));
        let slots = index32(group.len());
        for (slot, index) in group.into_iter().enumerate() {
            let link = &mut wires[index as usize];
            link.ends.slot = index32(slot);
            link.ends.slots = slots;
            link.number = if slots > 1 { index32(slot + 1) } else { 0 };
            let count = pairs
                .entry((link.ends.source, link.ends.target))
                .or_default();
            link.ends.parallel = *count;
            *count += 1;
        }
    }
}

/// Several unconditional edges into intents are waited for at once: no order among them.
pub(super) fn unnumber_alternatives(wires: &mut [Link], cards: &[Card]) {
    let waits = |card: u32| cards[card as usize].kind == CardKind::Node(NodeKind::Intent);
    let mut defaults = vec![0_u32; cards.len()];
    for link in wires.iter().filter(|link| link.is_default) {
        defaults[link.ends.source as usize] += 1;
    }
    for link in wires.iter_mut().filter(|link| link.is_default) {
        if defaults[link.ends.source as usize] > 1 && waits(link.ends.target) {
            link.number = 0;
        }
    }
}
