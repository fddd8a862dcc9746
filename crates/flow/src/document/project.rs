//! Reading typed fields out of a tree and collecting what is missing or of the wrong type.

use std::borrow::Cow;

use compact_str::CompactString;

use crate::json::{Kind, Locator, MAX_ERRORS, ReadError, Tree, ValueId, ValueRef};

/// A string of a document and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The decoded text.
    pub text: CompactString,
    /// The string value; where a required string is missing, the object that lacks it.
    pub at: ValueId,
}

impl Field {
    /// The field that a string value is.
    pub(super) fn of(value: ValueRef<'_>) -> Option<Self> {
        let text = match value.as_str()? {
            Cow::Borrowed(text) => CompactString::new(text),
            Cow::Owned(text) => CompactString::from(text),
        };
        Some(Self {
            text,
            at: value.id(),
        })
    }
}

/// Reads fields and keeps the mistakes for one report.
pub(super) struct Projector<'a> {
    tree: &'a Tree,
    mistakes: Vec<(ValueId, String)>,
}

impl<'a> Projector<'a> {
    pub(super) fn new(tree: &'a Tree) -> Self {
        Self {
            tree,
            mistakes: Vec::new(),
        }
    }

    /// The collected mistakes, or `view` when there are none.
    pub(super) fn finish<T>(self, view: T) -> Result<T, Vec<ReadError>> {
        if self.mistakes.is_empty() {
            return Ok(view);
        }
        drop(view);
        let mut mistakes = self.mistakes;
        mistakes.sort_by_key(|(at, _)| *at);
        let mut locator = Locator::new(self.tree);
        Err(mistakes
            .into_iter()
            .map(|(at, message)| located(self.tree, &mut locator, at, message))
            .collect())
    }

    pub(super) fn mistake(&mut self, at: ValueId, message: String) {
        if self.mistakes.len() < MAX_ERRORS {
            self.mistakes.push((at, message));
        }
    }

    /// Records that `value`, the `key` of a `what`, should have been an `expected`.
    pub(super) fn wrong_type(
        &mut self,
        value: ValueRef<'_>,
        what: &str,
        key: &str,
        expected: &str,
    ) {
        let found = value.kind().describe();
        self.mistake(
            value.id(),
            format!("Expected {expected} as \"{key}\" of the {what}, found {found}."),
        );
    }

    pub(super) fn missing(&mut self, object: ValueRef<'_>, what: &str, key: &str, expected: &str) {
        self.mistake(
            object.id(),
            format!("The {what} has no \"{key}\". Expected {expected} there."),
        );
    }

    /// The string of a field, or a record of what stood there instead.
    pub(super) fn string(&mut self, value: ValueRef<'_>, what: &str, key: &str) -> Option<Field> {
        let field = Field::of(value);
        if field.is_none() {
            self.wrong_type(value, what, key, "a string");
        }
        field
    }

    /// A number, or zero and a record of what stood there instead.
    pub(super) fn number(&mut self, value: ValueRef<'_>, what: &str, key: &str) -> f64 {
        value.as_f64().unwrap_or_else(|| {
            self.wrong_type(value, what, key, "a number");
            0.0
        })
    }

    /// A required string: an empty stand-in and a recorded mistake when it is not there.
    pub(super) fn required(
        &mut self,
        object: ValueRef<'_>,
        found: Option<ValueRef<'_>>,
        what: &str,
        key: &str,
    ) -> Field {
        let field = match found {
            Some(value) => self.string(value, what, key),
            None => {
                self.missing(object, what, key, "a string");
                None
            }
        };
        field.unwrap_or_else(|| Field {
            text: CompactString::const_new(""),
            at: object.id(),
        })
    }

    /// A string that may be absent or null.
    pub(super) fn optional(
        &mut self,
        found: Option<ValueRef<'_>>,
        what: &str,
        key: &str,
    ) -> Option<Field> {
        found
            .filter(|value| !value.is_null())
            .and_then(|value| self.string(value, what, key))
    }

    /// The members of an object that must be there, with their keys.
    pub(super) fn members<'v>(
        &mut self,
        object: ValueRef<'v>,
        found: Option<ValueRef<'v>>,
        what: &str,
        key: &str,
    ) -> Vec<(Field, ValueRef<'v>)> {
        let Some(map) = found else {
            self.missing(object, what, key, "an object");
            return Vec::new();
        };
        if map.kind() != Kind::Object {
            self.wrong_type(map, what, key, "an object");
        }
        map.members()
            .filter_map(|(name, value)| Some((Field::of(name)?, value)))
            .collect()
    }

    /// The objects of a list. `required` lists must be there. Stops at the hundredth mistake, which
    /// is the last that is told.
    pub(super) fn list<T: Item>(
        &mut self,
        object: ValueRef<'_>,
        found: Option<ValueRef<'_>>,
        what: &str,
        key: &str,
        required: bool,
    ) -> Vec<T> {
        let Some(list) = found else {
            if required {
                self.missing(object, what, key, "an array");
            }
            return Vec::new();
        };
        if list.kind() != Kind::Array {
            self.wrong_type(list, what, key, "an array");
            return Vec::new();
        }
        let count = list.elements().count();
        if count > T::MOST {
            let most = T::MOST;
            self.mistake(
                list.id(),
                format!("The {what} has {count} {key}; up to {most} are read."),
            );
            return Vec::new();
        }
        let mut items = Vec::with_capacity(count.min(list.raw().len() / T::LEAST_BYTES + 1));
        for element in list.elements() {
            if element.kind() == Kind::Object {
                items.push(T::project(self, element));
            } else {
                let found = element.kind().describe();
                self.mistake(
                    element.id(),
                    format!("Expected an object in \"{key}\", found {found}."),
                );
            }
            if self.mistakes.len() >= MAX_ERRORS {
                break;
            }
        }
        items
    }
}

/// What lists are made of.
pub(super) trait Item: Sized {
    /// The fewest bytes a sound one takes in a file, with its comma. Room is made for so many as
    /// can be sound, not for as many as there are: a list may be nothing but `{},{},{}`.
    const LEAST_BYTES: usize;
    /// The most there may be.
    const MOST: usize = usize::MAX;

    /// Reads one out of an object.
    fn project(read: &mut Projector<'_>, object: ValueRef<'_>) -> Self;
}

/// For lists that are only looked through.
impl Item for ValueId {
    const LEAST_BYTES: usize = r"{},".len();

    fn project(_: &mut Projector<'_>, object: ValueRef<'_>) -> Self {
        object.id()
    }
}

/// A read error about the value `at`.
pub(super) fn located(
    tree: &Tree,
    locator: &mut Locator<'_>,
    at: ValueId,
    message: String,
) -> ReadError {
    let offset = tree.value(at).span().start;
    let position = locator.position(offset);
    ReadError {
        message,
        pointer: locator.pointer(at),
        line: position.line,
        column: position.column,
        offset,
    }
}

/// The values under `keys` of an object, in one pass over its members. Programs write members in
/// the order they declare them, so each key is first compared with the one after the last found.
pub(super) fn pick<'a, const N: usize>(
    object: ValueRef<'a>,
    keys: [&str; N],
) -> [Option<ValueRef<'a>>; N] {
    let mut found = [None; N];
    let mut next = 0;
    for (key, value) in object.members() {
        let slot = if next < N && key.is_text(keys[next]) {
            next
        } else {
            let Some(slot) = keys.iter().position(|name| key.is_text(name)) else {
                continue;
            };
            slot
        };
        found[slot] = Some(value);
        next = slot + 1;
    }
    found
}
