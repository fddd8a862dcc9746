//! Checking an exported audit log: whether every entry is as it was written, and all are there.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{GENESIS, Head};
use crate::canonical::{canonical, sha256};

/// A log in which nothing is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Where it ends.
    pub head: Head,
    /// Whether the file said itself where it ends.
    pub has_head: bool,
}

impl std::fmt::Display for Verified {
    /// What was verified, in words.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.head.size {
            0 => return f.write_str("No entries yet, so there is nothing to verify."),
            1 => f.write_str("1 entry, which fits its hash")?,
            size => write!(
                f,
                "{size} entries in an unbroken chain: none was changed, removed or moved"
            )?,
        }
        write!(f, ". The head is {}", self.head)
    }
}

/// The first thing that is wrong with a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its line in the file, from 1.
    pub line: usize,
    /// The number of the entry.
    pub entry: u64,
    /// What was done to it.
    pub kind: FaultKind,
}

/// What was done to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// It is not what its hash was made of, or not even an entry.
    Changed,
    /// Its hash was made anew: the entry after it still names the old one.
    Rewritten,
    /// It is not there.
    Removed,
    /// Another entry stands in its place, and it comes later.
    Reordered,
    /// It stands there a second time.
    Repeated,
    /// The log ends before it, though it once went on.
    CutOff,
    /// The log goes on differently than it once did.
    OtherHead,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { line, entry, .. } = self;
        match self.kind {
            FaultKind::Changed => write!(
                f,
                "Entry {entry} (line {line}) was changed: it does not fit its hash."
            ),
            FaultKind::Rewritten => write!(
                f,
                "Entry {entry} was changed and its hash made anew: the entry after it (line {line}) \
                 names another hash."
            ),
            FaultKind::Removed => {
                write!(
                    f,
                    "Entry {entry} was removed: it is missing before line {line}."
                )
            }
            FaultKind::Reordered => write!(
                f,
                "The entries were reordered: entry {entry} should stand in line {line} and comes \
                 later."
            ),
            FaultKind::Repeated => write!(f, "Entry {entry} stands in line {line} a second time."),
            FaultKind::CutOff => write!(
                f,
                "The log was cut short: entry {entry} and what came after it are missing at the end."
            ),
            FaultKind::OtherHead => write!(
                f,
                "Entry {entry} is not the one that the recorded head names: the log was made anew \
                 from some entry on."
            ),
        }
    }
}

impl std::error::Error for Fault {}

/// One line that is an entry as the log writes them.
struct Entry {
    seq: u64,
    prev: String,
    hash: String,
}

impl Entry {
    /// Reads a line; nothing when anything in it differs from what its hash was made of.
    fn read(line: &str) -> Option<Self> {
        let mut value: Value = serde_json::from_str(line).ok()?;
        // A text that is not the canonical one could hide a key that stands twice.
        if canonical(&value) != line {
            return None;
        }
        let members = value.as_object_mut()?;
        let Some(Value::String(hash)) = members.remove("hash") else {
            return None;
        };
        let seq = members.get("seq")?.as_u64()?;
        let prev = members.get("prev")?.as_str()?.to_owned();
        (sha256(&canonical(&value)) == hash).then_some(Self { seq, prev, hash })
    }
}

/// The number that a line gives itself, whatever else is wrong with it.
fn number_in(line: &str) -> Option<u64> {
    let value: Value = serde_json::from_str(line).ok()?;
    value.get("seq")?.as_u64()
}

fn head_in(line: &str) -> Option<Head> {
    let value: Value = serde_json::from_str(line).ok()?;
    Head::from_json(value.get("head")?)
}

/// Checks an exported log, against a head that was kept elsewhere too when there is one. A log that
/// goes on after that head is whole.
///
/// # Complexity
/// O(text).
pub fn verify(text: &str, recorded: Option<&Head>) -> Result<Verified, Fault> {
    let mut lines: Vec<(usize, &str)> = text
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
        .filter(|(_, line)| !line.trim().is_empty())
        .collect();
    let own = lines.last().and_then(|(_, line)| head_in(line));
    if own.is_some() {
        lines.pop();
    }
    let mut hashes: Vec<String> = Vec::with_capacity(lines.len());
    for (index, &(line, text)) in lines.iter().enumerate() {
        let expected = count(index) + 1;
        let fault = |entry, kind| Fault { line, entry, kind };
        let Some(entry) = Entry::read(text) else {
            return Err(fault(
                number_in(text).unwrap_or(expected),
                FaultKind::Changed,
            ));
        };
        if entry.seq < expected {
            return Err(fault(entry.seq, FaultKind::Repeated));
        }
        if entry.seq > expected {
            let later: BTreeSet<u64> = lines[index..]
                .iter()
                .filter_map(|(_, text)| number_in(text))
                .collect();
            let reordered = later.contains(&expected);
            let kind = if reordered {
                FaultKind::Reordered
            } else {
                FaultKind::Removed
            };
            return Err(fault(expected, kind));
        }
        let before = hashes.last().map_or(GENESIS, String::as_str);
        if entry.prev != before {
            return Err(if index == 0 {
                fault(expected, FaultKind::Changed)
            } else {
                fault(expected - 1, FaultKind::Rewritten)
            });
        }
        hashes.push(entry.hash);
    }
    let line = lines.len() + 1;
    let size = count(hashes.len());
    for head in own.iter().chain(recorded) {
        if head.size > size {
            let (entry, kind) = (size + 1, FaultKind::CutOff);
            return Err(Fault { line, entry, kind });
        }
        let at = usize::try_from(head.size).unwrap_or(usize::MAX);
        let there = at.checked_sub(1).and_then(|at| hashes.get(at));
        if there.map_or(GENESIS, String::as_str) != head.hash {
            let (entry, kind) = (head.size, FaultKind::OtherHead);
            return Err(Fault {
                line: at.max(1),
                entry,
                kind,
            });
        }
    }
    Ok(Verified {
        head: Head {
            size,
            hash: hashes.pop().unwrap_or_else(|| GENESIS.to_owned()),
        },
        has_head: own.is_some(),
    })
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
