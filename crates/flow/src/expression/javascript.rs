//! What no JavaScript expression can be: brackets that do not match, texts that do not end, operators
//! without operands. Conditions of Cognigy.AI are JavaScript, which has far more than [`super::parse`]
//! reads: functions, lists, objects, regular expressions. All of that passes here; whatever is not surely
//! wrong is let be.

mod brackets;
mod literals;
mod words;

use super::characters::{is_name_part, is_name_start};
use super::foreign::{self, SYMBOLS};
use super::mistakes;
use super::tree::{SyntaxError, offset};
use crate::json::Span;
use words::Word;

/// The first place that makes a source no JavaScript at all, with what is wrong there. O(source).
pub fn impossible(source: &str) -> Option<SyntaxError> {
    if source.trim().is_empty() {
        return Some(error(0, source.len(), mistakes::EMPTY.into()));
    }
    let mut reader = Reader {
        source,
        at: 0,
        wants: Wants::Operand,
        last: Last::Nothing,
        last_start: 0,
        last_end: 0,
        is_new_line: false,
        open: Vec::new(),
        braces: 0,
    };
    match reader.everything() {
        Ok(()) | Err(Stop::GivenUp) => None,
        Err(Stop::Found(error)) => Some(error),
    }
}

/// Why reading ends early.
enum Stop {
    /// This cannot be JavaScript.
    Found(SyntaxError),
    /// This is more than an expression, and may be right.
    GivenUp,
}

type Read = Result<(), Stop>;

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wants {
    Operand,
    Operator,
}

/// What came last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Open,
    Comma,
    Operator,
    Dot,
    Operand,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bracket {
    Group,
    Call,
    List,
    Index,
    Braces,
    /// `${` in a text in backticks.
    Template,
    /// `?` before its `:`.
    Question,
}

impl Bracket {
    fn text(self) -> &'static str {
        match self {
            Self::Group | Self::Call => "(",
            Self::List | Self::Index => "[",
            Self::Braces => "{",
            Self::Template => "`",
            Self::Question => "?",
        }
    }
}

struct Open {
    bracket: Bracket,
    at: usize,
}

struct Reader<'source> {
    source: &'source str,
    at: usize,
    wants: Wants,
    last: Last,
    last_start: usize,
    last_end: usize,
    /// Whether the token at hand stands on another line than the one before it.
    is_new_line: bool,
    open: Vec<Open>,
    /// How many `{` are open: inside them little is sure.
    braces: usize,
}

fn error(start: usize, end: usize, message: std::borrow::Cow<'static, str>) -> SyntaxError {
    SyntaxError {
        span: Span::new(offset(start), offset(end)),
        message,
        replacement: None,
    }
}

impl Reader<'_> {
    fn everything(&mut self) -> Read {
        loop {
            self.space()?;
            let start = self.at;
            let Some(character) = self.peek() else {
                return self.end();
            };
            self.token(start, character)?;
            self.last_start = start;
            self.last_end = self.at;
        }
    }

    fn token(&mut self, start: usize, character: char) -> Read {
        let next = self.byte(1);
        match character {
            '"' | '\'' => self.string(start, character),
            '`' => {
                self.at += 1;
                self.template(start)
            }
            '0'..='9' => self.number(start),
            '.' if next.is_ascii_digit() && self.wants == Wants::Operand => self.number(start),
            '.' if self.source[start..].starts_with("...") => {
                self.take(3, Wants::Operand, Last::Operator);
                Ok(())
            }
            '.' => self.dot(start, 1),
            '?' if next == b'.' && !self.byte(2).is_ascii_digit() => self.dot(start, 2),
            '(' | '[' | '{' => self.opens(start, character),
            ')' | ']' | '}' => self.closes(start, character),
            ',' => self.comma(start),
            ':' => self.colon(start),
            ';' => {
                if self.last != Last::Nothing {
                    self.operand_is_there(start)?;
                }
                Err(Stop::GivenUp)
            }
            '/' if self.wants == Wants::Operand => self.regular_expression(start),
            '\\' if next == b'u' => Err(Stop::GivenUp),
            '#' if next.is_ascii_alphabetic() => Err(Stop::GivenUp),
            character if is_name_start(character) => self.word(start),
            _ => self.operator(start),
        }
    }

    fn peek(&self) -> Option<char> {
        self.source[self.at..].chars().next()
    }

    fn byte(&self, ahead: usize) -> u8 {
        let bytes = self.source.as_bytes();
        bytes.get(self.at + ahead).copied().unwrap_or_default()
    }

    fn take(&mut self, length: usize, wants: Wants, last: Last) {
        self.at += length;
        self.wants = wants;
        self.last = last;
    }

    fn found(&self, start: usize, message: impl Into<std::borrow::Cow<'static, str>>) -> Read {
        Err(Stop::Found(error(
            start,
            self.at.max(start),
            message.into(),
        )))
    }

    /// Whether what stands between operands and operators may be anything.
    fn is_loose(&self) -> bool {
        self.braces > 0
    }

    /// Notes that a value stands here.
    fn operand(&mut self, start: usize) -> Read {
        if self.wants == Wants::Operator && !self.is_loose() {
            if self.is_new_line {
                return Err(Stop::GivenUp);
            }
            let written = &self.source[start..self.at];
            return self.found(start, mistakes::missing_operator(written));
        }
        self.wants = Wants::Operator;
        self.last = Last::Operand;
        Ok(())
    }

    /// Says so when what comes next needs a value before it, and there is none.
    fn operand_is_there(&mut self, start: usize) -> Read {
        if self.wants == Wants::Operator || self.is_loose() {
            return Ok(());
        }
        let end = self.at.max(
            start
                + self.source[start..]
                    .chars()
                    .next()
                    .map_or(0, char::len_utf8),
        );
        let before = &self.source[self.last_start..self.last_end];
        let message = match self.last {
            Last::Operator | Last::Comma => mistakes::missing_after(before),
            _ => mistakes::missing_before(&self.source[start..end]),
        };
        Err(Stop::Found(error(start, end, message.into())))
    }

    fn dot(&mut self, start: usize, length: usize) -> Read {
        self.operand_is_there(start)?;
        if self.last == Last::Dot {
            return self.found(start, mistakes::MISSING_PROPERTY);
        }
        self.take(length, Wants::Operator, Last::Dot);
        let end = self.at;
        self.space()?;
        let next = self.peek();
        let follows = next.is_some_and(|next| {
            is_name_start(next)
                || matches!(next, '#' | '\\')
                || (length == 2 && matches!(next, '(' | '[' | '`'))
        });
        if !follows && !self.is_loose() {
            self.at = end;
            return self.found(start, mistakes::MISSING_PROPERTY);
        }
        if next == Some('#') {
            return Err(Stop::GivenUp);
        }
        while self.peek().is_some_and(is_name_part) {
            self.at += self.peek().map_or(0, char::len_utf8);
        }
        self.last = Last::Operand;
        Ok(())
    }

    fn word(&mut self, start: usize) -> Read {
        while self.peek().is_some_and(is_name_part) {
            self.at += self.peek().map_or(0, char::len_utf8);
        }
        let written = &self.source[start..self.at];
        match Word::of(written) {
            Word::Name
                if self.wants == Wants::Operator && !self.is_new_line && !self.is_loose() =>
            {
                match mistakes::word_operator(written) {
                    Some((operator, _)) => self.found(start, mistakes::word(written, operator)),
                    None => self.operand(start),
                }
            }
            Word::Name => self.operand(start),
            Word::Prefix => {
                self.operand(start)?;
                self.wants = Wants::Operand;
                self.last = Last::Operator;
                Ok(())
            }
            Word::Infix => {
                self.operand_is_there(start)?;
                self.wants = Wants::Operand;
                self.last = Last::Operator;
                Ok(())
            }
            Word::Statement => Err(Stop::GivenUp),
        }
    }

    fn operator(&mut self, start: usize) -> Read {
        let rest = &self.source[start..];
        // Old comments, which are still JavaScript.
        if rest.starts_with("<!--") || rest.starts_with("-->") {
            return Err(Stop::GivenUp);
        }
        let Some(symbol) = words::OPERATORS
            .iter()
            .find(|symbol| rest.starts_with(**symbol))
        else {
            self.at += self.peek().map_or(0, char::len_utf8);
            let symbol = &self.source[start..self.at];
            let message = SYMBOLS.iter().find(|(spelling, _)| *spelling == symbol);
            let message = match symbol {
                "“" | "”" | "„" | "‘" | "’" => foreign::CURLY_QUOTE.message,
                _ => message.map_or(foreign::UNKNOWN.message, |(_, foreign)| foreign.message),
            };
            return self.found(start, message);
        };
        match (*symbol, self.wants) {
            ("!" | "~" | "+" | "-" | "++" | "--", Wants::Operand) => {
                self.take(symbol.len(), Wants::Operand, Last::Operator);
                return Ok(());
            }
            ("++" | "--", Wants::Operator) => {
                self.at += symbol.len();
                return Ok(());
            }
            ("!" | "~", Wants::Operator) => {
                self.at += symbol.len();
                self.operand(start)?;
                self.wants = Wants::Operand;
                self.last = Last::Operator;
                return Ok(());
            }
            _ => {}
        }
        self.operand_is_there(start)?;
        self.take(symbol.len(), Wants::Operand, Last::Operator);
        match *symbol {
            "?" => self.open.push(Open {
                bracket: Bracket::Question,
                at: start,
            }),
            // The body of a function.
            "=>" if self.source[self.at..].trim_start().starts_with('{') => {
                return Err(Stop::GivenUp);
            }
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
