//! Reading scripts: first the statements are found, then each is read by its shape.

use std::borrow::Cow;

use super::{Action, Name, Script, Statement};
use crate::expression::{Expression, Lexer, Root, TokenKind, is_name_part, parse_range};
use crate::json::Span;

/// Reads a script. It never fails: one that is not in the grammar is opaque. Takes time linear in
/// the source.
pub fn parse(source: &str) -> Script<'_> {
    Script {
        source,
        statements: statements(source),
    }
}

fn statements(source: &str) -> Option<Vec<Statement<'_>>> {
    let mut statements = Vec::new();
    let mut reader = Reader::new(source);
    while reader.at_statement() {
        let range = reader.statement()?;
        statements.push(Statement {
            span: range.span,
            action: action(source, &range)?,
        });
    }
    Some(statements)
}

/// A statement before it is read.
struct Range {
    span: Span,
    /// The name it starts with, with all its properties.
    target: Span,
    shape: Shape,
}

enum Shape {
    Assignment { value: Span },
    Call { arguments: Vec<Span> },
}

/// Finds where statements, and the arguments of calls, start and end.
struct Reader<'source> {
    source: &'source str,
    lexer: Lexer<'source>,
    kind: TokenKind,
    span: Span,
    /// Whether the token is the first of its line.
    fresh_line: bool,
}

impl<'source> Reader<'source> {
    fn new(source: &'source str) -> Self {
        let all = Span::new(0, u32::try_from(source.len()).unwrap_or(u32::MAX));
        let mut reader = Self {
            source,
            lexer: Lexer::new(source, all),
            kind: TokenKind::End,
            span: Span::new(0, 0),
            fresh_line: true,
        };
        reader.advance();
        reader
    }

    fn advance(&mut self) {
        self.fresh_line = false;
        loop {
            let token = self.lexer.next_token();
            (self.kind, self.span) = (token.kind, token.span);
            if token.kind != TokenKind::Space {
                return;
            }
            let space = &self.source[token.span.range()];
            self.fresh_line |= space.contains(['\n', '\r', '\u{2028}', '\u{2029}']);
        }
    }

    fn text(&self) -> &'source str {
        &self.source[self.span.range()]
    }

    fn is_foreign(&self, text: &str) -> bool {
        matches!(self.kind, TokenKind::Foreign(_)) && self.text() == text
    }

    /// Whether the statement before the current token is over.
    fn at_end(&self) -> bool {
        self.kind == TokenKind::End || self.fresh_line || self.is_foreign(";")
    }

    /// Goes to the next statement, if there is one.
    fn at_statement(&mut self) -> bool {
        while self.is_foreign(";") {
            self.advance();
        }
        self.kind != TokenKind::End
    }

    /// The statement that starts here; `None` for something that is none.
    fn statement(&mut self) -> Option<Range> {
        let start = self.span.start;
        let target = self.target()?;
        if self.fresh_line {
            return None;
        }
        let (shape, end) = if self.is_foreign("=") {
            self.advance();
            let value = self.expression(|_| false)?;
            (Shape::Assignment { value }, value.end)
        } else if self.kind == TokenKind::OpenParenthesis {
            let (arguments, end) = self.arguments()?;
            (Shape::Call { arguments }, end)
        } else {
            return None;
        };
        self.at_end().then_some(Range {
            span: Span::new(start, end),
            target,
            shape,
        })
    }

    /// `name`, `name.name`, as far as it goes.
    fn target(&mut self) -> Option<Span> {
        let start = self.span.start;
        loop {
            if self.kind != TokenKind::Name {
                return None;
            }
            let end = self.span.end;
            self.advance();
            if self.kind != TokenKind::Dot || self.fresh_line {
                return Some(Span::new(start, end));
            }
            self.advance();
        }
    }

    /// One expression, up to the end of the statement or a token where `stop` says so. Line ends
    /// inside brackets do not count.
    fn expression(&mut self, stop: impl Fn(TokenKind) -> bool) -> Option<Span> {
        let start = self.span.start;
        let mut end = start;
        let mut depth = 0_u32;
        let inside_call = stop(TokenKind::Comma);
        loop {
            if self.kind == TokenKind::End
                || self.is_foreign(";")
                || (depth == 0
                    && (stop(self.kind) || (!inside_call && self.fresh_line && end > start)))
            {
                return (depth == 0 && end > start).then_some(Span::new(start, end));
            }
            match self.kind {
                TokenKind::OpenParenthesis | TokenKind::OpenBracket => depth += 1,
                TokenKind::CloseParenthesis | TokenKind::CloseBracket => {
                    depth = depth.checked_sub(1)?;
                }
                TokenKind::Foreign(_) => return None,
                _ => {}
            }
            end = self.span.end;
            self.advance();
        }
    }

    /// The arguments in parentheses, and where the parentheses end.
    fn arguments(&mut self) -> Option<(Vec<Span>, u32)> {
        let mut arguments = Vec::new();
        self.advance();
        loop {
            if self.kind != TokenKind::CloseParenthesis {
                let stop = |kind| matches!(kind, TokenKind::Comma | TokenKind::CloseParenthesis);
                arguments.push(self.expression(stop)?);
            }
            let end = self.span.end;
            match self.kind {
                TokenKind::Comma => self.advance(),
                TokenKind::CloseParenthesis => {
                    self.advance();
                    return Some((arguments, end));
                }
                _ => return None,
            }
        }
    }
}

fn action<'source>(source: &'source str, range: &Range) -> Option<Action<'source>> {
    let target = &source[range.target.range()];
    match &range.shape {
        Shape::Assignment { value } => {
            let name = variable(source, range.target)?;
            Some(Action::Set {
                name,
                value: expression(source, *value)?,
            })
        }
        Shape::Call { arguments } => {
            let mut values = Vec::with_capacity(arguments.len());
            for argument in arguments {
                values.push(expression(source, *argument)?);
            }
            match (target, values.len()) {
                ("set", 2) => {
                    if let Some(name) = set_name(source, arguments[0])
                        && let Some(value) = values.pop()
                    {
                        return Some(Action::Set { name, value });
                    }
                }
                ("say", 1) => return values.pop().map(Action::Say),
                _ => {}
            }
            let name = Name {
                name: Cow::Borrowed(target),
                span: range.target,
            };
            Some(Action::Call {
                name,
                arguments: values,
            })
        }
    }
}

fn expression(source: &str, span: Span) -> Option<Expression<'_>> {
    Some(parse_range(source, span)).filter(Expression::is_valid)
}

/// The variable that the first argument of `set` names: a name in quotes or without.
fn set_name(source: &str, span: Span) -> Option<Name<'_>> {
    let text = &source[span.range()];
    if !text.starts_with(['"', '\'']) {
        return variable(source, span);
    }
    let inner = Span::new(span.start + 1, span.end - 1);
    let name = &source[inner.range()];
    let plain = !name.contains(['\\', '"', '\'']) && !name.is_empty();
    plain.then_some(Name {
        name: Cow::Borrowed(name),
        span: inner,
    })
}

/// The variable that `name`, `context.name` or a short form of it is.
fn variable(source: &str, span: Span) -> Option<Name<'_>> {
    let text = &source[span.range()];
    let (root, name) = match text.split_once('.') {
        Some((root, name)) => (Root::named(root.trim_end()), name),
        None if Root::named(text).is_none() => (Some(Root::Context), text),
        None => return None,
    };
    let trimmed = name.trim_start();
    let is_name = !trimmed.is_empty()
        && trimmed.chars().all(is_name_part)
        && !trimmed.starts_with(|first: char| first.is_ascii_digit());
    let start = span.end - u32::try_from(trimmed.len()).ok()?;
    (root == Some(Root::Context) && is_name).then_some(Name {
        name: Cow::Borrowed(trimmed),
        span: Span::new(start, span.end),
    })
}
