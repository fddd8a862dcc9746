//! Making text harmless to show: characters that command a terminal or reorder a line are spelled
//! out instead of obeyed.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::words::grouped;

/// `text` with every control character and every mark that reorders text spelled as `\u{…}`, so
/// that what is shown is what is there. Covers C0 and C1, DEL, the line and paragraph separators,
/// and the explicit bidirectional marks of
/// [UAX 9](https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters).
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hazard) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_hazard(character) {
            write!(shown, "\\u{{{:x}}}", u32::from(character)).unwrap_or_default();
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// `text` made harmless to show, and cut after `most` characters with a remark on how many more
/// there are: whoever reads it needs to know that it is cut.
pub fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    let Some((end, _)) = text.char_indices().nth(most) else {
        return visible(text);
    };
    let (start, rest) = text.split_at(end);
    let count = rest.chars().count();
    let noun = if count == 1 {
        "character"
    } else {
        "characters"
    };
    let more = grouped(count);
    Cow::Owned(format!("{}… ({more} more {noun})", visible(start)))
}

fn is_hazard(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_to_the_terminal_are_spelled_out() {
        assert_eq!(visible("\u{1b}[31mred"), "\\u{1b}[31mred");
        assert_eq!(
            visible("a\u{202e}b\u{2066}\u{9b}"),
            "a\\u{202e}b\\u{2066}\\u{9b}"
        );
    }

    #[test]
    fn a_text_that_is_cut_says_so() {
        assert_eq!(shortened("größe", 5), "größe");
        assert_eq!(shortened("größer", 5), "größe… (1 more character)");
        let long = "\u{1b}".repeat(1_000_000);
        assert_eq!(shortened(&long, 1), "\\u{1b}… (999,999 more characters)");
    }

    #[test]
    fn ordinary_text_is_not_copied() {
        assert!(matches!(visible("Größe 😀 مرحبا"), Cow::Borrowed(_)));
    }
}
