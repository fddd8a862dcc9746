//! What an operand starts with: literals, names, parentheses, calls of functions.

use std::borrow::Cow;

use super::Parser;
use crate::expression::functions::{Function, MATH_CONSTANTS, MathFunction};
use crate::expression::lexer::TokenKind;
use crate::expression::mistakes;
use crate::expression::number;
use crate::expression::tree::{NodeId, NodeKind, Unary};

impl Parser<'_> {
    pub(super) fn primary(&mut self) -> NodeId {
        let token = self.token;
        let (start, end) = (token.span.start, token.span.end);
        let kind = match token.kind {
            TokenKind::Number => NodeKind::Number(number::from_text(self.slice(token.span))),
            TokenKind::String { escaped } => NodeKind::String { escaped },
            TokenKind::Name => return self.name(),
            TokenKind::OpenParenthesis => return self.group(),
            TokenKind::OpenBracket => return self.list(),
            TokenKind::Foreign(foreign) if foreign.value || foreign.operator.is_none() => {
                self.report(token.span, foreign.message, None);
                NodeKind::Error
            }
            _ => return self.missing_operand(),
        };
        self.advance();
        self.push(kind, start, end)
    }

    fn missing_operand(&mut self) -> NodeId {
        let place = self.token.span;
        match self.previous {
            Some(previous) => {
                let message = mistakes::missing_after(self.slice(previous));
                self.report(previous, message, None);
            }
            None if self.token.kind == TokenKind::End => {
                self.report(place, mistakes::EMPTY, None);
            }
            None => {
                let message = mistakes::missing_before(self.slice(place));
                self.report(place, message, None);
            }
        }
        self.push(NodeKind::Error, place.start, place.start)
    }

    fn group(&mut self) -> NodeId {
        let open = self.token.span;
        self.advance();
        if self.token.kind == TokenKind::CloseParenthesis {
            self.report(open, mistakes::EMPTY_PARENTHESES, None);
            self.advance();
            return self.error_node(open.start);
        }
        let inner = self.nested(Self::expression);
        let inner = self.close(inner, TokenKind::CloseParenthesis, open);
        let end = self.previous.map_or(open.end, |previous| previous.end);
        self.push(NodeKind::Group { inner }, open.start, end)
    }

    fn list(&mut self) -> NodeId {
        let open = self.token.span;
        self.report(open, mistakes::LIST, None);
        self.advance();
        while !matches!(self.token.kind, TokenKind::CloseBracket | TokenKind::End) {
            let element = self.nested(Self::expression);
            match self.token.kind {
                TokenKind::Comma => self.advance(),
                _ if self.starts_operand() => {
                    self.leftover(element);
                }
                _ => break,
            }
        }
        if self.token.kind == TokenKind::CloseBracket {
            self.advance();
        }
        self.error_node(open.start)
    }

    fn name(&mut self) -> NodeId {
        let span = self.token.span;
        let text = self.slice(span);
        let kind = match text {
            "true" => NodeKind::Boolean(true),
            "false" => NodeKind::Boolean(false),
            "null" => NodeKind::Null,
            "undefined" => NodeKind::Undefined,
            "NaN" => NodeKind::Number(f64::NAN),
            "Infinity" => NodeKind::Number(f64::INFINITY),
            "in" => return self.missing_operand(),
            "Math" => return self.math(),
            "Number" => return self.function(Function::Number),
            "String" => return self.function(Function::String),
            "Boolean" => return self.function(Function::Boolean),
            _ => NodeKind::Name,
        };
        self.advance();
        if kind == NodeKind::Name {
            if matches!(text, "not" | "NOT") && self.starts_operand() {
                self.report(span, mistakes::NOT, Some(Cow::Borrowed("!")));
                let operand = self.nested(Self::unary);
                let end = self.span(operand).end;
                return self.push(
                    NodeKind::Unary {
                        operator: Unary::Not,
                        operand,
                    },
                    span.start,
                    end,
                );
            }
            if mistakes::is_reserved(text) {
                self.report(span, mistakes::reserved(text), None);
                if self.starts_operand() && self.token.kind != TokenKind::OpenParenthesis {
                    // `typeof x`, `new Date`: the word governs what follows.
                    self.nested(Self::unary);
                }
                return self.error_node(span.start);
            }
            if self.token.kind == TokenKind::OpenParenthesis {
                let (message, replacement) = mistakes::unknown_function(text);
                self.report(span, message, replacement);
                self.call_arguments();
                return self.error_node(span.start);
            }
        }
        self.push(kind, span.start, span.end)
    }

    fn function(&mut self, function: Function) -> NodeId {
        let span = self.token.span;
        self.advance();
        if self.token.kind != TokenKind::OpenParenthesis {
            self.report(span, mistakes::uncalled(self.slice(span)), None);
            return self.error_node(span.start);
        }
        let arguments = self.call_arguments();
        let end = self.previous.map_or(span.end, |previous| previous.end);
        self.push(
            NodeKind::Call {
                function,
                arguments,
            },
            span.start,
            end,
        )
    }

    fn math(&mut self) -> NodeId {
        let span = self.token.span;
        self.advance();
        if self.token.kind == TokenKind::Dot {
            self.advance();
        } else {
            self.report(span, mistakes::MATH_ALONE, None);
            return self.error_node(span.start);
        }
        let name = self.token.span;
        if self.token.kind != TokenKind::Name {
            self.report(span, mistakes::MATH_ALONE, None);
            return self.error_node(span.start);
        }
        let text = self.slice(name);
        self.advance();
        if let Some(function) = MathFunction::named(text)
            && self.token.kind == TokenKind::OpenParenthesis
        {
            let arguments = self.call_arguments();
            let end = self.previous.map_or(span.end, |previous| previous.end);
            let function = Function::Math(function);
            return self.push(
                NodeKind::Call {
                    function,
                    arguments,
                },
                span.start,
                end,
            );
        }
        if let Some((_, value)) = MATH_CONSTANTS.iter().find(|(name, _)| *name == text) {
            return self.push(NodeKind::Number(*value), span.start, name.end);
        }
        let (message, replacement) = mistakes::unknown_math(text);
        self.report(name, message, replacement);
        if self.token.kind == TokenKind::OpenParenthesis {
            self.call_arguments();
        }
        self.error_node(span.start)
    }
}
