//! Offsets as a browser counts them (UTF-16 code units) and as Rust does (bytes).

/// How many UTF-16 code units stand before the byte `offset` of `text`. O(offset).
pub fn units_before(text: &str, offset: usize) -> u32 {
    let before = text.get(..offset).unwrap_or(text);
    let units = before.chars().map(char::len_utf16).sum::<usize>();
    u32::try_from(units).unwrap_or(u32::MAX)
}

/// The byte offset that stands after `units` UTF-16 code units of `text`; the end of the text
/// when there are fewer. Between the halves of a pair it is the start of their character.
/// O(offset).
pub fn byte_at(text: &str, units: u32) -> usize {
    let mut left = units as usize;
    for (offset, character) in text.char_indices() {
        if left < character.len_utf16() {
            return offset;
        }
        left -= character.len_utf16();
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_agree_on_every_character() {
        let text = "aé😀\n\u{202e}z";
        for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
            assert_eq!(byte_at(text, units_before(text, offset)), offset);
        }
        assert_eq!(units_before(text, text.len()), 7);
        assert_eq!(byte_at(text, 3), 3, "inside the pair of the emoji");
        assert_eq!(byte_at(text, 99), text.len());
    }
}
