//! Reading a source as tokens: never fails, one pass, no allocation. What the tokens form is the parser's matter.

use super::characters::{is_name_part, is_name_start, is_space};
use super::escapes;
use super::foreign::{self, Foreign};
use super::tree::{Binary, offset};
use crate::json::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    End,
    Space,
    Number,
    String {
        escaped: bool,
    },
    Name,
    Operator(Binary),
    /// `!`
    Not,
    Dot,
    /// `?.`
    OptionalDot,
    Question,
    Colon,
    Comma,
    OpenParenthesis,
    CloseParenthesis,
    OpenBracket,
    CloseBracket,
    Foreign(&'static Foreign),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Span,
}

#[derive(Clone)]
pub(crate) struct Lexer<'source> {
    source: &'source str,
    position: usize,
    end: usize,
}

impl<'source> Lexer<'source> {
    pub(crate) fn new(source: &'source str, range: Span) -> Self {
        Self {
            source,
            position: range.start as usize,
            end: range.end as usize,
        }
    }

    /// Goes straight to the end, for a source that cannot be read further.
    pub(crate) fn finish(&mut self) {
        self.position = self.end;
    }

    /// The next token, spaces included.
    pub(crate) fn next_token(&mut self) -> Token {
        let start = self.position;
        let kind = self.kind();
        Token {
            kind,
            span: Span::new(offset(start), offset(self.position)),
        }
    }

    fn byte(&self, ahead: usize) -> u8 {
        let position = self.position + ahead;
        if position < self.end {
            self.source.as_bytes()[position]
        } else {
            0
        }
    }

    fn rest(&self) -> &'source str {
        &self.source[self.position..self.end]
    }

    fn take(&mut self, bytes: usize, kind: TokenKind) -> TokenKind {
        self.position += bytes;
        kind
    }

    fn skip_while(&mut self, accepted: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.position += rest
            .find(|character| !accepted(character))
            .unwrap_or(rest.len());
    }

    fn kind(&mut self) -> TokenKind {
        if self.position >= self.end {
            return TokenKind::End;
        }
        match self.byte(0) {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => self.space(),
            b'$' if self.byte(1) == b'{' => self.placeholder("}"),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' => self.name(),
            b'0'..=b'9' => self.number(),
            b'.' if self.byte(1).is_ascii_digit() => self.number(),
            b'"' | b'\'' => self.string(),
            b'.' => self.take(1, TokenKind::Dot),
            b'(' => self.take(1, TokenKind::OpenParenthesis),
            b')' => self.take(1, TokenKind::CloseParenthesis),
            b'[' => self.take(1, TokenKind::OpenBracket),
            b']' => self.take(1, TokenKind::CloseBracket),
            b',' => self.take(1, TokenKind::Comma),
            b':' => self.take(1, TokenKind::Colon),
            b'{' if self.byte(1) == b'{' => self.placeholder("}}"),
            b'{' => self.take(1, TokenKind::Foreign(&foreign::OBJECT)),
            b'`' => self.template(),
            b'?' if self.byte(1) == b'.' && !self.byte(2).is_ascii_digit() => {
                self.take(2, TokenKind::OptionalDot)
            }
            b'?' if self.byte(1) != b'?' => self.take(1, TokenKind::Question),
            b'!' if self.byte(1) != b'=' => self.take(1, TokenKind::Not),
            b'/' => self.slash(),
            first if first.is_ascii() => self.operator(),
            _ => self.beyond_ascii(),
        }
    }

    /// An operator of the language; every other symbol is left to [`Self::foreign`].
    fn operator(&mut self) -> TokenKind {
        let second = self.byte(1);
        let strict = self.byte(2) == b'=';
        let (bytes, operator) = match (self.byte(0), second) {
            (b'=', b'=') if strict => (3, Binary::StrictEqual),
            (b'=', b'=') => (2, Binary::Equal),
            (b'!', _) if strict => (3, Binary::StrictNotEqual),
            (b'!', _) => (2, Binary::NotEqual),
            (b'<', b'=') => (2, Binary::LessEqual),
            (b'>', b'=') => (2, Binary::GreaterEqual),
            (b'&', b'&') if !strict => (2, Binary::And),
            (b'|', b'|') if !strict => (2, Binary::Or),
            (b'?', b'?') if !strict => (2, Binary::Nullish),
            (b'<', _) if !matches!(second, b'<' | b'>') => (1, Binary::Less),
            (b'>', _) if second != b'>' => (1, Binary::Greater),
            (b'+', _) if !matches!(second, b'+' | b'=') => (1, Binary::Add),
            (b'-', _) if !matches!(second, b'-' | b'=') => (1, Binary::Subtract),
            (b'*', _) if !matches!(second, b'*' | b'=') => (1, Binary::Multiply),
            (b'%', _) if second != b'=' => (1, Binary::Remainder),
            _ => return self.foreign(),
        };
        self.take(bytes, TokenKind::Operator(operator))
    }

    fn foreign(&mut self) -> TokenKind {
        let rest = self.rest();
        match foreign::SYMBOLS
            .iter()
            .find(|(text, _)| rest.starts_with(text))
        {
            Some((text, foreign)) => self.take(text.len(), TokenKind::Foreign(foreign)),
            None => self.unknown(),
        }
    }

    fn unknown(&mut self) -> TokenKind {
        let width = self.rest().chars().next().map_or(1, char::len_utf8);
        self.take(width, TokenKind::Foreign(&foreign::UNKNOWN))
    }

    fn beyond_ascii(&mut self) -> TokenKind {
        let Some(first) = self.rest().chars().next() else {
            return TokenKind::End;
        };
        if is_space(first) {
            return self.space();
        }
        if is_name_start(first) {
            return self.name();
        }
        if matches!(first, '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '«' | '»') {
            self.position += first.len_utf8();
            let rest = self.rest();
            if let Some((at, last)) = rest.char_indices().find(|(_, character)| {
                matches!(character, '“' | '”' | '‘' | '’' | '«' | '»' | '"' | '\'')
            }) {
                self.position += at + last.len_utf8();
            }
            return TokenKind::Foreign(&foreign::CURLY_QUOTE);
        }
        self.foreign()
    }

    fn space(&mut self) -> TokenKind {
        // Most often it is one byte.
        if self.byte(0) == b' ' && self.byte(1).is_ascii_graphic() {
            self.position += 1;
        } else {
            self.skip_while(is_space);
        }
        TokenKind::Space
    }

    fn name(&mut self) -> TokenKind {
        let bytes = &self.source.as_bytes()[..self.end];
        loop {
            while self.position < bytes.len()
                && matches!(bytes[self.position], b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'$')
            {
                self.position += 1;
            }
            if self.position < bytes.len() && !bytes[self.position].is_ascii() {
                let before = self.position;
                self.skip_while(|character| !character.is_ascii() && is_name_part(character));
                if self.position > before {
                    continue;
                }
            }
            return TokenKind::Name;
        }
    }

    fn number(&mut self) -> TokenKind {
        let start = self.position;
        let digits = |lexer: &mut Self| {
            let before = lexer.position;
            while lexer.byte(0).is_ascii_digit() {
                lexer.position += 1;
            }
            lexer.position > before
        };
        let mut valid = true;
        let radix = match (self.byte(0), self.byte(1) | 0x20) {
            (b'0', b'x') => 16,
            (b'0', b'o') => 8,
            (b'0', b'b') => 2,
            _ => 10,
        };
        if radix == 10 {
            digits(self);
            let integer = &self.source[start..self.position];
            let octal = integer.len() > 1 && integer.starts_with('0');
            if self.byte(0) == b'.' {
                self.position += 1;
                digits(self);
            }
            if self.byte(0) | 0x20 == b'e' {
                self.position += 1;
                if matches!(self.byte(0), b'+' | b'-') {
                    self.position += 1;
                }
                valid = digits(self);
            }
            if octal && valid {
                self.skip_while(is_name_part);
                return TokenKind::Foreign(&foreign::OCTAL);
            }
        } else {
            self.position += 2;
            let before = self.position;
            while char::from(self.byte(0)).is_digit(radix) {
                self.position += 1;
            }
            valid = self.position > before;
        }
        let end = self.position;
        self.skip_while(is_name_part);
        if valid && self.position == end {
            TokenKind::Number
        } else {
            TokenKind::Foreign(&foreign::BAD_NUMBER)
        }
    }

    fn string(&mut self) -> TokenKind {
        let start = self.position;
        let quote = self.byte(0);
        let bytes = &self.source.as_bytes()[..self.end];
        let mut escaped = false;
        let mut position = start + 1;
        loop {
            match bytes.get(position) {
                Some(&byte) if byte == quote => break,
                Some(b'\\') => {
                    escaped = true;
                    // A line that is continued ends in one or two bytes.
                    position += if bytes.get(position + 1) == Some(&b'\r')
                        && bytes.get(position + 2) == Some(&b'\n')
                    {
                        3
                    } else {
                        2
                    };
                }
                None | Some(b'\n' | b'\r') => {
                    self.position = position.min(self.end);
                    return TokenKind::Foreign(&foreign::UNCLOSED_STRING);
                }
                Some(_) => position += 1,
            }
        }
        self.position = position + 1;
        if escaped && !escapes::are_valid(&self.source[start + 1..position]) {
            return TokenKind::Foreign(&foreign::BAD_ESCAPE);
        }
        TokenKind::String { escaped }
    }

    fn placeholder(&mut self, close: &str) -> TokenKind {
        let line = self.rest().lines().next().unwrap_or_default();
        self.position += line.find(close).map_or(2, |at| at + close.len());
        TokenKind::Foreign(&foreign::PLACEHOLDER)
    }

    fn template(&mut self) -> TokenKind {
        let rest = self.rest();
        self.position += rest[1..].find('`').map_or(rest.len(), |at| at + 2);
        TokenKind::Foreign(&foreign::TEMPLATE)
    }

    fn slash(&mut self) -> TokenKind {
        let rest = self.rest();
        match self.byte(1) {
            b'/' => {
                let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
                self.take(length, TokenKind::Foreign(&foreign::COMMENT))
            }
            b'*' => {
                let length = rest[2..].find("*/").map_or(rest.len(), |at| at + 4);
                self.take(length, TokenKind::Foreign(&foreign::COMMENT))
            }
            b'=' => self.foreign(),
            _ => self.take(1, TokenKind::Operator(Binary::Divide)),
        }
    }
}
