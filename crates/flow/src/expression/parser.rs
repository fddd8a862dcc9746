//! From source to tree. The parser goes on after a mistake, so that independent ones are reported
//! together. How errors are worded is in `mistakes.rs`.

mod access;
mod primary;

use std::borrow::Cow;

use super::lexer::{Lexer, Token, TokenKind};
use super::mistakes;
use super::tree::{Binary, Expression, Node, NodeId, NodeKind, SyntaxError, Unary, offset};
use crate::json::Span;

/// How deep operands may nest. It keeps every recursion over the tree far inside the 1 MiB stack
/// of WebAssembly; chains such as `a + b + c` do not nest.
pub const MAXIMUM_DEPTH: u32 = 200;

/// A source with a hundred mistakes is no expression; more errors would only cost time.
const MAXIMUM_ERRORS: usize = 20;

/// Reads an expression. Mistakes are in [`Expression::errors`]; it never fails or panics, and
/// takes time linear in the source.
pub fn parse(source: &str) -> Expression<'_> {
    parse_range(source, Span::new(0, offset(source.len())))
}

/// Reads the expression in one part of a source; spans refer to the whole source.
pub(crate) fn parse_range(source: &str, range: Span) -> Expression<'_> {
    let mut parser = Parser {
        source,
        lexer: Lexer::new(source, range),
        token: Token {
            kind: TokenKind::End,
            span: Span::new(range.start, range.start),
        },
        previous: None,
        depth: 0,
        nodes: Vec::with_capacity(4 + (range.end - range.start) as usize / 6),
        arguments: Vec::new(),
        pending: Vec::new(),
        errors: Vec::new(),
    };
    parser.advance();
    parser.previous = None;
    let root = parser.everything();
    Expression {
        source: Cow::Borrowed(source),
        nodes: parser.nodes,
        arguments: parser.arguments,
        errors: parser.errors,
        root,
    }
}

struct Parser<'source> {
    source: &'source str,
    lexer: Lexer<'source>,
    token: Token,
    previous: Option<Span>,
    depth: u32,
    nodes: Vec<Node>,
    arguments: Vec<NodeId>,
    /// Arguments of calls that are still open.
    pending: Vec<NodeId>,
    errors: Vec<SyntaxError>,
}

impl<'source> Parser<'source> {
    fn advance(&mut self) {
        self.previous = Some(self.token.span);
        loop {
            self.token = self.lexer.next_token();
            if self.token.kind != TokenKind::Space {
                return;
            }
        }
    }

    fn slice(&self, span: Span) -> &'source str {
        &self.source[span.range()]
    }

    fn report(
        &mut self,
        span: Span,
        message: impl Into<Cow<'static, str>>,
        replacement: Option<Cow<'static, str>>,
    ) {
        // One place has one cause; what is said there later only follows from it.
        let repeated = self
            .errors
            .last()
            .is_some_and(|last| last.span.start == span.start);
        if !repeated && self.errors.len() < MAXIMUM_ERRORS {
            self.errors.push(SyntaxError {
                span,
                message: message.into(),
                replacement,
            });
        }
    }

    fn push(&mut self, kind: NodeKind, start: u32, end: u32) -> NodeId {
        let id = NodeId(offset(self.nodes.len()));
        self.nodes.push(Node {
            kind,
            span: Span::new(start, end),
        });
        id
    }

    fn span(&self, id: NodeId) -> Span {
        self.nodes[id.index()].span
    }

    /// An error node over what was read since `start`.
    fn error_node(&mut self, start: u32) -> NodeId {
        let end = self
            .previous
            .map_or(start, |previous| previous.end.max(start));
        self.push(NodeKind::Error, start, end)
    }

    fn everything(&mut self) -> NodeId {
        let mut root = self.expression();
        while self.token.kind != TokenKind::End {
            root = self.leftover(root);
        }
        root
    }

    /// Deals with a token that no rule expects after a complete expression.
    fn leftover(&mut self, before: NodeId) -> NodeId {
        let token = self.token;
        let start = self.span(before).start;
        let written = self.slice(token.span);
        let operand = self.starts_operand();
        match token.kind {
            TokenKind::Foreign(foreign) => self.report(token.span, foreign.message, None),
            _ if operand => self.report(token.span, mistakes::missing_operator(written), None),
            _ => self.report(token.span, mistakes::misplaced(written), None),
        }
        if operand {
            self.expression();
        } else {
            self.advance();
        }
        self.error_node(start)
    }

    fn starts_operand(&self) -> bool {
        match self.token.kind {
            TokenKind::Number
            | TokenKind::String { .. }
            | TokenKind::Name
            | TokenKind::Not
            | TokenKind::OpenParenthesis => true,
            TokenKind::Foreign(foreign) => foreign.value,
            _ => false,
        }
    }

    fn expression(&mut self) -> NodeId {
        let test = self.binary(1);
        if self.token.kind != TokenKind::Question {
            return test;
        }
        let question = self.token.span;
        self.advance();
        let consequent = self.nested(Self::expression);
        if self.token.kind != TokenKind::Colon {
            self.report(question, mistakes::MISSING_COLON, None);
            return self.error_node(self.span(test).start);
        }
        self.advance();
        let alternative = self.nested(Self::expression);
        let (start, end) = (self.span(test).start, self.span(alternative).end);
        self.push(
            NodeKind::Conditional {
                test,
                consequent,
                alternative,
            },
            start,
            end,
        )
    }

    /// The binary operator at the current token, if there is one.
    fn operator(&self) -> Option<Binary> {
        match self.token.kind {
            TokenKind::Operator(operator) => Some(operator),
            TokenKind::Foreign(foreign) => foreign.operator,
            TokenKind::Name => match self.slice(self.token.span) {
                "in" => Some(Binary::In),
                other => mistakes::word_operator(other).map(|(operator, _)| operator),
            },
            _ => None,
        }
    }

    fn check_operator(&mut self) {
        let token = self.token;
        match token.kind {
            TokenKind::Foreign(foreign) => {
                self.report(
                    token.span,
                    foreign.message,
                    foreign.replacement.map(Cow::Borrowed),
                );
            }
            TokenKind::Name => {
                let word = self.slice(token.span);
                if let Some((operator, certain)) = mistakes::word_operator(word) {
                    let replacement = certain.then_some(Cow::Borrowed(operator.symbol()));
                    self.report(token.span, mistakes::word(word, operator), replacement);
                }
            }
            _ => {}
        }
    }

    /// Reads an operand one level deeper, unless that is too deep.
    fn nested(&mut self, read: impl FnOnce(&mut Self) -> NodeId) -> NodeId {
        if self.depth >= MAXIMUM_DEPTH {
            return self.too_deep();
        }
        self.depth += 1;
        let id = read(self);
        self.depth -= 1;
        id
    }

    fn binary(&mut self, minimum: u8) -> NodeId {
        let mut left = self.unary();
        while let Some(operator) = self.operator() {
            if operator.precedence() < minimum {
                break;
            }
            self.check_operator();
            let symbol = self.token.span;
            self.advance();
            let right = self.nested(|parser| parser.binary(operator.precedence() + 1));
            self.check_mixture(operator, symbol, left, right);
            let (start, end) = (self.span(left).start, self.span(right).end);
            left = self.push(
                NodeKind::Binary {
                    operator,
                    left,
                    right,
                },
                start,
                end,
            );
        }
        left
    }

    /// ECMAScript wants parentheses where `??` meets `&&` or `||`.
    fn check_mixture(&mut self, operator: Binary, symbol: Span, left: NodeId, right: NodeId) {
        let mixed = |id: NodeId| match self.nodes[id.index()].kind {
            NodeKind::Binary {
                operator: inner, ..
            } => match operator {
                Binary::Nullish => matches!(inner, Binary::And | Binary::Or),
                Binary::And | Binary::Or => inner == Binary::Nullish,
                _ => false,
            },
            _ => false,
        };
        if mixed(left) || mixed(right) {
            self.report(symbol, mistakes::MIXED_NULLISH, None);
        }
    }

    fn too_deep(&mut self) -> NodeId {
        let start = self.token.span.start;
        self.report(self.token.span, mistakes::TOO_DEEP, None);
        // What follows was never looked at; errors about it would mislead.
        self.errors.truncate(MAXIMUM_ERRORS);
        self.lexer.finish();
        self.advance();
        self.push(NodeKind::Error, start, start)
    }

    fn unary(&mut self) -> NodeId {
        let token = self.token;
        let operator = match token.kind {
            TokenKind::Not => Unary::Not,
            TokenKind::Operator(Binary::Subtract) => Unary::Minus,
            TokenKind::Operator(Binary::Add) => Unary::Plus,
            _ => return self.postfix(),
        };
        self.advance();
        let operand = self.nested(Self::unary);
        let end = self.span(operand).end;
        self.push(NodeKind::Unary { operator, operand }, token.span.start, end)
    }
}
