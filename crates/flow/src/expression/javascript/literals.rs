//! What is read as a whole, whatever stands in it: blanks, comments, texts, numbers, regular expressions.

use super::{Bracket, Last, Open, Read, Reader, Stop, Wants};
use crate::expression::characters::{is_name_part, is_space};
use crate::expression::{foreign, mistakes};

impl Reader<'_> {
    /// Passes blanks and comments over.
    pub(super) fn space(&mut self) -> Read {
        self.is_new_line = false;
        while let Some(character) = self.peek() {
            let rest = &self.source[self.at..];
            if matches!(character, '\n' | '\r' | '\u{2028}' | '\u{2029}') {
                self.is_new_line = true;
                self.at += character.len_utf8();
            } else if is_space(character) {
                self.at += character.len_utf8();
            } else if rest.starts_with("//") {
                self.at += rest.find(['\n', '\r']).unwrap_or(rest.len());
            } else if let Some(comment) = rest.strip_prefix("/*") {
                let start = self.at;
                let Some(length) = comment.find("*/") else {
                    self.at = self.source.len();
                    return self.found(start, mistakes::unclosed("/*"));
                };
                self.is_new_line |= comment[..length].contains('\n');
                self.at += length + 4;
            } else {
                break;
            }
        }
        Ok(())
    }

    pub(super) fn string(&mut self, start: usize, quote: char) -> Read {
        self.at += 1;
        loop {
            let Some(character) = self.peek() else {
                return self.found(start, foreign::UNCLOSED_STRING.message);
            };
            match character {
                '\n' | '\r' => return self.found(start, foreign::UNCLOSED_STRING.message),
                '\\' => {
                    self.at += 1;
                    let rest = &self.source[self.at..];
                    let escaped = rest.chars().next().map_or(0, char::len_utf8);
                    self.at += if rest.starts_with("\r\n") { 2 } else { escaped };
                }
                _ => {
                    self.at += character.len_utf8();
                    if character == quote {
                        return self.operand(start);
                    }
                }
            }
        }
    }

    /// The rest of a text in backticks, up to its end or to the next `${`.
    pub(super) fn template(&mut self, start: usize) -> Read {
        let bytes = self.source.as_bytes();
        while self.at < bytes.len() {
            match bytes[self.at] {
                b'\\' => self.at += 1,
                b'`' => {
                    // Before a value it belongs to a function.
                    self.take(1, Wants::Operator, Last::Operand);
                    return Ok(());
                }
                b'$' if self.byte(1) == b'{' => {
                    self.take(2, Wants::Operand, Last::Open);
                    self.open.push(Open {
                        bracket: Bracket::Template,
                        at: start,
                    });
                    return Ok(());
                }
                _ => {}
            }
            self.at += 1;
            while !self.source.is_char_boundary(self.at.min(bytes.len())) {
                self.at += 1;
            }
        }
        self.at = bytes.len();
        self.found(start, mistakes::unclosed("`"))
    }

    pub(super) fn number(&mut self, start: usize) -> Read {
        let is_decimal = !(self.byte(0) == b'0' && self.byte(1).is_ascii_alphabetic());
        let mut before = 0;
        while let Some(character) = self.peek() {
            let is_sign =
                matches!(character, '+' | '-') && is_decimal && matches!(before, b'e' | b'E');
            if !is_sign && character != '.' && !is_name_part(character) {
                break;
            }
            before = self.byte(0);
            self.at += character.len_utf8();
        }
        self.operand(start)
    }

    pub(super) fn regular_expression(&mut self, start: usize) -> Read {
        self.at += 1;
        let mut is_class = false;
        while let Some(character) = self.peek() {
            self.at += character.len_utf8();
            match character {
                '\n' | '\r' => break,
                '\\' => self.at += self.peek().map_or(0, char::len_utf8),
                '[' => is_class = true,
                ']' => is_class = false,
                '/' if !is_class => {
                    while self.peek().is_some_and(is_name_part) {
                        self.at += 1;
                        while !self.source.is_char_boundary(self.at) {
                            self.at += 1;
                        }
                    }
                    return self.operand(start);
                }
                _ => {}
            }
        }
        if self.is_loose() {
            return Err(Stop::GivenUp);
        }
        // Where a division was meant, its left side is missing.
        self.at = start + 1;
        self.operand_is_there(start)
    }
}
