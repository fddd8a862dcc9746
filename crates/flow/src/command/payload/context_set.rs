//! The commands of a context set. Variables are named by their index in it. The key a variable
//! stands under and the key inside it are kept the same.

use compact_str::CompactString;

use crate::command::{Change, Command};
use crate::document::{ContextScope, ContextSet, ContextSpelling};
use crate::json::NewValue;
use crate::rules::ids::{FreeIds, Ids};

/// Adds a variable at the end; nothing is returned when there is one under that key.
pub fn add_variable(
    set: &ContextSet,
    key: &str,
    value: NewValue,
    scope: ContextScope,
) -> Option<Command> {
    if has_key(set, key) {
        return None;
    }
    let mut members = vec![
        ("value".into(), value),
        ("scope".into(), scope.as_str().into()),
    ];
    if set.spelling == ContextSpelling::File {
        members.insert(0, ("key".into(), key.into()));
    }
    let change = Change::SetMember {
        at: set.variables_at,
        key: key.to_owned(),
        value: NewValue::Object(members),
    };
    Some(Command::one("Add variable", change))
}

/// A key that no variable stands under yet. O(variables).
pub fn free_key(set: &ContextSet) -> CompactString {
    let variables = set.variables.iter();
    let taken = Ids::of(variables.map(|own| own.map_key.text.as_str()));
    FreeIds::new(&taken).take("variable")
}

/// Whether a variable stands under this key.
pub fn has_key(set: &ContextSet, key: &str) -> bool {
    set.variables.iter().any(|own| own.map_key.text == key)
}

/// Removes a variable.
pub fn remove_variable(set: &ContextSet, variable: usize) -> Command {
    Command::one(
        "Remove variable",
        Change::RemoveMember {
            at: set.variables_at,
            key: set.variables[variable].map_key.text.to_string(),
        },
    )
}

/// Renames a variable: the key it stands under and the one inside it.
pub fn rename_variable(set: &ContextSet, variable: usize, key: &str) -> Command {
    let own = &set.variables[variable];
    let keys = [Some(&own.map_key), own.inner_key.as_ref()];
    let changes = keys
        .into_iter()
        .flatten()
        .filter(|field| field.text != key)
        .map(|field| Change::Replace {
            at: field.at,
            value: key.into(),
        })
        .collect();
    Command {
        label: "Rename variable".to_owned(),
        changes,
    }
}

/// Sets the value of a variable.
pub fn set_value(set: &ContextSet, variable: usize, value: NewValue) -> Command {
    let at = set.variables[variable].value_at;
    Command::one("Change value", Change::Replace { at, value })
}

/// Sets the scope of a variable.
pub fn set_scope(set: &ContextSet, variable: usize, scope: ContextScope) -> Command {
    Command::one(
        "Change scope",
        Change::SetMember {
            at: set.variables[variable].at,
            key: "scope".to_owned(),
            value: scope.as_str().into(),
        },
    )
}

/// Sets which conversation the variables are for.
pub fn set_conversation(set: &ContextSet, id: &str) -> Command {
    Command::one(
        "Change conversation",
        Change::Replace {
            at: set.conversation_id.at,
            value: id.into(),
        },
    )
}

/// Removes top-level keys that the platform forbids, by their index in the set.
pub fn remove_unexpected(set: &ContextSet, unexpected: usize) -> Command {
    Command::one(
        "Remove field",
        Change::RemoveMember {
            at: set.at,
            key: set.unexpected[unexpected].text.to_string(),
        },
    )
}
