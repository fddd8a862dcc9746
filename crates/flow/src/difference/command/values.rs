//! New values for a document: laid out from the spelling of the wire form, and made out of old ones.

use std::collections::BTreeMap;

use super::plan::Fields;
use crate::command;
use crate::difference::items::property;
use crate::json::{NewValue, ValueRef, parse};

/// The changes of single values that are all that `fields` means; none where members come or go.
pub(super) fn replacements(object: ValueRef<'_>, fields: &Fields) -> Option<Vec<command::Change>> {
    (fields.iter())
        .map(|(field, source)| {
            let owner = match property(field) {
                Some(_) => object.get("properties")?,
                None => object,
            };
            let at = owner.get(property(field).unwrap_or(field))?.id();
            let value = new_value(source.as_deref()?);
            Some(command::Change::Replace { at, value })
        })
        .collect()
}

/// An object with some members changed; the others keep their place and their spelling.
pub(super) fn object_value(
    old: Option<ValueRef<'_>>,
    mut new: BTreeMap<&str, Option<NewValue>>,
) -> NewValue {
    let mut members = Vec::new();
    for (key, value) in old.into_iter().flat_map(ValueRef::members) {
        let key = key.as_str().unwrap_or_default();
        match new.remove(&*key) {
            Some(Some(value)) => members.push((key.into_owned(), value)),
            Some(None) => {}
            None => {
                let kept = NewValue::Literal(value.raw().to_owned());
                members.push((key.into_owned(), kept));
            }
        }
    }
    let added = new.into_iter();
    members.extend(added.filter_map(|(key, value)| Some((key.to_owned(), value?))));
    NewValue::Object(members)
}

/// A value in the spelling of the wire form, to be laid out as its new neighbours are.
pub(super) fn new_value(source: &str) -> NewValue {
    match parse(source.into()) {
        Ok(tree) => NewValue::of(tree.root()),
        Err(_) => NewValue::Literal(source.to_owned()),
    }
}
