//! Escapes in strings: whether they exist and what they mean.

use super::number;
use super::text::Text;

/// One step through the content of a string: a unit of text, nothing (a continued line), or an
/// escape that does not exist.
enum Piece {
    Character(char),
    Unit(u16),
    Nothing,
    Bad,
}

fn piece(characters: &mut std::str::Chars<'_>) -> Option<Piece> {
    let first = characters.next()?;
    if first != '\\' {
        return Some(Piece::Character(first));
    }
    Some(match characters.next()? {
        'n' => Piece::Character('\n'),
        't' => Piece::Character('\t'),
        'r' => Piece::Character('\r'),
        'b' => Piece::Character('\u{8}'),
        'f' => Piece::Character('\u{c}'),
        'v' => Piece::Character('\u{b}'),
        '0' if !characters
            .as_str()
            .starts_with(|next: char| next.is_ascii_digit()) =>
        {
            Piece::Character('\0')
        }
        '0'..='9' => Piece::Bad,
        'x' => hexadecimal(characters, 2).map_or(Piece::Bad, unit),
        'u' if characters.as_str().starts_with('{') => {
            let inner = characters.as_str()[1..]
                .split('}')
                .next()
                .unwrap_or_default();
            let closed = characters.as_str().len() > inner.len() + 1;
            let digits = !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_hexdigit());
            let number = number::radix(inner, 16);
            if !closed || !digits || number > f64::from(u32::from(char::MAX)) {
                return Some(Piece::Bad);
            }
            *characters = characters.as_str()[inner.len() + 2..].chars();
            u32::from_str_radix(inner.trim_start_matches('0'), 16).map_or(unit(0), unit)
        }
        'u' => hexadecimal(characters, 4).map_or(Piece::Bad, unit),
        '\n' | '\u{2028}' | '\u{2029}' => Piece::Nothing,
        '\r' => {
            if characters.as_str().starts_with('\n') {
                characters.next();
            }
            Piece::Nothing
        }
        other => Piece::Character(other),
    })
}

fn unit(code: u32) -> Piece {
    match (char::from_u32(code), u16::try_from(code)) {
        (Some(character), _) => Piece::Character(character),
        (None, Ok(surrogate)) => Piece::Unit(surrogate),
        (None, Err(_)) => Piece::Bad,
    }
}

fn hexadecimal(characters: &mut std::str::Chars<'_>, digits: usize) -> Option<u32> {
    let rest = characters.as_str();
    let text = rest.get(..digits)?;
    if !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    *characters = rest[digits..].chars();
    u32::from_str_radix(text, 16).ok()
}

/// Whether every escape in a string literal's content exists.
pub(super) fn are_valid(content: &str) -> bool {
    let mut characters = content.chars();
    while let Some(piece) = piece(&mut characters) {
        if matches!(piece, Piece::Bad) {
            return false;
        }
    }
    true
}

/// The value of a string literal's content.
pub(super) fn unescape(content: &str) -> Text {
    let mut units = Vec::with_capacity(content.len());
    let mut characters = content.chars();
    while let Some(piece) = piece(&mut characters) {
        match piece {
            Piece::Character(character) => {
                units.extend_from_slice(character.encode_utf16(&mut [0; 2]));
            }
            Piece::Unit(unit) => units.push(unit),
            Piece::Nothing | Piece::Bad => {}
        }
    }
    Text::from_units(&units)
}
