//! The tree of spans: one 16-byte entry per value in document order. Reading is in `reader`.

use std::borrow::Cow;
use std::sync::Arc;

use super::scan::unescape;

/// A half-open range of bytes of the source text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte `start` up to, not including, byte `end`.
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The same as a range that slices.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What sort of value stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true`
    True,
    /// `false`
    False,
    /// A number, in whatever spelling.
    Number,
    /// A string without escapes: its bytes are its text.
    String,
    /// A string with at least one escape.
    EscapedString,
    /// `[…]`
    Array,
    /// `{…}`
    Object,
}

impl Kind {
    /// The word a message uses: "a number", "an object".
    pub fn describe(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::True | Self::False => "a boolean",
            Self::Number => "a number",
            Self::String | Self::EscapedString => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

/// The name of a value inside its [`Tree`]: its number in document order. Keys count too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ValueId(pub(super) u32);

/// One value: where it stands and where the next one after its subtree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) start: u32,
    pub(super) end: u32,
    /// Index of the first entry that is not inside this one.
    pub(super) next: u32,
    pub(super) kind: Kind,
}

/// A source text and the spans of all values in it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Tree {
    text: Arc<str>,
    entries: Arc<Vec<Entry>>,
}

impl Tree {
    pub(super) fn new(text: Arc<str>, entries: Vec<Entry>) -> Self {
        Self {
            text,
            entries: Arc::new(entries),
        }
    }

    /// The source text, byte for byte.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The source text, shared.
    pub fn shared_text(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// The outermost value.
    pub fn root(&self) -> ValueRef<'_> {
        ValueRef {
            tree: self,
            id: ValueId(0),
        }
    }

    /// The value with this id, which must come from this tree.
    pub fn value(&self, id: ValueId) -> ValueRef<'_> {
        ValueRef { tree: self, id }
    }

    /// Every value and key, in document order.
    pub fn values(&self) -> impl Iterator<Item = ValueRef<'_>> {
        (0..offset32(self.entries.len())).map(|index| self.value(ValueId(index)))
    }

    /// How many values and keys there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Never true of a tree that was read: a text without a value is rejected.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub(super) fn entry(&self, id: ValueId) -> Entry {
        self.entries[id.0 as usize]
    }

    /// The innermost value or key whose span holds the byte `offset`. O(siblings on the way).
    pub fn innermost_at(&self, offset: u32) -> Option<ValueId> {
        let mut found = None;
        let mut index = 0_u32;
        let mut end = offset32(self.entries.len());
        while index < end {
            let entry = self.entries[index as usize];
            if offset < entry.start {
                break;
            }
            if offset < entry.end {
                found = Some(ValueId(index));
                end = entry.next;
                index += 1;
            } else {
                index = entry.next;
            }
        }
        found
    }
}

/// A value of a tree.
#[derive(Clone, Copy, Debug)]
pub struct ValueRef<'a> {
    tree: &'a Tree,
    id: ValueId,
}

impl<'a> ValueRef<'a> {
    /// Its name inside the tree.
    pub fn id(self) -> ValueId {
        self.id
    }

    /// The tree it belongs to.
    pub fn tree(self) -> &'a Tree {
        self.tree
    }

    /// What sort of value it is.
    pub fn kind(self) -> Kind {
        self.entry().kind
    }

    /// Where it stands, quotes and brackets included.
    pub fn span(self) -> Span {
        let entry = self.entry();
        Span::new(entry.start, entry.end)
    }

    /// Its source, as spelled.
    pub fn raw(self) -> &'a str {
        &self.tree.text[self.span().range()]
    }

    /// Whether it is `null`.
    pub fn is_null(self) -> bool {
        self.kind() == Kind::Null
    }

    /// Its text when it is a string; borrowed unless it has escapes.
    pub fn as_str(self) -> Option<Cow<'a, str>> {
        let entry = self.entry();
        let inner = || &self.tree.text[entry.start as usize + 1..entry.end as usize - 1];
        match entry.kind {
            Kind::String => Some(Cow::Borrowed(inner())),
            Kind::EscapedString => Some(Cow::Owned(unescape(inner()))),
            _ => None,
        }
    }

    /// Its value when it is a boolean.
    pub fn as_bool(self) -> Option<bool> {
        match self.kind() {
            Kind::True => Some(true),
            Kind::False => Some(false),
            _ => None,
        }
    }

    /// Its value when it is a number, rounded to the nearest double.
    pub fn as_f64(self) -> Option<f64> {
        (self.kind() == Kind::Number)
            .then(|| self.raw().parse().ok())
            .flatten()
    }

    /// Whether it is a string.
    pub fn is_string(self) -> bool {
        matches!(self.kind(), Kind::String | Kind::EscapedString)
    }

    /// The members when it is an object, in source order; nothing for anything else.
    pub fn members(self) -> Members<'a> {
        let entry = self.entry();
        let end = if entry.kind == Kind::Object {
            entry.next
        } else {
            self.id.0 + 1
        };
        Members {
            tree: self.tree,
            index: self.id.0 + 1,
            end,
        }
    }

    /// The elements when it is an array, in source order; nothing for anything else.
    pub fn elements(self) -> Elements<'a> {
        let entry = self.entry();
        let end = if entry.kind == Kind::Array {
            entry.next
        } else {
            self.id.0 + 1
        };
        Elements {
            tree: self.tree,
            index: self.id.0 + 1,
            end,
        }
    }

    /// The value under `key` when it is an object that has it. O(members).
    pub fn get(self, key: &str) -> Option<Self> {
        self.members()
            .find(|(name, _)| name.is_text(key))
            .map(|(_, value)| value)
    }

    /// Whether it is a string that reads `text`; allocates only for escaped strings.
    pub fn is_text(self, text: &str) -> bool {
        let entry = self.entry();
        match entry.kind {
            Kind::String => {
                let range = entry.start as usize + 1..entry.end as usize - 1;
                range.len() == text.len() && self.tree.text.as_bytes()[range] == *text.as_bytes()
            }
            Kind::EscapedString => self.as_str().is_some_and(|own| own == text),
            _ => false,
        }
    }

    /// Whether `other` stands inside this value or is it.
    pub fn contains(self, other: ValueId) -> bool {
        self.id <= other && other.0 < self.entry().next
    }

    fn entry(self) -> Entry {
        self.tree.entry(self.id)
    }
}

/// The members of an object as (key, value).
#[derive(Clone, Debug)]
pub struct Members<'a> {
    tree: &'a Tree,
    index: u32,
    end: u32,
}

impl<'a> Iterator for Members<'a> {
    type Item = (ValueRef<'a>, ValueRef<'a>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.index >= self.end {
            return None;
        }
        let key = self.tree.value(ValueId(self.index));
        let value = self.tree.value(ValueId(self.index + 1));
        self.index = value.entry().next;
        Some((key, value))
    }
}

/// The elements of an array.
#[derive(Clone, Debug)]
pub struct Elements<'a> {
    tree: &'a Tree,
    index: u32,
    end: u32,
}

impl<'a> Iterator for Elements<'a> {
    type Item = ValueRef<'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.index >= self.end {
            return None;
        }
        let value = self.tree.value(ValueId(self.index));
        self.index = value.entry().next;
        Some(value)
    }
}

/// An offset or a count, which [`MAX_BYTES`](super::MAX_BYTES) keeps far below the limit of 32 bits.
pub(super) fn offset32(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
