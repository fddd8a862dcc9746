//! Reading strings and numbers as JSON spells them.

use super::{Reader, Stop};
use crate::json::scan::{hex4, plain_run_end};
use crate::json::tree::Kind;

impl Reader<'_> {
    /// Reads a string. Most have neither escapes nor mistakes.
    #[inline]
    pub(super) fn string(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let end = plain_run_end(self.bytes, start + 1);
        if self.bytes.get(end) == Some(&b'"') {
            self.at = end + 1;
            self.push(start, self.at, Kind::String);
            return Ok(());
        }
        self.at = end;
        self.rest_of_string(start)
    }

    /// Reads on in a string from its first escape or mistake.
    fn rest_of_string(&mut self, start: usize) -> Result<(), Stop> {
        let mut kind = Kind::String;
        loop {
            if self.is_full() {
                return Err(Stop);
            }
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
            self.at = plain_run_end(self.bytes, self.at);
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
            // The string is not closed, which is reported there.
            None | Some(b'\n' | b'\r') => self.at += 1,
            Some(_) => {
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

    pub(super) fn number(&mut self) {
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
}
