//! From source to tree. The parser goes on after a mistake, so that independent ones are reported
//! together. How errors are worded is in `mistakes.rs`.

use std::borrow::Cow;

use super::functions::{Function, MATH_CONSTANTS, MathFunction, Method};
use super::lexer::{Lexer, Token, TokenKind};
use super::mistakes;
use super::tree::{
    Arguments, Binary, Expression, Node, NodeId, NodeKind, SyntaxError, Unary, offset,
};
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
        if self.starts_operand() {
            self.report(
                token.span,
                mistakes::missing_operator(self.slice(token.span)),
                None,
            );
            self.expression();
        } else {
            if let TokenKind::Foreign(foreign) = token.kind {
                self.report(token.span, foreign.message, None);
            } else {
                self.report(
                    token.span,
                    mistakes::misplaced(self.slice(token.span)),
                    None,
                );
            }
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
        let consequent = self.expression();
        if self.token.kind != TokenKind::Colon {
            self.report(question, mistakes::MISSING_COLON, None);
            return self.error_node(self.span(test).start);
        }
        self.advance();
        let alternative = self.expression();
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

    fn binary(&mut self, minimum: u8) -> NodeId {
        if self.depth >= MAXIMUM_DEPTH {
            return self.too_deep();
        }
        self.depth += 1;
        let mut left = self.unary();
        while let Some(operator) = self.operator() {
            if operator.precedence() < minimum {
                break;
            }
            self.check_operator();
            let symbol = self.token.span;
            self.advance();
            let right = self.binary(operator.precedence() + 1);
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
        self.depth -= 1;
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
        if self.depth >= MAXIMUM_DEPTH {
            return self.too_deep();
        }
        self.depth += 1;
        self.advance();
        let operand = self.unary();
        self.depth -= 1;
        let end = self.span(operand).end;
        self.push(NodeKind::Unary { operator, operand }, token.span.start, end)
    }

    fn postfix(&mut self) -> NodeId {
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
        let index = self.expression();
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
    fn close(&mut self, mut inner: NodeId, closing: TokenKind, open: Span) -> NodeId {
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

    fn call_arguments(&mut self) -> Arguments {
        let open = self.token.span;
        let mark = self.pending.len();
        self.advance();
        while self.token.kind != TokenKind::CloseParenthesis {
            let argument = self.expression();
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

    fn primary(&mut self) -> NodeId {
        let token = self.token;
        let (start, end) = (token.span.start, token.span.end);
        let kind = match token.kind {
            TokenKind::Number => NodeKind::Number(super::number::from_text(self.slice(token.span))),
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
        let inner = self.expression();
        let inner = self.close(inner, TokenKind::CloseParenthesis, open);
        let end = self.previous.map_or(open.end, |previous| previous.end);
        self.push(NodeKind::Group { inner }, open.start, end)
    }

    fn list(&mut self) -> NodeId {
        let open = self.token.span;
        self.report(open, mistakes::LIST, None);
        self.advance();
        while !matches!(self.token.kind, TokenKind::CloseBracket | TokenKind::End) {
            let element = self.expression();
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
                let operand = self.unary();
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
                    self.unary_after_reserved();
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

    fn unary_after_reserved(&mut self) {
        if self.depth >= MAXIMUM_DEPTH {
            self.too_deep();
        } else {
            self.depth += 1;
            self.unary();
            self.depth -= 1;
        }
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
