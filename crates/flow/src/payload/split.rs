//! Dividing a large update of state variables into several that are each small enough.

use super::size::{UpdateSize, transition_len};
use crate::document::{StateVariable, StateVariables, VariableScope};
use crate::json::{Tree, python_len};
use crate::limits::STATE_BYTES;

/// The texts of several documents that together set what `variables` sets: in the same order, each
/// at most [`STATE_BYTES`] when sent, the transition in the last, so that the dialog goes on when
/// everything is there. Values keep their spelling.
///
/// Nothing when one update is enough, or when a single variable is too large for any.
///
/// # Complexity
/// O(text).
pub fn split_updates(tree: &Tree, variables: &StateVariables) -> Option<Vec<String>> {
    let mut updates = vec![Update::default()];
    for (scope, variable) in variables.variables() {
        let value = python_len(tree.value(variable.value_at));
        let last = updates.last_mut()?;
        let mut grown = last.sizes;
        grown[scope as usize].member(&variable.name.text, value);
        if whole(grown, None) > STATE_BYTES && !last.variables.is_empty() {
            updates.push(Update::default());
        }
        let last = updates.last_mut()?;
        last.sizes[scope as usize].member(&variable.name.text, value);
        last.variables.push((scope, variable));
        if whole(last.sizes, None) > STATE_BYTES {
            return None;
        }
    }
    let transition = transition_len(tree, variables.transition_at);
    let last = updates.last()?;
    if whole(last.sizes, transition) > STATE_BYTES && !last.variables.is_empty() {
        updates.push(Update::default());
    }
    let count = updates.len();
    (count > 1).then(|| {
        let texts = updates.iter().enumerate();
        texts
            .map(|(index, update)| update.text(tree, variables, index + 1 == count))
            .collect()
    })
}

/// One of the updates while it is filled.
#[derive(Default)]
struct Update<'a> {
    /// By [`VariableScope`].
    sizes: [UpdateSize; 2],
    variables: Vec<(VariableScope, &'a StateVariable)>,
}

/// The bytes of an update with maps of these sizes.
fn whole(sizes: [UpdateSize; 2], transition: Option<usize>) -> usize {
    let mut whole = UpdateSize::default();
    for (scope, size) in VariableScope::ALL.into_iter().zip(sizes) {
        if !size.is_empty() {
            whole.member(scope.key(), size.bytes());
        }
    }
    if let Some(transition) = transition {
        whole.member("transition", transition);
    }
    whole.bytes()
}

impl Update<'_> {
    fn text(&self, tree: &Tree, variables: &StateVariables, is_last: bool) -> String {
        let raw = |at| tree.value(at).raw();
        let mut text = format!("{{\n  \"dialogId\": {}", raw(variables.dialog_id.at));
        for scope in VariableScope::ALL {
            let mut own = self
                .variables
                .iter()
                .filter(|own| own.0 == scope)
                .peekable();
            if own.peek().is_none() {
                continue;
            }
            let members: Vec<String> = own
                .map(|(_, own)| format!("    {}: {}", raw(own.name.at), raw(own.value_at)))
                .collect();
            text.push_str(",\n  \"");
            text.push_str(scope.key());
            text.push_str("\": {\n");
            text.push_str(&members.join(",\n"));
            text.push_str("\n  }");
        }
        if let Some(at) = variables.transition_at.filter(|_| is_last) {
            text.push_str(",\n  \"transition\": ");
            text.push_str(raw(at));
        }
        text.push_str("\n}\n");
        text
    }
}
