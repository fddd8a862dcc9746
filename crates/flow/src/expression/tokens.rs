//! Tokens for colouring a source: they cover every byte of it, mistakes included.

use super::lexer::{Lexer, Token as Raw, TokenKind};
use super::tree::offset;
use crate::json::Span;

/// How a token is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenClass {
    /// `true`, `false`, `null`, `undefined`, `NaN`, `Infinity`.
    Literal,
    /// A number.
    Number,
    /// A quoted string.
    String,
    /// A name at the start of a path.
    Root,
    /// A name after a dot.
    Property,
    /// A name that is called.
    Method,
    /// An operator, `in` included.
    Operator,
    /// Brackets, dots, commas.
    Punctuation,
    /// Something that is no part of the language.
    Error,
    /// White space.
    Space,
}

/// A part of the source with its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it is.
    pub span: Span,
    /// How it is coloured.
    pub class: TokenClass,
}

/// Divides a source into tokens. They follow each other without gap from its first byte to its
/// last.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut lexer = Lexer::new(source, Span::new(0, offset(source.len())));
    let mut tokens: Vec<Token> = Vec::with_capacity(source.len() / 3 + 1);
    // The name that becomes a method when a parenthesis follows, and whether a dot was last.
    let mut name = None;
    let mut after_dot = false;
    loop {
        let token = lexer.next_token();
        if token.kind == TokenKind::End {
            return tokens;
        }
        let class = classify(source, token, after_dot);
        match token.kind {
            TokenKind::Space => {}
            TokenKind::OptionalDot => after_dot = true,
            _ => {
                if let (TokenKind::OpenParenthesis, Some(callee)) = (token.kind, name.take()) {
                    let callee: &mut Token = &mut tokens[callee];
                    callee.class = TokenClass::Method;
                }
                if matches!(class, TokenClass::Root | TokenClass::Property) {
                    name = Some(tokens.len());
                }
                after_dot = token.kind == TokenKind::Dot;
            }
        }
        tokens.push(Token {
            span: token.span,
            class,
        });
    }
}

fn classify(source: &str, token: Raw, after_dot: bool) -> TokenClass {
    match token.kind {
        TokenKind::Space => TokenClass::Space,
        TokenKind::Number => TokenClass::Number,
        TokenKind::String { .. } => TokenClass::String,
        TokenKind::Name if after_dot => TokenClass::Property,
        TokenKind::Name => match &source[token.span.range()] {
            "true" | "false" | "null" | "undefined" | "NaN" | "Infinity" => TokenClass::Literal,
            "in" => TokenClass::Operator,
            _ => TokenClass::Root,
        },
        TokenKind::Operator(_) | TokenKind::Not | TokenKind::Question | TokenKind::Colon => {
            TokenClass::Operator
        }
        TokenKind::Foreign(_) | TokenKind::End => TokenClass::Error,
        TokenKind::Dot
        | TokenKind::OptionalDot
        | TokenKind::Comma
        | TokenKind::OpenParenthesis
        | TokenKind::CloseParenthesis
        | TokenKind::OpenBracket
        | TokenKind::CloseBracket => TokenClass::Punctuation,
    }
}
