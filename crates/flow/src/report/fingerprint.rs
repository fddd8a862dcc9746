//! Names for problems that survive edits elsewhere in the file: they are made of the rule, the ids
//! and the way to the value told by ids instead of positions in lists.

use std::collections::BTreeMap;

use crate::json::{Step, Tree};
use crate::problem::Problem;

/// The members that tell an element of a list, the best first. Charts of Cognigy.AI have the last two, of
/// which the reference is the same in every copy of a flow.
const NAMES: [&str; 4] = ["id", "name", "referenceId", "_id"];

/// Makes the fingerprints of one file's problems, which must come in their order.
#[derive(Default)]
pub(super) struct Fingerprints {
    /// How often each hash was given out, to tell equal problems apart.
    seen: BTreeMap<u64, u64>,
}

impl Fingerprints {
    /// The fingerprint of a problem that is about the value at the end of `way`.
    pub(super) fn of(&mut self, tree: &Tree, problem: &Problem, way: &[Step]) -> u64 {
        let mut hash = Fnv::new();
        hash.part(problem.rule.code.as_bytes());
        for id in &problem.ids {
            hash.part(id.as_bytes());
        }
        for step in way {
            match *step {
                Step::Member { key, .. } => hash.part(tree.value(key).raw().as_bytes()),
                // An element without an id or name is told by its position.
                Step::Element { index, value } => {
                    let element = tree.value(value);
                    let named = NAMES.iter().find_map(|key| element.get(key));
                    match named {
                        Some(name) => hash.part(name.raw().as_bytes()),
                        None => hash.part(&(index as u64).to_le_bytes()),
                    }
                }
            }
        }
        let count = self.seen.entry(hash.0).or_default();
        if *count > 0 {
            hash.part(&count.to_le_bytes());
        }
        *count += 1;
        hash.0
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
