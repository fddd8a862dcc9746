//! Sealing a payload so that a copy that was cut off, mixed or damaged is never taken for whole.
//!
//! A sealed record is a mark, the sequence number and the length of the payload (both little
//! endian, 8 bytes), the SHA-256 of all that and the payload, and the payload.

use sha2::{Digest, Sha256};

/// What a sealed record starts with; the last byte is the version of this layout.
const MARK: &[u8; 8] = b"flowdek\x01";
const HEAD: usize = 24;
const DIGEST: usize = 32;

/// A record that was read back whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What it is found by.
    pub key: String,
    /// The sequence number of the batch that stored it.
    pub sequence: u64,
    /// What was stored.
    pub payload: Vec<u8>,
}

/// The bytes to store for a payload. O(bytes).
pub fn seal(sequence: u64, payload: &[u8]) -> Vec<u8> {
    let mut sealed = Vec::with_capacity(HEAD + DIGEST + payload.len());
    sealed.extend_from_slice(MARK);
    sealed.extend_from_slice(&sequence.to_le_bytes());
    sealed.extend_from_slice(&(payload.len() as u64).to_le_bytes());
    let digest = digest(&sealed, payload);
    sealed.extend_from_slice(&digest);
    sealed.extend_from_slice(payload);
    sealed
}

/// The sequence number and the payload of sealed bytes; none when they are not whole. Bytes after
/// the payload are those of a longer record that was there before, and are ignored. O(bytes).
pub fn unseal(sealed: &[u8]) -> Option<(u64, &[u8])> {
    let (head, rest) = sealed.split_at_checked(HEAD)?;
    let (stored, rest) = rest.split_at_checked(DIGEST)?;
    let (mark, numbers) = head.split_at_checked(MARK.len())?;
    let (sequence, length) = numbers.split_at_checked(8)?;
    let sequence = u64::from_le_bytes(sequence.try_into().ok()?);
    let length = u64::from_le_bytes(length.try_into().ok()?);
    let payload = rest.get(..usize::try_from(length).ok()?)?;
    (mark == MARK && stored == digest(head, payload)).then_some((sequence, payload))
}

fn digest(head: &[u8], payload: &[u8]) -> [u8; DIGEST] {
    Sha256::new()
        .chain_update(head)
        .chain_update(payload)
        .finalize()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_follows_the_payload_does_not_matter() {
        let mut sealed = seal(7, b"payload");
        sealed.extend_from_slice(b"left over");
        assert_eq!(unseal(&sealed), Some((7, b"payload".as_slice())));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_seal_opens_and_a_cut_or_changed_one_does_not(
            sequence: u64,
            payload in proptest::collection::vec(any::<u8>(), 0..200),
            at: prop::sample::Index,
            flip in 1_u8..,
        ) {
            let sealed = seal(sequence, &payload);
            prop_assert_eq!(unseal(&sealed), Some((sequence, payload.as_slice())));
            let at = at.index(sealed.len());
            prop_assert_eq!(unseal(&sealed[..at]), None);
            let mut damaged = sealed;
            damaged[at] ^= flip;
            prop_assert_eq!(unseal(&damaged), None);
        }
    }
}
