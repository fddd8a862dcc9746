//! Brackets, and what stands between the values in them. The `?` of a condition is a bracket that `:` closes.

use super::{Bracket, Last, Open, Read, Reader, Stop, Wants, error};
use crate::expression::{foreign, mistakes};

impl Reader<'_> {
    pub(super) fn opens(&mut self, start: usize, character: char) -> Read {
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

    pub(super) fn closes(&mut self, start: usize, character: char) -> Read {
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

    pub(super) fn comma(&mut self, start: usize) -> Read {
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

    pub(super) fn colon(&mut self, start: usize) -> Read {
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

    pub(super) fn end(&mut self) -> Read {
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
