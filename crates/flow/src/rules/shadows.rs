//! Branches of one node that an earlier branch takes everything away from. What a condition says
//! is known from [`super::texts`]; here the conditions of one node are compared.

use super::context::EdgeAt;
use super::ids::Map;
use super::texts::Condition;
use crate::expression::{Bound, Bounds, Comparison};

/// A branch with a condition that parses.
#[derive(Clone, Copy, Debug)]
pub(super) struct Branch<'c> {
    /// Its edge.
    pub edge: EdgeAt,
    /// Its condition.
    pub condition: &'c Condition<'c>,
}

/// The branches, given in file order, that are never taken: for each the earlier branch, itself,
/// and whether the two conditions are the same.
///
/// # Complexity
/// O(branches · log branches).
pub(super) fn shadowed(branches: &[Branch<'_>]) -> Vec<(EdgeAt, EdgeAt, bool)> {
    let mut by: Vec<Option<(usize, bool)>> = vec![None; branches.len()];
    let mut first: Map<u64, usize> = Map::default();
    for (index, branch) in branches.iter().enumerate() {
        let earlier = *first.entry(branch.condition.fingerprint).or_insert(index);
        let same = |other: &Branch<'_>| {
            branch
                .condition
                .expression
                .same(&other.condition.expression)
        };
        if earlier != index && same(&branches[earlier]) {
            by[index] = Some((earlier, true));
        }
    }
    by_bounds(branches, &mut by);
    branches
        .iter()
        .zip(by)
        .filter_map(|(branch, by)| {
            by.map(|(index, same)| (branches[index].edge, branch.edge, same))
        })
        .collect()
}

/// Finds earlier branches with wider bounds on the same path.
fn by_bounds(branches: &[Branch<'_>], by: &mut [Option<(usize, bool)>]) {
    let mut ranged: Vec<(usize, &Bounds)> = branches
        .iter()
        .enumerate()
        .filter_map(|(index, branch)| Some((index, branch.condition.bounds.as_ref()?)))
        .collect();
    if ranged.len() < 2 {
        return;
    }
    ranged.sort_by_key(|(_, bounds)| bounds.path_fingerprint);
    for group in ranged.chunk_by(|a, b| a.1.path_fingerprint == b.1.path_fingerprint) {
        if group.len() > 1 {
            for (index, earlier) in covered(group) {
                if by[index].is_none() && is_covered(&branches[earlier], &branches[index]) {
                    by[index] = Some((earlier, false));
                }
            }
        }
    }
}

/// Whether the earlier branch really covers the later one; equal fingerprints are nearly a proof
/// that the paths are the same, this is the rest of it.
fn is_covered(earlier: &Branch<'_>, later: &Branch<'_>) -> bool {
    let (Some(wide), Some(narrow)) = (&earlier.condition.bounds, &later.condition.bounds) else {
        return false;
    };
    let (one, other) = (&earlier.condition.expression, &later.condition.expression);
    wide.covers(narrow) && one.same_node(wide.path, other, narrow.path)
}

/// Pairs of a branch and an earlier one whose bounds reach at least as far on both sides.
///
/// The branches are met from the lowest lower end upwards, so what was met reaches far enough
/// below; a tree over the branches' order then gives the one, among those that come earlier in the
/// file, that reaches furthest above.
fn covered(group: &[(usize, &Bounds)]) -> Vec<(usize, usize)> {
    let mut places: Vec<usize> = (0..group.len()).collect();
    places.sort_by(|&a, &b| lower_key(group[a].1).cmp(&lower_key(group[b].1)));
    let mut order: Vec<usize> = group.iter().map(|(index, _)| *index).collect();
    order.sort_unstable();
    let mut tree = Highest::new(group.len());
    let mut points = Map::default();
    let mut found = Vec::new();
    for level in places.chunk_by(|&a, &b| lower_key(group[a].1) == lower_key(group[b].1)) {
        let rank = |place: usize| order.partition_point(|&index| index < group[place].0);
        for &place in level {
            if group[place].1.comparison == Comparison::Range {
                tree.raise(rank(place), upper_key(group[place].1), place);
            }
        }
        for &place in level {
            let (index, bounds) = group[place];
            if let Some((reach, wide)) = tree.before(rank(place))
                && reach >= upper_key(bounds)
            {
                found.push((index, group[wide].0));
            }
        }
    }
    // A single number is covered by the same number too, compared as strictly or less so.
    let mut by_order: Vec<&(usize, &Bounds)> = group.iter().collect();
    by_order.sort_unstable_by_key(|(index, _)| *index);
    for &&(index, bounds) in &by_order {
        if bounds.comparison == Comparison::Range {
            continue;
        }
        let number = lower_key(bounds).0;
        for comparison in [Comparison::Equal, Comparison::StrictEqual] {
            if let Some(&earlier) = points.get(&(number, comparison == Comparison::Equal))
                && (comparison == Comparison::Equal || bounds.comparison == comparison)
            {
                found.push((index, earlier));
            }
        }
        points
            .entry((number, bounds.comparison == Comparison::Equal))
            .or_insert(index);
    }
    found
}

/// Sorts ends of ranges: the number, then how much of it is inside.
type Key = (i64, i8);

fn lower_key(bounds: &Bounds) -> Key {
    match bounds.lower {
        None => (i64::MIN, 0),
        Some(Bound { value, inclusive }) => (ordered(value), i8::from(!inclusive)),
    }
}

fn upper_key(bounds: &Bounds) -> Key {
    match bounds.upper {
        None => (i64::MAX, 0),
        Some(Bound { value, inclusive }) => (ordered(value), i8::from(inclusive)),
    }
}

/// A number that sorts as the double does; both zeros are the same.
fn ordered(value: f64) -> i64 {
    let bits = (value + 0.0).to_bits().cast_signed();
    // As `f64::total_cmp` does: negative numbers sort the other way round.
    bits ^ ((bits >> 63).cast_unsigned() >> 1).cast_signed()
}

/// A Fenwick tree for the highest of the values at the places before one.
struct Highest {
    nodes: Vec<Option<(Key, usize)>>,
}

impl Highest {
    fn new(count: usize) -> Self {
        Self {
            nodes: vec![None; count + 1],
        }
    }

    fn raise(&mut self, place: usize, value: Key, name: usize) {
        let mut at = place + 1;
        while at < self.nodes.len() {
            if self.nodes[at].is_none_or(|(highest, _)| highest < value) {
                self.nodes[at] = Some((value, name));
            }
            at += at & at.wrapping_neg();
        }
    }

    fn before(&self, place: usize) -> Option<(Key, usize)> {
        let mut at = place;
        let mut highest = None;
        while at > 0 {
            highest = highest.max(self.nodes[at]);
            at -= at & at.wrapping_neg();
        }
        highest
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What the definition says, pair by pair.
    fn plainly(branches: &[Branch<'_>]) -> Vec<EdgeAt> {
        let never_taken = |later: usize| {
            branches[..later].iter().any(|earlier| {
                let (one, other) = (&earlier.condition, &branches[later].condition);
                one.expression.same(&other.expression)
                    || matches!((&one.bounds, &other.bounds), (Some(wide), Some(narrow))
                        if wide.covers(narrow))
            })
        };
        (0..branches.len())
            .filter(|&later| never_taken(later))
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn the_same_branches_are_found_as_by_comparing_all_pairs(
            texts in prop::collection::vec(
                ("(a|b)", "(<|<=|>|>=|==|===)", -2_i32..3, prop::option::of(("(<|<=)", -2_i32..3)))
                    .prop_map(|(path, operator, number, upper)| match upper {
                        Some((less, upper)) => {
                            format!("{path} {operator} {number} && {path} {less} {upper}")
                        }
                        None => format!("{path} {operator} {number}"),
                    }),
                1..12,
            )
        ) {
            let conditions: Vec<Condition<'_>> =
                texts.iter().map(|text| Condition::read(text)).collect();
            let branches: Vec<Branch<'_>> = conditions
                .iter()
                .enumerate()
                .map(|(edge, condition)| Branch { edge, condition })
                .collect();
            let found: Vec<EdgeAt> = shadowed(&branches).iter().map(|found| found.1).collect();
            prop_assert_eq!(found, plainly(&branches), "{:?}", texts);
        }
    }
}
