//! Putting values in the place of `${name}` and `{{name}}` in texts.

use std::borrow::Cow;

use super::is_known;
use crate::expression::references::{TextReference, scan_text};
use crate::expression::{Environment, Limits, Root, Value, evaluate, parse};

/// A text with its references replaced: strings as they are, other values as JSON, unknown ones
/// left as they are written. The text that comes in is not searched again.
pub fn interpolate<'text>(
    text: &'text str,
    mut lookup: impl FnMut(&TextReference<'text>) -> Option<Value>,
) -> Cow<'text, str> {
    let mut written = String::new();
    let mut copied = 0;
    for reference in scan_text(text).filter(TextReference::is_replaced) {
        let Some(value) = lookup(&reference).filter(is_known) else {
            continue;
        };
        written.push_str(&text[copied..reference.span.start as usize]);
        match value {
            Value::String(value) => written.push_str(&value.to_str()),
            other => written.push_str(&other.to_json()),
        }
        copied = reference.span.end as usize;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    written.push_str(&text[copied..]);
    Cow::Owned(written)
}

/// The value of a reference, for [`interpolate`]: that of the context variable with its
/// name, or of the path from another root. `None` where there is no such value.
pub fn read(reference: &TextReference<'_>, environment: &dyn Environment) -> Option<Value> {
    let value = match reference.root {
        Some(root) if reference.is_property && root != Root::Context => {
            member(&environment.root(root.name())?, reference.name)
        }
        _ => environment
            .root(Root::Context.name())
            .map(|context| member(&context, reference.name))
            .filter(is_known)
            .or_else(|| environment.root(reference.name))?,
    };
    if reference.rest.is_empty() {
        return Some(value);
    }
    let source = ["value", reference.rest].concat();
    evaluate(&parse(&source), &One(value), Limits::default()).ok()
}

fn member(object: &Value, name: &str) -> Value {
    match object {
        Value::Object(object) => object.get(name).cloned().unwrap_or_default(),
        _ => Value::Undefined,
    }
}

/// An environment with the single name `value`.
struct One(Value);

impl Environment for One {
    fn root(&self, name: &str) -> Option<Value> {
        (name == "value").then(|| self.0.clone())
    }
}
