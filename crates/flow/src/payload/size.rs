//! How many bytes payloads take, against their limits. Counted is the text that Python's
//! `json.dumps` writes, as the platform's own tools count it.

use crate::document::{ContextSet, ContextVariable, StateVariables, VariableMap, VariableScope};
use crate::json::{Tree, ValueId, python_len, python_string_len};
use crate::limits::{CONTEXT_BYTES, CONTEXT_VALUE_BYTES, STATE_BYTES, STATE_VALUE_BYTES};

/// How full something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meter {
    /// The bytes it takes.
    pub bytes: usize,
    /// The bytes it may take.
    pub limit: usize,
}

impl Meter {
    /// Whether it takes more than it may.
    pub fn is_over(self) -> bool {
        self.bytes > self.limit
    }
}

/// A size as a message says it: in bytes, KiB or MiB, rounded up so that what is over a limit
/// never reads as the limit.
pub fn size_words(bytes: usize) -> String {
    let (unit, name) = match bytes {
        1 => return "1 byte".to_owned(),
        0..1024 => return format!("{bytes} bytes"),
        1024..0x10_0000 => (1024, "KiB"),
        _ => (0x10_0000, "MiB"),
    };
    let tenths = bytes / unit * 10 + (bytes % unit * 10).div_ceil(unit);
    match tenths % 10 {
        0 => format!("{} {name}", tenths / 10),
        tenth => format!("{}.{tenth} {name}", tenths / 10),
    }
}

/// The meters of a context set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextMeters {
    /// The value of each variable, in file order.
    pub variables: Vec<Meter>,
    /// All variables as they are sent.
    pub whole: Meter,
}

/// The meters of state variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateMeters {
    /// The value of each variable of the session, in file order.
    pub session: Vec<Meter>,
    /// The value of each variable of the user, in file order.
    pub user: Vec<Meter>,
    /// The update as it is sent.
    pub whole: Meter,
}

/// Measures a context set. O(text).
pub fn context_meters(tree: &Tree, set: &ContextSet) -> ContextMeters {
    let variables: Vec<Meter> = set
        .variables
        .iter()
        .map(|variable| Meter {
            bytes: python_len(tree.value(variable.value_at)),
            limit: CONTEXT_VALUE_BYTES,
        })
        .collect();
    let bytes = set
        .variables
        .iter()
        .zip(&variables)
        .map(|(variable, value)| sent_len(variable, value.bytes))
        .sum();
    ContextMeters {
        variables,
        whole: Meter {
            bytes,
            limit: CONTEXT_BYTES,
        },
    }
}

/// The bytes of `{"key": …, "value": …, "scope": …}`.
fn sent_len(variable: &ContextVariable, value: usize) -> usize {
    let key = python_string_len(&variable.key().text);
    let scope = python_string_len(variable.scope_name());
    r#"{"key": , "value": , "scope": }"#.len() + key + value + scope
}

/// Measures state variables. O(text).
pub fn state_meters(tree: &Tree, variables: &StateVariables) -> StateMeters {
    let meters = |scope| {
        let map = variables.map(scope).into_iter();
        map.flat_map(|map| &map.variables)
            .map(|variable| Meter {
                bytes: python_len(tree.value(variable.value_at)),
                limit: STATE_VALUE_BYTES,
            })
            .collect()
    };
    let mut whole = UpdateSize::default();
    for scope in VariableScope::ALL {
        if let Some(VariableMap { at, .. }) = variables.map(scope) {
            whole.member(scope.key(), python_len(tree.value(*at)));
        }
    }
    if let Some(bytes) = transition_len(tree, variables.transition_at) {
        whole.member("transition", bytes);
    }
    StateMeters {
        session: meters(VariableScope::Session),
        user: meters(VariableScope::User),
        whole: Meter {
            bytes: whole.bytes(),
            limit: STATE_BYTES,
        },
    }
}

pub(super) fn transition_len(tree: &Tree, transition: Option<ValueId>) -> Option<usize> {
    transition.map(|at| python_len(tree.value(at)))
}

/// The size of an object while members are added to it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct UpdateSize {
    members: usize,
    inside: usize,
}

impl UpdateSize {
    /// Adds a member whose value takes `value` bytes.
    pub(super) fn member(&mut self, key: &str, value: usize) {
        self.members += 1;
        self.inside += python_string_len(key) + ": ".len() + value;
    }

    /// The bytes of the object as it is now.
    pub(super) fn bytes(self) -> usize {
        "{}".len() + self.inside + ", ".len() * self.members.saturating_sub(1)
    }

    /// Whether nothing was added.
    pub(super) fn is_empty(self) -> bool {
        self.members == 0
    }
}

#[cfg(test)]
mod tests {
    use super::size_words;

    #[test]
    fn sizes_round_up() {
        assert_eq!(size_words(1), "1 byte");
        assert_eq!(size_words(1023), "1023 bytes");
        assert_eq!(size_words(10 * 1024), "10 KiB");
        assert_eq!(size_words(10 * 1024 + 1), "10.1 KiB");
        assert_eq!(size_words(11 * 1024 - 1), "11 KiB");
        assert_eq!(size_words(1024 * 1024), "1 MiB");
        assert_eq!(size_words(1024 * 1024 + 1), "1.1 MiB");
    }
}
