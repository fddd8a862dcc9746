//! Scanning and decoding the inside of string literals.

/// Offset of the first byte at or after `from` that ends a plain run inside a string: `"`, `\`,
/// or a control character. Eight bytes at a time (the "has byte less than / equal to" tricks of
/// Hacker's Delight, chapter 6).
#[inline]
pub(super) fn plain_run_end(bytes: &[u8], from: usize) -> usize {
    const LOW: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let mut at = from;
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*chunk);
        let zero = |lanes: u64| lanes.wrapping_sub(LOW) & !lanes & HIGH;
        let quote = zero(word ^ (LOW * u64::from(b'"')));
        let backslash = zero(word ^ (LOW * u64::from(b'\\')));
        let control = word.wrapping_sub(LOW * 0x20) & !word & HIGH;
        let hit = quote | backslash | control;
        if hit != 0 {
            return at + (hit.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while let Some(&byte) = bytes.get(at) {
        if byte == b'"' || byte == b'\\' || byte < 0x20 {
            break;
        }
        at += 1;
    }
    at
}

/// The four hexadecimal digits at `from`, as a number.
pub(super) fn hex4(bytes: &[u8], from: usize) -> Option<u32> {
    let digits = bytes.get(from..from + 4)?;
    digits.iter().try_fold(0_u32, |value, &digit| {
        char::from(digit)
            .to_digit(16)
            .map(|digit| value * 16 + digit)
    })
}

/// The text of a string literal's inside. Escapes must have been checked by the reader; what it
/// would have refused becomes U+FFFD.
pub(super) fn unescape(inner: &str) -> String {
    let bytes = inner.as_bytes();
    let mut text = String::with_capacity(inner.len());
    let mut at = 0;
    while at < bytes.len() {
        let Some(length) = inner[at..].find('\\') else {
            text.push_str(&inner[at..]);
            break;
        };
        text.push_str(&inner[at..at + length]);
        at += length;
        let (decoded, width) = decode_escape(bytes, at);
        text.push(decoded);
        at += width;
    }
    text
}

/// The character the escape at `at` stands for, and how many bytes the escape takes.
pub(super) fn decode_escape(bytes: &[u8], at: usize) -> (char, usize) {
    let simple = |decoded| (decoded, 2);
    match bytes.get(at + 1) {
        Some(b'b') => simple('\u{8}'),
        Some(b'f') => simple('\u{c}'),
        Some(b'n') => simple('\n'),
        Some(b'r') => simple('\r'),
        Some(b't') => simple('\t'),
        Some(b'u') => decode_unicode(bytes, at),
        Some(&other) if other.is_ascii() => simple(char::from(other)),
        _ => (char::REPLACEMENT_CHARACTER, 1),
    }
}

fn decode_unicode(bytes: &[u8], at: usize) -> (char, usize) {
    let Some(unit) = hex4(bytes, at + 2) else {
        return (char::REPLACEMENT_CHARACTER, 2);
    };
    if let Some(scalar) = char::from_u32(unit) {
        return (scalar, 6);
    }
    let low = (bytes.get(at + 6..at + 8) == Some(b"\\u"))
        .then(|| hex4(bytes, at + 8))
        .flatten();
    match low {
        Some(low) if (0xD800..0xDC00).contains(&unit) && (0xDC00..0xE000).contains(&low) => {
            let scalar = 0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
            (
                char::from_u32(scalar).unwrap_or(char::REPLACEMENT_CHARACTER),
                12,
            )
        }
        _ => (char::REPLACEMENT_CHARACTER, 6),
    }
}

/// Where byte `decoded` of the decoded text of a literal's inside stands in the inside as spelled.
pub(super) fn raw_offset(inner: &str, decoded: usize) -> usize {
    let bytes = inner.as_bytes();
    let mut raw = 0;
    let mut seen = 0;
    while raw < bytes.len() && seen < decoded {
        if bytes[raw] == b'\\' {
            let (scalar, width) = decode_escape(bytes, raw);
            seen += scalar.len_utf8();
            raw += width;
        } else {
            seen += 1;
            raw += 1;
        }
    }
    raw.min(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_at_quote_backslash_or_control_in_any_lane() {
        for stop in [b'"', b'\\', b'\n', 0, 0x1f] {
            for at in 0..20 {
                let mut bytes = "é ~\u{7f}".repeat(8).into_bytes();
                bytes.insert(at, stop);
                assert_eq!(plain_run_end(&bytes, 0), at, "{stop} at {at}");
            }
        }
        assert_eq!(
            plain_run_end("ünï\u{80}cödé".as_bytes(), 0),
            "ünï\u{80}cödé".len()
        );
    }

    #[test]
    fn escapes_decode() {
        assert_eq!(unescape(r#"a\"\\\/\b\f\n\r\tz"#), "a\"\\/\u{8}\u{c}\n\r\tz");
        assert_eq!(unescape(r"\u00e9\ud83d\ude00!"), "é😀!");
    }

    #[test]
    fn decoded_offsets_map_back_to_the_spelling() {
        let inner = r"a\u00e9\ud83d\ude00b";
        assert_eq!(raw_offset(inner, 0), 0);
        assert_eq!(raw_offset(inner, 1), 1);
        assert_eq!(raw_offset(inner, 3), 7);
        assert_eq!(raw_offset(inner, 7), 19);
        assert_eq!(raw_offset(inner, 8), 20);
    }
}
