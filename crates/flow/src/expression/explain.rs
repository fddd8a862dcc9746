//! Which parts of a condition decided its answer, from the values an evaluation has kept.

use super::evaluate::Trace;
use super::tree::{Binary, Expression, NodeId, NodeKind, Unary};
use super::value::Value;
use crate::json::Span;

/// A part that decided the answer.
#[derive(Clone, Debug)]
pub struct Reason {
    /// Where the part stands.
    pub span: Span,
    /// Its value.
    pub value: Value,
    /// Its operands that are no literals, with their values.
    pub operands: Vec<(Span, Value)>,
}

impl Expression<'_> {
    /// The parts because of which the condition held or did not hold, from left to right: of a
    /// conjunction that did not hold the operand that failed, of a disjunction all of them.
    /// Nothing when the evaluation failed.
    pub fn reasons(&self, trace: &Trace) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let mut open = vec![self.root()];
        while let Some(id) = open.pop() {
            let Some(value) = trace.get(id.index()).and_then(Option::as_ref) else {
                continue;
            };
            let evaluated = |id: NodeId| trace.get(id.index()).is_some_and(Option::is_some);
            match self.node(id).kind {
                NodeKind::Group { inner } => open.push(inner),
                NodeKind::Unary {
                    operator: Unary::Not,
                    operand,
                } => open.push(operand),
                NodeKind::Binary {
                    operator: operator @ (Binary::And | Binary::Or),
                    left,
                    right,
                } => {
                    // What decides alone is the last operand that was looked at.
                    let alone = value.is_truthy() == (operator == Binary::Or);
                    if evaluated(right) {
                        open.push(right);
                    }
                    if !alone || !evaluated(right) {
                        open.push(left);
                    }
                }
                NodeKind::Conditional {
                    test,
                    consequent,
                    alternative,
                } => {
                    open.push(if evaluated(consequent) {
                        consequent
                    } else {
                        alternative
                    });
                    open.push(test);
                }
                _ => reasons.push(self.reason(id, value, trace)),
            }
        }
        reasons
    }

    fn reason(&self, id: NodeId, value: &Value, trace: &Trace) -> Reason {
        let operands = match self.node(id).kind {
            NodeKind::Binary { left, right, .. } => vec![left, right],
            NodeKind::Method {
                object, arguments, ..
            } => [&[object], self.arguments(arguments)].concat(),
            NodeKind::Call { arguments, .. } => self.arguments(arguments).to_vec(),
            _ => Vec::new(),
        };
        let operands = operands
            .into_iter()
            .filter(|operand| {
                self.subtree(*operand)
                    .iter()
                    .any(|node| node.kind == NodeKind::Name)
            })
            .filter_map(|operand| {
                let value = trace.get(operand.index())?.clone()?;
                Some((self.node(operand).span, value))
            })
            .collect();
        Reason {
            span: self.node(id).span,
            value: value.clone(),
            operands,
        }
    }
}
