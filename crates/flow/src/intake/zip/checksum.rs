//! The checksum of ZIP entries: CRC-32 as in [ISO 3309](https://www.rfc-editor.org/rfc/rfc1952#section-8),
//! eight bytes a step (Kounavis and Berry 2005).

/// The tables, made when they are needed: as data they would weigh on the page.
pub(super) struct Checksum {
    tables: Box<[[u32; 256]; 8]>,
}

impl Checksum {
    pub(super) fn new() -> Self {
        let mut tables = Box::new([[0_u32; 256]; 8]);
        for (byte, slot) in (0_u32..).zip(&mut tables[0]) {
            *slot = (0..8).fold(byte, |rest, _| {
                let carry = if rest & 1 == 1 { 0xEDB8_8320 } else { 0 };
                (rest >> 1) ^ carry
            });
        }
        for table in 1..8 {
            for byte in 0..256 {
                let before = tables[table - 1][byte];
                tables[table][byte] = (before >> 8) ^ tables[0][(before & 0xFF) as usize];
            }
        }
        Self { tables }
    }

    /// The checksum of some bytes. O(bytes).
    pub(super) fn of(&self, bytes: &[u8]) -> u32 {
        let tables = &*self.tables;
        let mut rest = u32::MAX;
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            let [a, b, c, d] = rest.to_le_bytes();
            rest = tables[7][usize::from(chunk[0] ^ a)]
                ^ tables[6][usize::from(chunk[1] ^ b)]
                ^ tables[5][usize::from(chunk[2] ^ c)]
                ^ tables[4][usize::from(chunk[3] ^ d)]
                ^ tables[3][usize::from(chunk[4])]
                ^ tables[2][usize::from(chunk[5])]
                ^ tables[1][usize::from(chunk[6])]
                ^ tables[0][usize::from(chunk[7])];
        }
        for &byte in chunks.remainder() {
            let [low, ..] = rest.to_le_bytes();
            rest = (rest >> 8) ^ tables[0][usize::from(low ^ byte)];
        }
        !rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_of_the_standard_comes_out() {
        let checksum = Checksum::new();
        assert_eq!(checksum.of(b"123456789"), 0xCBF4_3926);
        assert_eq!(checksum.of(b""), 0);
        assert_eq!(
            checksum.of(b"The quick brown fox jumps over the lazy dog"),
            0x414F_A339
        );
    }
}
