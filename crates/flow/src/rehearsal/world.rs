//! What the names in expressions and texts mean during a conversation, and the evaluation of
//! conditions and texts with them.

use std::cell::Cell;

use super::trace::{Part, Verdict};
use super::variables::{Scope, Variables};
use crate::expression::references::TextReference;
use crate::expression::{
    Environment, EvaluationError, Expression, Limits, Root, Text, Value, evaluate, evaluate_traced,
};
use crate::limits::{REHEARSAL_EVALUATION, REHEARSAL_TEXT};
use crate::rules::ids::Ids;
use crate::script::{interpolate, read};

/// What was last said and what it was recognised as, as expressions see it.
#[derive(Clone, Debug)]
pub(super) struct Heard {
    pub(super) intent: Value,
    pub(super) entities: Value,
    pub(super) input: Value,
}

impl Heard {
    pub(super) fn new(
        text: &str,
        data: Value,
        intent: Option<&str>,
        confidence: f64,
        entities: Value,
    ) -> Self {
        let intent = [
            ("name", intent.map_or(Value::Null, Value::from)),
            ("confidence", confidence.into()),
        ];
        let or_empty = |value: Value| match value {
            Value::Undefined => Value::object::<&str>([]),
            other => other,
        };
        Self {
            intent: Value::object(intent),
            entities: or_empty(entities),
            input: Value::object([("text", text.into()), ("data", or_empty(data))]),
        }
    }
}

impl Default for Heard {
    /// Before the first input.
    fn default() -> Self {
        Self::new("", Value::Undefined, None, 0.0, Value::Undefined)
    }
}

/// At most so many parts of a condition are told.
const MAX_PARTS: usize = 50;
/// At most so many characters of a source are kept in a trace.
const MAX_TEXT: usize = 500;

/// The start of a source, for a trace.
pub(super) fn clipped(source: &str) -> String {
    match source.char_indices().nth(MAX_TEXT) {
        Some((end, _)) => format!("{}…", &source[..end]),
        None => source.to_owned(),
    }
}

const LIMITS: Limits = Limits {
    steps: REHEARSAL_EVALUATION,
    depth: 100,
    text: REHEARSAL_TEXT,
};

/// The environment of expressions and texts.
pub(super) struct World<'run> {
    pub(super) variables: &'run Variables,
    pub(super) heard: &'run Heard,
    /// The names that a flow declares.
    pub(super) declared: &'run Ids,
    /// Whether string literals are texts with references, as in scripts.
    texts: bool,
    /// How many bytes may still be put into texts.
    room: Cell<usize>,
}

impl<'run> World<'run> {
    /// An environment that takes string literals as they are.
    pub(super) fn new(variables: &'run Variables, heard: &'run Heard, declared: &'run Ids) -> Self {
        Self {
            variables,
            heard,
            declared,
            texts: false,
            room: Cell::new(REHEARSAL_TEXT),
        }
    }

    /// A text with its references replaced; none when it would become too long.
    pub(super) fn filled(&self, text: &str) -> Option<String> {
        if text.len() > REHEARSAL_TEXT {
            return None;
        }
        self.room.set(REHEARSAL_TEXT - text.len());
        let filled = self.fill(text);
        (!self.is_full()).then_some(filled)
    }

    fn is_full(&self) -> bool {
        self.room.get() == 0
    }

    fn fill(&self, text: &str) -> String {
        interpolate(text, |reference: &TextReference<'_>| {
            let value = match read(reference, self)? {
                Value::Undefined => return None,
                Value::String(text) => text,
                other => other.to_json().into(),
            };
            let room = self.room.get().saturating_sub(value.size());
            self.room.set(room);
            (room > 0).then_some(Value::String(value))
        })
        .into_owned()
    }

    /// The value of an expression of a script, in whose strings references are replaced.
    pub(super) fn script_value(
        &mut self,
        expression: &Expression<'_>,
    ) -> Result<Value, EvaluationError> {
        self.texts = true;
        self.room.set(REHEARSAL_TEXT);
        let value = evaluate(expression, self, LIMITS);
        self.texts = false;
        if value.is_ok() && self.is_full() {
            let span = expression.node(expression.root()).span;
            let message = "The evaluation stopped: a text becomes too long.".into();
            return Err(EvaluationError { span, message });
        }
        value
    }

    /// The value of an expression of a condition.
    pub(super) fn value(&self, expression: &Expression<'_>) -> Result<Value, EvaluationError> {
        evaluate(expression, self, LIMITS)
    }

    /// Whether a condition holds, and which parts decided that.
    pub(super) fn verdict(&self, condition: &Expression<'_>) -> Verdict {
        let (result, trace) = evaluate_traced(condition, self, LIMITS);
        let text = |span| clipped(condition.slice(span));
        match result {
            Ok(value) => {
                let parts = condition
                    .reasons(&trace)
                    .into_iter()
                    .take(MAX_PARTS)
                    .map(|reason| Part {
                        span: reason.span,
                        text: text(reason.span),
                        value: reason.value,
                        operands: (reason.operands.into_iter())
                            .map(|(span, value)| (text(span), value))
                            .collect(),
                    });
                let parts = parts.collect();
                if value.is_truthy() {
                    Verdict::Holds(parts)
                } else {
                    Verdict::Fails(parts)
                }
            }
            Err(error) => Verdict::Broken {
                span: error.span,
                text: text(error.span),
                message: error.message.into_owned(),
            },
        }
    }
}

impl Environment for World<'_> {
    fn root(&self, name: &str) -> Option<Value> {
        match Root::named(name) {
            Some(Root::Intent) => Some(self.heard.intent.clone()),
            Some(Root::Entities) => Some(self.heard.entities.clone()),
            Some(Root::Input) => Some(self.heard.input.clone()),
            Some(Root::Context) => Some(self.variables.context()),
            Some(Root::Session) => Some(self.variables.object(Scope::Session)),
            Some(Root::User) => Some(self.variables.object(Scope::User)),
            Some(Root::Flow) => Some(self.variables.object(Scope::Flow)),
            Some(Root::Profile) => Some(self.variables.object(Scope::Profile)),
            None => match self.variables.in_context(name) {
                Some((_, value)) => Some(value.clone()),
                None => self.declared.find(name).map(|_| Value::Undefined),
            },
        }
    }

    fn literal(&self, text: Text) -> Text {
        match text.as_str() {
            Some(written) if self.texts => self.fill(written).into(),
            _ => text,
        }
    }
}
