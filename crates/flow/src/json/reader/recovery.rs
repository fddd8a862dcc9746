//! Reading on after what JSON does not have but people write: so that one slip does not hide the
//! others, and the message can say what was meant.

use super::{Reader, Stop};
use crate::json::tree::Kind;

impl Reader<'_> {
    /// Something meant as a number that JSON does not spell so.
    pub(super) fn loose_number(&mut self) {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'+' | b'-')
        }) {
            self.at += 1;
        }
        let found = shorten(&self.text[start..self.at]);
        self.report(
            start,
            format!("`{found}` is not a JSON number. Expected digits such as 12, -0.5 or 1e3."),
        );
        self.push(start, self.at, Kind::Number);
    }

    pub(super) fn word(&mut self) {
        let start = self.at;
        self.skip_word();
        let word = &self.text[start..self.at];
        let kind = match word {
            "true" => Kind::True,
            "false" => Kind::False,
            "null" => Kind::Null,
            _ => {
                let message = describe_word(word);
                self.report(start, message);
                Kind::Null
            }
        };
        self.push(start, self.at, kind);
    }

    pub(super) fn bare_key(&mut self) {
        let start = self.at;
        self.skip_word();
        let found = shorten(&self.text[start..self.at]);
        self.report(
            start,
            format!("Expected a key in double quotes, found `{found}`."),
        );
        self.push(start, self.at, Kind::Null);
    }

    fn skip_word(&mut self) {
        while self
            .bytes
            .get(self.at)
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$'))
        {
            self.at += 1;
        }
    }

    pub(super) fn single_quoted(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let message = "Expected double quotes, found a single quote.".to_owned();
        let end = self.bytes[start + 1..]
            .iter()
            .position(|&byte| matches!(byte, b'\'' | b'\n'))
            .map(|length| start + 1 + length);
        match end {
            Some(end) if self.bytes[end] == b'\'' => {
                self.report(start, message);
                self.at = end + 1;
                self.push(start, self.at, Kind::Null);
                Ok(())
            }
            _ => Err(self.stop(message)),
        }
    }

    pub(super) fn comment(&mut self) {
        let start = self.at;
        let rest = &self.text[start..];
        let length = if rest.starts_with("//") {
            rest.find('\n')
        } else {
            rest[2..].find("*/").map(|length| length + 4)
        };
        if !self.is_full() {
            self.report(start, "JSON has no comments: remove this one.".to_owned());
        }
        self.at = length.map_or(self.bytes.len(), |length| start + length);
    }

    /// What stands at the reading position, for a message.
    pub(super) fn describe_here(&self) -> String {
        match self
            .text
            .get(self.at..)
            .and_then(|rest| rest.chars().next())
        {
            None => "the end of the file".to_owned(),
            Some(character) if character.is_control() => {
                format!("control character U+{:04X}", u32::from(character))
            }
            Some(character) if is_invisible(character) => {
                format!("the invisible character U+{:04X}", u32::from(character))
            }
            Some('`') => "a backquote".to_owned(),
            Some(character) => format!("`{character}`"),
        }
    }
}

/// What is wrong with a word that stands in the place of a value.
fn describe_word(word: &str) -> String {
    let meant = ["true", "false", "null"]
        .into_iter()
        .find(|name| name.eq_ignore_ascii_case(word));
    let found = shorten(word);
    match (meant, word) {
        (Some(meant), _) => format!("Expected a value, found `{found}`; JSON spells it `{meant}`."),
        (None, "None" | "nil" | "undefined") => {
            format!("Expected a value, found `{found}`; JSON spells it `null`.")
        }
        (None, "NaN" | "Infinity") => {
            format!("Expected a value, found `{found}`, which JSON has no number for.")
        }
        _ => format!("Expected a value, found `{found}`; text stands in double quotes."),
    }
}

/// Whether quoting a character in a message would show nothing: white space that is none to JSON,
/// and the format characters that get into texts by copying them from elsewhere.
fn is_invisible(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '\u{AD}'
                | '\u{180E}'
                | '\u{200B}'..='\u{200F}'
                | '\u{202A}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{FEFF}'
        )
}

/// At most 40 characters of `text`, for quoting in a message.
pub(super) fn shorten(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
