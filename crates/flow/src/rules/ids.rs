//! Things by their ids: which came first, which repeat an id, and which ids are still free.

use std::collections::HashMap;

use compact_str::{CompactString, format_compact};

/// The ids of one list of things, by the index of the thing.
#[derive(Debug)]
pub struct Ids<'a> {
    first: HashMap<&'a str, usize>,
    /// The things whose id an earlier one has, with that one's index.
    pub repeated: Vec<(usize, usize)>,
}

impl<'a> Ids<'a> {
    /// Indexes the ids of a list. O(ids).
    pub fn of(ids: impl ExactSizeIterator<Item = &'a str>) -> Self {
        let mut first = HashMap::with_capacity(ids.len());
        let mut repeated = Vec::new();
        for (index, id) in ids.enumerate() {
            let earlier = *first.entry(id).or_insert(index);
            if earlier != index {
                repeated.push((index, earlier));
            }
        }
        Self { first, repeated }
    }

    /// The first thing with this id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.first.get(id).copied()
    }
}

/// Gives out ids that nothing has, each once.
#[derive(Debug)]
pub struct FreeIds<'a> {
    taken: &'a Ids<'a>,
    /// The number to try next for each stem.
    next: HashMap<CompactString, usize>,
}

impl<'a> FreeIds<'a> {
    /// Ids that none of `taken` has.
    pub fn new(taken: &'a Ids<'a>) -> Self {
        Self {
            taken,
            next: HashMap::new(),
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
