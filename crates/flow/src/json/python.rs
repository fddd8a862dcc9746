//! The text that Python's `json.dumps` writes for a value, which checksums and size limits of the
//! platform's tools are defined by. What is hashed or limited is decided elsewhere.
//!
//! Separators are `", "` and `": "`; all but printable ASCII is escaped as `\uXXXX`; a number with a
//! fraction or an exponent is a double in the spelling of Python's `repr`; other numbers are
//! integers and stay as they are. See <https://docs.python.org/3/library/json.html>.

use std::borrow::Cow;
use std::fmt::Write as _;

use compact_str::CompactString;

use super::scan::decode_escape;
use super::tree::{Kind, ValueRef};

/// What `json.dumps(value, sort_keys=sorted)` writes. Keys sort by code point; unsorted they keep
/// their order.
///
/// # Complexity
/// O(text), times the logarithm of the members of an object when sorted.
///
/// # Example
/// ```
/// let tree = flow::json::parse(r#"{"b":1e3,"a":"é"}"#.into()).unwrap();
/// let text = flow::json::python_text(tree.root(), true);
/// assert_eq!(text, r#"{"a": "\u00e9", "b": 1000.0}"#);
/// ```
pub fn python_text(value: ValueRef<'_>, sorted: bool) -> String {
    let mut text = String::with_capacity(value.raw().len());
    write_value(&mut text, value, sorted);
    text
}

/// The length of [`python_text`] in bytes, which sorting does not change. O(text), without
/// allocating.
pub fn python_len(value: ValueRef<'_>) -> usize {
    let mut length = Length(0);
    write_value(&mut length, value, false);
    length.0
}

/// Gives [`python_text`] to `take` in parts of about `size` bytes, so that a long text is never held
/// as a whole.
pub fn python_parts(value: ValueRef<'_>, sorted: bool, size: usize, take: impl FnMut(&str)) {
    let mut parts = Parts {
        text: String::with_capacity(size + size / 4),
        size,
        take,
    };
    write_value(&mut parts, value, sorted);
    (parts.take)(&parts.text);
}

/// The bytes of the string literal Python writes for `text`, quotes included.
pub fn python_string_len(text: &str) -> usize {
    let mut length = Length(0);
    write_string(&mut length, text, next_char);
    length.0
}

/// Takes what is written: the text, or only how long it is.
trait Sink {
    fn ascii(&mut self, text: &str);
    fn escape(&mut self, unit: u16);
}

impl Sink for String {
    fn ascii(&mut self, text: &str) {
        self.push_str(text);
    }

    fn escape(&mut self, unit: u16) {
        // Writing to a string cannot fail.
        write!(self, "\\u{unit:04x}").unwrap_or_default();
    }
}

struct Length(usize);

impl Sink for Length {
    fn ascii(&mut self, text: &str) {
        self.0 += text.len();
    }

    fn escape(&mut self, _unit: u16) {
        self.0 += "\\u0000".len();
    }
}

struct Parts<F: FnMut(&str)> {
    text: String,
    size: usize,
    take: F,
}

impl<F: FnMut(&str)> Sink for Parts<F> {
    fn ascii(&mut self, text: &str) {
        self.text.ascii(text);
        if self.text.len() >= self.size {
            (self.take)(&self.text);
            self.text.clear();
        }
    }

    fn escape(&mut self, unit: u16) {
        self.text.escape(unit);
    }
}

/// Recurses as deep as the value is nested, which the reader bounds
/// ([`MAX_DEPTH`](super::MAX_DEPTH)).
fn write_value(sink: &mut impl Sink, value: ValueRef<'_>, sorted: bool) {
    match value.kind() {
        Kind::Null => sink.ascii("null"),
        Kind::True => sink.ascii("true"),
        Kind::False => sink.ascii("false"),
        Kind::Number => write_number(sink, value.raw()),
        Kind::String | Kind::EscapedString => write_literal(sink, value),
        Kind::Array => {
            sink.ascii("[");
            for (index, element) in value.elements().enumerate() {
                if index > 0 {
                    sink.ascii(", ");
                }
                write_value(sink, element, sorted);
            }
            sink.ascii("]");
        }
        Kind::Object if sorted => {
            let mut members: Vec<(Cow<'_, str>, ValueRef<'_>, ValueRef<'_>)> = value
                .members()
                .map(|(key, value)| (key.as_str().unwrap_or_default(), key, value))
                .collect();
            // The order of UTF-8 bytes is the order of code points.
            members.sort_unstable_by(|a, b| a.0.cmp(&b.0));
            let members = members.into_iter().map(|(_, key, value)| (key, value));
            write_members(sink, members, sorted);
        }
        Kind::Object => write_members(sink, value.members(), sorted),
    }
}

fn write_members<'a>(
    sink: &mut impl Sink,
    members: impl Iterator<Item = (ValueRef<'a>, ValueRef<'a>)>,
    sorted: bool,
) {
    sink.ascii("{");
    for (index, (key, value)) in members.enumerate() {
        if index > 0 {
            sink.ascii(", ");
        }
        write_literal(sink, key);
        sink.ascii(": ");
        write_value(sink, value, sorted);
    }
    sink.ascii("}");
}

fn write_literal(sink: &mut impl Sink, literal: ValueRef<'_>) {
    let raw = literal.raw();
    let inner = &raw[1..raw.len() - 1];
    write_string(sink, inner, |inner, at| {
        if inner.as_bytes()[at] == b'\\' {
            decode_escape(inner.as_bytes(), at)
        } else {
            next_char(inner, at)
        }
    });
}

/// The character at `at` and how many bytes it takes.
fn next_char(text: &str, at: usize) -> (char, usize) {
    let next = text[at..].chars().next().unwrap_or_default();
    (next, next.len_utf8())
}

/// Writes a string. `next` reads what is not plain ASCII: the character that stands at an offset
/// and how many bytes of `text` spell it.
fn write_string(sink: &mut impl Sink, text: &str, next: impl Fn(&str, usize) -> (char, usize)) {
    sink.ascii("\"");
    let mut at = 0;
    loop {
        let plain = text.as_bytes()[at..]
            .iter()
            .take_while(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\'))
            .count();
        sink.ascii(&text[at..at + plain]);
        at += plain;
        if at == text.len() {
            break;
        }
        let (character, width) = next(text, at);
        write_char(sink, character);
        at += width;
    }
    sink.ascii("\"");
}

fn write_char(sink: &mut impl Sink, character: char) {
    match character {
        '"' => sink.ascii("\\\""),
        '\\' => sink.ascii("\\\\"),
        '\n' => sink.ascii("\\n"),
        '\r' => sink.ascii("\\r"),
        '\t' => sink.ascii("\\t"),
        '\u{8}' => sink.ascii("\\b"),
        '\u{c}' => sink.ascii("\\f"),
        ' '..='~' => sink.ascii(character.encode_utf8(&mut [0; 4])),
        other => {
            for unit in other.encode_utf16(&mut [0; 2]) {
                sink.escape(*unit);
            }
        }
    }
}

fn write_number(sink: &mut impl Sink, raw: &str) {
    if raw.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E')) {
        write_double(sink, raw.parse().unwrap_or(f64::NAN));
    } else if raw == "-0" {
        sink.ascii("0");
    } else {
        sink.ascii(raw);
    }
}

/// A double as Python's `repr` spells it: the shortest digits that read back the same, with an
/// exponent below 1e-4 and from 1e16 on.
fn write_double(sink: &mut impl Sink, number: f64) {
    if !number.is_finite() {
        let name = if number.is_nan() {
            "NaN"
        } else if number > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        };
        sink.ascii(name);
        return;
    }
    let shortest = shortest(number);
    let (mantissa, exponent) = shortest.split_once('e').unwrap_or((&shortest, "0"));
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(mantissa) => ("-", mantissa),
        None => ("", mantissa),
    };
    let exponent: i32 = exponent.parse().unwrap_or(0);
    sink.ascii(sign);
    if !(-4..16).contains(&exponent) {
        sink.ascii(mantissa);
        let sign = if exponent < 0 { '-' } else { '+' };
        let exponent = compact_str::format_compact!("e{sign}{:02}", exponent.abs());
        sink.ascii(&exponent);
        return;
    }
    let digits: CompactString = mantissa.chars().filter(|&digit| digit != '.').collect();
    let zeros = |count: usize| &"0000000000000000"[..count];
    match usize::try_from(exponent + 1) {
        Ok(whole @ 1..) if digits.len() > whole => {
            sink.ascii(&digits[..whole]);
            sink.ascii(".");
            sink.ascii(&digits[whole..]);
        }
        Ok(whole @ 1..) => {
            sink.ascii(&digits);
            sink.ascii(zeros(whole - digits.len()));
            sink.ascii(".0");
        }
        _ => {
            sink.ascii("0.");
            sink.ascii(zeros(exponent.unsigned_abs() as usize - 1));
            sink.ascii(&digits);
        }
    }
}

/// The shortest digits that read back the same, as `1.5e-7`: at most 24 bytes, which stay on the
/// stack. Where two spellings are equally near, Python and JavaScript take the even last digit and
/// Rust the upper one. That needs 16 digits: fewer tell any two doubles apart.
pub(crate) fn shortest(number: f64) -> CompactString {
    let shortest = compact_str::format_compact!("{number:e}");
    let digits = shortest
        .bytes()
        .take_while(|&byte| byte != b'e')
        .filter(u8::is_ascii_digit)
        .count();
    if digits < 16 {
        return shortest;
    }
    // A given number of digits is rounded to even. At a power of two it may read back differently.
    let nearest = compact_str::format_compact!("{number:.*e}", digits - 1);
    if nearest.parse() == Ok(number) {
        nearest
    } else {
        shortest
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn unsorted(text: &str) -> String {
        let tree = parse(text.into()).unwrap();
        let written = python_text(tree.root(), false);
        assert_eq!(python_len(tree.root()), written.len(), "{text}");
        assert_eq!(
            python_text(tree.root(), true).len(),
            written.len(),
            "{text}"
        );
        written
    }

    #[test]
    fn numbers_are_spelled_as_python_spells_them() {
        for (spelled, written) in [
            ("1e3", "1000.0"),
            ("1E+3", "1000.0"),
            ("1e15", "1000000000000000.0"),
            ("1e16", "1e+16"),
            ("123456789012345680.0", "1.2345678901234568e+17"),
            ("1e-4", "0.0001"),
            ("1.25e-4", "0.000125"),
            ("1e-7", "1e-07"),
            ("5e-324", "5e-324"),
            ("1e100", "1e+100"),
            ("1e400", "Infinity"),
            ("-1e400", "-Infinity"),
            ("1e-400", "0.0"),
            ("-0.0", "-0.0"),
            ("-0", "0"),
            ("0.1", "0.1"),
            ("12.50", "12.5"),
            ("-1234.5", "-1234.5"),
            ("9007199254740993", "9007199254740993"),
            ("9007199254740993.0", "9007199254740992.0"),
            ("5.6843418860808015e-14", "5.684341886080802e-14"),
            ("2.98023223876953125e-8", "2.9802322387695312e-08"),
            (
                "123456789012345678901234567890",
                "123456789012345678901234567890",
            ),
        ] {
            assert_eq!(unsorted(spelled), written);
        }
    }

    #[test]
    fn all_but_printable_ascii_is_escaped() {
        assert_eq!(
            unsorted(r#""~\/\"\\\b\f\n\r\t\u0000\u001f\u007f\u0041é😀\u2028\ud83d\ude00""#),
            r#""~/\"\\\b\f\n\r\t\u0000\u001f\u007fA\u00e9\ud83d\ude00\u2028\ud83d\ude00""#
        );
        assert_eq!(
            python_string_len("é\"😀"),
            r#""\u00e9\"\ud83d\ude00""#.len()
        );
    }

    #[test]
    fn separators_have_one_space() {
        assert_eq!(
            unsorted("{\"b\":[1,2 ,\n[]],\"a\" : {},\"c\":null,\"d\":true,\"e\":false}"),
            "{\"b\": [1, 2, []], \"a\": {}, \"c\": null, \"d\": true, \"e\": false}"
        );
    }

    #[test]
    fn keys_sort_by_code_point_after_decoding() {
        // U+10000 sorts after U+FF5E, although its UTF-16 units sort before.
        let text = r#"{"\ud800\udc00":1,"～":2,"b":3,"\u0061":4,"B":5}"#;
        let tree = parse(text.into()).unwrap();
        assert_eq!(
            python_text(tree.root(), true),
            r#"{"B": 5, "a": 4, "b": 3, "\uff5e": 2, "\ud800\udc00": 1}"#
        );
    }
}
