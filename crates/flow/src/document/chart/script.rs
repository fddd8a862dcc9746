//! The code of a node in coloured pieces. Only what colours need is told apart: comments, texts, numbers
//! and keywords of JavaScript; regular expressions are not, so one that holds a quote colours what follows
//! it on its line.

use crate::json::Span;

/// What a piece of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A comment.
    Comment,
    /// A text in quotes or backticks.
    Text,
    /// A number.
    Number,
    /// A word of the language.
    Keyword,
    /// Anything else.
    Plain,
}

const KEYWORDS: [&str; 37] = [
    "async",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "default",
    "delete",
    "do",
    "else",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "from",
    "function",
    "if",
    "import",
    "in",
    "instanceof",
    "let",
    "new",
    "null",
    "of",
    "return",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "undefined",
    "var",
    "while",
];

/// The pieces of a code, which together are all of it. O(bytes).
pub fn pieces(code: &str) -> Vec<(Span, Piece)> {
    let bytes = code.as_bytes();
    let mut pieces: Vec<(Span, Piece)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &code[at..];
        let (length, piece) = match bytes[at] {
            b'/' if rest.starts_with("//") => (line(rest), Piece::Comment),
            b'/' if rest.starts_with("/*") => {
                let end = rest[2..].find("*/").map(|end| end + 4);
                (end.unwrap_or(rest.len()), Piece::Comment)
            }
            quote @ (b'"' | b'\'' | b'`') => (quoted(rest, quote), Piece::Text),
            b'0'..=b'9' => (word(rest, true), Piece::Number),
            first if is_word(first) => {
                let length = word(rest, false);
                let is_keyword = KEYWORDS.binary_search(&&rest[..length]).is_ok();
                let piece = if is_keyword {
                    Piece::Keyword
                } else {
                    Piece::Plain
                };
                (length, piece)
            }
            _ => (rest.chars().next().map_or(1, char::len_utf8), Piece::Plain),
        };
        let (start, end) = (offset(at), offset(at + length));
        match pieces.last_mut() {
            Some((span, last)) if *last == piece && piece == Piece::Plain => span.end = end,
            _ => pieces.push((Span::new(start, end), piece)),
        }
        at += length;
    }
    pieces
}

fn line(rest: &str) -> usize {
    rest.find('\n').unwrap_or(rest.len())
}

/// The bytes of a text in quotes. Only one in backticks goes on in the next line.
fn quoted(rest: &str, quote: u8) -> usize {
    let mut is_escaped = false;
    for (at, &byte) in rest.as_bytes().iter().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'\n' if quote != b'`' => return at,
            other if other == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn word(rest: &str, is_number: bool) -> usize {
    let part = |byte: u8| is_word(byte) || byte.is_ascii_digit() || is_number && byte == b'.';
    let bytes = rest.as_bytes();
    bytes
        .iter()
        .position(|&byte| !part(byte))
        .unwrap_or(bytes.len())
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$') || !byte.is_ascii()
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_told_apart_and_are_all_of_the_code() {
        let code = "// don't\nconst a = 'it\\'s' + `x\n${b}`; /* c */ return 1.5é\"open";
        let pieces = pieces(code);
        let told: Vec<_> = pieces
            .iter()
            .filter(|(_, piece)| *piece != Piece::Plain)
            .map(|(span, piece)| (&code[span.range()], *piece))
            .collect();
        assert_eq!(
            told,
            [
                ("// don't", Piece::Comment),
                ("const", Piece::Keyword),
                ("'it\\'s'", Piece::Text),
                ("`x\n${b}`", Piece::Text),
                ("/* c */", Piece::Comment),
                ("return", Piece::Keyword),
                ("1.5é", Piece::Number),
                ("\"open", Piece::Text),
            ]
        );
        let all: String = pieces.iter().map(|(span, _)| &code[span.range()]).collect();
        assert_eq!(all, code);
        assert!(KEYWORDS.is_sorted());
    }
}
