//! What follows a value: properties, brackets, calls.

use super::Parser;
use crate::expression::functions::Method;
use crate::expression::lexer::TokenKind;
use crate::expression::mistakes;
use crate::expression::tree::{Arguments, NodeId, NodeKind, offset};
use crate::json::Span;

impl Parser<'_> {
    pub(super) fn postfix(&mut self) -> NodeId {
        let mut object = self.primary();
        loop {
            let start = self.span(object).start;
            object = match self.token.kind {
                TokenKind::Dot => {
                    self.advance();
                    self.member(object, false)
                }
                TokenKind::OptionalDot => {
                    self.advance();
                    match self.token.kind {
                        TokenKind::OpenBracket => self.index(object, true),
                        TokenKind::OpenParenthesis => self.optional_call(object),
                        _ => self.member(object, true),
                    }
                }
                TokenKind::OpenBracket => self.index(object, false),
                TokenKind::OpenParenthesis => {
                    let callee = self.slice(self.span(object));
                    self.report(self.span(object), mistakes::not_callable(callee), None);
                    self.call_arguments();
                    self.error_node(start)
                }
                _ => return object,
            };
        }
    }

    fn member(&mut self, object: NodeId, optional: bool) -> NodeId {
        let start = self.span(object).start;
        let name = self.token.span;
        if self.token.kind != TokenKind::Name {
            let dot = self.previous.unwrap_or(name);
            self.report(dot, mistakes::MISSING_PROPERTY, None);
            return self.error_node(start);
        }
        self.advance();
        if self.token.kind == TokenKind::OpenParenthesis {
            return self.method(object, name, optional, false);
        }
        self.push(
            NodeKind::Member {
                object,
                property: name.start,
                optional,
            },
            start,
            name.end,
        )
    }

    fn method(
        &mut self,
        object: NodeId,
        name: Span,
        optional: bool,
        optional_call: bool,
    ) -> NodeId {
        let start = self.span(object).start;
        let text = self.slice(name);
        let arguments = self.call_arguments();
        let Some(method) = Method::named(text) else {
            let (message, replacement) = mistakes::unknown_method(text);
            self.report(name, message, replacement);
            return self.error_node(start);
        };
        let end = self.previous.map_or(start, |previous| previous.end);
        let kind = NodeKind::Method {
            object,
            method,
            optional,
            optional_call,
            arguments,
        };
        self.push(kind, start, end)
    }

    /// `object.method?.(…)`: the member that was just read turns out to be a method.
    fn optional_call(&mut self, callee: NodeId) -> NodeId {
        let node = self.nodes[callee.index()];
        if let NodeKind::Member {
            object,
            property,
            optional,
        } = node.kind
        {
            // It is the node that was made last; nothing refers to it yet.
            self.nodes.pop();
            return self.method(object, Span::new(property, node.span.end), optional, true);
        }
        self.report(
            node.span,
            mistakes::not_callable(self.slice(node.span)),
            None,
        );
        self.call_arguments();
        self.error_node(node.span.start)
    }

    fn index(&mut self, object: NodeId, optional: bool) -> NodeId {
        let start = self.span(object).start;
        let open = self.token.span;
        self.advance();
        if self.token.kind == TokenKind::CloseBracket {
            self.report(open, mistakes::EMPTY_BRACKETS, None);
            self.advance();
            return self.error_node(start);
        }
        let index = self.nested(Self::expression);
        let index = self.close(index, TokenKind::CloseBracket, open);
        let end = self.previous.map_or(start, |previous| previous.end);
        self.push(
            NodeKind::Index {
                object,
                index,
                optional,
            },
            start,
            end,
        )
    }

    /// Reads up to the bracket that closes `open`.
    pub(super) fn close(&mut self, mut inner: NodeId, closing: TokenKind, open: Span) -> NodeId {
        loop {
            if self.token.kind == closing {
                self.advance();
                return inner;
            }
            if self.starts_operand() || matches!(self.token.kind, TokenKind::Comma) {
                inner = self.leftover(inner);
            } else {
                self.report(open, mistakes::unclosed(self.slice(open)), None);
                return inner;
            }
        }
    }

    pub(super) fn call_arguments(&mut self) -> Arguments {
        let open = self.token.span;
        let mark = self.pending.len();
        self.advance();
        while self.token.kind != TokenKind::CloseParenthesis {
            let argument = self.nested(Self::expression);
            self.pending.push(argument);
            match self.token.kind {
                TokenKind::Comma => self.advance(),
                TokenKind::CloseParenthesis => {}
                _ if self.starts_operand() => {
                    self.leftover(argument);
                }
                _ => {
                    self.report(open, mistakes::unclosed("("), None);
                    break;
                }
            }
        }
        if self.token.kind == TokenKind::CloseParenthesis {
            self.advance();
        }
        let start = offset(self.arguments.len());
        let count = u16::try_from(self.pending.len() - mark).unwrap_or_else(|_| {
            self.report(open, mistakes::TOO_MANY_ARGUMENTS, None);
            0
        });
        self.arguments.extend(self.pending.drain(mark..));
        Arguments { start, count }
    }
}
