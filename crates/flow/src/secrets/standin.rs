//! What stands where a secret will be: examples, placeholders, names of variables.

use crate::limits::{SECRET_ENTROPY, SECRET_LENGTH};

/// Words that no key has, and examples do.
const WORDS: [&str; 22] = [
    "example",
    "your",
    "xxx",
    "placeholder",
    "changeme",
    "change_me",
    "change-me",
    "dummy",
    "sample",
    "redacted",
    "replace",
    "insert",
    "enter",
    "todo",
    "secret_here",
    "key_here",
    "token_here",
    "undefined",
    "lorem",
    "fake",
    "***",
    "...",
];

/// Whether a text only stands for a secret: empty, an example, or put in by a program later.
pub(super) fn is_stand_in(text: &str) -> bool {
    let text = text.trim();
    let is_put_in = [
        "{{",
        "${",
        "[[",
        "}}",
        "%{",
        "#{",
        "process.env",
        "context.",
        "input.",
        "profile.",
    ]
    .iter()
    .any(|mark| text.contains(mark));
    let is_marked = matches!(text.as_bytes(), [] | [b'<' | b'$' | b'%' | b'{' | b'[', ..])
        || (text.starts_with("__") && text.ends_with("__"));
    if is_put_in || is_marked {
        return true;
    }
    let lower: String = text
        .chars()
        .take(SECRET_LENGTH)
        .flat_map(char::to_lowercase)
        .collect();
    let is_word = [
        "password", "passwort", "secret", "token", "apikey", "pass", "pwd",
    ]
    .contains(&lower.as_str());
    is_word || WORDS.iter().any(|word| lower.contains(word)) || different(&lower) < 4
}

/// How many different characters there are.
fn different(text: &str) -> usize {
    let mut seen = [false; 256];
    for byte in text.bytes() {
        seen[usize::from(byte)] = true;
    }
    seen.iter().filter(|seen| **seen).count()
}

/// Whether most characters only count on from the one before: `1234567890`, `abcdef`.
fn is_counted(bytes: &[u8]) -> bool {
    let steps = bytes
        .windows(2)
        .filter(|pair| pair[1] == pair[0].wrapping_add(1))
        .count();
    steps * 20 > bytes.len() * 17
}

/// Whether a text has letters and digits mixed as no name and no word has them.
pub(super) fn looks_random(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    let letters = bytes
        .iter()
        .filter(|byte| byte.is_ascii_alphabetic())
        .count();
    let changes = bytes
        .windows(2)
        .filter(|pair| sort(pair[0]) != sort(pair[1]))
        .count();
    let is_mixed = letters >= 2 && (digits >= 3 || (digits >= 1 && changes * 2 > bytes.len()));
    bytes.iter().all(u8::is_ascii_graphic)
        && is_mixed
        && entropy(text) >= SECRET_ENTROPY
        && !is_counted(bytes)
        && !is_address(text)
}

/// Small letter, capital, digit or sign: names change from one to another less often than keys.
fn sort(byte: u8) -> u8 {
    match byte {
        b'a'..=b'z' => 0,
        b'A'..=b'Z' => 1,
        b'0'..=b'9' => 2,
        _ => 3,
    }
}

/// Whether a text is an address or a call, which nobody has to keep secret.
fn is_address(text: &str) -> bool {
    text.contains("://") || text.starts_with('/') || text.contains('(')
}

/// How many bits a character of a text carries, by how often each comes (Shannon).
#[allow(clippy::cast_precision_loss, reason = "lengths are small")]
fn entropy(text: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in text.bytes() {
        counts[usize::from(byte)] += 1;
    }
    let length = text.len() as f64;
    counts
        .iter()
        .filter(|count| **count > 0)
        .map(|&count| f64::from(count) / length)
        .map(|share| -share * share.log2())
        .sum()
}
