//! How alike an input and an example sentence are. Which intent that makes is decided in
//! `recognition.rs`.
//!
//! Both are brought to a normal form: lower case, all but letters and digits becomes a blank, and
//! each run of digits becomes one `0`, so that every order number looks alike. The measure is the
//! mean of two Dice coefficients: that of the words, and that of the pairs of neighbouring letters
//! in each word with a blank at both its ends. A Dice coefficient is twice what both have, divided
//! by what they have together; repeated parts count as often as both have them.

use crate::limits::SIMILARITY_CHARACTERS;

/// The words and letter pairs of a sentence, each sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Profile {
    words: Vec<u64>,
    pairs: Vec<u64>,
}

impl Profile {
    /// The profile of the first characters of a sentence. O(n log n).
    pub(super) fn of(sentence: &str) -> Self {
        let normal = normal_form(sentence);
        let mut words: Vec<u64> = Vec::new();
        let mut pairs: Vec<u64> = Vec::new();
        for word in normal.split(' ').filter(|word| !word.is_empty()) {
            words.push(fingerprint(word));
            let mut before = ' ';
            for letter in word.chars().chain([' ']) {
                pairs.push(u64::from(u32::from(before)) << 32 | u64::from(u32::from(letter)));
                before = letter;
            }
        }
        words.sort_unstable();
        pairs.sort_unstable();
        Self { words, pairs }
    }

    /// From 0 to 1, with four decimals. 0 where one has no letter or digit at all. O(both).
    pub(super) fn similarity(&self, other: &Self) -> f64 {
        let mean = f64::midpoint(
            dice(&self.words, &other.words),
            dice(&self.pairs, &other.pairs),
        );
        (mean * 10_000.0).round() / 10_000.0
    }
}

/// How alike two sentences are: 0 where they share nothing, 1 where they have the same words.
///
/// # Example
/// ```
/// use flow::rehearsal::similarity;
/// assert_eq!(similarity("My number is NL-204518", "my number is nl 77120!"), 1.0);
/// assert!(similarity("where is my order", "where is my parcel") > 0.6);
/// assert!(similarity("where is my order", "goodbye") < 0.2);
/// ```
pub fn similarity(left: &str, right: &str) -> f64 {
    Profile::of(left).similarity(&Profile::of(right))
}

/// Lower case, letters and digits only, one blank between words, one `0` for a run of digits.
pub(super) fn normal_form(sentence: &str) -> String {
    let mut normal = String::new();
    for character in sentence.chars().take(SIMILARITY_CHARACTERS) {
        if character.is_numeric() {
            if !normal.ends_with('0') {
                normal.push('0');
            }
        } else if character.is_alphabetic() {
            normal.extend(character.to_lowercase());
        } else if !normal.is_empty() && !normal.ends_with(' ') {
            normal.push(' ');
        }
    }
    normal.truncate(normal.trim_end().len());
    normal
}

/// FNV-1a: short, and the same on every machine.
fn fingerprint(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn dice(left: &[u64], right: &[u64]) -> f64 {
    let (mut at, mut other, mut shared) = (0, 0, 0_u32);
    while let (Some(a), Some(b)) = (left.get(at), right.get(other)) {
        at += usize::from(a <= b);
        other += usize::from(b <= a);
        shared += u32::from(a == b);
    }
    let count = |list: &[u64]| u32::try_from(list.len()).unwrap_or(u32::MAX);
    let all = count(left).saturating_add(count(right));
    if all == 0 {
        return 0.0;
    }
    2.0 * f64::from(shared) / f64::from(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_form_forgets_case_marks_and_numbers() {
        assert_eq!(normal_form("  It is NL-204518!! "), "it is nl 0");
        assert_eq!(normal_form("ÄRGER, 3 x 12"), "ärger 0 x 0");
        assert_eq!(normal_form("👋 …"), "");
    }

    #[test]
    fn what_the_measure_gives() {
        for (left, right, expected) in [
            ("no thanks", "No, thanks.", 1.0),
            ("thanks no", "no thanks", 1.0),
            // One of two words; " a", "a ", " b", "b " against " a", "a ".
            ("a b", "a", 0.6667),
            ("order", "orders", 0.3846),
            ("", "", 0.0),
            ("👋", "👋", 0.0),
            ("yes", "no", 0.0),
        ] {
            let found = similarity(left, right);
            assert!((found - expected).abs() < 1e-9, "{left} / {right}: {found}");
            assert!((similarity(right, left) - found).abs() < 1e-9);
        }
    }

    #[test]
    fn a_long_text_is_compared_by_its_start() {
        let long = "word ".repeat(100_000);
        assert_eq!(Profile::of(&long).words.len(), SIMILARITY_CHARACTERS / 5);
    }
}
