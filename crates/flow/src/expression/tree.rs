//! The syntax tree of an expression: nodes in one arena, children before parents. No behaviour
//! beyond walking lives here.
//!
//! The order of the arena is what the analyses rest on: a pass from the first node to the last
//! meets every operand before its operator, so none of them needs recursion.

use std::borrow::Cow;

use super::functions::{Function, Method};
use super::text::Text;
use crate::json::Span;

/// Narrows a byte offset. Sources are parts of documents, which are at most 64 MiB.
#[expect(
    clippy::cast_possible_truncation,
    reason = "documents are at most 64 MiB"
)]
pub(crate) const fn offset(position: usize) -> u32 {
    position as u32
}

/// The place of a node in its expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// The position in [`Expression::nodes`].
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Operators with one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unary {
    /// `!`
    Not,
    /// `-`
    Minus,
    /// `+`
    Plus,
}

impl Unary {
    /// As it is written.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Not => "!",
            Self::Minus => "-",
            Self::Plus => "+",
        }
    }
}

/// Operators with two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binary {
    /// `||`
    Or,
    /// `&&`
    And,
    /// `??`
    Nullish,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `===`
    StrictEqual,
    /// `!==`
    StrictNotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `in`
    In,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
}

impl Binary {
    /// As it is written.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Or => "||",
            Self::And => "&&",
            Self::Nullish => "??",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::StrictEqual => "===",
            Self::StrictNotEqual => "!==",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::In => "in",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
        }
    }

    /// How tightly it binds, from 1; all of them group to the left.
    pub const fn precedence(self) -> u8 {
        match self {
            Self::Or | Self::Nullish => 1,
            Self::And => 2,
            Self::Equal | Self::NotEqual | Self::StrictEqual | Self::StrictNotEqual => 3,
            Self::Less | Self::LessEqual | Self::Greater | Self::GreaterEqual | Self::In => 4,
            Self::Add | Self::Subtract => 5,
            Self::Multiply | Self::Divide | Self::Remainder => 6,
        }
    }

    /// Whether it is `<`, `<=`, `>` or `>=`.
    pub const fn is_relational(self) -> bool {
        matches!(
            self,
            Self::Less | Self::LessEqual | Self::Greater | Self::GreaterEqual
        )
    }

    /// Whether it is `==`, `!=`, `===` or `!==`.
    pub const fn is_equality(self) -> bool {
        matches!(
            self,
            Self::Equal | Self::NotEqual | Self::StrictEqual | Self::StrictNotEqual
        )
    }
}

/// Where the arguments of a call are; read them with [`Expression::arguments`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arguments {
    pub(super) start: u32,
    pub(super) count: u16,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NodeKind {
    /// A place that does not parse; [`Expression::errors`] says why.
    Error,
    /// `undefined`
    Undefined,
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number, `NaN`, `Infinity` or a constant of `Math`.
    Number(f64),
    /// A quoted string; read it with [`Expression::string`].
    String {
        /// Whether it holds a backslash, so that the source is not yet the value.
        escaped: bool,
    },
    /// A root name; its text is the node's span.
    Name,
    /// `object.property` or `object?.property`. The name ends where the node ends.
    Member {
        /// What the property is read from.
        object: NodeId,
        /// Where the name starts.
        property: u32,
        /// Whether it is written with `?.`.
        optional: bool,
    },
    /// `object[index]` or `object?.[index]`.
    Index {
        /// What is indexed.
        object: NodeId,
        /// The expression in the brackets.
        index: NodeId,
        /// Whether it is written with `?.`.
        optional: bool,
    },
    /// `object.method(…)`.
    Method {
        /// What the method is called on.
        object: NodeId,
        /// Which method.
        method: Method,
        /// `object?.method(…)`.
        optional: bool,
        /// `object.method?.(…)`.
        optional_call: bool,
        /// What is in the parentheses.
        arguments: Arguments,
    },
    /// `Number(…)`, `Math.max(…)` and their like.
    Call {
        /// Which function.
        function: Function,
        /// What is in the parentheses.
        arguments: Arguments,
    },
    /// `!x`, `-x`, `+x`.
    Unary {
        /// The operator.
        operator: Unary,
        /// Its operand.
        operand: NodeId,
    },
    /// `left operator right`.
    Binary {
        /// The operator.
        operator: Binary,
        /// The first operand.
        left: NodeId,
        /// The second operand.
        right: NodeId,
    },
    /// `test ? consequent : alternative`.
    Conditional {
        /// What decides.
        test: NodeId,
        /// The value when it holds.
        consequent: NodeId,
        /// The value when it does not.
        alternative: NodeId,
    },
    /// A pair of parentheses.
    Group {
        /// What they hold.
        inner: NodeId,
    },
}

/// One node of the tree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// The part of the source it was read from.
    pub span: Span,
}

/// One mistake in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where it is.
    pub span: Span,
    /// A sentence for a person: what is wrong and what to write.
    pub message: Cow<'static, str>,
    /// The text that mends it when it is put in the place of the span, where that is certain.
    pub replacement: Option<Cow<'static, str>>,
}

/// A parsed expression.
///
/// It borrows the source it was parsed from; [`Expression::into_owned`] ends the loan.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression<'source> {
    pub(super) source: Cow<'source, str>,
    pub(super) nodes: Vec<Node>,
    pub(super) arguments: Vec<NodeId>,
    pub(super) errors: Vec<SyntaxError>,
    pub(super) root: NodeId,
}

impl Expression<'_> {
    /// The text that all spans refer to.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// All nodes, children before parents.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The node of the whole expression.
    pub const fn root(&self) -> NodeId {
        self.root
    }

    /// The node with this id.
    pub fn node(&self, id: NodeId) -> Node {
        self.nodes[id.index()]
    }

    /// The mistakes, in the order they were met.
    pub fn errors(&self) -> &[SyntaxError] {
        &self.errors
    }

    /// Whether there is no mistake.
    pub const fn is_valid(&self) -> bool {
        self.errors.is_empty()
    }

    /// The source of a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.source[span.range()]
    }

    /// The source of a node.
    pub fn text(&self, id: NodeId) -> &str {
        self.slice(self.node(id).span)
    }

    /// The arguments of a call.
    pub fn arguments(&self, arguments: Arguments) -> &[NodeId] {
        let start = arguments.start as usize;
        &self.arguments[start..start + usize::from(arguments.count)]
    }

    /// The value of a string literal; the empty text for any other node.
    pub fn string(&self, id: NodeId) -> Text {
        let node = self.node(id);
        let NodeKind::String { escaped } = node.kind else {
            return Text::default();
        };
        let content = &self.source[node.span.start as usize + 1..node.span.end as usize - 1];
        if escaped {
            super::escapes::unescape(content)
        } else {
            Text::from(content)
        }
    }

    /// The node without the parentheses around it.
    pub fn without_groups(&self, mut id: NodeId) -> NodeId {
        while let NodeKind::Group { inner } = self.node(id).kind {
            id = inner;
        }
        id
    }

    /// The operand that is evaluated first, if the node has operands.
    pub fn first_child(&self, id: NodeId) -> Option<NodeId> {
        match self.node(id).kind {
            NodeKind::Member { object, .. }
            | NodeKind::Index { object, .. }
            | NodeKind::Method { object, .. } => Some(object),
            NodeKind::Call { arguments, .. } => self.arguments(arguments).first().copied(),
            NodeKind::Unary { operand, .. } => Some(operand),
            NodeKind::Binary { left, .. } => Some(left),
            NodeKind::Conditional { test, .. } => Some(test),
            NodeKind::Group { inner } => Some(inner),
            _ => None,
        }
    }

    /// The nodes of the tree under `id`, in the order of the arena. Without errors in the source
    /// they are exactly that tree.
    pub(super) fn subtree(&self, id: NodeId) -> &[Node] {
        let mut first = id;
        while let Some(child) = self.first_child(first) {
            first = child;
        }
        &self.nodes[first.index()..=id.index()]
    }

    /// The same expression with a copy of its source.
    pub fn into_owned(self) -> Expression<'static> {
        Expression {
            source: Cow::Owned(self.source.into_owned()),
            nodes: self.nodes,
            arguments: self.arguments,
            errors: self.errors,
            root: self.root,
        }
    }
}
