//! The commands of a state flow: states and transitions. What stands inside a transition is in
//! [`parts`]. States and transitions are named by their index, since a broken flow may have an id
//! twice.

pub mod parts;
pub mod rewire;

use std::collections::{BTreeSet, HashSet};

use compact_str::CompactString;

use super::dialog::{free, set_text};
use super::{Change, Command};
use crate::document::{Field, StateFlow, Transition};
use crate::json::{NewValue, ValueId};

/// Which transition of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TransitionAt {
    /// Index of its state in [`StateFlow::states`].
    pub state: usize,
    /// Its index in the state's transitions.
    pub transition: usize,
}

impl TransitionAt {
    /// The transition itself.
    pub fn of(self, flow: &StateFlow) -> &Transition {
        &flow.states[self.state].transitions[self.transition]
    }
}

/// An id that no state of the flow has: `stem`, else `stem_2`, `stem_3`…
pub fn free_state_id(flow: &StateFlow, stem: &str) -> CompactString {
    free(stem, |id| {
        flow.states.iter().any(|state| state.id.text == id)
    })
}

/// An id that no transition of the state has: `t1`, `t2`…
pub fn free_transition_id(flow: &StateFlow, state: usize) -> CompactString {
    let transitions = &flow.states[state].transitions;
    let mut number = transitions.len() + 1;
    loop {
        let id = compact_str::format_compact!("t{number}");
        if !transitions.iter().any(|own| own.id.text == id) {
            return id;
        }
        number += 1;
    }
}

/// Adds a state without transitions; returns the command and the new state's id. A partial flow
/// is one state and takes no other: nothing is returned.
pub fn add_state(flow: &StateFlow, name: &str) -> Option<(Command, CompactString)> {
    add_state_with(flow, name, Vec::new())
}

fn add_state_with(
    flow: &StateFlow,
    name: &str,
    transitions: Vec<NewValue>,
) -> Option<(Command, CompactString)> {
    let at = flow.states_at?;
    let id = free_state_id(flow, &id_from_name(name));
    let value = NewValue::Object(vec![
        ("id".into(), id.as_str().into()),
        ("name".into(), name.into()),
        ("transitions".into(), NewValue::Array(transitions)),
    ]);
    let command = Command::one(
        "Add state",
        Change::InsertElements {
            at,
            after: None,
            values: vec![value],
        },
    );
    Some((command, id))
}

/// The letters and digits of a name in lower case, joined by `_`.
fn id_from_name(name: &str) -> String {
    let words: Vec<String> = name
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.is_empty() {
        "state".to_owned()
    } else {
        words.join("_")
    }
}

/// Deletes states with every reference to them: transitions that lead there, and the initial or
/// fallback state of the flow where it is one of them.
pub fn delete_states(flow: &StateFlow, states: &[usize]) -> Command {
    delete_states_and_transitions(flow, states, &[])
}

/// Deletes states as [`delete_states`] does, and transitions of those that stay.
pub fn delete_states_and_transitions(
    flow: &StateFlow,
    states: &[usize],
    transitions: &[TransitionAt],
) -> Command {
    let chosen: BTreeSet<(usize, usize)> = transitions
        .iter()
        .map(|at| (at.state, at.transition))
        .collect();
    let deleted: BTreeSet<usize> = states.iter().copied().collect();
    let (mut gone, mut stays) = (HashSet::new(), HashSet::new());
    for (index, state) in flow.states.iter().enumerate() {
        let ids = if deleted.contains(&index) {
            &mut gone
        } else {
            &mut stays
        };
        ids.insert(state.id.text.as_str());
    }
    // An id that two states share still names the one that stays.
    let loses = |id: &str| gone.contains(id) && !stays.contains(id);
    let label = match deleted.len() {
        1 => "Delete state".to_owned(),
        count => format!("Delete {count} states"),
    };
    let mut changes = Vec::new();
    if let Some(at) = flow.states_at {
        let elements = deleted.iter().map(|&state| flow.states[state].at).collect();
        changes.push(Change::RemoveElements { at, elements });
    }
    for (index, state) in flow.states.iter().enumerate() {
        if deleted.contains(&index) {
            continue;
        }
        let elements: Vec<ValueId> = state
            .transitions
            .iter()
            .enumerate()
            .filter(|(place, transition)| {
                loses(&transition.target.text) || chosen.contains(&(index, *place))
            })
            .map(|(_, transition)| transition.at)
            .collect();
        if !elements.is_empty() {
            let at = state.transitions_at;
            changes.push(Change::RemoveElements { at, elements });
        }
    }
    let named_and_lost =
        |field: &Option<Field>| field.as_ref().is_some_and(|field| loses(&field.text));
    let keys: Vec<&'static str> = [
        ("initialStateId", &flow.initial_state),
        ("fallbackStateId", &flow.fallback_state),
    ]
    .into_iter()
    .filter(|(_, field)| named_and_lost(field))
    .map(|(key, _)| key)
    .collect();
    if !keys.is_empty() {
        changes.push(Change::RemoveMembers { at: flow.at, keys });
    }
    Command { label, changes }
}

/// Renames a state's id and every reference to it: transitions, the initial and the fallback state.
pub fn rename_state_id(flow: &StateFlow, state: usize, id: &str) -> Command {
    let old = &flow.states[state].id;
    let targets = flow
        .states
        .iter()
        .flat_map(|state| &state.transitions)
        .map(|transition| &transition.target);
    let changes = targets
        .chain(&flow.initial_state)
        .chain(&flow.fallback_state)
        .filter(|reference| reference.text == old.text)
        .chain([old])
        .map(|reference| Change::Replace {
            at: reference.at,
            value: id.into(),
        })
        .collect();
    Command {
        label: "Rename state id".to_owned(),
        changes,
    }
}

/// Sets the name of a state; `None` removes it, so that the id is shown.
pub fn set_state_name(flow: &StateFlow, state: usize, name: Option<&str>) -> Command {
    set_or_remove("Rename state", flow.states[state].at, "name", name)
}

/// Says whether a conversation may end in a state. The default is not spelled out.
pub fn set_final(flow: &StateFlow, state: usize, is_final: bool) -> Command {
    let at = flow.states[state].at;
    let key = "final";
    if is_final {
        let value = NewValue::Literal("true".to_owned());
        let key = key.to_owned();
        Command::one("Mark as final", Change::SetMember { at, key, value })
    } else {
        let keys = vec![key];
        Command::one("Mark as not final", Change::RemoveMembers { at, keys })
    }
}

/// Sets the state where a conversation starts, by id; `None` removes it.
pub fn set_initial(flow: &StateFlow, id: Option<&str>) -> Command {
    set_or_remove("Set initial state", flow.at, "initialStateId", id)
}

/// Sets the state that takes what no transition takes, by id; `None` removes it.
pub fn set_fallback(flow: &StateFlow, id: Option<&str>) -> Command {
    set_or_remove("Set fallback state", flow.at, "fallbackStateId", id)
}

fn set_or_remove(label: &str, at: ValueId, key: &'static str, text: Option<&str>) -> Command {
    let change = match text {
        Some(text) => Change::SetMember {
            at,
            key: key.to_owned(),
            value: text.into(),
        },
        None => Change::RemoveMembers {
            at,
            keys: vec![key],
        },
    };
    Command::one(label, change)
}

/// Adds a transition after the others of its state. Without a condition it is the default.
/// Returns the command and the new transition's id.
pub fn add_transition(
    flow: &StateFlow,
    state: usize,
    target: &str,
    condition: Option<&str>,
) -> (Command, CompactString) {
    let id = free_transition_id(flow, state);
    let value = transition_value(&id, target, condition);
    let command = Command::one(
        "Add transition",
        Change::InsertElements {
            at: flow.states[state].transitions_at,
            after: None,
            values: vec![value],
        },
    );
    (command, id)
}

fn transition_value(id: &str, target: &str, condition: Option<&str>) -> NewValue {
    let conditions = condition.map(parts::condition_value).into_iter().collect();
    NewValue::Object(vec![
        ("id".into(), id.into()),
        ("targetStateId".into(), target.into()),
        ("conditions".into(), NewValue::Array(conditions)),
        ("actions".into(), NewValue::Array(Vec::new())),
    ])
}

/// Deletes transitions.
pub fn delete_transitions(flow: &StateFlow, transitions: &[TransitionAt]) -> Command {
    let mut sorted = transitions.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let changes = sorted
        .chunk_by(|a, b| a.state == b.state)
        .map(|of_one_state| Change::RemoveElements {
            at: flow.states[of_one_state[0].state].transitions_at,
            elements: of_one_state.iter().map(|at| at.of(flow).at).collect(),
        })
        .collect();
    let label = match sorted.len() {
        1 => "Delete transition".to_owned(),
        count => format!("Delete {count} transitions"),
    };
    Command { label, changes }
}

/// Lets a transition lead to another state.
pub fn retarget(flow: &StateFlow, transition: TransitionAt, target: &str) -> Command {
    set_text("Retarget transition", transition.of(flow).target.at, target)
}

/// Renames a transition. Nothing refers to it by its id.
pub fn rename_transition_id(flow: &StateFlow, transition: TransitionAt, id: &str) -> Command {
    set_text("Rename transition id", transition.of(flow).id.at, id)
}

/// Puts the transitions of a state into another order, in which they are tried. `order` holds each
/// index of them once.
pub fn reorder_transitions(flow: &StateFlow, state: usize, order: &[usize]) -> Command {
    let places: Vec<ValueId> = flow.states[state]
        .transitions
        .iter()
        .map(|transition| transition.at)
        .collect();
    permute("Reorder transitions", places, order)
}

fn permute(label: &str, places: Vec<ValueId>, order: &[usize]) -> Command {
    let order = order.iter().map(|&index| places[index]).collect();
    Command::one(label, Change::Permute { places, order })
}
