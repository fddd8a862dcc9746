//! What is being typed at a place in an expression, for completion. Which names exist is known
//! elsewhere.

use super::lexer::{Lexer, Token, TokenKind};
use super::tree::offset;
use crate::json::Span;

/// What can be completed at a caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion<'source> {
    /// What is typed of the name before the caret; it may be empty.
    pub partial: &'source str,
    /// What a choice replaces: the name around the caret, or nothing at the caret.
    pub replace: Span,
    /// The path the name is a property of: `["context", "address"]` after `context.address.`;
    /// empty at the start of a path; `None` after something that is no plain path, as `f().`.
    pub path: Option<Vec<&'source str>>,
}

/// Finds what is typed at `caret`, a byte offset; `None` inside strings and numbers, and where
/// the offset is no place in the source.
pub fn completion(source: &str, caret: u32) -> Option<Completion<'_>> {
    if !source.is_char_boundary(caret as usize) {
        return None;
    }
    let mut lexer = Lexer::new(source, Span::new(0, offset(source.len())));
    // Everything before the name, without spaces.
    let mut before: Vec<Token> = Vec::new();
    let mut replace = Span::new(caret, caret);
    loop {
        let token = lexer.next_token();
        if token.kind == TokenKind::End || token.span.start > caret {
            break;
        }
        let touches = token.span.end >= caret;
        match token.kind {
            TokenKind::Space => {}
            TokenKind::Name if touches => {
                replace = token.span;
                break;
            }
            // After its closing quote a string is over; a number may still go on.
            TokenKind::String { .. } | TokenKind::Foreign(_)
                if token.span.start < caret && caret < token.span.end =>
            {
                return None;
            }
            TokenKind::Number if token.span.start < caret && touches => {
                return None;
            }
            _ if token.span.start < caret => before.push(token),
            _ => break,
        }
    }
    let text = |token: &Token| &source[token.span.range()];
    let mut path = Vec::new();
    let mut tokens = before.iter().rev();
    let mut plain = true;
    while let Some(TokenKind::Dot | TokenKind::OptionalDot) = tokens.next().map(|token| token.kind)
    {
        match tokens.next() {
            Some(token) if token.kind == TokenKind::Name => path.push(text(token)),
            _ => {
                plain = false;
                break;
            }
        }
    }
    path.reverse();
    let partial = &source[replace.start as usize..caret as usize];
    Some(Completion {
        partial,
        replace,
        path: plain.then_some(path),
    })
}
