//! Finding keys that stand twice in one object.

use std::borrow::Cow;

use super::recovery::shorten;
use super::{MAX_ERRORS, Reader};
use crate::json::scan::unescape;
use crate::json::tree::{Entry, Kind, Span, offset32};

/// Up to how many members of an object are watched while they are read.
const WATCHED: usize = 12;

/// A multiplier with well spread bits: 2^64 divided by the golden ratio.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// The keys of an object that is being read. Nearly every object is small and has no key twice, and
/// then nothing but a few numbers are compared.
pub(super) struct Watch {
    fingerprints: [u64; WATCHED],
    count: usize,
    /// Two keys may be the same, or cannot be told apart here.
    suspects: bool,
}

impl Watch {
    pub(super) fn new() -> Self {
        Self {
            fingerprints: [0; WATCHED],
            count: 0,
            suspects: false,
        }
    }

    /// Takes note of a key.
    #[inline]
    pub(super) fn see(&mut self, key: Entry, bytes: &[u8]) {
        if self.suspects {
            return;
        }
        if self.count == WATCHED || key.kind != Kind::String {
            self.suspects = true;
            return;
        }
        let own = fingerprint(&bytes[key.start as usize..key.end as usize]);
        self.suspects = self.fingerprints[..self.count].contains(&own);
        self.fingerprints[self.count] = own;
        self.count += 1;
    }

    /// Whether the keys have to be looked at again.
    pub(super) fn suspects(&self) -> bool {
        self.suspects
    }
}

/// A number that equal texts share and few others do: length, beginning and end.
#[inline]
fn fingerprint(bytes: &[u8]) -> u64 {
    let length = bytes.len() as u64;
    let ends = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => {
            u64::from_le_bytes(*first).wrapping_mul(SPREAD) ^ u64::from_le_bytes(*last)
        }
        _ => match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            (Some(first), Some(last)) => {
                u64::from(u32::from_le_bytes(*first)) | (u64::from(u32::from_le_bytes(*last)) << 32)
            }
            _ => bytes
                .iter()
                .fold(0, |word, &byte| (word << 8) | u64::from(byte)),
        },
    };
    ends ^ (length << 56)
}

/// A number over the whole of a text.
fn hash(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let mix = |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(SPREAD);
    let start = mix(bytes.len() as u64, fingerprint(rest));
    words
        .iter()
        .fold(start, |hash, word| mix(hash, u64::from_le_bytes(*word)))
}

impl Reader<'_> {
    /// Reports every key of the object that an earlier one equals, escapes decoded.
    /// O(members · log members), also when someone chose keys whose hashes are equal.
    pub(super) fn check_duplicates(&mut self, object: usize) {
        let mut keys = Vec::with_capacity(self.key_indices(object).count());
        keys.extend(self.key_indices(object).map(|index| {
            let hash = hash(self.key_text(index).as_bytes());
            (hash, offset32(index))
        }));
        keys.sort_unstable();
        let mut repeated = Vec::new();
        for run in keys.chunk_by_mut(|a, b| a.0 == b.0) {
            self.repeated_among(run, &mut repeated);
            if repeated.len() > MAX_ERRORS {
                break;
            }
        }
        repeated.sort_unstable();
        for index in repeated {
            let name = shorten(&self.key_text(index));
            self.report(
                self.entries[index].start as usize,
                format!(
                    "The key \"{name}\" stands twice in one object; programs differ in which one \
                     they believe. Remove one."
                ),
            );
        }
    }

    /// Adds to `repeated` what equals an earlier key, among keys with equal hashes.
    fn repeated_among(&self, run: &mut [(u64, u32)], repeated: &mut Vec<usize>) {
        let [(_, first), others @ ..] = run else {
            return;
        };
        if others.is_empty() {
            return;
        }
        let text = self.key_text(*first as usize);
        let same = |&(_, index): &(u64, u32)| self.key_text(index as usize) == text;
        if others.iter().all(same) {
            let others = others.iter().take(MAX_ERRORS + 1);
            repeated.extend(others.map(|&(_, index)| index as usize));
            return;
        }
        // Different texts with one hash: chosen so, or very rare.
        run.sort_by_cached_key(|&(_, index)| (self.key_text(index as usize).into_owned(), index));
        repeated.extend(
            run.windows(2)
                .filter(|pair| {
                    self.key_text(pair[0].1 as usize) == self.key_text(pair[1].1 as usize)
                })
                .map(|pair| pair[1].1 as usize),
        );
    }

    /// The indices of an object's keys among the entries.
    fn key_indices(&self, object: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.entries[object].next as usize;
        let first = Some(object + 1).filter(|&index| index < end);
        std::iter::successors(first, move |&key| {
            Some(self.entries[key + 1].next as usize).filter(|&next| next < end)
        })
    }

    /// The decoded text of a key; as spelled, where it is not in double quotes.
    pub(super) fn key_text(&self, index: usize) -> Cow<'_, str> {
        let key = self.entries[index];
        let range = Span::new(key.start, key.end).range();
        match key.kind {
            Kind::String => Cow::Borrowed(&self.text[range.start + 1..range.end - 1]),
            Kind::EscapedString => Cow::Owned(unescape(&self.text[range.start + 1..range.end - 1])),
            _ => Cow::Borrowed(self.text[range].trim_matches('\'')),
        }
    }
}
