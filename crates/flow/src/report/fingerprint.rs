//! Names for problems that survive edits elsewhere in the file: they are made of the rule, the ids
//! and the way to the value told by ids instead of positions in lists.

use std::collections::BTreeMap;

use crate::json::{Kind, Tree, ValueId, ValueRef};
use crate::problem::Problem;

/// Makes the fingerprints of one file's problems, which must come in their order.
#[derive(Default)]
pub(super) struct Fingerprints {
    /// How often each hash was given out, to tell equal problems apart.
    seen: BTreeMap<u64, u64>,
    /// For each array that was looked into: its elements, for finding one by bisection.
    arrays: BTreeMap<ValueId, Vec<ValueId>>,
}

impl Fingerprints {
    pub(super) fn of(&mut self, tree: &Tree, problem: &Problem) -> u64 {
        let mut hash = Fnv::new();
        hash.part(problem.rule.code.as_bytes());
        for id in &problem.ids {
            hash.part(id.as_bytes());
        }
        self.way_to(tree, problem.at, &mut hash);
        let count = self.seen.entry(hash.0).or_default();
        if *count > 0 {
            hash.part(&count.to_le_bytes());
        }
        *count += 1;
        hash.0
    }

    /// Hashes the keys and element ids on the way from the root to `target`.
    fn way_to(&mut self, tree: &Tree, target: ValueId, hash: &mut Fnv) {
        let mut at = tree.root();
        while at.id() != target {
            match at.kind() {
                Kind::Array => {
                    let elements = self
                        .arrays
                        .entry(at.id())
                        .or_insert_with(|| at.elements().map(ValueRef::id).collect());
                    let index = elements.partition_point(|&element| element <= target);
                    let Some(&element) = index.checked_sub(1).and_then(|i| elements.get(i)) else {
                        return;
                    };
                    at = tree.value(element);
                    // An element without an id or name is told by its position.
                    match at.get("id").or_else(|| at.get("name")) {
                        Some(name) => hash.part(name.raw().as_bytes()),
                        None => hash.part(&(index as u64).to_le_bytes()),
                    }
                }
                Kind::Object => {
                    let member = at
                        .members()
                        .find(|(key, value)| key.id() == target || value.contains(target));
                    let Some((key, value)) = member else { return };
                    hash.part(key.raw().as_bytes());
                    if key.id() == target {
                        return;
                    }
                    at = value;
                }
                _ => return,
            }
        }
    }
}

/// The hash [FNV-1a](http://www.isthe.com/chongo/tech/comp/fnv/) with 64 bits: the same on every
/// machine and in every version, which the standard library's hasher does not promise.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Mixes in one part, closed so that "ab","c" and "a","bc" differ.
    fn part(&mut self, bytes: &[u8]) {
        for &byte in bytes.iter().chain(&[0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
