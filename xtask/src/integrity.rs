//! Digests of files: as the integrity value a browser checks, and as the part of a file name that
//! changes with the content.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha384};
use std::fmt::Write as _;

/// The SHA-384 digest of some bytes.
#[derive(Clone)]
pub(crate) struct Digest(Vec<u8>);

/// Digests `bytes`.
pub(crate) fn digest(bytes: &[u8]) -> Digest {
    Digest(Sha384::digest(bytes).to_vec())
}

impl Digest {
    /// The value of an `integrity` attribute (W3C Subresource Integrity).
    pub(crate) fn integrity(&self) -> String {
        format!("sha384-{}", STANDARD.encode(&self.0))
    }

    /// Sixteen hexadecimal digits for a file name.
    pub(crate) fn short(&self) -> String {
        self.0.iter().take(8).fold(String::new(), |mut name, byte| {
            // Writing to a string cannot fail.
            let _ = write!(name, "{byte:02x}");
            name
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_of_nothing_is_the_published_one() {
        let digest = digest(b"");
        assert_eq!(
            digest.integrity(),
            "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"
        );
        assert_eq!(digest.short(), "38b060a751ac9638");
    }
}
