//! Writing an expression in one spelling: single spaces, double quotes, no needless parentheses.

use std::fmt::Write as _;

use super::number;
use super::text::Text;
use super::tree::{Arguments, Expression, NodeId, NodeKind};
use crate::json::Span;

/// What is still to be written, last first.
enum Part<'expression> {
    Text(&'expression str),
    /// A node, in parentheses when it binds less tightly than this.
    Node(NodeId, u8),
}

const CONDITIONAL: u8 = 0;
const UNARY: u8 = 7;
const POSTFIX: u8 = 8;

impl Expression<'_> {
    /// The expression in its normal spelling; its source when it has syntax errors.
    pub fn print(&self) -> String {
        if !self.is_valid() {
            return self.source.to_string();
        }
        let mut written = String::with_capacity(self.source.len());
        let mut parts = vec![Part::Node(self.root, CONDITIONAL)];
        while let Some(part) = parts.pop() {
            match part {
                Part::Text(text) => written.push_str(text),
                Part::Node(id, minimum) => {
                    let id = self.without_groups(id);
                    if self.tightness(id) < minimum {
                        parts.push(Part::Text(")"));
                        parts.push(Part::Node(id, CONDITIONAL));
                        parts.push(Part::Text("("));
                    } else {
                        self.print_node(id, &mut written, &mut parts);
                    }
                }
            }
        }
        written
    }

    fn tightness(&self, id: NodeId) -> u8 {
        match self.node(id).kind {
            NodeKind::Conditional { .. } => CONDITIONAL,
            NodeKind::Binary { operator, .. } => operator.precedence(),
            NodeKind::Unary { .. } => UNARY,
            _ => POSTFIX + 1,
        }
    }

    fn print_node<'this>(
        &'this self,
        id: NodeId,
        written: &mut String,
        parts: &mut Vec<Part<'this>>,
    ) {
        let node = self.node(id);
        let first = parts.len();
        match node.kind {
            NodeKind::Number(value) => written.push_str(&number::to_text(value)),
            NodeKind::String { .. } => quote(written, &self.string(id)),
            NodeKind::Member {
                object,
                property,
                optional,
            } => {
                self.print_object(object, parts);
                parts.push(Part::Text(if optional { "?." } else { "." }));
                parts.push(Part::Text(self.slice(Span::new(property, node.span.end))));
            }
            NodeKind::Index {
                object,
                index,
                optional,
            } => {
                self.print_object(object, parts);
                parts.push(Part::Text(if optional { "?.[" } else { "[" }));
                parts.push(Part::Node(index, CONDITIONAL));
                parts.push(Part::Text("]"));
            }
            NodeKind::Method {
                object,
                method,
                optional,
                optional_call,
                arguments,
            } => {
                self.print_object(object, parts);
                parts.push(Part::Text(if optional { "?." } else { "." }));
                parts.push(Part::Text(method.name()));
                parts.push(Part::Text(if optional_call { "?." } else { "" }));
                self.print_arguments(arguments, parts);
            }
            NodeKind::Call {
                function,
                arguments,
            } => {
                written.push_str(match function {
                    super::Function::Boolean => "Boolean",
                    super::Function::Number => "Number",
                    super::Function::String => "String",
                    super::Function::Math(_) => "Math.",
                });
                if let super::Function::Math(function) = function {
                    written.push_str(function.name());
                }
                self.print_arguments(arguments, parts);
            }
            NodeKind::Unary { operator, operand } => {
                parts.push(Part::Text(operator.symbol()));
                let inner = self.node(self.without_groups(operand)).kind;
                // Two signs in a row would read as `--` or `++`.
                if matches!(inner, NodeKind::Unary { operator: other, .. } if other == operator && operator.symbol() != "!")
                {
                    parts.push(Part::Text(" "));
                }
                parts.push(Part::Node(operand, UNARY));
            }
            NodeKind::Binary {
                operator,
                left,
                right,
            } => {
                let own = operator.precedence();
                parts.push(Part::Node(left, self.beside(operator, left, own)));
                parts.push(Part::Text(" "));
                parts.push(Part::Text(operator.symbol()));
                parts.push(Part::Text(" "));
                parts.push(Part::Node(right, self.beside(operator, right, own + 1)));
            }
            NodeKind::Conditional {
                test,
                consequent,
                alternative,
            } => {
                parts.push(Part::Node(test, CONDITIONAL + 1));
                parts.push(Part::Text(" ? "));
                parts.push(Part::Node(consequent, CONDITIONAL));
                parts.push(Part::Text(" : "));
                parts.push(Part::Node(alternative, CONDITIONAL));
            }
            _ => parts.push(Part::Text(self.slice(node.span))),
        }
        parts[first..].reverse();
    }

    /// How tightly an operand must bind to stand without parentheses; `??` keeps them next to
    /// `&&` and `||`.
    fn beside(&self, operator: super::Binary, operand: NodeId, otherwise: u8) -> u8 {
        use super::Binary::{And, Nullish, Or};
        match self.node(self.without_groups(operand)).kind {
            NodeKind::Binary {
                operator: inner, ..
            } if (operator == Nullish && matches!(inner, And | Or))
                || (inner == Nullish && matches!(operator, And | Or)) =>
            {
                UNARY
            }
            _ => otherwise,
        }
    }

    /// What a property is read from. Parentheses that end an optional chain stay.
    fn print_object<'this>(&'this self, object: NodeId, parts: &mut Vec<Part<'this>>) {
        let inner = self.without_groups(object);
        let number = matches!(self.node(inner).kind, NodeKind::Number(value) if value.is_finite());
        if number || (inner != object && self.is_chain(inner)) {
            parts.push(Part::Text("("));
            parts.push(Part::Node(inner, CONDITIONAL));
            parts.push(Part::Text(")"));
        } else {
            parts.push(Part::Node(inner, POSTFIX));
        }
    }

    fn print_arguments<'this>(&'this self, arguments: Arguments, parts: &mut Vec<Part<'this>>) {
        parts.push(Part::Text("("));
        for (position, &argument) in self.arguments(arguments).iter().enumerate() {
            if position > 0 {
                parts.push(Part::Text(", "));
            }
            parts.push(Part::Node(argument, CONDITIONAL));
        }
        parts.push(Part::Text(")"));
    }
}

fn quote(written: &mut String, text: &Text) {
    written.push('"');
    for decoded in char::decode_utf16(text.units()) {
        match decoded {
            Ok('"') => written.push_str("\\\""),
            Ok('\\') => written.push_str("\\\\"),
            Ok('\n') => written.push_str("\\n"),
            Ok('\r') => written.push_str("\\r"),
            Ok('\t') => written.push_str("\\t"),
            Ok(control) if control.is_control() => {
                write!(written, "\\u{:04x}", u32::from(control)).unwrap_or_default();
            }
            Ok(character) => written.push(character),
            Err(lone) => {
                write!(written, "\\u{:04x}", lone.unpaired_surrogate()).unwrap_or_default();
            }
        }
    }
    written.push('"');
}
