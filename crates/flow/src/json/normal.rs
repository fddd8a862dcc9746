//! One spelling for values that say the same: for comparing them, and for sending them. Unlike the
//! text that checksums are made of (`python.rs`), it also spells equal numbers alike.

use std::borrow::Cow;

use super::encode::quote;
use super::tree::{Kind, ValueRef};
use crate::expression::number;

/// The value on one line without blanks: keys sorted by code point, strings with no more escapes
/// than needed, numbers as JavaScript writes them. Whole numbers without a fraction or an exponent
/// keep all their digits, so that long ids survive. Two values that differ in spelling or key order
/// only have the same text.
///
/// # Complexity
/// O(text), times the logarithm of the members of an object. Recursion is bounded by the depth that
/// the reader accepts.
///
/// # Example
/// ```
/// let tree = flow::json::parse(r#"{ "b": 1e3, "a": "\u0061\/" }"#.into()).unwrap();
/// assert_eq!(flow::json::normal_text(tree.root()), r#"{"a":"a/","b":1000}"#);
/// ```
pub fn normal_text(value: ValueRef<'_>) -> String {
    let mut text = String::with_capacity(value.raw().len());
    write_normal(&mut text, value);
    text
}

/// Writes [`normal_text`] at the end of a text.
pub(crate) fn write_normal(text: &mut String, value: ValueRef<'_>) {
    match value.kind() {
        Kind::Null | Kind::True | Kind::False => text.push_str(value.raw()),
        Kind::Number => text.push_str(&normal_number(value.raw())),
        Kind::String | Kind::EscapedString => {
            text.push_str(&quote(&value.as_str().unwrap_or_default()));
        }
        Kind::Array => {
            text.push('[');
            for (index, element) in value.elements().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_normal(text, element);
            }
            text.push(']');
        }
        Kind::Object => {
            let mut members: Vec<(Cow<'_, str>, ValueRef<'_>)> = value
                .members()
                .map(|(key, value)| (key.as_str().unwrap_or_default(), value))
                .collect();
            members.sort_unstable_by(|a, b| a.0.cmp(&b.0));
            text.push('{');
            for (index, (key, value)) in members.into_iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                text.push_str(&quote(&key));
                text.push(':');
                write_normal(text, value);
            }
            text.push('}');
        }
    }
}

fn normal_number(raw: &str) -> Cow<'_, str> {
    if !raw.contains(['.', 'e', 'E']) {
        return Cow::Borrowed(if raw == "-0" { "0" } else { raw });
    }
    match raw.parse::<f64>() {
        Ok(value) if value.is_finite() => Cow::Owned(number::to_text(value)),
        // Beyond what a double holds: nothing else says it.
        _ => Cow::Borrowed(raw),
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn equal_numbers_are_spelled_alike() {
        for (spelled, normal) in [
            ("1.0", "1"),
            ("1e3", "1000"),
            ("1E+3", "1000"),
            ("-0", "0"),
            ("-0.0", "0"),
            ("0.10", "0.1"),
            ("1e21", "1e+21"),
            ("12345678901234567890123", "12345678901234567890123"),
            ("1e400", "1e400"),
        ] {
            assert_eq!(normal_number(spelled), normal);
        }
    }

    #[test]
    fn keys_are_sorted_at_every_level_and_lists_keep_their_order() {
        let tree =
            parse(r#"[ {"b": [2, 1], "a": {"d": null, "c": true}}, "é\n" ]"#.into()).unwrap();
        let normal = normal_text(tree.root());
        assert_eq!(normal, r#"[{"a":{"c":true,"d":null},"b":[2,1]},"é\n"]"#);
    }
}
