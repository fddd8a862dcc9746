//! The checksum of a sync payload: SHA-256 of the canonical text of the flow in it. The canonical
//! text is what Python's `json.dumps(value, sort_keys=True)` writes for what `json.loads` reads,
//! because the pipelines that made the checksums are written in Python.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::json::{ValueRef, python_parts, python_text};

/// How much canonical text is collected before it is hashed, in bytes.
const CHUNK: usize = 16 * 1024;

/// The checksum of a value, in lowercase hexadecimal.
///
/// # Complexity
/// O(bytes), with a sort of the keys of each object; the canonical text is never held as a whole.
pub fn checksum(value: ValueRef<'_>) -> String {
    let mut hash = Sha256::new();
    python_parts(value, true, CHUNK, |text| hash.update(text));
    hexadecimal(&hash.finalize())
}

/// The SHA-256 of bytes, in lowercase hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        write!(digits, "{byte:02x}").unwrap_or_default();
    }
    digits
}

/// The canonical text of a value, with its keys sorted by code point.
pub fn canonical_text(value: ValueRef<'_>) -> String {
    python_text(value, true)
}
