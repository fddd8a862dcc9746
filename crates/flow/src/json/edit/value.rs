//! Values to put into a document. How they are laid out there is up to their neighbours.

use crate::json::tree::{Kind, ValueRef};

/// A value to put into a document.
#[derive(Clone, Debug, PartialEq)]
pub enum NewValue {
    /// A string, not yet quoted.
    Text(String),
    /// Anything already spelled as JSON.
    Literal(String),
    /// An object with its members in order.
    Object(Vec<(String, NewValue)>),
    /// An array.
    Array(Vec<NewValue>),
}

impl NewValue {
    /// `null`
    pub fn null() -> Self {
        Self::Literal("null".to_owned())
    }

    /// A value of another document, to be laid out as its new neighbours are. Everything that is
    /// not layout keeps its spelling.
    pub fn of(value: ValueRef<'_>) -> Self {
        match value.kind() {
            Kind::Array => Self::Array(value.elements().map(Self::of).collect()),
            Kind::Object => Self::of_members(value, &mut |_, _| None),
            _ => Self::Literal(value.raw().to_owned()),
        }
    }

    /// An object of another document, as [`NewValue::of`] takes it over, but for the members that
    /// `changed` has another value for.
    pub fn of_members(
        object: ValueRef<'_>,
        changed: &mut dyn FnMut(&str, ValueRef<'_>) -> Option<Self>,
    ) -> Self {
        let member = |(key, value): (ValueRef<'_>, ValueRef<'_>)| {
            let key = key.as_str().unwrap_or_default().into_owned();
            let value = changed(&key, value).unwrap_or_else(|| Self::of(value));
            (key, value)
        };
        Self::Object(object.members().map(member).collect())
    }
}

impl From<&str> for NewValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
