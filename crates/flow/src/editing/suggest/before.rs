//! What stands before the caret, as far as it decides what can come next.

use crate::expression::{Span, Token, TokenClass, tokens};

/// What stands before the caret, without spaces.
pub(super) struct Before<'source> {
    source: &'source str,
    caret: u32,
    tokens: Vec<Token>,
    /// The string the caret stands in.
    pub(super) string: Option<Token>,
}

impl<'source> Before<'source> {
    pub(super) fn new(source: &'source str, caret: u32) -> Self {
        let mut before = Vec::new();
        let mut string = None;
        for token in tokens(source) {
            if token.span.start >= caret {
                break;
            }
            let text = &source[token.span.range()];
            // A string that is not closed is a mistake to the lexer.
            let is_open = token.class == TokenClass::Error && text.starts_with(['"', '\'']);
            let is_inside = caret < token.span.end && token.class == TokenClass::String;
            if is_inside || (is_open && caret <= token.span.end) {
                string = Some(token);
            } else if token.class != TokenClass::Space {
                before.push(token);
            }
        }
        Self {
            source,
            caret,
            tokens: before,
            string,
        }
    }

    fn text(&self, token: &Token) -> &'source str {
        &self.source[token.span.range()]
    }

    /// Whether the caret stands at the right of `intent.name ==` or one of its kin: what is to be
    /// replaced there, and with which quotes.
    pub(super) fn compared_intent(&self) -> Option<(Span, char)> {
        let mut parts: Vec<&Token> = self.tokens.iter().collect();
        let mut replace = Span::new(self.caret, self.caret);
        if let Some(string) = self.string {
            // A string that is not closed may have swallowed what comes after it.
            let closed = string.class == TokenClass::String;
            let end = if closed { string.span.end } else { self.caret };
            replace = Span::new(string.span.start, end);
        } else if let Some(name) = parts.last()
            && name.class == TokenClass::Root
            && name.span.end >= self.caret
        {
            replace = name.span;
            parts.pop();
        }
        let [.., root, dot, property, operator] = parts[..] else {
            return None;
        };
        let is_intent = self.text(root) == "intent" && root.class == TokenClass::Root;
        let is_name = matches!(self.text(dot), "." | "?.") && self.text(property) == "name";
        let compares = matches!(self.text(operator), "==" | "===" | "!=" | "!==");
        let quote = match self.string {
            Some(string) => self.text(&string).chars().next(),
            None => self.source.chars().find(|it| matches!(it, '"' | '\'')),
        };
        (is_intent && is_name && compares).then(|| (replace, quote.unwrap_or('"')))
    }

    /// Whether a value ends right before `at`, so that an operator comes next. A line break starts
    /// anew, as in scripts.
    pub(super) fn ends_value(&self, at: u32) -> bool {
        let Some(last) = self.tokens.iter().rev().find(|token| token.span.end <= at) else {
            return false;
        };
        let between = &self.source[last.span.end as usize..at as usize];
        let value = match last.class {
            TokenClass::Punctuation => matches!(self.text(last), ")" | "]"),
            TokenClass::Operator | TokenClass::Error | TokenClass::Space => false,
            _ => true,
        };
        value && !between.contains('\n')
    }

    /// Whether a statement of a script starts at `at`.
    pub(super) fn starts_statement(&self, at: u32) -> bool {
        let Some(last) = self.tokens.iter().rev().find(|token| token.span.end <= at) else {
            return true;
        };
        let between = &self.source[last.span.end as usize..at as usize];
        self.text(last) == ";" || between.contains('\n')
    }
}
