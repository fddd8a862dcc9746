//! Where the nodes of a chart stand: lists of branches, and chains of what follows a head. A node that both
//! charts have was moved when it stands in another list, or in another order among those that stayed.

use compact_str::CompactString;

use super::Version;
use crate::compare::order;
use crate::compare::{List, Pairs, Place};
use crate::document::Chart;
use crate::document::chart::{self, Structure, types};
use crate::rules::ids::Map;

/// The nodes of a chart by place and by reference.
pub(super) struct Places {
    pub(super) structure: Structure,
    /// The first node with each reference.
    pub(super) by_reference: Map<CompactString, u32>,
    /// In which list each node stands, and where in it.
    list: Vec<(List, u32)>,
    /// Its number in reading order.
    pub(super) number: Vec<usize>,
    /// How many nodes each has in its branches, itself included.
    weight: Vec<u64>,
}

impl Places {
    pub(super) fn of(chart: &Chart) -> Self {
        let structure = Structure::of(chart);
        let count = structure.len();
        let mut list = vec![(List::Roots, 0); count];
        let mut number = vec![0; count];
        for (place, step) in structure.order().iter().enumerate() {
            let node = step.node;
            number[node as usize] = place;
            for (branch, &child) in (0_u32..).zip(structure.children(node)) {
                list[child as usize] = (List::Branches(node), branch);
            }
            if let Some(next) = structure.next(node) {
                list[next as usize] = match list[node as usize] {
                    (List::Chain(head), place) => (List::Chain(head), place + 1),
                    _ => (List::Chain(node), 0),
                };
            }
        }
        let mut weight = vec![1; count];
        let mut chain = vec![0; count];
        for step in structure.order().iter().rev() {
            let node = step.node as usize;
            let branches = structure.children(step.node).iter();
            weight[node] = 1 + branches.map(|&child| chain[child as usize]).sum::<u64>();
            let after = structure.next(step.node);
            chain[node] = weight[node] + after.map_or(0, |next| chain[next as usize]);
        }
        let mut by_reference = Map::default();
        for (node, own) in (0_u32..).zip(&chart.nodes) {
            if let Some(reference) = &own.reference {
                by_reference.entry(reference.text.clone()).or_insert(node);
            }
        }
        Self {
            structure,
            by_reference,
            list,
            number,
            weight,
        }
    }

    /// The list that a node stands in.
    pub(super) fn list_of(&self, node: u32) -> List {
        self.list[node as usize].0
    }

    /// The nodes of a list, in order; none for the roots, whose order means nothing.
    pub(super) fn nodes(&self, list: List) -> Vec<u32> {
        match list {
            List::Roots => Vec::new(),
            List::Branches(node) => self.structure.children(node).to_vec(),
            List::Chain(head) => {
                let first = self.structure.next(head);
                std::iter::successors(first, |&node| self.structure.next(node)).collect()
            }
        }
    }

    /// The lists that hang on a node: its branches, and the chain that it heads.
    pub(super) fn lists_at(&self, node: u32) -> [Option<List>; 2] {
        let is_head = !matches!(self.list_of(node), List::Chain(_));
        [
            Some(List::Branches(node)),
            is_head.then_some(List::Chain(node)),
        ]
    }

    /// Where a node stands, also in words.
    pub(super) fn place(&self, chart: &Chart, node: u32) -> Place {
        let name = |node: u32| chart.nodes[node as usize].name().as_str();
        let under = self.structure.place(node);
        let (list, place) = self.list[node as usize];
        let (after, words) = match (list, under) {
            (List::Branches(parent), _) => {
                let branches = self.structure.children(parent);
                let before = (place as usize).checked_sub(1).map(|place| branches[place]);
                let words = format!("branch {} of “{}”", place + 1, name(parent));
                (before, words)
            }
            (List::Chain(head), Some(chart::Place::After(before))) => {
                let words = match self.list_of(head) {
                    List::Branches(parent) => {
                        let type_name = &chart.nodes[head as usize].type_name.text;
                        let branch = format!("in “{}” of “{}”", name(head), name(parent));
                        if before == head && types::is_marker(type_name) {
                            format!("first {branch}")
                        } else {
                            format!("after “{}”, {branch}", name(before))
                        }
                    }
                    _ => format!("after “{}”", name(before)),
                };
                (Some(before).filter(|&before| before != head), words)
            }
            _ if self.structure.start() == Some(node) => (None, "at the start".to_owned()),
            _ => (None, "by itself".to_owned()),
        };
        Place { list, after, words }
    }
}

/// Which of the new nodes that both charts have were moved, by new node. The same are, whichever of the two
/// charts is the old one.
pub(super) fn moved(old: &Version<'_>, new: &Version<'_>, pairs: &Pairs) -> Vec<bool> {
    // Of two neighbours that changed places either may be the one that moved.
    if old.document.text() > new.document.text() {
        let mut moved = vec![false; new.chart.nodes.len()];
        let backwards = Pairs {
            new_of: pairs.old_of.clone(),
            old_of: pairs.new_of.clone(),
        };
        for (node, is_moved) in (0_u32..).zip(moved_forwards(new, old, &backwards)) {
            if let Some(new) = pairs.new_of(node).filter(|_| is_moved) {
                moved[new as usize] = true;
            }
        }
        return moved;
    }
    moved_forwards(old, new, pairs)
}

fn moved_forwards(old: &Version<'_>, new: &Version<'_>, pairs: &Pairs) -> Vec<bool> {
    let mut moved = vec![false; new.chart.nodes.len()];
    for (before, now) in pairs.iter() {
        let list = now_of(old.places.list_of(before), pairs);
        moved[now as usize] = list != Some(new.places.list_of(now));
    }
    for step in new.places.structure.order() {
        for list in new.places.lists_at(step.node).into_iter().flatten() {
            let nodes = new.places.nodes(list).into_iter();
            let stayed: Vec<(u32, u32)> = nodes
                .filter(|&node| !moved[node as usize])
                .filter_map(|node| Some((pairs.old_of(node)?, node)))
                .collect();
            let places: Vec<usize> = stayed
                .iter()
                .map(|&(before, _)| old.places.list[before as usize].1 as usize)
                .collect();
            let weights: Vec<u64> = stayed
                .iter()
                .map(|&(before, now)| {
                    let (before, now) = (before as usize, now as usize);
                    old.places.weight[before].max(new.places.weight[now])
                })
                .collect();
            let found = order::moved(&places, &weights);
            for (&(_, node), is_moved) in stayed.iter().zip(found) {
                moved[node as usize] |= is_moved;
            }
        }
    }
    moved
}

/// What a list of the old chart is in the new one.
fn now_of(list: List, pairs: &Pairs) -> Option<List> {
    match list {
        List::Roots => Some(List::Roots),
        List::Branches(node) => pairs.new_of(node).map(List::Branches),
        List::Chain(head) => pairs.new_of(head).map(List::Chain),
    }
}
