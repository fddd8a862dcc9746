//! Spelling new values: strings and numbers that a command puts into a text.

use std::fmt::Write as _;

/// `text` as a JSON string literal. Only what must be escaped is; U+2028 and U+2029 too, which
/// are line ends to some readers, and so are the marks that reorder text on the screen.
pub fn quote(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for character in text.chars() {
        match character {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            '\u{8}' => literal.push_str("\\b"),
            '\u{c}' => literal.push_str("\\f"),
            '\0'..='\u{1f}'
            | '\u{7f}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {
                write!(literal, "\\u{:04x}", u32::from(character)).unwrap_or_default();
            }
            other => literal.push(other),
        }
    }
    literal.push('"');
    literal
}

/// A finite number as JSON: shortest spelling that reads back the same, whole numbers without a
/// fraction. Numbers JSON has no spelling for become `null`.
pub fn write_number(number: f64) -> String {
    if number.is_finite() {
        format!("{number}")
    } else {
        "null".to_owned()
    }
}
