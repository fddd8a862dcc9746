//! What no JavaScript expression can be: brackets that do not match, texts that do not end, operators
//! without operands. Conditions of Cognigy.AI are JavaScript, which has far more than [`super::parse`]
//! reads: functions, lists, objects, regular expressions. All of that passes here; whatever is not surely
//! wrong is let be.

mod words;

use super::characters::{is_name_part, is_name_start, is_space};
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

    /// Passes blanks and comments over.
    fn space(&mut self) -> Read {
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

    fn string(&mut self, start: usize, quote: char) -> Read {
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
    fn template(&mut self, start: usize) -> Read {
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

    fn number(&mut self, start: usize) -> Read {
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

    fn regular_expression(&mut self, start: usize) -> Read {
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

    fn opens(&mut self, start: usize, character: char) -> Read {
        let bracket = match (character, self.wants) {
            ('(', Wants::Operand) => Bracket::Group,
            ('(', Wants::Operator) => Bracket::Call,
            ('[', Wants::Operand) => Bracket::List,
            ('[', Wants::Operator) => Bracket::Index,
            (_, Wants::Operand) => Bracket::Braces,
            // A block, or the body of something.
            (_, Wants::Operator) => return Err(Stop::GivenUp),
        };
        self.braces += usize::from(bracket == Bracket::Braces);
        self.open.push(Open { bracket, at: start });
        self.take(1, Wants::Operand, Last::Open);
        Ok(())
    }

    fn closes(&mut self, start: usize, character: char) -> Read {
        self.at += 1;
        self.no_question_is_open()?;
        let bracket = self.open.last().map(|open| open.bracket);
        let matches = match (character, bracket) {
            (')', Some(Bracket::Group | Bracket::Call))
            | (']', Some(Bracket::List | Bracket::Index))
            | ('}', Some(Bracket::Braces | Bracket::Template)) => bracket,
            _ => None,
        };
        let Some(bracket) = matches else {
            let message = match character {
                '}' => foreign::CLOSE_BRACE.message.to_owned(),
                _ => mistakes::misplaced(&self.source[start..self.at]),
            };
            return self.found(start, message);
        };
        if self.wants == Wants::Operand && !self.is_loose() {
            self.may_be_empty(start, bracket)?;
        }
        let opened = self.open.pop();
        self.wants = Wants::Operator;
        self.last = Last::Operand;
        match (bracket, opened) {
            // At the start it may be a block, after which anything may follow.
            (Bracket::Braces, Some(open)) if self.source[..open.at].trim().is_empty() => {
                return Err(Stop::GivenUp);
            }
            (Bracket::Braces, _) => self.braces -= 1,
            (Bracket::Template, Some(open)) => return self.template(open.at),
            _ => {}
        }
        Ok(())
    }

    /// Says so when a bracket closes where a value is missing.
    fn may_be_empty(&mut self, start: usize, bracket: Bracket) -> Read {
        let is_allowed = match (self.last, bracket) {
            (Last::Open | Last::Comma, Bracket::Call | Bracket::List) => true,
            // The names that a function takes.
            (Last::Open | Last::Comma, Bracket::Group) => {
                self.source[self.at..].trim_start().starts_with("=>")
            }
            _ => false,
        };
        match (self.last, bracket) {
            _ if is_allowed => Ok(()),
            (Last::Open, Bracket::Group) => self.found(start, mistakes::EMPTY_PARENTHESES),
            (Last::Open, Bracket::Index) => self.found(start, mistakes::EMPTY_BRACKETS),
            _ => self.operand_is_there(start),
        }
    }

    fn no_question_is_open(&self) -> Read {
        match self.open.last() {
            Some(open) if open.bracket == Bracket::Question && !self.is_loose() => Err(
                Stop::Found(error(open.at, open.at + 1, mistakes::MISSING_COLON.into())),
            ),
            Some(open) if open.bracket == Bracket::Question => Err(Stop::GivenUp),
            _ => Ok(()),
        }
    }

    fn comma(&mut self, start: usize) -> Read {
        let is_in_list = self
            .open
            .last()
            .is_some_and(|open| open.bracket == Bracket::List);
        if !(is_in_list && matches!(self.last, Last::Open | Last::Comma)) {
            self.operand_is_there(start)?;
        }
        self.take(1, Wants::Operand, Last::Comma);
        Ok(())
    }

    fn colon(&mut self, start: usize) -> Read {
        match self.open.last().map(|open| open.bracket) {
            Some(Bracket::Question) => {
                self.operand_is_there(start)?;
                self.open.pop();
            }
            _ if self.is_loose() => {}
            // A label of a statement.
            None => return Err(Stop::GivenUp),
            Some(_) => {
                self.at += 1;
                return self.found(start, mistakes::misplaced(":"));
            }
        }
        self.take(1, Wants::Operand, Last::Operator);
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

    fn end(&mut self) -> Read {
        let is_unfinished = matches!(self.last, Last::Operator | Last::Comma);
        if is_unfinished && self.wants == Wants::Operand && !self.is_loose() {
            let before = &self.source[self.last_start..self.last_end];
            let message = mistakes::missing_after(before);
            return Err(Stop::Found(error(
                self.last_start,
                self.last_end,
                message.into(),
            )));
        }
        self.no_question_is_open()?;
        match self.open.last() {
            Some(open) => {
                let message = mistakes::unclosed(open.bracket.text());
                Err(Stop::Found(error(open.at, open.at + 1, message.into())))
            }
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
