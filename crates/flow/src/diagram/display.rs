//! Texts of a file as they may be shown.

use compact_str::CompactString;

/// The longest text that is put on a card or a wire, in characters.
pub(super) const MAX_TEXT: usize = 120;

/// A text as it may be shown on one line: of bounded length, control characters and marks that
/// reorder text replaced, so that no label can break or fake the page.
pub fn display(text: &str) -> CompactString {
    let harmless = |character: char| {
        !character.is_control()
            && !matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{2028}' | '\u{2029}')
    };
    let short = text.len() <= MAX_TEXT;
    // Most texts are plain, which bytes tell sooner than characters.
    let is_plain = || text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if short && (is_plain() || text.chars().all(harmless)) {
        return CompactString::from(text);
    }
    let mut shown: CompactString = text
        .chars()
        .take(MAX_TEXT)
        .map(|character| match character {
            '\n' | '\t' | '\r' => ' ',
            other if harmless(other) => other,
            _ => '\u{fffd}',
        })
        .collect();
    if text.chars().nth(MAX_TEXT).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_is_made_harmless() {
        assert_eq!(display("<b>bold</b>"), "<b>bold</b>");
        assert_eq!(display("a\u{202e}b\0c\nd"), "a\u{fffd}b\u{fffd}c d");
        assert_eq!(
            display(&"x".repeat(1_000_000)).chars().count(),
            MAX_TEXT + 1
        );
    }
}
