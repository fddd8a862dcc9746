//! Comparing two JSON values part by part: each value that differs becomes a field, with the way to it.
//! A setting that is JSON in a text is looked into, and counts as what it says. What the values mean is not known here.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Write as _;

use compact_str::CompactString;

use super::{Field, TextDifference};
use crate::document::chart::content::unfolded;
use crate::document::chart::facts::in_words;
use crate::json::{Kind, Locator, Tree, ValueId, ValueRef, normal_text, pretty, quote};
use crate::rules::ids::Map;

/// One step of the way to a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the value under this key.
    Key(String),
    /// To the element with this index in the old and in the new list, where it is in both.
    Element(Option<usize>, Option<usize>),
}

/// A way as programs write it: `config.say.text[0]`.
pub(super) fn dotted(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Key(key) => {
                if !text.is_empty() {
                    text.push('.');
                }
                let is_plain = |letter: char| letter.is_alphanumeric() || "_-$".contains(letter);
                if !key.is_empty() && key.chars().all(is_plain) {
                    text.push_str(key);
                } else {
                    text.push_str(&quote(key));
                }
            }
            Step::Element(old, new) => {
                let index = new.or(*old).unwrap_or_default();
                // Writing into a string does not fail.
                write!(text, "[{index}]").unwrap_or_default();
            }
        }
    }
    text
}

/// A way in words: "Say › Text 1" for `config.say.text[0]`.
fn label(path: &[Step]) -> String {
    let mut words = String::new();
    for step in path {
        match step {
            Step::Key(key) => {
                if key == "config" || key == "properties" {
                    continue;
                }
                if !words.is_empty() {
                    words.push_str(" › ");
                }
                match key.as_str() {
                    "isDisabled" => words.push_str("Disabled"),
                    "isEntryPoint" => words.push_str("Entry point"),
                    "referenceId" => words.push_str("Reference"),
                    "flowNode" => words.push_str("Jump"),
                    key => words.push_str(&in_words(key)),
                }
            }
            Step::Element(old, new) => {
                let number = new.or(*old).unwrap_or_default() + 1;
                // Writing into a string does not fail.
                write!(words, " {number}").unwrap_or_default();
            }
        }
    }
    if words.is_empty() {
        words.push_str("All of it");
    }
    words
}

/// A field of a flow in words: "Say" for `properties.say`.
pub(super) fn label_of_field(key: &str) -> String {
    match key {
        "properties.position" => "Place on the canvas".to_owned(),
        "flowdeck.layout" => "Places on the canvas".to_owned(),
        "nodes.order" => "Order of the nodes in the file".to_owned(),
        "edges.order" => "Order of the edges in the file".to_owned(),
        "variables.order" => "Order of the variables in the file".to_owned(),
        "states.order" => "Order of the states in the file".to_owned(),
        "targetStateId" => "Target".to_owned(),
        key => in_words(key.strip_prefix("properties.").unwrap_or(key)),
    }
}

/// A value of one of the two documents.
#[derive(Clone, Copy)]
pub(super) struct Spot<'t> {
    value: ValueRef<'t>,
    /// The value in the document: the text that holds it, where it is JSON in a text.
    at: ValueId,
    fold: Fold,
}

/// Whether a value is JSON in a text.
#[derive(Clone, Copy, PartialEq)]
enum Fold {
    /// It counts as it stands.
    No,
    /// It may be.
    Perhaps,
    /// It is.
    Yes,
}

impl<'t> Spot<'t> {
    /// A value that counts as it stands.
    pub(super) fn of(value: ValueRef<'t>) -> Self {
        Self {
            value,
            at: value.id(),
            fold: Fold::No,
        }
    }

    /// A setting of a node, which may be JSON in a text.
    pub(super) fn setting(value: ValueRef<'t>) -> Self {
        Self {
            fold: Fold::Perhaps,
            ..Self::of(value)
        }
    }

    fn inside(self, value: ValueRef<'_>) -> Spot<'_> {
        let (at, fold) = match self.fold {
            Fold::Yes => (self.at, Fold::Yes),
            Fold::No | Fold::Perhaps => (value.id(), Fold::No),
        };
        Spot { value, at, fold }
    }
}

/// Collects the fields that differ.
pub(super) struct Walk<'t> {
    pub(super) old: Locator<'t>,
    pub(super) new: Locator<'t>,
    /// Keys that mean nothing.
    is_ignored: fn(&str) -> bool,
    path: Vec<Step>,
    fields: Vec<Field>,
}

impl<'t> Walk<'t> {
    pub(super) fn new(old: &'t Tree, new: &'t Tree, is_ignored: fn(&str) -> bool) -> Self {
        Self {
            old: Locator::new(old),
            new: Locator::new(new),
            is_ignored,
            path: Vec::new(),
            fields: Vec::new(),
        }
    }

    /// The fields found since they were taken before.
    pub(super) fn take(&mut self) -> Vec<Field> {
        std::mem::take(&mut self.fields)
    }

    /// Compares two values.
    pub(super) fn values(&mut self, old: ValueRef<'_>, new: ValueRef<'_>) {
        self.spots(Spot::of(old), Spot::of(new));
    }

    /// Does something inside a member.
    pub(super) fn under(&mut self, key: &str, act: impl FnOnce(&mut Self)) {
        self.path.push(Step::Key(key.to_owned()));
        act(self);
        self.path.pop();
    }

    /// Compares what may be there.
    pub(super) fn optional(&mut self, old: Option<Spot<'_>>, new: Option<Spot<'_>>) {
        match (old, new) {
            (Some(old), Some(new)) => self.spots(old, new),
            (None, None) => {}
            _ => self.field(old, new),
        }
    }

    fn spots(&mut self, old: Spot<'_>, new: Spot<'_>) {
        if old.value.raw() == new.value.raw() {
            return;
        }
        opened(old, |old| opened(new, |new| self.inside(old, new)));
    }

    fn inside(&mut self, old: Spot<'_>, new: Spot<'_>) {
        match (old.value.kind(), new.value.kind()) {
            (Kind::Object, Kind::Object) => {
                let members = both(sorted_members(old.value), sorted_members(new.value));
                for (key, before, after) in members {
                    if (self.is_ignored)(&key) {
                        continue;
                    }
                    let before = before.map(|value| old.inside(value));
                    let after = after.map(|value| new.inside(value));
                    self.under(&key, |walk| walk.optional(before, after));
                }
            }
            (Kind::Array, Kind::Array) => match aligned(old.value, new.value) {
                Some(elements) => {
                    for (before, after) in elements {
                        let step = Step::Element(
                            before.map(|(index, _)| index),
                            after.map(|(index, _)| index),
                        );
                        self.path.push(step);
                        self.optional(
                            before.map(|(_, value)| old.inside(value)),
                            after.map(|(_, value)| new.inside(value)),
                        );
                        self.path.pop();
                    }
                }
                None => self.field(Some(old), Some(new)),
            },
            _ => self.field(Some(old), Some(new)),
        }
    }

    /// Keeps what is here as a field, if it differs.
    pub(super) fn field(&mut self, old: Option<Spot<'_>>, new: Option<Spot<'_>>) {
        let before = old.map(|spot| normal_text(spot.value));
        let after = new.map(|spot| normal_text(spot.value));
        if before == after {
            return;
        }
        let lines = match (old, new) {
            (Some(old), Some(new)) => lines(old.value, new.value),
            _ => None,
        };
        self.fields.push(Field {
            path: self.path.clone(),
            label: label(&self.path),
            old_pointer: old.map(|spot| self.old.pointer(spot.at)),
            new_pointer: new.map(|spot| self.new.pointer(spot.at)),
            before,
            after,
            names: (None, None),
            lines,
            is_minor: false,
        });
    }

    /// Says of the fields found since they were taken that they change nothing.
    pub(super) fn are_minor(&mut self, from: usize) {
        for field in self.fields.iter_mut().skip(from) {
            field.is_minor = true;
        }
    }

    /// Says what the value that was found last names.
    pub(super) fn call(&mut self, names: (Option<CompactString>, Option<CompactString>)) {
        if let Some(field) = self.fields.last_mut() {
            field.names = names;
        }
    }

    /// How many fields were found since they were taken.
    pub(super) fn count(&self) -> usize {
        self.fields.len()
    }
}

/// Hands out a value as it is meant: what is JSON in a text, unfolded, but only once.
fn opened<R>(spot: Spot<'_>, read: impl FnOnce(Spot<'_>) -> R) -> R {
    if spot.fold != Fold::Perhaps || !spot.value.is_string() {
        return read(spot);
    }
    unfolded(spot.value, |value| {
        let fold = if value.is_string() {
            Fold::No
        } else {
            Fold::Yes
        };
        read(Spot {
            value,
            at: spot.at,
            fold,
        })
    })
}

/// A key and its value.
pub(super) type Member<'t> = (Cow<'t, str>, ValueRef<'t>);

/// The members of an object, sorted by key.
pub(super) fn sorted_members(object: ValueRef<'_>) -> Vec<Member<'_>> {
    let members = object.members();
    let mut members: Vec<_> = members
        .map(|(key, value)| (key.as_str().unwrap_or_default(), value))
        .collect();
    members.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    members
}

/// Two sorted lists of members as one.
pub(super) fn both<'k, A, B>(
    old: Vec<(Cow<'k, str>, A)>,
    new: Vec<(Cow<'k, str>, B)>,
) -> Vec<(Cow<'k, str>, Option<A>, Option<B>)> {
    let mut merged = Vec::with_capacity(old.len().max(new.len()));
    let mut new = new.into_iter().peekable();
    for (key, before) in old {
        while let Some((key, after)) = new.next_if(|(other, _)| *other < key) {
            merged.push((key, None, Some(after)));
        }
        let after = new.next_if(|(other, _)| *other == key);
        merged.push((key, Some(before), after.map(|(_, after)| after)));
    }
    merged.extend(new.map(|(key, after)| (key, None, Some(after))));
    merged
}

type Element<'t> = Option<(usize, ValueRef<'t>)>;

/// The elements of two lists beside each other: by what they are called, where they are called something
/// and those in both lists stand in the same order; else by place, where there are equally many.
fn aligned<'o, 'n>(
    old: ValueRef<'o>,
    new: ValueRef<'n>,
) -> Option<Vec<(Element<'o>, Element<'n>)>> {
    let old: Vec<_> = old.elements().collect();
    let new: Vec<_> = new.elements().collect();
    ["id", "key", "name"]
        .into_iter()
        .find_map(|key| by_name(&old, &new, key))
        .or_else(|| {
            let both = old.iter().zip(&new).enumerate();
            (old.len() == new.len()).then(|| {
                both.map(|(index, (old, new))| (Some((index, *old)), Some((index, *new))))
                    .collect()
            })
        })
}

fn by_name<'o, 'n>(
    old: &[ValueRef<'o>],
    new: &[ValueRef<'n>],
    key: &str,
) -> Option<Vec<(Element<'o>, Element<'n>)>> {
    let before = names(old, key)?;
    let after = names(new, key)?;
    let places: Map<&str, usize> = (before.iter().enumerate())
        .map(|(index, name)| (name.as_ref(), index))
        .collect();
    let found = after.iter().map(|name| places.get(name.as_ref()).copied());
    let found: Vec<Option<usize>> = found.collect();
    let in_both: Vec<usize> = found.iter().copied().flatten().collect();
    if in_both.is_empty() || !in_both.is_sorted() {
        return None;
    }
    let mut elements = Vec::with_capacity(old.len().max(new.len()));
    let mut at = 0;
    for (index, value) in new.iter().enumerate() {
        if let Some(place) = found[index] {
            elements.extend((at..place).map(|gone| (Some((gone, old[gone])), None)));
            elements.push((Some((place, old[place])), Some((index, *value))));
            at = place + 1;
        } else {
            elements.push((None, Some((index, *value))));
        }
    }
    elements.extend((at..old.len()).map(|gone| (Some((gone, old[gone])), None)));
    Some(elements)
}

/// What each element is called, where all are called something else.
fn names<'t>(elements: &[ValueRef<'t>], key: &str) -> Option<Vec<Cow<'t, str>>> {
    let names = elements.iter().map(|element| element.get(key)?.as_str());
    let names: Vec<Cow<'_, str>> = names.collect::<Option<_>>()?;
    let known: HashSet<&str> = names.iter().map(Cow::as_ref).collect();
    (known.len() == names.len()).then_some(names)
}

/// Which lines differ, where lines tell more than the values: in code, longer texts and lists.
fn lines(old: ValueRef<'_>, new: ValueRef<'_>) -> Option<TextDifference> {
    let text = |value: ValueRef<'_>| match value.kind() {
        Kind::String | Kind::EscapedString => value.as_str().map(Cow::into_owned),
        Kind::Array | Kind::Object => Some(pretty(value).trim_end().to_owned()),
        _ => None,
    };
    let (old, new) = (text(old)?, text(new)?);
    let are_long = old.contains('\n') || new.contains('\n');
    are_long.then(|| TextDifference::between(&old, &new))
}
