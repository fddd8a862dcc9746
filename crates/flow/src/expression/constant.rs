//! Conditions whose answer does not depend on anything.

use super::methods;
use super::operators::{self, Budget, Limits};
use super::tree::{Arguments, Binary, Expression, NodeId, NodeKind, Unary};
use super::value::Value;

/// What is known of a node before it is evaluated.
#[derive(Clone, Debug)]
enum Known {
    Nothing,
    /// It holds, whatever its value.
    Truthy,
    /// It does not hold, whatever its value.
    Falsy,
    /// A literal, whose value is made when it is needed.
    Literal,
    Value(Value),
}

impl Expression<'_> {
    /// Whether the condition always holds (`Some(true)`), never holds, or depends on something.
    ///
    /// `x || true` always holds; `x == x` is not claimed to, because it does not for NaN.
    pub fn constant(&self) -> Option<bool> {
        if !self.is_valid() {
            return None;
        }
        let mut known: Vec<Known> = Vec::with_capacity(self.nodes.len());
        let mut budget = Budget::new(Limits {
            steps: 10_000,
            depth: 10,
            text: 10_000,
        });
        for id in 0..self.nodes.len() {
            let next = self.known(NodeId(super::tree::offset(id)), &known, &mut budget);
            known.push(next);
        }
        self.truth(self.root, &known)
    }

    fn truth(&self, id: NodeId, known: &[Known]) -> Option<bool> {
        match &known[id.index()] {
            Known::Nothing => None,
            Known::Truthy => Some(true),
            Known::Falsy => Some(false),
            Known::Literal => Some(match self.node(id).kind {
                NodeKind::Boolean(value) => value,
                NodeKind::Number(value) => value != 0.0 && !value.is_nan(),
                NodeKind::String { .. } => !self.string(id).is_empty(),
                _ => false,
            }),
            Known::Value(value) => Some(value.is_truthy()),
        }
    }

    fn value_of(&self, id: NodeId, known: &[Known]) -> Option<Value> {
        match &known[id.index()] {
            Known::Value(value) => Some(value.clone()),
            Known::Literal => Some(match self.node(id).kind {
                NodeKind::Boolean(value) => Value::Boolean(value),
                NodeKind::Number(value) => Value::Number(value),
                NodeKind::String { .. } => Value::String(self.string(id)),
                NodeKind::Null => Value::Null,
                _ => Value::Undefined,
            }),
            _ => None,
        }
    }

    fn values_of(&self, arguments: Arguments, known: &[Known]) -> Option<Vec<Value>> {
        let arguments = self.arguments(arguments).iter();
        arguments
            .map(|&argument| self.value_of(argument, known))
            .collect()
    }

    fn known(&self, id: NodeId, known: &[Known], budget: &mut Budget) -> Known {
        match self.node(id).kind {
            NodeKind::Undefined
            | NodeKind::Null
            | NodeKind::Boolean(_)
            | NodeKind::Number(_)
            | NodeKind::String { .. } => Known::Literal,
            NodeKind::Group { inner } => match self.value_of(inner, known) {
                Some(value) => Known::Value(value),
                None => known[inner.index()].clone(),
            },
            NodeKind::Unary { operator, operand } => match operator {
                Unary::Not => self
                    .truth(operand, known)
                    .map_or(Known::Nothing, |truth| Known::Value(Value::Boolean(!truth))),
                _ => self
                    .value_of(operand, known)
                    .and_then(|value| operators::unary(operator, &value, budget).ok())
                    .map_or(Known::Nothing, Known::Value),
            },
            NodeKind::Binary {
                operator,
                left,
                right,
            } => self.binary(operator, left, right, known, budget),
            NodeKind::Conditional {
                test,
                consequent,
                alternative,
            } => match self.truth(test, known) {
                Some(true) => self.same_as(consequent, known),
                Some(false) => self.same_as(alternative, known),
                None => {
                    let truth = self.truth(consequent, known);
                    if truth == self.truth(alternative, known) {
                        of_truth(truth)
                    } else {
                        Known::Nothing
                    }
                }
            },
            NodeKind::Call {
                function,
                arguments,
            } => self
                .values_of(arguments, known)
                .and_then(|values| methods::call(function, &values, budget).ok())
                .map_or(Known::Nothing, Known::Value),
            NodeKind::Method {
                object,
                method,
                arguments,
                ..
            } => self
                .value_of(object, known)
                .filter(|object| methods::has_method(object, method))
                .zip(self.values_of(arguments, known))
                .and_then(|(object, values)| {
                    methods::call_method(&object, method, &values, budget).ok()
                })
                .map_or(Known::Nothing, Known::Value),
            _ => Known::Nothing,
        }
    }

    fn same_as(&self, id: NodeId, known: &[Known]) -> Known {
        match self.value_of(id, known) {
            Some(value) => Known::Value(value),
            None => known[id.index()].clone(),
        }
    }

    fn binary(
        &self,
        operator: Binary,
        left: NodeId,
        right: NodeId,
        known: &[Known],
        budget: &mut Budget,
    ) -> Known {
        let (first, second) = (self.truth(left, known), self.truth(right, known));
        match operator {
            Binary::And => match (first, second) {
                (Some(true), _) => self.same_as(right, known),
                (Some(false), _) => self.same_as(left, known),
                (None, Some(false)) => Known::Falsy,
                (None, _) => Known::Nothing,
            },
            Binary::Or => match (first, second) {
                (Some(false), _) => self.same_as(right, known),
                (Some(true), _) => self.same_as(left, known),
                (None, Some(true)) => Known::Truthy,
                (None, _) => Known::Nothing,
            },
            Binary::Nullish => match self.value_of(left, known) {
                Some(value) if value.is_nullish() => self.same_as(right, known),
                Some(value) => Known::Value(value),
                // What holds is neither null nor undefined.
                None if first == Some(true) => Known::Truthy,
                None => Known::Nothing,
            },
            _ => match (is_value(left, known), is_value(right, known)) {
                (true, true) => self
                    .value_of(left, known)
                    .zip(self.value_of(right, known))
                    .and_then(|(left, right)| {
                        operators::binary(operator, &left, &right, budget).ok()
                    })
                    .map_or(Known::Nothing, Known::Value),
                (true, false) => self.never_comparable(operator, left),
                (false, true) => self.never_comparable(operator, right),
                (false, false) => Known::Nothing,
            },
        }
    }

    /// NaN compares with nothing, and `undefined` has no order.
    fn never_comparable(&self, operator: Binary, literal: NodeId) -> Known {
        let kind = self.node(self.without_groups(literal)).kind;
        let nan = matches!(kind, NodeKind::Number(number) if number.is_nan());
        let unordered = nan || kind == NodeKind::Undefined;
        match operator {
            Binary::Equal | Binary::StrictEqual if nan => Known::Falsy,
            Binary::NotEqual | Binary::StrictNotEqual if nan => Known::Truthy,
            _ if operator.is_relational() && unordered => Known::Falsy,
            _ => Known::Nothing,
        }
    }
}

fn is_value(id: NodeId, known: &[Known]) -> bool {
    matches!(known[id.index()], Known::Literal | Known::Value(_))
}

fn of_truth(truth: Option<bool>) -> Known {
    match truth {
        Some(true) => Known::Truthy,
        Some(false) => Known::Falsy,
        None => Known::Nothing,
    }
}
