//! Identifiers and fractions made of the random bits that are passed in.

use crate::ports::Random;

/// A random UUID (version 4).
pub(crate) fn uuid(random: &dyn Random) -> String {
    let high = random.bits() & !0xf000 | 0x4000;
    let low = random.bits() & (u64::MAX >> 2) | 1 << 63;
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xffff,
        low >> 48,
        low & 0xffff_ffff_ffff
    )
}

/// A whole number from zero to `most`, evenly.
pub(crate) fn up_to(random: &dyn Random, most: u64) -> u64 {
    let product = u128::from(random.bits()) * (u128::from(most) + 1);
    u64::try_from(product >> 64).unwrap_or(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(u64);

    impl Random for Fixed {
        fn bits(&self) -> u64 {
            self.0
        }
    }

    #[test]
    fn identifiers_are_of_version_four() {
        assert_eq!(uuid(&Fixed(0)), "00000000-0000-4000-8000-000000000000");
        assert_eq!(
            uuid(&Fixed(u64::MAX)),
            "ffffffff-ffff-4fff-bfff-ffffffffffff"
        );
    }

    #[test]
    fn fractions_reach_both_ends() {
        assert_eq!(up_to(&Fixed(0), 1500), 0);
        assert_eq!(up_to(&Fixed(u64::MAX), 1500), 1500);
        assert_eq!(up_to(&Fixed(u64::MAX / 2), 1500), 750);
        assert_eq!(up_to(&Fixed(u64::MAX), u64::MAX), u64::MAX);
    }
}
