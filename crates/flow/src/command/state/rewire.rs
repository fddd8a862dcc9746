//! The commands that lead transitions of a state flow elsewhere: to another state, out of another
//! state, through a state that is put in between, and past states that are deleted.

use std::collections::{BTreeSet, HashSet};

use compact_str::CompactString;

use super::{
    TransitionAt, add_state_with, add_transition, delete_states_and_transitions,
    free_transition_id, retarget, transition_value,
};
use crate::command::heal::{Healed, Leads, Ways};
use crate::command::{Change, Command, set_label};
use crate::diagram::display;
use crate::document::StateFlow;
use crate::interaction::End;
use crate::json::{NewValue, Tree, ValueId};
use crate::rules::ids::Ids;

/// Lets an end of a transition be at another state. One that leaves another state comes last there
/// and keeps everything but, where it is taken, its id.
pub fn reconnect(
    flow: &StateFlow,
    tree: &Tree,
    at: TransitionAt,
    end: End,
    state: usize,
) -> Command {
    if end == End::Target {
        return retarget(flow, at, &flow.states[state].id.text);
    }
    if state == at.state {
        return Command {
            label: "Reconnect transition".to_owned(),
            changes: Vec::new(),
        };
    }
    let transition = at.of(flow);
    let own = &flow.states[state].transitions;
    let is_taken = own.iter().any(|other| other.id.text == transition.id.text);
    let id = is_taken.then(|| free_transition_id(flow, state));
    let value = NewValue::of_members(tree.value(transition.at), &mut |key, _| {
        let id = id.as_ref().filter(|_| key == "id")?;
        Some(id.as_str().into())
    });
    Command {
        label: "Reconnect transition".to_owned(),
        changes: vec![
            Change::RemoveElements {
                at: flow.states[at.state].transitions_at,
                elements: vec![transition.at],
            },
            Change::InsertElements {
                at: flow.states[state].transitions_at,
                after: None,
                values: vec![value],
            },
        ],
    }
}

/// Puts a state into a transition: the transition leads to it under its conditions, and a new one
/// without any leads on.
pub fn insert_into(flow: &StateFlow, at: TransitionAt, state: usize) -> Vec<Change> {
    let target = &at.of(flow).target.text;
    let mut changes = retarget(flow, at, &flow.states[state].id.text).changes;
    changes.extend(add_transition(flow, state, target, None).0.changes);
    changes
}

/// Adds a state and puts it into a transition, as [`insert_into`] does; returns its id. A partial
/// flow takes no other state.
pub fn add_into(
    flow: &StateFlow,
    at: TransitionAt,
    name: &str,
) -> Option<(Command, CompactString)> {
    let onward = transition_value("t1", &at.of(flow).target.text, None);
    let (mut command, id) = add_state_with(flow, name, vec![onward])?;
    command.changes.extend(retarget(flow, at, &id).changes);
    Some((command, id))
}

/// Deletes states and transitions as [`delete_states_and_transitions`] does, but leads transitions
/// into the deleted states on to what comes after: the only state that follows, else the one that
/// follows without a condition. The start of the flow moves on in the same way. A transition keeps
/// its conditions, its actions and its place.
///
/// # Complexity
/// O(states + transitions).
pub fn delete_and_heal(flow: &StateFlow, states: &[usize], transitions: &[TransitionAt]) -> Healed {
    let known = Ids::of(flow.states.iter().map(|state| state.id.text.as_str()));
    let cut: BTreeSet<TransitionAt> = transitions.iter().copied().collect();
    let deleted: BTreeSet<usize> = states.iter().copied().collect();
    let leads = Transitions {
        flow,
        known: &known,
        cut: &cut,
    };
    let mut ways = Ways::new(leads, &deleted);
    let mut changes = Vec::new();
    let mut not_joined = Vec::new();
    let mut spared: HashSet<ValueId> = HashSet::new();
    for (index, state) in flow.states.iter().enumerate() {
        if deleted.contains(&index) {
            continue;
        }
        for (place, transition) in state.transitions.iter().enumerate() {
            let own = TransitionAt {
                state: index,
                transition: place,
            };
            let target = known.find(&transition.target.text);
            let Some(target) = target.filter(|it| deleted.contains(it)) else {
                continue;
            };
            if cut.contains(&own) {
                continue;
            }
            match ways.on(target) {
                Ok(to) => {
                    spared.insert(transition.at);
                    let value = flow.states[to].id.text.as_str().into();
                    let at = transition.target.at;
                    changes.push(Change::Replace { at, value });
                }
                Err(reason) => not_joined.push(format!(
                    "Transition \"{}\" of \"{}\" was removed: {reason}",
                    display(&transition.id.text),
                    display(state.label())
                )),
            }
        }
    }
    let mut command = delete_states_and_transitions(flow, states, transitions);
    let start = flow.initial_state.as_ref().and_then(|field| {
        let state = known.find(&field.text).filter(|it| deleted.contains(it))?;
        Some((field.at, ways.on(state).ok()?))
    });
    for change in &mut command.changes {
        match change {
            Change::RemoveElements { at, elements } if Some(*at) != flow.states_at => {
                elements.retain(|element| !spared.contains(element));
            }
            Change::RemoveMembers { at, keys } if *at == flow.at && start.is_some() => {
                keys.retain(|key| *key != "initialStateId");
            }
            _ => {}
        }
    }
    if let Some((at, to)) = start {
        let value = flow.states[to].id.text.as_str().into();
        changes.push(Change::Replace { at, value });
    }
    command.changes.extend(changes);
    set_label(&mut command, "Delete", "Delete and join");
    Healed {
        command,
        not_joined,
    }
}

/// The states that others lead to, by transitions that are not deleted themselves.
struct Transitions<'a> {
    flow: &'a StateFlow,
    known: &'a Ids,
    cut: &'a BTreeSet<TransitionAt>,
}

impl Leads for Transitions<'_> {
    fn out(&self, state: usize) -> impl Iterator<Item = (usize, bool)> {
        let transitions = (0..).zip(&self.flow.states[state].transitions);
        let stays = move |transition: &usize| {
            let transition = *transition;
            !self.cut.contains(&TransitionAt { state, transition })
        };
        let transitions = transitions.filter(move |(place, _)| stays(place));
        transitions.filter_map(|(_, transition)| {
            let target = self.known.find(&transition.target.text)?;
            Some((target, transition.is_default()))
        })
    }

    fn name(&self, state: usize) -> CompactString {
        display(self.flow.states[state].label())
    }
}
