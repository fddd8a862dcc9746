//! The commands of state variables. A variable is named by its scope and its index there.

use compact_str::CompactString;

use crate::command::{Change, Command};
use crate::document::{StateVariable, StateVariables, VariableScope};
use crate::json::{NewValue, ValueId};
use crate::rules::ids::{FreeIds, Ids};

/// Which variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VariableAt {
    /// The map it is in.
    pub scope: VariableScope,
    /// Its index there.
    pub index: usize,
}

impl VariableAt {
    /// The variable and the map it is in.
    fn of(self, variables: &StateVariables) -> Option<(ValueId, &StateVariable)> {
        let map = variables.map(self.scope)?;
        Some((map.at, map.variables.get(self.index)?))
    }
}

/// Adds a variable at the end of a scope; nothing is returned when there is one of that name.
pub fn add_variable(
    variables: &StateVariables,
    scope: VariableScope,
    name: &str,
    value: NewValue,
) -> Option<Command> {
    if has_name(variables, scope, name) {
        return None;
    }
    let change = match variables.map(scope) {
        Some(map) => Change::SetMember {
            at: map.at,
            key: name.to_owned(),
            value,
        },
        None => Change::SetMember {
            at: variables.at,
            key: scope.key().to_owned(),
            value: NewValue::Object(vec![(name.to_owned(), value)]),
        },
    };
    Some(Command::one("Add variable", change))
}

/// A name that no variable of a scope has yet. O(variables).
pub fn free_name(variables: &StateVariables, scope: VariableScope) -> CompactString {
    let own = variables.map(scope).map_or(&[][..], |map| &map.variables);
    let taken = Ids::of(own.iter().map(|variable| variable.name.text.as_str()));
    FreeIds::new(&taken).take("variable")
}

/// Whether a variable of a scope has this name.
pub fn has_name(variables: &StateVariables, scope: VariableScope, name: &str) -> bool {
    variables
        .map(scope)
        .is_some_and(|map| map.variables.iter().any(|own| own.name.text == name))
}

/// Removes a variable; nothing is returned when there is none at that place.
pub fn remove_variable(variables: &StateVariables, variable: VariableAt) -> Option<Command> {
    let (at, own) = variable.of(variables)?;
    let key = own.name.text.to_string();
    Some(Command::one(
        "Remove variable",
        Change::RemoveMember { at, key },
    ))
}

/// Renames a variable; nothing is returned when there is none at that place.
pub fn rename_variable(
    variables: &StateVariables,
    variable: VariableAt,
    name: &str,
) -> Option<Command> {
    let (_, own) = variable.of(variables)?;
    Some(Command::one(
        "Rename variable",
        Change::Replace {
            at: own.name.at,
            value: name.into(),
        },
    ))
}

/// Sets the value of a variable; nothing is returned when there is none at that place.
pub fn set_value(
    variables: &StateVariables,
    variable: VariableAt,
    value: NewValue,
) -> Option<Command> {
    let (_, own) = variable.of(variables)?;
    let at = own.value_at;
    Some(Command::one("Change value", Change::Replace { at, value }))
}

/// Sets which dialog the variables are for.
pub fn set_dialog(variables: &StateVariables, id: &str) -> Command {
    Command::one(
        "Change dialog",
        Change::Replace {
            at: variables.dialog_id.at,
            value: id.into(),
        },
    )
}

/// Sets where the dialog goes on; `None` leaves it where it is.
pub fn set_next_step(variables: &StateVariables, next_step: Option<&str>) -> Command {
    let key = "nextStep";
    let change = match (variables.transition_at, next_step) {
        (Some(at), Some(id)) => Change::SetMember {
            at,
            key: key.to_owned(),
            value: id.into(),
        },
        (None, Some(id)) => Change::SetMember {
            at: variables.at,
            key: "transition".to_owned(),
            value: NewValue::Object(vec![(key.to_owned(), id.into())]),
        },
        (_, None) => Change::RemoveMembers {
            at: variables.at,
            keys: vec!["transition"],
        },
    };
    Command::one("Set next step", change)
}
