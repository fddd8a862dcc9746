//! What is said about operators between types that can never be meaningful. Which types the
//! operands have is found in `types.rs`.

use super::functions::Method;
use super::tree::{Binary, Expression, NodeId, NodeKind, Unary};
use super::types::Types;

/// The sentence about the operation at a node, if it makes no sense.
pub(super) fn message(expression: &Expression<'_>, id: NodeId, types: &[Types]) -> Option<String> {
    let check = Check { expression, types };
    match expression.node(id).kind {
        NodeKind::Binary {
            operator,
            left,
            right,
        } => match operator {
            Binary::Or | Binary::And | Binary::Nullish => None,
            Binary::Add => check.add(left, right),
            Binary::In => check.within(right),
            _ if operator.is_relational() => check.order(operator, left, right),
            _ if operator.is_equality() => check.equality(operator, left, right),
            _ => check
                .arithmetic(operator, left)
                .or_else(|| check.arithmetic(operator, right)),
        },
        NodeKind::Unary {
            operator: Unary::Minus,
            operand,
        } => check.arithmetic(Binary::Subtract, operand),
        NodeKind::Method { object, method, .. } => check.method(object, method),
        NodeKind::Member { object, .. } | NodeKind::Index { object, .. } => check.access(object),
        _ => None,
    }
}

struct Check<'check> {
    expression: &'check Expression<'check>,
    types: &'check [Types],
}

impl Check<'_> {
    fn types(&self, id: NodeId) -> Types {
        self.types[id.index()]
    }

    /// How a message refers to an operand: its source and what it is.
    fn operand(&self, id: NodeId) -> String {
        let source = self.expression.text(id);
        match self.types(id) {
            Types::UNDEFINED | Types::NULL => format!("`{source}`"),
            types => format!("`{source}` is {}", types.describe()),
        }
    }

    fn is_text(&self, id: NodeId) -> bool {
        self.types(id) == Types::STRING && !self.expression.is_numeric_text(id)
    }

    fn arithmetic(&self, operator: Binary, id: NodeId) -> Option<String> {
        let types = self.types(id);
        let symbol = operator.symbol();
        if self.is_text(id) {
            let source = self.expression.text(id);
            return Some(if self.expression.is_word(id) {
                format!("`{source}` is a text, so `{symbol}` cannot compute with it.")
            } else {
                format!(
                    "`{source}` is a text and `{symbol}` computes with numbers; write \
                     `Number({source})` if it holds one."
                )
            });
        }
        let never = Types::ARRAY | Types::OBJECT | Types::UNDEFINED;
        types.is_within(never).then(|| {
            format!(
                "{}, so `{symbol}` cannot compute with it.",
                self.operand(id)
            )
        })
    }

    fn add(&self, left: NodeId, right: NodeId) -> Option<String> {
        let object = [left, right]
            .into_iter()
            .find(|id| self.types(*id) == Types::OBJECT)?;
        Some(format!(
            "{}; `+` turns it into the text “[object Object]”.",
            self.operand(object)
        ))
    }

    fn within(&self, container: NodeId) -> Option<String> {
        let never = Types::STRING | Types::NUMBER | Types::BOOLEAN | Types::NULL | Types::UNDEFINED;
        let types = self.types(container);
        if !types.is_within(never) {
            return None;
        }
        let source = self.expression.text(container);
        Some(if types == Types::STRING {
            format!(
                "`in` looks for a key in an object, and `{source}` is a text; write \
                 `{source}.includes(…)`."
            )
        } else {
            format!(
                "`in` looks for a key in an object, and {}.",
                self.operand(container)
            )
        })
    }

    fn order(&self, operator: Binary, left: NodeId, right: NodeId) -> Option<String> {
        let (first, second) = (self.types(left), self.types(right));
        let symbol = operator.symbol();
        let unordered = Types::OBJECT | Types::NULL | Types::UNDEFINED;
        if let Some(id) = [left, right]
            .into_iter()
            .find(|id| self.types(*id).is_within(unordered))
        {
            return Some(format!(
                "{}, which `{symbol}` cannot compare.",
                self.operand(id)
            ));
        }
        if first == Types::BOOLEAN && second == Types::NUMBER && self.is_comparison(left) {
            let source = self.expression.text(left);
            return Some(format!(
                "`{source}` is true or false, which `{symbol}` cannot compare with a number; \
                 write two comparisons joined with `&&`."
            ));
        }
        let number_and_text = (first == Types::NUMBER && self.is_text(right))
            || (self.is_text(left) && second == Types::NUMBER);
        let boolean = |one: Types, other: Types| {
            one == Types::BOOLEAN && other.is_within(Types::NUMBER | Types::STRING)
        };
        if number_and_text || boolean(first, second) || boolean(second, first) {
            return Some(format!(
                "{} and {}; `{symbol}` cannot compare them.",
                self.operand(left),
                self.operand(right)
            ));
        }
        None
    }

    fn is_comparison(&self, id: NodeId) -> bool {
        let id = self.expression.without_groups(id);
        matches!(self.expression.node(id).kind, NodeKind::Binary { operator, .. } if operator.is_relational())
    }

    fn equality(&self, operator: Binary, left: NodeId, right: NodeId) -> Option<String> {
        let (first, second) = (self.types(left), self.types(right));
        // A variable of any declared type may be unset, so asking for null always makes sense.
        let nullish = Types::UNDEFINED | Types::NULL;
        if !first.is_disjoint(nullish) || !second.is_disjoint(nullish) {
            return None;
        }
        let strict = matches!(operator, Binary::StrictEqual | Binary::StrictNotEqual);
        let never = if strict {
            first.is_disjoint(second)
        } else {
            let numeric = Types::NUMBER | Types::BOOLEAN;
            let word =
                |types: Types, id: NodeId| types.is_within(numeric) && self.expression.is_word(id);
            let object = |one: Types, other: Types| {
                one == Types::OBJECT && other.is_within(numeric | Types::STRING)
            };
            word(first, right)
                || word(second, left)
                || object(first, second)
                || object(second, first)
        };
        let answer = match operator {
            Binary::Equal | Binary::StrictEqual => "never equal",
            _ => "always unequal",
        };
        never.then(|| {
            format!(
                "{} and {}; they are {answer}.",
                self.operand(left),
                self.operand(right)
            )
        })
    }

    fn method(&self, object: NodeId, method: Method) -> Option<String> {
        let mut without =
            Types::NUMBER | Types::BOOLEAN | Types::NULL | Types::UNDEFINED | Types::OBJECT;
        if method != Method::Includes {
            without = without | Types::ARRAY;
        }
        self.types(object).is_within(without).then(|| {
            format!(
                "{}, which has no method `{}`.",
                self.operand(object),
                method.name()
            )
        })
    }

    fn access(&self, object: NodeId) -> Option<String> {
        let without = Types::NUMBER | Types::BOOLEAN | Types::NULL | Types::UNDEFINED;
        self.types(object)
            .is_within(without)
            .then(|| format!("{}, which has no properties.", self.operand(object)))
    }
}
