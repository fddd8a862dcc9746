//! The scripts of action nodes: what they set, what they read, what they say. How a rehearsal
//! carries them out is not known here.

mod interpolate;
mod parser;

pub use interpolate::{interpolate, read};
pub use parser::parse;

use std::borrow::Cow;

use crate::expression::references::{self, Reference, TextReference};
use crate::expression::{Expression, NodeKind, Value};
use crate::json::Span;

/// A name with its place in the script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name<'source> {
    /// The name of a context variable, without `context.`.
    pub name: Cow<'source, str>,
    /// Where it stands, without quotes.
    pub span: Span,
}

/// What a statement does.
#[derive(Clone, Debug, PartialEq)]
pub enum Action<'source> {
    /// `set(name, expression)`, `name = expression`
    Set {
        /// The variable.
        name: Name<'source>,
        /// Its new value.
        value: Expression<'source>,
    },
    /// `say(expression)`
    Say(Expression<'source>),
    /// Any other call. Nothing is known of its effect.
    Call {
        /// What is called, as it is written.
        name: Name<'source>,
        /// What it is given.
        arguments: Vec<Expression<'source>>,
    },
}

/// One statement. The spans in its expressions refer to the whole script.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement<'source> {
    /// Where it stands, without the spaces around it.
    pub span: Span,
    /// What it does.
    pub action: Action<'source>,
}

impl<'source> Statement<'source> {
    /// The expressions of the statement, in the order of evaluation.
    pub fn expressions(&self) -> &[Expression<'source>] {
        match &self.action {
            Action::Set { value, .. } | Action::Say(value) => std::slice::from_ref(value),
            Action::Call { arguments, .. } => arguments,
        }
    }
}

/// A script, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Script<'source> {
    source: &'source str,
    statements: Option<Vec<Statement<'source>>>,
}

impl<'source> Script<'source> {
    /// The text of the script.
    pub const fn source(&self) -> &'source str {
        self.source
    }

    /// Whether it is not in the grammar: then nothing is known of it but the references in it.
    pub const fn is_opaque(&self) -> bool {
        self.statements.is_none()
    }

    /// Its statements, in order; none when it is opaque.
    pub fn statements(&self) -> &[Statement<'source>] {
        self.statements.as_deref().unwrap_or_default()
    }

    /// The references in any form that stands out in a text: `${name}`, `{{name}}`,
    /// `context.name` and its short forms. Also those of an opaque script.
    pub fn text_references(&self) -> impl Iterator<Item = TextReference<'source>> + use<'source> {
        references::scan_text(self.source)
    }

    /// The variables it sets, in order.
    pub fn sets(&self) -> impl Iterator<Item = &Name<'source>> {
        self.statements()
            .iter()
            .filter_map(|statement| match &statement.action {
                Action::Set { name, .. } => Some(name),
                _ => None,
            })
    }

    /// The variables it reads, in order: those of its expressions and those in their strings. Of
    /// an opaque script, the variables in all its references.
    pub fn reads(&self) -> Vec<Name<'source>> {
        let mut names = Vec::new();
        if self.is_opaque() {
            let variables = self.text_references().filter(TextReference::names_variable);
            names.extend(variables.map(named));
        }
        for statement in self.statements() {
            reads_of(self.source, statement, &mut names);
        }
        names
    }
}

fn named(reference: TextReference<'_>) -> Name<'_> {
    Name {
        name: Cow::Borrowed(reference.name),
        span: reference.name_span,
    }
}

impl<'source> Statement<'source> {
    /// The variables this one statement of `source` reads, in order.
    pub fn reads(&self, source: &'source str) -> Vec<Name<'source>> {
        let mut names = Vec::new();
        reads_of(source, self, &mut names);
        names
    }
}

fn reads_of<'source>(
    source: &'source str,
    statement: &Statement<'source>,
    names: &mut Vec<Name<'source>>,
) {
    let first = names.len();
    for expression in statement.expressions() {
        for variable in expression.references().filter_map(Reference::variable) {
            names.push(Name {
                name: Cow::Owned(variable.name),
                span: variable.span,
            });
        }
        for node in expression.nodes() {
            if !matches!(node.kind, NodeKind::String { .. }) {
                continue;
            }
            let inside = references::scan_text(&source[node.span.range()]);
            for reference in inside.filter(|found| found.is_replaced() && found.names_variable()) {
                let mut name = named(reference);
                name.span.start += node.span.start;
                name.span.end += node.span.start;
                names.push(name);
            }
        }
    }
    names[first..].sort_by_key(|name| name.span);
}

/// Whether a value can stand in a text: everything but `undefined`.
fn is_known(value: &Value) -> bool {
    !matches!(value, Value::Undefined)
}
