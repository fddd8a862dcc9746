//! The one strict reader: decides what is accepted, and says where and why not.

mod duplicates;
mod literals;
mod recovery;

use std::sync::Arc;

use duplicates::Watch;

use super::error::ReadError;
use super::locate::{LineIndex, push_segment};
use super::tree::{Entry, Kind, Tree, offset32};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;
/// How deeply arrays and objects may be nested.
pub const MAX_DEPTH: usize = 100;
/// How many independent mistakes are reported for one file.
pub const MAX_ERRORS: usize = 100;

/// The text of a file's bytes: UTF-8, without a byte order mark.
pub fn decode_text(bytes: &[u8]) -> Result<&str, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::whole(
            "The file is larger than 64 MiB; files up to 64 MiB are read.",
        ));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    // JSON begins with an ASCII character: one NUL among the first two bytes is UTF-16 without a
    // mark.
    let marked = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    if marked || matches!(bytes, [0, other, ..] | [other, 0, ..] if *other != 0) {
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
        path: Vec::with_capacity(MAX_DEPTH + 1),
        grown: false,
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
    /// An element of an array, by its number.
    Index(u32),
    /// A member of an object, by the entry of its key.
    Key(u32),
}

struct Reader<'a> {
    bytes: &'a [u8],
    text: &'a str,
    at: usize,
    entries: Vec<Entry>,
    path: Vec<Step>,
    /// Whether there were more entries than first made room for.
    grown: bool,
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
        let mut keys = Watch::new();
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
            keys.see(self.entries[key_index], self.bytes);
            self.path.push(Step::Key(offset32(key_index)));
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
            self.separator(b'}', "object")?;
        }
        self.close(index);
        if keys.suspects() {
            self.check_duplicates(index);
        }
        Ok(())
    }

    fn array(&mut self) -> Result<(), Stop> {
        let index = self.open(Kind::Array)?;
        let mut elements = 0_u32;
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
        if self.is_full() {
            return Err(Stop);
        }
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

    /// Skips white space; comments too, each of which is a mistake.
    #[inline]
    fn skip_blank(&mut self) {
        // Between most parts there is nothing or one space.
        match self.bytes.get(self.at) {
            Some(b' ') => self.at += 1,
            Some(&byte) if byte > b' ' && byte != b'/' => return,
            _ => {}
        }
        match self.bytes.get(self.at) {
            Some(&byte) if byte > b' ' && byte != b'/' => {}
            _ => self.skip_more(),
        }
    }

    fn skip_more(&mut self) {
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

    fn push(&mut self, start: usize, end: usize, kind: Kind) {
        if self.entries.len() == self.entries.capacity() {
            self.grow();
        }
        let next = offset32(self.entries.len() + 1);
        self.entries.push(Entry {
            start: offset32(start),
            end: offset32(end),
            next,
            kind,
        });
    }

    /// Makes room for the rest of the text. Doubling would take twice what is needed just when a
    /// large file needs most, so what can still come is counted: every key and value follows one of
    /// four characters, and takes two bytes with it.
    #[cold]
    fn grow(&mut self) {
        let more = if self.grown {
            // Only texts with mistakes hold more than was counted.
            self.entries.len() / 4
        } else {
            let rest = &self.bytes[self.at..];
            count_openings(rest).min(rest.len() / 2)
        };
        self.grown = true;
        self.entries.reserve_exact(more + 64);
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Whether all mistakes are found that will be told.
    fn is_full(&self) -> bool {
        self.errors.len() > MAX_ERRORS
    }

    fn report(&mut self, offset: usize, message: String) {
        if !self.is_full() {
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
            match *step {
                Step::Index(index) => push_segment(&mut pointer, &index.to_string()),
                Step::Key(key) => push_segment(&mut pointer, &self.key_text(key as usize)),
            }
        }
        pointer
    }
}

/// How many characters stand in `bytes` after which a key or a value may begin. In pieces whose
/// count fits one byte, which a compiler turns into vector code.
fn count_openings(bytes: &[u8]) -> usize {
    let opens = |(&byte, &next): (&u8, &u8)| {
        let closed = next == b']' || next == b'}';
        u8::from(byte == b',' || byte == b':' || ((byte == b'[' || byte == b'{') && !closed))
    };
    let followers = bytes.get(1..).unwrap_or_default();
    bytes
        .chunks(128)
        .zip(followers.chunks(128))
        .map(|(piece, next)| usize::from(piece.iter().zip(next).map(opens).sum::<u8>()))
        .sum()
}
