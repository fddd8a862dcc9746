//! The checksum of a sync payload: SHA-256 of the canonical text of the flow in it. The canonical
//! text is what Python's `json.dumps(value, sort_keys=True)` writes for what `json.loads` reads,
//! because the pipelines that made the checksums are written in Python.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::json::{Kind, ValueRef};

/// How much canonical text is collected before it is hashed, in bytes.
const CHUNK: usize = 16 * 1024;

/// The checksum of a value, in lowercase hexadecimal.
///
/// # Complexity
/// O(bytes), with a sort of the keys of each object; the canonical text is never held as a whole.
pub fn checksum(value: ValueRef<'_>) -> String {
    let mut hash = Sha256::new();
    let mut writer = Canonical {
        text: String::with_capacity(CHUNK + 256),
        flush: |text: &str| hash.update(text),
    };
    writer.value(value);
    writer.finish();
    let mut hexadecimal = String::with_capacity(64);
    for byte in hash.finalize() {
        write!(hexadecimal, "{byte:02x}").unwrap_or_default();
    }
    hexadecimal
}

/// The canonical text of a value, with its keys sorted by code point.
pub fn canonical_text(value: ValueRef<'_>) -> String {
    let mut whole = String::new();
    let mut writer = Canonical {
        text: String::new(),
        flush: |text: &str| whole.push_str(text),
    };
    writer.value(value);
    writer.finish();
    whole
}

struct Canonical<F: FnMut(&str)> {
    text: String,
    flush: F,
}

impl<F: FnMut(&str)> Canonical<F> {
    /// Recursion is bounded by the depth that the reader accepts.
    fn value(&mut self, value: ValueRef<'_>) {
        match value.kind() {
            Kind::Null => self.text.push_str("null"),
            Kind::True => self.text.push_str("true"),
            Kind::False => self.text.push_str("false"),
            Kind::Number => number(&mut self.text, value.raw()),
            Kind::String | Kind::EscapedString => {
                string(&mut self.text, &value.as_str().unwrap_or_default());
            }
            Kind::Array => self.array(value),
            Kind::Object => self.object(value),
        }
        if self.text.len() >= CHUNK {
            self.finish();
        }
    }

    fn array(&mut self, array: ValueRef<'_>) {
        self.text.push('[');
        for (index, element) in array.elements().enumerate() {
            if index > 0 {
                self.text.push_str(", ");
            }
            self.value(element);
        }
        self.text.push(']');
    }

    fn object(&mut self, object: ValueRef<'_>) {
        // The byte order of UTF-8 is the order of code points.
        let mut members: Vec<_> = object
            .members()
            .map(|(key, value)| (key.as_str().unwrap_or_default(), value))
            .collect();
        members.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        self.text.push('{');
        for (index, (key, value)) in members.into_iter().enumerate() {
            if index > 0 {
                self.text.push_str(", ");
            }
            string(&mut self.text, &key);
            self.text.push_str(": ");
            self.value(value);
        }
        self.text.push('}');
    }

    fn finish(&mut self) {
        (self.flush)(&self.text);
        self.text.clear();
    }
}

/// A string in ASCII: Python's `ensure_ascii`.
fn string(out: &mut String, text: &str) {
    out.push('"');
    let mut plain = 0;
    for (at, character) in text.char_indices() {
        if matches!(character, ' '..='~') && character != '"' && character != '\\' {
            continue;
        }
        out.push_str(&text[plain..at]);
        plain = at + character.len_utf8();
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            other => {
                for unit in other.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04x}").unwrap_or_default();
                }
            }
        }
    }
    out.push_str(&text[plain..]);
    out.push('"');
}

/// A number as Python reads and writes it: without a fraction or an exponent it is an integer of
/// any size, otherwise a double.
fn number(out: &mut String, raw: &str) {
    if raw.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E')) {
        float(out, raw.parse().unwrap_or(f64::NAN));
    } else if raw == "-0" {
        out.push('0');
    } else {
        out.push_str(raw);
    }
}

/// Python's `repr` of a double: the shortest digits that read back the same, with an exponent of
/// at least two digits below 1e-4 and from 1e16 on.
fn float(out: &mut String, value: f64) {
    if value.is_infinite() {
        out.push_str(if value > 0.0 { "Infinity" } else { "-Infinity" });
        return;
    }
    // Rust's own shortest digits, as "-d.ddde-x".
    let scientific = format!("{value:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if !(-4..16).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        write!(out, "{mantissa}e{sign}{:02}", exponent.abs()).unwrap_or_default();
        return;
    }
    // Plain notation; Rust leaves out the fraction of whole numbers.
    let plain = value.to_string();
    out.push_str(&plain);
    if !plain.contains('.') {
        out.push_str(".0");
    }
}
