//! Evaluating an expression: in the order of JavaScript, within limits, from names that an
//! environment provides.

use std::borrow::Cow;

use super::functions::Method;
use super::methods;
use super::names::Root;
use super::operators::{self, Budget, Failure, Limits};
use super::text::Text;
use super::tree::{Arguments, Binary, Expression, NodeId, NodeKind};
use super::value::Value;
use crate::json::Span;

/// Where the names of an expression get their values.
pub trait Environment {
    /// The value of a root name, by its long form: `context` for `$context` and `cc`, `input` for
    /// `ci`, `profile` for `cp`. Also asked for the names of declared variables. `None` is a name
    /// that does not exist.
    ///
    /// Arrays and objects must be the same ones each time, since they are compared by identity.
    fn root(&self, name: &str) -> Option<Value>;

    /// What a string literal stands for. Scripts replace `${name}` and `{{name}}` here;
    /// conditions take the literal as it is.
    fn literal(&self, text: Text) -> Text {
        text
    }
}

/// Why an expression has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvaluationError {
    /// The part that could not be evaluated.
    pub span: Span,
    /// A sentence for a person.
    pub message: Cow<'static, str>,
}

/// The value of each node that was evaluated, by its index.
pub type Trace = Vec<Option<Value>>;

/// The value of an expression.
///
/// # Errors
/// When the source has syntax errors, where JavaScript would throw, and when a limit is reached.
pub fn evaluate(
    expression: &Expression<'_>,
    environment: &dyn Environment,
    limits: Limits,
) -> Result<Value, EvaluationError> {
    Run::new(expression, environment, limits, None).whole()
}

/// As [`evaluate`], and keeps the value of every node that was evaluated, also when it fails.
pub fn evaluate_traced(
    expression: &Expression<'_>,
    environment: &dyn Environment,
    limits: Limits,
) -> (Result<Value, EvaluationError>, Trace) {
    let mut trace = vec![None; expression.nodes().len()];
    let result = Run::new(expression, environment, limits, Some(&mut trace)).whole();
    (result, trace)
}

struct Run<'run> {
    expression: &'run Expression<'run>,
    environment: &'run dyn Environment,
    budget: Budget,
    trace: Option<&'run mut Trace>,
    /// Nodes whose first operand is being evaluated, of all open calls of `value`.
    spine: Vec<NodeId>,
}

/// What a step along the spine leads to.
enum Step {
    Value(Value),
    /// `?.` met nothing: the rest of the chain is undefined too.
    ChainEnds,
}

impl<'run> Run<'run> {
    fn new(
        expression: &'run Expression<'run>,
        environment: &'run dyn Environment,
        limits: Limits,
        trace: Option<&'run mut Trace>,
    ) -> Self {
        let budget = Budget::new(limits);
        Self {
            expression,
            environment,
            budget,
            trace,
            spine: Vec::new(),
        }
    }

    fn whole(&mut self) -> Result<Value, EvaluationError> {
        if let Some(error) = self.expression.errors().first() {
            return Err(EvaluationError {
                span: error.span,
                message: error.message.clone(),
            });
        }
        self.value(self.expression.root())
    }

    /// Evaluates a node. First operands are walked with a stack of their own, so that the
    /// recursion is only as deep as the parser lets operands nest.
    fn value(&mut self, id: NodeId) -> Result<Value, EvaluationError> {
        let mark = self.spine.len();
        let mut leaf = id;
        while let Some(first) = self.expression.first_child(leaf) {
            self.spine.push(leaf);
            leaf = first;
        }
        let mut value = self.leaf(leaf)?;
        self.record(leaf, &value);
        let mut chain_ended = false;
        while self.spine.len() > mark
            && let Some(id) = self.spine.pop()
        {
            let kind = self.expression.node(id).kind;
            chain_ended &= matches!(
                kind,
                NodeKind::Member { .. } | NodeKind::Index { .. } | NodeKind::Method { .. }
            );
            if !chain_ended {
                self.step(id)?;
                match self.fold(id, kind, value)? {
                    Step::Value(next) => value = next,
                    Step::ChainEnds => {
                        chain_ended = true;
                        value = Value::Undefined;
                    }
                }
            }
            self.record(id, &value);
        }
        Ok(value)
    }

    fn record(&mut self, id: NodeId, value: &Value) {
        if let Some(trace) = &mut self.trace {
            trace[id.index()] = Some(value.clone());
        }
    }

    fn fail<T>(&self, id: NodeId, message: impl Into<Failure>) -> Result<T, EvaluationError> {
        let span = self.expression.node(id).span;
        Err(EvaluationError {
            span,
            message: message.into(),
        })
    }

    fn located<T>(&self, id: NodeId, result: Result<T, Failure>) -> Result<T, EvaluationError> {
        result.or_else(|message| self.fail(id, message))
    }

    fn step(&mut self, id: NodeId) -> Result<(), EvaluationError> {
        let result = self.budget.step(0);
        self.located(id, result)
    }

    fn leaf(&mut self, id: NodeId) -> Result<Value, EvaluationError> {
        self.step(id)?;
        Ok(match self.expression.node(id).kind {
            NodeKind::Null => Value::Null,
            NodeKind::Boolean(value) => Value::Boolean(value),
            NodeKind::Number(value) => Value::Number(value),
            NodeKind::String { .. } => {
                Value::String(self.environment.literal(self.expression.string(id)))
            }
            NodeKind::Name => {
                let expression = self.expression;
                let written = expression.text(id);
                let name = Root::named(written).map_or(written, |root| root.name());
                match self.environment.root(name) {
                    Some(value) => value,
                    None => return self.fail(id, format!("There is nothing named `{written}`.")),
                }
            }
            // Only a call without arguments has no first operand.
            NodeKind::Call { function, .. } => {
                let result = methods::call(function, &[], &mut self.budget);
                self.located(id, result)?
            }
            _ => Value::Undefined,
        })
    }

    /// The value of a node whose first operand has the value `first`.
    fn fold(&mut self, id: NodeId, kind: NodeKind, first: Value) -> Result<Step, EvaluationError> {
        Ok(Step::Value(match kind {
            NodeKind::Member {
                object,
                property,
                optional,
            } => {
                if first.is_nullish() {
                    if optional {
                        return Ok(Step::ChainEnds);
                    }
                    let name = self.slice_to_end(id, property);
                    return self.fail_on_nothing(id, object, &first, &format!("`{name}`"));
                }
                let name = self.slice_to_end(id, property);
                self.located(id, methods::property(&first, name))?
            }
            NodeKind::Index {
                object,
                index,
                optional,
            } => {
                if first.is_nullish() && optional {
                    return Ok(Step::ChainEnds);
                }
                let key = self.value(index)?;
                if first.is_nullish() {
                    return self.fail_on_nothing(id, object, &first, "something");
                }
                let result = methods::indexed(&first, &key, &mut self.budget);
                self.located(id, result)?
            }
            NodeKind::Method {
                method, arguments, ..
            } => {
                return self.method(id, first, method, arguments);
            }
            NodeKind::Call {
                function,
                arguments,
            } => {
                let values = self.arguments(Some(first), arguments)?;
                let result = methods::call(function, &values, &mut self.budget);
                self.located(id, result)?
            }
            NodeKind::Unary { operator, .. } => {
                let result = operators::unary(operator, &first, &mut self.budget);
                self.located(id, result)?
            }
            NodeKind::Binary {
                operator, right, ..
            } => {
                let decided = match operator {
                    Binary::Or => first.is_truthy(),
                    Binary::And => !first.is_truthy(),
                    Binary::Nullish => !first.is_nullish(),
                    _ => false,
                };
                if decided {
                    first
                } else {
                    let second = self.value(right)?;
                    let result = operators::binary(operator, &first, &second, &mut self.budget);
                    self.located(id, result)?
                }
            }
            NodeKind::Conditional {
                consequent,
                alternative,
                ..
            } => self.value(if first.is_truthy() {
                consequent
            } else {
                alternative
            })?,
            _ => first,
        }))
    }

    fn slice_to_end(&self, id: NodeId, start: u32) -> &'run str {
        let end = self.expression.node(id).span.end;
        self.expression.slice(Span::new(start, end))
    }

    fn fail_on_nothing<T>(
        &self,
        id: NodeId,
        object: NodeId,
        value: &Value,
        property: &str,
    ) -> Result<T, EvaluationError> {
        let object = self.expression.text(object);
        let nothing = value.describe();
        self.fail(id, format!("`{object}` is {nothing}, so {property} cannot be read from it; write `?.` if it may be missing."))
    }

    fn method(
        &mut self,
        id: NodeId,
        object: Value,
        method: Method,
        arguments: Arguments,
    ) -> Result<Step, EvaluationError> {
        let NodeKind::Method {
            object: callee,
            optional,
            optional_call,
            ..
        } = self.expression.node(id).kind
        else {
            return Ok(Step::Value(object));
        };
        let name = method.name();
        if object.is_nullish() {
            if optional {
                return Ok(Step::ChainEnds);
            }
            return self.fail_on_nothing(id, callee, &object, &format!("`{name}`"));
        }
        if methods::has_method(&object, method) {
            let values = self.arguments(None, arguments)?;
            let result = methods::call_method(&object, method, &values, &mut self.budget);
            return Ok(Step::Value(self.located(id, result)?));
        }
        let missing = self
            .located(id, methods::property(&object, name))?
            .is_nullish();
        if optional_call && missing {
            return Ok(Step::ChainEnds);
        }
        let written = self.expression.text(callee);
        let kind = object.describe();
        self.fail(
            id,
            format!("`{written}` is {kind}, which has no method `{name}`."),
        )
    }

    fn arguments(
        &mut self,
        first: Option<Value>,
        arguments: Arguments,
    ) -> Result<Vec<Value>, EvaluationError> {
        let expression = self.expression;
        let nodes = expression.arguments(arguments);
        let mut values = Vec::with_capacity(nodes.len());
        let known = usize::from(first.is_some());
        values.extend(first);
        for &argument in &nodes[known..] {
            values.push(self.value(argument)?);
        }
        Ok(values)
    }
}
