//! The one strict reader: decides what is accepted, and says where and why not.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use super::error::ReadError;
use super::locate::{LineIndex, push_segment};
use super::scan::{hex4, plain_run_end, unescape};
use super::tree::{Entry, Kind, Span, Tree};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;
/// How deeply arrays and objects may be nested.
pub const MAX_DEPTH: usize = 100;
/// How many independent mistakes are reported for one file.
pub const MAX_ERRORS: usize = 100;

/// The text of a file's bytes: UTF-8, without a byte order mark.
pub fn decode_text(bytes: &[u8]) -> Result<&str, ReadError> {
    if bytes.len() > MAX_BYTES {
        let size = bytes.len() / (1024 * 1024);
        return Err(ReadError::whole(format!(
            "The file is {size} MiB large; files up to 64 MiB are read."
        )));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(ReadError::whole(
            "The file is UTF-16 text. Expected UTF-8: save it again with that encoding.",
        ));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.trim_matches([' ', '\t', '\r', '\n']).is_empty() => Err(ReadError::whole(
            "The file is empty. Expected a JSON document.",
        )),
        Ok(text) => Ok(text),
        Err(error) => {
            let valid = &bytes[..error.valid_up_to()];
            // Proven valid by the error itself.
            let valid = std::str::from_utf8(valid).unwrap_or_default();
            let offset = offset32(valid.len());
            let at = LineIndex::new(valid).position(valid, offset);
            let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
            let message = if bytes.iter().take(1024).any(|&byte| byte == 0) {
                format!("The file is binary. Expected JSON as UTF-8 text, found byte 0x{byte:02X}.")
            } else {
                format!("Byte 0x{byte:02X} is not UTF-8. Expected JSON as UTF-8 text.")
            };
            Err(ReadError {
                message,
                pointer: String::new(),
                line: at.line,
                column: at.column,
                offset,
            })
        }
    }
}

/// Reads a text. On rejection every independent mistake is reported, at most [`MAX_ERRORS`], in
/// order of position.
///
/// # Complexity
/// O(bytes) time; 16 bytes of memory per value and key besides the text.
pub fn parse(text: Arc<str>) -> Result<Tree, Vec<ReadError>> {
    if text.len() > MAX_BYTES {
        return Err(decode_text(text.as_bytes()).err().into_iter().collect());
    }
    let mut reader = Reader {
        bytes: text.as_bytes(),
        text: &text,
        at: 0,
        entries: Vec::with_capacity(text.len() / 12 + 1),
        path: Vec::new(),
        errors: Vec::new(),
    };
    let complete = reader.document().is_ok();
    let Reader {
        entries,
        mut errors,
        ..
    } = reader;
    if complete && errors.is_empty() {
        return Ok(Tree::new(text, entries));
    }
    errors.sort_by_key(|error| error.offset);
    errors.truncate(MAX_ERRORS);
    let index = LineIndex::new(&text);
    for error in &mut errors {
        let at = index.position(&text, error.offset);
        (error.line, error.column) = (at.line, at.column);
    }
    Err(errors)
}

/// The reader cannot go on from here; what was wrong is already recorded.
struct Stop;

/// One step of the way from the root to the value being read.
enum Step {
    Index(usize),
    Key(Span),
}

struct Reader<'a> {
    bytes: &'a [u8],
    text: &'a str,
    at: usize,
    entries: Vec<Entry>,
    path: Vec<Step>,
    errors: Vec<ReadError>,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<(), Stop> {
        self.skip_blank();
        self.value()?;
        self.skip_blank();
        if self.at < self.bytes.len() {
            let found = self.describe_here();
            return Err(self.stop(format!(
                "Expected the end of the file after the document, found {found}."
            )));
        }
        Ok(())
    }

    fn value(&mut self) -> Result<(), Stop> {
        match self.bytes.get(self.at) {
            Some(b'{') => self.object(),
            Some(b'[') => self.array(),
            Some(b'"') => self.string(),
            Some(b'-' | b'0'..=b'9') => {
                self.number();
                Ok(())
            }
            Some(b'+' | b'.') => {
                self.loose_number();
                Ok(())
            }
            Some(b'\'') => self.single_quoted(),
            Some(byte) if byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$') => {
                self.word();
                Ok(())
            }
            _ => {
                let found = self.describe_here();
                Err(self.stop(format!("Expected a value, found {found}.")))
            }
        }
    }

    fn object(&mut self) -> Result<(), Stop> {
        let index = self.open(Kind::Object)?;
        let mut members = 0;
        self.skip_blank();
        while self.peek() != Some(b'}') {
            let key_index = self.entries.len();
            match self.peek() {
                Some(b'"') => self.string()?,
                Some(b'\'') => self.single_quoted()?,
                Some(byte) if byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$') => {
                    self.bare_key();
                }
                _ => {
                    let found = self.describe_here();
                    return Err(self.stop(format!("Expected a key in quotes, found {found}.")));
                }
            }
            let key = self.entries[key_index];
            self.path.push(Step::Key(Span::new(key.start, key.end)));
            self.skip_blank();
            if self.peek() == Some(b':') {
                self.at += 1;
            } else {
                let found = self.describe_here();
                return Err(self.stop(format!("Expected `:` after the key, found {found}.")));
            }
            self.skip_blank();
            self.value()?;
            self.path.pop();
            members += 1;
            self.separator(b'}', "object")?;
        }
        self.close(index);
        if members > 1 {
            self.check_duplicates(index, members);
        }
        Ok(())
    }

    fn array(&mut self) -> Result<(), Stop> {
        let index = self.open(Kind::Array)?;
        let mut elements = 0;
        self.skip_blank();
        while self.peek() != Some(b']') {
            self.path.push(Step::Index(elements));
            self.value()?;
            self.path.pop();
            elements += 1;
            self.separator(b']', "array")?;
        }
        self.close(index);
        Ok(())
    }

    /// Reads the comma between two members, or stands before the closing bracket.
    fn separator(&mut self, closing: u8, container: &str) -> Result<(), Stop> {
        self.skip_blank();
        match self.peek() {
            Some(b',') => {
                let comma = self.at;
                self.at += 1;
                self.skip_blank();
                if self.peek() == Some(closing) {
                    self.report(
                        comma,
                        "A comma before the closing bracket: remove it.".to_owned(),
                    );
                }
                Ok(())
            }
            Some(byte) if byte == closing => Ok(()),
            Some(b'"' | b'{' | b'[' | b'-' | b'0'..=b'9' | b'a'..=b'z') => {
                let found = self.describe_here();
                let closing = char::from(closing);
                self.report(
                    self.at,
                    format!("Expected `,` or `{closing}` in the {container}, found {found}."),
                );
                Ok(())
            }
            _ => {
                let found = self.describe_here();
                let closing = char::from(closing);
                Err(self.stop(format!(
                    "Expected `,` or `{closing}` in the {container}, found {found}."
                )))
            }
        }
    }

    fn open(&mut self, kind: Kind) -> Result<usize, Stop> {
        if self.path.len() >= MAX_DEPTH {
            return Err(self.stop(format!(
                "Nested more than {MAX_DEPTH} levels deep; no document is that deep."
            )));
        }
        let index = self.entries.len();
        self.push(self.at, self.at, kind);
        self.at += 1;
        Ok(index)
    }

    fn close(&mut self, index: usize) {
        self.at += 1;
        let next = offset32(self.entries.len());
        let entry = &mut self.entries[index];
        entry.end = offset32(self.at);
        entry.next = next;
    }

    fn string(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let mut kind = Kind::String;
        self.at += 1;
        loop {
            self.at = plain_run_end(self.bytes, self.at);
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    kind = Kind::EscapedString;
                    self.escape();
                }
                Some(control) => {
                    // A line break inside a string nearly always means a missing quote; going on
                    // would report the rest of the file.
                    if matches!(control, b'\n' | b'\r') {
                        self.at = start;
                        return Err(self.stop(
                            "The string that starts here is not closed on its line. Expected `\"`; \
                             write a line break as \\n."
                                .to_owned(),
                        ));
                    }
                    self.report(
                        self.at,
                        format!(
                            "Control character U+{control:04X} inside a string; write it as \
                             \\u{control:04x}."
                        ),
                    );
                    self.at += 1;
                }
                None => {
                    self.at = start;
                    return Err(self.stop(
                        "The string that starts here is not closed: expected `\"`, found the end \
                         of the file."
                            .to_owned(),
                    ));
                }
            }
        }
        self.at += 1;
        self.push(start, self.at, kind);
        Ok(())
    }

    fn escape(&mut self) {
        let start = self.at;
        match self.bytes.get(start + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 2,
            Some(b'u') => match hex4(self.bytes, start + 2) {
                None => {
                    self.report(
                        start,
                        "Expected four hexadecimal digits after \\u.".to_owned(),
                    );
                    self.at += 2;
                }
                Some(unit @ 0xD800..0xDC00) => {
                    let low = (self.bytes.get(start + 6..start + 8) == Some(b"\\u"))
                        .then(|| hex4(self.bytes, start + 8))
                        .flatten();
                    if matches!(low, Some(0xDC00..0xE000)) {
                        self.at += 12;
                    } else {
                        self.lone_surrogate(start, unit);
                    }
                }
                Some(unit @ 0xDC00..0xE000) => self.lone_surrogate(start, unit),
                Some(_) => self.at += 6,
            },
            _ => {
                self.report(
                    start,
                    "Unknown escape in a string: expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \
                     \\t \\u."
                        .to_owned(),
                );
                self.at += 1;
            }
        }
    }

    fn lone_surrogate(&mut self, start: usize, unit: u32) {
        self.report(
            start,
            format!("\\u{unit:04x} is half of a surrogate pair and stands for no character alone."),
        );
        self.at += 6;
    }

    fn number(&mut self) {
        let start = self.at;
        let mut at = start + usize::from(self.bytes[start] == b'-');
        let digits = |mut at: usize| {
            while self.bytes.get(at).is_some_and(u8::is_ascii_digit) {
                at += 1;
            }
            at
        };
        let whole = at;
        at = digits(at);
        let leading_zero = at - whole > 1 && self.bytes[whole] == b'0';
        let mut well_formed = at > whole && !leading_zero;
        if self.bytes.get(at) == Some(&b'.') {
            let fraction = at + 1;
            at = digits(fraction);
            well_formed &= at > fraction;
        }
        if matches!(self.bytes.get(at), Some(b'e' | b'E')) {
            at += 1;
            at += usize::from(matches!(self.bytes.get(at), Some(b'+' | b'-')));
            let exponent = at;
            at = digits(exponent);
            well_formed &= at > exponent;
        }
        let joined = self.bytes.get(at).is_some_and(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'+' | b'-')
        });
        if well_formed && !joined {
            self.at = at;
            self.push(start, at, Kind::Number);
        } else {
            self.loose_number();
        }
    }

    /// Something meant as a number that JSON does not spell so.
    fn loose_number(&mut self) {
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

    fn word(&mut self) {
        let start = self.at;
        self.skip_word();
        let word = &self.text[start..self.at];
        let kind = match word {
            "true" => Kind::True,
            "false" => Kind::False,
            "null" => Kind::Null,
            _ => {
                let found = shorten(word);
                self.report(
                    start,
                    format!("Expected a value, found `{found}`; text stands in double quotes."),
                );
                Kind::Null
            }
        };
        self.push(start, self.at, kind);
    }

    fn bare_key(&mut self) {
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

    fn single_quoted(&mut self) -> Result<(), Stop> {
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

    /// Skips white space; comments too, each of which is a mistake.
    fn skip_blank(&mut self) {
        loop {
            match self.bytes.get(self.at) {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                Some(b'/') if matches!(self.bytes.get(self.at + 1), Some(b'/' | b'*')) => {
                    self.comment();
                }
                _ => break,
            }
        }
    }

    fn comment(&mut self) {
        let start = self.at;
        let rest = &self.text[start..];
        let length = if rest.starts_with("//") {
            rest.find('\n')
        } else {
            rest[2..].find("*/").map(|length| length + 4)
        };
        self.report(start, "JSON has no comments: remove this one.".to_owned());
        self.at = length.map_or(self.bytes.len(), |length| start + length);
    }

    fn check_duplicates(&mut self, object: usize, members: usize) {
        let mut repeated = Vec::new();
        if members <= 12 {
            // Nearly every object is small, where comparing all pairs beats hashing.
            let mut seen: [usize; 12] = [0; 12];
            for (count, index) in self.key_indices(object).enumerate() {
                let key = self.key_text(index);
                if seen[..count]
                    .iter()
                    .any(|&earlier| self.key_text(earlier) == key)
                {
                    repeated.push(index);
                }
                seen[count] = index;
            }
        } else {
            let mut seen = HashSet::with_capacity(members);
            repeated.extend(
                self.key_indices(object)
                    .filter(|&index| !seen.insert(self.key_text(index))),
            );
        }
        for index in repeated {
            let name = shorten(&self.key_text(index));
            self.report(
                self.entries[index].start as usize,
                format!(
                    "The key \"{name}\" stands twice in one object; programs differ in which one \
                     they believe. Remove one."
                ),
            );
        }
    }

    /// The indices of an object's keys among the entries.
    fn key_indices(&self, object: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.entries[object].next as usize;
        let first = Some(object + 1).filter(|&index| index < end);
        std::iter::successors(first, move |&key| {
            Some(self.entries[key + 1].next as usize).filter(|&next| next < end)
        })
    }

    fn key_text(&self, index: usize) -> Cow<'_, str> {
        let key = self.entries[index];
        let range = Span::new(key.start, key.end).range();
        match key.kind {
            Kind::String => Cow::Borrowed(&self.text[range.start + 1..range.end - 1]),
            Kind::EscapedString => Cow::Owned(unescape(&self.text[range.start + 1..range.end - 1])),
            _ => Cow::Borrowed(&self.text[range]),
        }
    }

    fn push(&mut self, start: usize, end: usize, kind: Kind) {
        // Growing by a quarter instead of doubling keeps the peak of a 64 MiB file in bounds.
        if self.entries.len() == self.entries.capacity() {
            self.entries.reserve_exact(self.entries.len() / 4 + 64);
        }
        let next = offset32(self.entries.len() + 1);
        self.entries.push(Entry {
            start: offset32(start),
            end: offset32(end),
            next,
            kind,
        });
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn report(&mut self, offset: usize, message: String) {
        if self.errors.len() <= MAX_ERRORS {
            let pointer = self.pointer();
            let offset = offset32(offset);
            self.errors.push(ReadError {
                message,
                pointer,
                line: 0,
                column: 0,
                offset,
            });
        }
    }

    fn stop(&mut self, message: String) -> Stop {
        self.report(self.at, message);
        Stop
    }

    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in &self.path {
            match step {
                Step::Index(index) => push_segment(&mut pointer, &index.to_string()),
                Step::Key(span) => {
                    let raw = &self.text[span.range()];
                    let inner = raw
                        .strip_prefix(['"', '\''])
                        .and_then(|raw| raw.strip_suffix(['"', '\'']))
                        .unwrap_or(raw);
                    push_segment(&mut pointer, &unescape(inner));
                }
            }
        }
        pointer
    }

    /// What stands at the reading position, for a message.
    fn describe_here(&self) -> String {
        match self
            .text
            .get(self.at..)
            .and_then(|rest| rest.chars().next())
        {
            None => "the end of the file".to_owned(),
            Some(character) if character.is_control() => {
                format!("control character U+{:04X}", u32::from(character))
            }
            Some('`') => "a backquote".to_owned(),
            Some(character) => format!("`{character}`"),
        }
    }
}

/// At most 40 characters of `text`, for quoting in a message.
fn shorten(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn offset32(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
