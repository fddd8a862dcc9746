//! The commands for the conditions and actions of a transition. Either list may be absent from the
//! file; it is added with its first element.

use super::{TransitionAt, permute};
use crate::command::{Change, Command};
use crate::document::StateFlow;
use crate::json::{NewValue, ValueId};

/// What a new action is made of.
#[derive(Clone, Debug)]
pub struct NewAction {
    /// `set`, `append`, `remove` or `increment`.
    pub type_name: String,
    /// What it writes: `scope.name`.
    pub variable: String,
    /// The value; none for an action that needs none.
    pub value: Option<NewValue>,
}

/// A field of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionField {
    /// What it does.
    Type,
    /// What it writes.
    Variable,
    /// What it writes there.
    Value,
}

impl ActionField {
    fn key(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Variable => "variable",
            Self::Value => "value",
        }
    }
}

pub(super) fn condition_value(expression: &str) -> NewValue {
    NewValue::Object(vec![
        ("type".into(), "expression".into()),
        ("value".into(), expression.into()),
    ])
}

/// Adds a condition after the others of a transition.
pub fn add_condition(flow: &StateFlow, transition: TransitionAt, expression: &str) -> Command {
    let own = transition.of(flow);
    let value = condition_value(expression);
    append(
        "Add condition",
        own.at,
        own.conditions_at,
        "conditions",
        value,
    )
}

/// Adds an action after the others of a transition.
pub fn add_action(flow: &StateFlow, transition: TransitionAt, action: &NewAction) -> Command {
    let own = transition.of(flow);
    let mut members = vec![
        ("type".into(), action.type_name.as_str().into()),
        ("variable".into(), action.variable.as_str().into()),
    ];
    members.extend(action.value.clone().map(|value| ("value".into(), value)));
    let value = NewValue::Object(members);
    append("Add action", own.at, own.actions_at, "actions", value)
}

fn append(
    label: &str,
    transition: ValueId,
    list: Option<ValueId>,
    key: &str,
    value: NewValue,
) -> Command {
    let change = match list {
        Some(at) => Change::InsertElements {
            at,
            after: None,
            values: vec![value],
        },
        None => Change::SetMember {
            at: transition,
            key: key.to_owned(),
            value: NewValue::Array(vec![value]),
        },
    };
    Command::one(label, change)
}

/// Sets the expression of a condition.
pub fn set_condition(
    flow: &StateFlow,
    transition: TransitionAt,
    condition: usize,
    expression: &str,
) -> Command {
    Command::one(
        "Change condition",
        Change::SetMember {
            at: transition.of(flow).conditions[condition].at,
            key: "value".to_owned(),
            value: expression.into(),
        },
    )
}

/// Sets a field of an action. A type that Flowdeck knows needs a variable to be there.
pub fn set_action_field(
    flow: &StateFlow,
    transition: TransitionAt,
    action: usize,
    field: ActionField,
    value: NewValue,
) -> Command {
    Command::one(
        format!("Change {} of the action", field.key()),
        Change::SetMember {
            at: transition.of(flow).actions[action].at,
            key: field.key().to_owned(),
            value,
        },
    )
}

/// Deletes a condition. A transition that loses its last one becomes a default.
pub fn delete_condition(flow: &StateFlow, transition: TransitionAt, condition: usize) -> Command {
    let own = transition.of(flow);
    remove(
        "Delete condition",
        own.conditions_at.unwrap_or(own.at),
        own.conditions[condition].at,
    )
}

/// Deletes an action.
pub fn delete_action(flow: &StateFlow, transition: TransitionAt, action: usize) -> Command {
    let own = transition.of(flow);
    remove(
        "Delete action",
        own.actions_at.unwrap_or(own.at),
        own.actions[action].at,
    )
}

fn remove(label: &str, at: ValueId, element: ValueId) -> Command {
    let elements = vec![element];
    Command::one(label, Change::RemoveElements { at, elements })
}

/// Puts the conditions of a transition into another order. `order` holds each index of them once.
pub fn reorder_conditions(flow: &StateFlow, transition: TransitionAt, order: &[usize]) -> Command {
    let own = transition.of(flow);
    let places = own.conditions.iter().map(|own| own.at).collect();
    permute("Reorder conditions", places, order)
}

/// Puts the actions of a transition into another order, in which they run. `order` holds each
/// index of them once.
pub fn reorder_actions(flow: &StateFlow, transition: TransitionAt, order: &[usize]) -> Command {
    let own = transition.of(flow);
    let places = own.actions.iter().map(|own| own.at).collect();
    permute("Reorder actions", places, order)
}
