//! JSON as the tenant keeps it: one line, keys in the tenant's own order, numbers as they were
//! spelled. Which keys an object has, and their defaults, is said in `held`.

use std::borrow::Cow;

use flow::json::{Kind, ValueRef, parse, quote};
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// A JSON value as text. A number keeps its spelling, which a `serde_json::Value` would lose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Json(String);

impl Json {
    /// The value as the tenant keeps it, with nothing filled in. O(bytes · log keys).
    pub(crate) fn of(value: ValueRef<'_>) -> Self {
        Self::shaped(value, &Shape::Any)
    }

    /// The value with the members and defaults of `shape`. O(bytes · log keys).
    pub(crate) fn shaped(value: ValueRef<'_>, shape: &Shape) -> Self {
        let mut text = String::with_capacity(value.raw().len());
        write(value, shape, &mut text);
        Self(text)
    }

    /// The text of a string.
    pub(crate) fn string(text: &str) -> Self {
        Self(quote(text))
    }

    /// A whole number.
    pub(crate) fn number(number: u32) -> Self {
        Self(number.to_string())
    }

    /// The JSON text.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw: &RawValue = serde_json::from_str(&self.0).map_err(S::Error::custom)?;
        raw.serialize(serializer)
    }
}

/// A saved tenant may have been written again by a program that lays JSON out in its own way.
impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let tree = parse(raw.get().into()).map_err(|errors| {
            let first = errors.into_iter().next();
            D::Error::custom(first.map_or_else(String::new, |error| error.to_string()))
        })?;
        Ok(Self::of(tree.root()))
    }
}

/// What the tenant keeps of a value, and what it fills in.
#[derive(Debug)]
pub(crate) enum Shape {
    /// All of it.
    Any,
    /// An array of such values.
    List(&'static Self),
    /// An object.
    Object {
        /// The members it knows.
        members: &'static [Member],
        /// Whether members it does not know are kept.
        others: bool,
    },
}

/// A member the tenant knows.
#[derive(Debug)]
pub(crate) struct Member {
    /// Its key.
    pub(crate) key: &'static str,
    /// The JSON that is filled in where it is absent.
    pub(crate) default: Option<&'static str>,
    /// What is kept of its value.
    pub(crate) shape: Shape,
}

impl Member {
    /// A member that stays absent where it is absent.
    pub(crate) const fn plain(key: &'static str) -> Self {
        Self {
            key,
            default: None,
            shape: Shape::Any,
        }
    }

    /// A member that is filled in where it is absent.
    pub(crate) const fn filled(key: &'static str, default: &'static str) -> Self {
        Self {
            key,
            default: Some(default),
            shape: Shape::Any,
        }
    }

    /// An array that is filled in where it is absent.
    pub(crate) const fn list(key: &'static str, of: &'static Shape) -> Self {
        Self {
            key,
            default: Some("[]"),
            shape: Shape::List(of),
        }
    }
}

/// Recurses as deep as the value, which the reader bounds.
fn write(value: ValueRef<'_>, shape: &Shape, out: &mut String) {
    match value.kind() {
        Kind::Object => write_object(value, shape, out),
        Kind::Array => {
            let inner = match shape {
                Shape::List(inner) => *inner,
                _ => &Shape::Any,
            };
            out.push('[');
            for (index, element) in value.elements().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(element, inner, out);
            }
            out.push(']');
        }
        Kind::String | Kind::EscapedString => {
            out.push_str(&quote(&value.as_str().unwrap_or_default()));
        }
        _ => out.push_str(value.raw()),
    }
}

fn write_object(object: ValueRef<'_>, shape: &Shape, out: &mut String) {
    let (known, others): (&[Member], bool) = match shape {
        Shape::Object { members, others } => (members, *others),
        _ => (&[], true),
    };
    let member = |key: &str| known.iter().find(|member| member.key == key);
    let mut entries: Vec<(Cow<'_, str>, Result<ValueRef<'_>, &str>, &Shape)> = object
        .members()
        .filter_map(|(key, value)| {
            let key = key.as_str()?;
            let found = member(&key);
            let shape = found.map_or(&Shape::Any, |member| &member.shape);
            (others || found.is_some()).then_some((key, Ok(value), shape))
        })
        .collect();
    for member in known {
        if let Some(default) = member.default
            && object.get(member.key).is_none()
        {
            entries.push((Cow::Borrowed(member.key), Err(default), &Shape::Any));
        }
    }
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    out.push('{');
    for (index, (key, value, shape)) in entries.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push_str(&quote(&key));
        out.push(':');
        match value {
            Ok(value) => write(value, shape, out),
            Err(default) => out.push_str(default),
        }
    }
    out.push('}');
}
