//! The parts of one line of JSON, for colouring it. No string crosses a line break, so that any
//! line can be read without those before it.

use crate::json::Span;

/// What a part of a line of JSON is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// The name of a member.
    Key,
    /// A string.
    String,
    /// A number.
    Number,
    /// `true`, `false`, `null`.
    Literal,
    /// Brackets, commas, colons, spaces.
    Other,
    /// Something that is no JSON.
    Mistake,
}

/// Divides a line into parts that follow each other without gap. It may start anywhere but inside
/// a string. O(line).
pub fn spelling(line: &str) -> Vec<(Span, Spelling)> {
    let bytes = line.as_bytes();
    let mut parts: Vec<(Span, Spelling)> = Vec::new();
    let mut start = 0;
    while start < bytes.len() {
        let (end, part) = match bytes[start] {
            b'"' => {
                let end = string_end(bytes, start);
                let after = bytes[end..]
                    .iter()
                    .find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
                let part = if after == Some(&b':') {
                    Spelling::Key
                } else {
                    Spelling::String
                };
                (end, part)
            }
            b'-' | b'0'..=b'9' => (word_end(bytes, start), Spelling::Number),
            byte if byte.is_ascii_alphabetic() => {
                let end = word_end(bytes, start);
                let known = matches!(&line[start..end], "true" | "false" | "null");
                let part = if known {
                    Spelling::Literal
                } else {
                    Spelling::Mistake
                };
                (end, part)
            }
            b'{' | b'}' | b'[' | b']' | b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' => {
                (start + 1, Spelling::Other)
            }
            _ => {
                let length = line[start..].chars().next().map_or(1, char::len_utf8);
                (start + length, Spelling::Mistake)
            }
        };
        let span = Span::new(offset(start), offset(end));
        match parts.last_mut() {
            Some((last, kind)) if *kind == part && part == Spelling::Other => last.end = span.end,
            _ => parts.push((span, part)),
        }
        start = end;
    }
    parts
}

/// Whether a text that starts outside of strings ends inside one. O(text).
pub fn ends_in_string(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut inside = false;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if inside => at += 1,
            b'"' => inside = !inside,
            _ => {}
        }
        at += 1;
    }
    inside
}

/// The parts of a text that starts inside a string, whose rest comes first.
pub fn spelling_inside(text: &str) -> Vec<(Span, Spelling)> {
    let mut at = 0;
    let bytes = text.as_bytes();
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    let end = (at + 1).min(bytes.len());
    let mut parts = vec![(Span::new(0, offset(end)), Spelling::String)];
    if let Some(rest) = text.get(end..) {
        let start = offset(end);
        let shifted = |(span, part): (Span, Spelling)| {
            (Span::new(span.start + start, span.end + start), part)
        };
        parts.extend(spelling(rest).into_iter().map(shifted));
    }
    parts
}

/// Where the string that opens at `start` ends: after its quote, or at the end of the line.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn word_end(bytes: &[u8], start: usize) -> usize {
    let inside = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    start
        + bytes[start..]
            .iter()
            .take_while(|byte| inside(byte))
            .count()
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parts(line: &str) -> Vec<(&str, Spelling)> {
        spelling(line)
            .into_iter()
            .map(|(span, part)| (&line[span.range()], part))
            .collect()
    }

    #[test]
    fn a_line_is_divided_into_its_parts() {
        assert_eq!(
            parts(r#"  "a\"b": -1.5e3, "x" , true, nul, é"#),
            [
                ("  ", Spelling::Other),
                (r#""a\"b""#, Spelling::Key),
                (": ", Spelling::Other),
                ("-1.5e3", Spelling::Number),
                (", ", Spelling::Other),
                ("\"x\"", Spelling::String),
                (" , ", Spelling::Other),
                ("true", Spelling::Literal),
                (", ", Spelling::Other),
                ("nul", Spelling::Mistake),
                (", ", Spelling::Other),
                ("é", Spelling::Mistake),
            ]
        );
        assert_eq!(parts("\"open\\"), [("\"open\\", Spelling::String)]);
    }

    proptest! {
        #[test]
        fn any_line_is_covered_without_gap(line in "[a\"\\\\{:é😀 1]{0,20}") {
            let together: String = parts(&line).into_iter().map(|(text, _)| text).collect();
            prop_assert_eq!(together, line);
        }

        #[test]
        fn a_line_can_be_read_from_any_place(line in "[a\"\\\\{:é 1]{0,20}", at in 0_usize..20) {
            let places = (0..=at.min(line.len())).rev();
            let at = places.into_iter().find(|&at| line.is_char_boundary(at)).unwrap_or(0);
            let rest = &line[at..];
            let parts = if ends_in_string(&line[..at]) {
                spelling_inside(rest)
            } else {
                spelling(rest)
            };
            let together: String = parts.iter().map(|(span, _)| &rest[span.range()]).collect();
            prop_assert_eq!(together, rest);
        }
    }
}
