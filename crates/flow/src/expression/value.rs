//! The values expressions compute with, and how to make them. What operators do with them is in
//! `operators.rs`.

use std::fmt::Write as _;
use std::sync::Arc;

use super::number;
use super::text::Text;
use crate::json::{self, Kind, ValueRef};

/// A value. Cloning is cheap; arrays and objects are shared and have an identity, so that a value
/// equals itself and no copy, as in JavaScript.
#[derive(Clone, Debug, Default)]
pub enum Value {
    /// What a name without a value gives.
    #[default]
    Undefined,
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A double-precision number.
    Number(f64),
    /// A string.
    String(Text),
    /// A list.
    Array(Arc<[Value]>),
    /// Values by key.
    Object(Arc<Object>),
}

/// The entries of an object, in the order they were given.
///
/// It has its own entries only: `toString` and the like, which every object of JavaScript
/// inherits, are absent.
#[derive(Debug, Default)]
pub struct Object {
    entries: Vec<(Arc<str>, Value)>,
    /// Positions in `entries`, sorted by key.
    sorted: Vec<u32>,
}

impl Object {
    /// The object with these entries. The last value of a repeated key counts, at the place of
    /// its first.
    pub fn new(entries: impl IntoIterator<Item = (Arc<str>, Value)>) -> Self {
        let mut entries: Vec<(Arc<str>, Value)> = entries.into_iter().collect();
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_by(|&a, &b| entries[a].0.cmp(&entries[b].0));
        let mut repeated = vec![false; entries.len()];
        for pair in 0..order.len().saturating_sub(1) {
            let (first, second) = (order[pair], order[pair + 1]);
            if entries[first].0 == entries[second].0 {
                // The sort is stable: the later entry carries its value to the first place.
                entries[first].1 = std::mem::take(&mut entries[second].1);
                repeated[second] = true;
                order[pair + 1] = first;
            }
        }
        order.dedup();
        let mut kept = 0;
        let positions: Vec<u32> = repeated
            .iter()
            .map(|&gone| {
                let position = json_position(kept);
                kept += usize::from(!gone);
                position
            })
            .collect();
        let mut flags = repeated.iter();
        entries.retain(|_| flags.next() == Some(&false));
        let sorted = order.into_iter().map(|place| positions[place]).collect();
        Self { entries, sorted }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        let found = self
            .sorted
            .binary_search_by(|&place| (*self.entries[place as usize].0).cmp(key));
        found
            .ok()
            .map(|at| &self.entries[self.sorted[at] as usize].1)
    }

    /// All entries, in their order.
    pub fn entries(&self) -> &[(Arc<str>, Value)] {
        &self.entries
    }
}

/// Objects come from documents, which have fewer entries than bytes.
fn json_position(position: usize) -> u32 {
    super::tree::offset(position)
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::String(value.into())
    }
}

impl From<Text> for Value {
    fn from(value: Text) -> Self {
        Self::String(value)
    }
}

impl From<ValueRef<'_>> for Value {
    /// The value that a place of a document spells; numbers are rounded to doubles. Recursion is
    /// bounded by the depth that the reader accepts.
    fn from(value: ValueRef<'_>) -> Self {
        match value.kind() {
            Kind::Null => Self::Null,
            Kind::True => Self::Boolean(true),
            Kind::False => Self::Boolean(false),
            Kind::Number => Self::Number(value.as_f64().unwrap_or(f64::NAN)),
            Kind::String | Kind::EscapedString => {
                Self::from(value.as_str().unwrap_or_default().as_ref())
            }
            Kind::Array => Self::array(value.elements().map(Self::from)),
            Kind::Object => Self::object(value.members().map(|(key, value)| {
                let key = key.as_str().unwrap_or_default();
                (Arc::<str>::from(key.as_ref()), Self::from(value))
            })),
        }
    }
}

impl Value {
    /// An array of these values.
    pub fn array(values: impl IntoIterator<Item = Self>) -> Self {
        Self::Array(values.into_iter().collect())
    }

    /// An object of these entries; see [`Object::new`].
    pub fn object<Key: Into<Arc<str>>>(entries: impl IntoIterator<Item = (Key, Self)>) -> Self {
        Self::Object(Arc::new(Object::new(
            entries.into_iter().map(|(key, value)| (key.into(), value)),
        )))
    }

    /// Whether a condition with this value holds.
    pub fn is_truthy(&self) -> bool {
        match self {
            Self::Undefined | Self::Null => false,
            Self::Boolean(value) => *value,
            Self::Number(value) => *value != 0.0 && !value.is_nan(),
            Self::String(value) => !value.is_empty(),
            Self::Array(_) | Self::Object(_) => true,
        }
    }

    /// Whether it is `null` or `undefined`.
    pub const fn is_nullish(&self) -> bool {
        matches!(self, Self::Undefined | Self::Null)
    }

    /// What a message calls it: “a number”, “undefined”.
    pub const fn describe(&self) -> &'static str {
        match self {
            Self::Undefined => "undefined",
            Self::Null => "null",
            Self::Boolean(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }

    /// The value as compact JSON. `undefined`, which JSON lacks, is written by its name when it
    /// stands alone. Lone surrogates become U+FFFD.
    pub fn to_json(&self) -> String {
        let mut text = String::new();
        match self {
            Self::Undefined => text.push_str("undefined"),
            other => other.write_json(&mut text, 0),
        }
        text
    }

    fn write_json(&self, text: &mut String, depth: u32) {
        // Documents nest to 100; deeper values are made by no one and must not fill the stack.
        if depth > super::MAXIMUM_DEPTH {
            text.push('…');
            return;
        }
        match self {
            Self::Boolean(value) => write!(text, "{value}").unwrap_or_default(),
            Self::Number(value) if value.is_finite() => text.push_str(&number::to_text(*value)),
            // JSON has no NaN, no infinity and nothing undefined.
            Self::Undefined | Self::Null | Self::Number(_) => text.push_str("null"),
            Self::String(value) => text.push_str(&json::quote(&value.to_str())),
            Self::Array(values) => {
                for (position, value) in values.iter().enumerate() {
                    text.push(if position == 0 { '[' } else { ',' });
                    value.write_json(text, depth + 1);
                }
                text.push_str(if values.is_empty() { "[]" } else { "]" });
            }
            Self::Object(object) => {
                text.push('{');
                let shown = |(_, value): &&(Arc<str>, Self)| !matches!(value, Self::Undefined);
                for (position, (key, value)) in object.entries.iter().filter(shown).enumerate() {
                    if position > 0 {
                        text.push(',');
                    }
                    text.push_str(&json::quote(key));
                    text.push(':');
                    value.write_json(text, depth + 1);
                }
                text.push('}');
            }
        }
    }
}
