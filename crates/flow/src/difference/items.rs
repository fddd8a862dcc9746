//! The items of a wire form and their fields, taken apart and put together.

use std::borrow::Cow;

use crate::json::{ValueRef, quote};
use crate::wire_form::FlowKind;

/// The field that says where a node stands on the canvas.
pub(crate) const LAYOUT: &str = "properties.position";
const PROPERTIES: &str = "properties.";

/// What a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ListKind {
    Nodes,
    Edges,
    Variables,
    States,
    Transitions,
}

impl ListKind {
    /// The key of the list.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Nodes => "nodes",
            Self::Edges => "edges",
            Self::Variables => "variables",
            Self::States => "states",
            Self::Transitions => "transitions",
        }
    }

    /// The key by which its items are known.
    pub(crate) fn id_key(self) -> &'static str {
        match self {
            Self::Variables => "name",
            _ => "id",
        }
    }

    /// The keys of an item besides its id, in the order of the wire form.
    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Nodes => &["type", "label"],
            Self::Edges => &["source", "target", "condition"],
            Self::Variables => &["type", "default"],
            Self::States => &["name", "final"],
            Self::Transitions => &["targetStateId", "conditions", "actions"],
        }
    }

    /// The fields of an item that hold the id of a node or state.
    pub(crate) fn references(self) -> &'static [&'static str] {
        match self {
            Self::Edges => &["source", "target"],
            Self::Transitions => &["targetStateId"],
            _ => &[],
        }
    }
}

/// The keys of a flow besides its lists, in the order of the wire form.
pub(crate) fn header_keys(kind: FlowKind) -> &'static [&'static str] {
    match kind {
        FlowKind::Dialog => &["id", "name", "version", "entryPoint"],
        FlowKind::State => &["botId", "flowId", "initialStateId", "fallbackStateId"],
    }
}

/// The fields of a flow that hold the id of a node or state.
pub(super) fn header_references(kind: FlowKind) -> &'static [&'static str] {
    match kind {
        FlowKind::Dialog => &["entryPoint"],
        FlowKind::State => &["initialStateId", "fallbackStateId"],
    }
}

/// An item of a list in a wire form.
#[derive(Clone, Debug)]
pub(super) struct Item<'wire> {
    pub(super) id: Cow<'wire, str>,
    pub(super) at: ValueRef<'wire>,
}

/// The items of the list of `owner`.
pub(super) fn items(owner: ValueRef<'_>, list: ListKind) -> Vec<Item<'_>> {
    let found = owner.get(list.key()).map(ValueRef::elements);
    (found.into_iter().flatten())
        .map(|at| Item {
            id: id_of(at, list),
            at,
        })
        .collect()
}

pub(crate) fn id_of(item: ValueRef<'_>, list: ListKind) -> Cow<'_, str> {
    (item.get(list.id_key()).and_then(ValueRef::as_str)).unwrap_or_default()
}

/// The fields of an item besides its id and its transitions, sorted by name, with their source.
pub(crate) fn field_values(item: ValueRef<'_>, list: ListKind) -> Vec<(Cow<'static, str>, &str)> {
    let mut fields: Vec<(Cow<'static, str>, &str)> = (list.keys().iter())
        .filter_map(|&key| Some((Cow::Borrowed(key), item.get(key)?.raw())))
        .collect();
    if list == ListKind::Nodes {
        let properties = item.get("properties").map(ValueRef::members);
        fields.extend(properties.into_iter().flatten().map(|(key, value)| {
            let key = key.as_str().unwrap_or_default();
            (Cow::Owned([PROPERTIES, &key].concat()), value.raw())
        }));
    }
    fields.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    fields
}

/// The key in the properties that a field is.
pub(super) fn property(field: &str) -> Option<&str> {
    field.strip_prefix(PROPERTIES)
}

/// An item in the spelling of the wire form, of the fields as [`field_values`] gives them, sorted
/// in the same way. `transitions` is the source of that list, for a state.
pub(crate) fn compose<Key: AsRef<str>, Source: AsRef<str>>(
    list: ListKind,
    id: &str,
    fields: &[(Key, Source)],
    transitions: Option<&str>,
) -> String {
    let mut text = format!("{{{}:{}", quote(list.id_key()), quote(id));
    let find = |key: &str| {
        let at = fields.binary_search_by(|(own, _)| own.as_ref().cmp(key));
        at.ok().map(|at| fields[at].1.as_ref())
    };
    let member = |text: &mut String, key: &str, source: &str| {
        text.push(',');
        text.push_str(&quote(key));
        text.push(':');
        text.push_str(source);
    };
    for key in list.keys() {
        if let Some(source) = find(key) {
            member(&mut text, key, source);
        }
    }
    if list == ListKind::Nodes {
        let properties: Vec<String> = (fields.iter())
            .filter_map(|(key, source)| {
                let key = property(key.as_ref())?;
                Some(format!("{}:{}", quote(key), source.as_ref()))
            })
            .collect();
        member(
            &mut text,
            "properties",
            &format!("{{{}}}", properties.join(",")),
        );
    }
    if let Some(transitions) = transitions {
        member(&mut text, ListKind::Transitions.key(), transitions);
    }
    text.push('}');
    text
}
