//! Things by their ids: which came first, which repeat an id, and which ids are still free.

use std::collections::HashMap;

use compact_str::{CompactString, format_compact};
use foldhash::fast::RandomState;

/// A map for many short keys: the hash that hashbrown itself uses by default.
pub(crate) type Map<K, V> = HashMap<K, V, RandomState>;

/// The ids of one list of things, by the index of the thing.
#[derive(Debug)]
pub struct Ids {
    /// Short texts are copied: looking one up then stays within this table, instead of visiting
    /// the thing, which is far larger.
    first: Map<CompactString, u32>,
    /// The things whose id an earlier one has, with that one's index.
    pub repeated: Vec<(usize, usize)>,
}

impl Ids {
    /// Indexes the ids of a list. O(ids).
    pub fn of<'a>(ids: impl ExactSizeIterator<Item = &'a str>) -> Self {
        let mut first = Map::with_capacity_and_hasher(ids.len(), RandomState::default());
        let mut repeated = Vec::new();
        for (index, id) in (0_u32..).zip(ids) {
            let earlier = *first.entry(id.into()).or_insert(index);
            if earlier != index {
                repeated.push((index as usize, earlier as usize));
            }
        }
        Self { first, repeated }
    }

    /// Every id, each once, in no order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.first.keys().map(CompactString::as_str)
    }

    /// The first thing with this id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.first.get(id).map(|&index| index as usize)
    }
}

/// Gives out ids that nothing has, each once.
#[derive(Debug)]
pub struct FreeIds<'a> {
    taken: &'a Ids,
    /// The number to try next for each stem.
    next: Map<CompactString, usize>,
}

impl<'a> FreeIds<'a> {
    /// Ids that none of `taken` has.
    pub fn new(taken: &'a Ids) -> Self {
        Self {
            taken,
            next: Map::default(),
        }
    }

    /// A free id that starts with `stem`: itself, else with `_2`, `_3`… No number is tried twice
    /// for one stem, so that giving out many stays linear.
    pub fn take(&mut self, stem: &str) -> CompactString {
        let next = self.next.entry(stem.into()).or_insert(1);
        loop {
            let id = match *next {
                1 => CompactString::from(stem),
                number => format_compact!("{stem}_{number}"),
            };
            *next += 1;
            if self.taken.find(&id).is_none() {
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_ids_are_new_and_differ_from_each_other() {
        let ids = Ids::of(["a", "a_2", "a", "a"].into_iter());
        assert_eq!(ids.repeated, [(2, 0), (3, 0)]);
        let mut free = FreeIds::new(&ids);
        assert_eq!(free.take("a"), "a_3");
        assert_eq!(free.take("a"), "a_4");
        assert_eq!(free.take("b"), "b");
        assert_eq!(free.take("b"), "b_2");
    }
}
