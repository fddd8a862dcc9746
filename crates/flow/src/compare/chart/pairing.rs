//! Which node of the new chart each node of the old one is: by reference, then by id; what is left by where
//! it stands and what it says, where that leaves no doubt.

use std::hash::Hash;

use super::{IGNORED, Version};
use crate::compare::fields::sorted_members;
use crate::compare::{List, Pairs};
use crate::document::chart::types;
use crate::json::write_normal;
use crate::rules::ids::Map;

/// Nodes that are the same.
pub(super) struct Paired {
    pub(super) pairs: Pairs,
    /// Whether one chart is a copy of the other with references of its own: hardly any node was known by
    /// its ids.
    pub(super) are_copies: bool,
}

/// Pairs the nodes of two charts. The pairs are the same, whichever of the two is the old one.
///
/// # Complexity
/// O(n log n) in the size of both.
pub(super) fn pair(old: &Version<'_>, new: &Version<'_>) -> Paired {
    let mut pairing = Pairing {
        old,
        new,
        pairs: Pairs::new(old.chart.nodes.len(), new.chart.nodes.len()),
    };
    pairing.in_turn(|version, node| {
        let reference = version.node(node).reference.as_ref();
        reference.map(|field| field.text.as_str())
    });
    pairing.in_turn(|version, node| Some(version.node(node).id.text.as_str()));
    let fewer = old.chart.nodes.len().min(new.chart.nodes.len());
    let are_copies = pairing.pairs.iter().count() * 2 < fewer;
    let starts = (old.places.structure.start(), new.places.structure.start());
    if let (Some(before), Some(now)) = starts
        && pairing.are_free(before, now)
    {
        pairing.pairs.pair(before, now);
    }
    // Branches without settings are told apart by nothing but where they stand.
    let tells = |version: &Version<'_>, node: u32| !types::is_marker(version.type_of(node));
    pairing.unique(|version, node| tells(version, node).then(|| says(version, node)));
    pairing.nearby(are_copies);
    if are_copies {
        pairing.unique(|version, node| named(version, node).filter(|_| tells(version, node)));
        pairing.nearby(true);
        pairing.unique(|version, node| {
            let settings = settings(version, node);
            let is_known = tells(version, node) && !settings.is_empty();
            is_known.then(|| (version.type_of(node), settings))
        });
        pairing.nearby(true);
    }
    Paired {
        pairs: pairing.pairs,
        are_copies,
    }
}

struct Pairing<'v, 't> {
    old: &'v Version<'t>,
    new: &'v Version<'t>,
    pairs: Pairs,
}

impl<'v, 't> Pairing<'v, 't> {
    fn are_free(&self, old: u32, new: u32) -> bool {
        self.pairs.new_of(old).is_none() && self.pairs.old_of(new).is_none()
    }

    /// The nodes of both charts that have no partner yet.
    fn free(&self) -> (Vec<u32>, Vec<u32>) {
        let free = |of: &[Option<u32>]| {
            let nodes = (0_u32..).zip(of);
            let free = nodes.filter(|(_, partner)| partner.is_none());
            free.map(|(node, _)| node).collect()
        };
        (free(&self.pairs.new_of), free(&self.pairs.old_of))
    }

    /// Pairs nodes with the same key; of several the first with the first, and so on.
    fn in_turn<K: Hash + Eq>(&mut self, key: impl Fn(&'v Version<'t>, u32) -> Option<K>) {
        let (old, new) = self.free();
        let mut waiting: Map<K, Vec<u32>> = Map::default();
        for &node in old.iter().rev() {
            if let Some(key) = key(self.old, node) {
                waiting.entry(key).or_default().push(node);
            }
        }
        for now in new {
            let found = key(self.new, now).and_then(|key| waiting.get_mut(&key)?.pop());
            if let Some(before) = found {
                self.pairs.pair(before, now);
            }
        }
    }

    /// Pairs nodes whose key exactly one node of each chart has.
    fn unique<K: Hash + Eq>(&mut self, key: impl Fn(&'v Version<'t>, u32) -> Option<K>) {
        let (old, new) = self.free();
        self.unique_of(&old, &new, key);
    }

    /// Pairs nodes of two lists whose key exactly one node of each list has.
    fn unique_of<K: Hash + Eq>(
        &mut self,
        old: &[u32],
        new: &[u32],
        key: impl Fn(&'v Version<'t>, u32) -> Option<K>,
    ) {
        let mut places: Map<K, usize> = Map::default();
        // How often each key comes in the old and in the new list, and where last.
        let mut bearers: Vec<[(usize, u32); 2]> = Vec::new();
        for &node in old
            .iter()
            .filter(|&&node| self.pairs.new_of(node).is_none())
        {
            let Some(key) = key(self.old, node) else {
                continue;
            };
            let place = *places.entry(key).or_insert(bearers.len());
            if place == bearers.len() {
                bearers.push([(0, 0); 2]);
            }
            let before = &mut bearers[place][0];
            *before = (before.0 + 1, node);
        }
        for &node in new
            .iter()
            .filter(|&&node| self.pairs.old_of(node).is_none())
        {
            let place = key(self.new, node).and_then(|key| places.get(&key).copied());
            if let Some(place) = place {
                let now = &mut bearers[place][1];
                *now = (now.0 + 1, node);
            }
        }
        for bearer in bearers {
            if let [(1, before), (1, now)] = bearer {
                self.pairs.pair(before, now);
            }
        }
    }

    /// Pairs what stands in the same lists, from the nodes that are paired on downwards.
    fn nearby(&mut self, are_copies: bool) {
        let mut waiting: Vec<(u32, u32)> = self.pairs.iter().collect();
        while let Some((before, now)) = waiting.pop() {
            let lists = [
                (List::Branches(before), List::Branches(now)),
                (List::Chain(before), List::Chain(now)),
            ];
            for (old, new) in lists {
                let both_hang = self.old.places.lists_at(before).contains(&Some(old))
                    && self.new.places.lists_at(now).contains(&Some(new));
                if both_hang {
                    self.lists(old, new, are_copies, &mut waiting);
                }
            }
        }
    }

    fn lists(&mut self, old: List, new: List, are_copies: bool, found: &mut Vec<(u32, u32)>) {
        let (all_old, all_new) = (self.old.places.nodes(old), self.new.places.nodes(new));
        let free = |nodes: &[u32], of: &[Option<u32>]| -> Vec<u32> {
            let free = nodes.iter().filter(|&&node| of[node as usize].is_none());
            free.copied().collect()
        };
        let before = free(&all_old, &self.pairs.new_of);
        let now = free(&all_new, &self.pairs.old_of);
        if before.is_empty() || now.is_empty() {
            return;
        }
        self.unique_of(&before, &now, |version, node| Some(says(version, node)));
        self.branches_in_turn(&before, &now);
        if are_copies {
            self.unique_of(&before, &now, named);
            self.between_neighbours(&all_old, &all_new);
        }
        let pairs = &self.pairs;
        found.extend(
            before
                .iter()
                .filter_map(|&node| Some((node, pairs.new_of(node)?))),
        );
    }

    /// Pairs the heads of branches of one type, where there are equally many.
    fn branches_in_turn(&mut self, old: &[u32], new: &[u32]) {
        let mut by_type: Map<&str, (Vec<u32>, Vec<u32>)> = Map::default();
        let mut types = Vec::new();
        for &node in old
            .iter()
            .filter(|&&node| self.pairs.new_of(node).is_none())
        {
            let type_name = self.old.type_of(node);
            if types::is_marker(type_name) {
                types.push(type_name);
                by_type.entry(type_name).or_default().0.push(node);
            }
        }
        for &node in new
            .iter()
            .filter(|&&node| self.pairs.old_of(node).is_none())
        {
            if let Some(of_type) = by_type.get_mut(self.new.type_of(node)) {
                of_type.1.push(node);
            }
        }
        for type_name in types {
            if let Some((old, new)) = by_type.remove(type_name)
                && old.len() == new.len()
            {
                for (before, now) in old.into_iter().zip(new) {
                    self.pairs.pair(before, now);
                }
            }
        }
    }

    /// Pairs nodes of one type that stand alone between the same two neighbours.
    fn between_neighbours(&mut self, old: &[u32], new: &[u32]) {
        let mut key_of_old: Map<u32, u32> = Map::default();
        let mut key_of_new: Map<u32, u32> = Map::default();
        let mut neighbour = u32::MAX;
        for &node in old {
            if self.pairs.new_of(node).is_some() {
                neighbour = node;
            } else {
                key_of_old.insert(node, neighbour);
            }
        }
        let mut neighbour = u32::MAX;
        for &node in new {
            if let Some(before) = self.pairs.old_of(node) {
                neighbour = before;
            } else {
                key_of_new.insert(node, neighbour);
            }
        }
        let version = self.old;
        self.unique_of(old, new, |own, node| {
            let is_old = std::ptr::eq(own, version);
            let keys = if is_old { &key_of_old } else { &key_of_new };
            Some((own.type_of(node), *keys.get(&node)?))
        });
    }
}

/// All that a node says: its type, label, comment and settings.
fn says<'t>(version: &Version<'t>, node: u32) -> (&'t str, &'t str, &'t str, String) {
    let own = version.node(node);
    let text = |field: &'t Option<crate::document::Field>| {
        field
            .as_ref()
            .map(|field| field.text.as_str())
            .unwrap_or_default()
    };
    (
        version.type_of(node),
        text(&own.label),
        text(&own.comment),
        settings(version, node),
    )
}

/// The type and label of a node that somebody has given a label of its own.
fn named<'t>(version: &Version<'t>, node: u32) -> Option<(&'t str, &'t str)> {
    let own = version.node(node);
    let label = own.label.as_ref()?.text.as_str();
    let type_name = version.type_of(node);
    let is_own = !label.trim().is_empty() && !label.eq_ignore_ascii_case(type_name);
    is_own.then_some((type_name, label))
}

/// The settings of a node in one spelling, without what is another one in every copy; empty where there
/// are none.
fn settings(version: &Version<'_>, node: u32) -> String {
    let mut text = String::new();
    let Some(config) = version.node(node).config else {
        return text;
    };
    for (key, value) in sorted_members(version.tree().value(config)) {
        if IGNORED.contains(&&*key) || key == "flowNode" {
            continue;
        }
        text.push_str(&key);
        text.push('\n');
        write_normal(&mut text, value);
        text.push('\n');
    }
    text
}
