//! The variables of a conversation in their scopes, and which of them a name means.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::document::{ContextScope, ContextSet, StateVariables, VariableScope};
use crate::expression::Value;
use crate::json::{Tree, ValueRef};

/// Where a variable lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// `session`
    Session,
    /// `user`
    User,
    /// The conversation: what `context.name` writes.
    Conversation,
    /// Every conversation.
    Global,
    /// `flow`
    Flow,
    /// `profile`
    Profile,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 6] = [
        Self::Session,
        Self::User,
        Self::Conversation,
        Self::Global,
        Self::Flow,
        Self::Profile,
    ];

    /// The scopes in which `context.name` is looked for, highest precedence first.
    pub const CONTEXT: [Self; 4] = [Self::Session, Self::User, Self::Conversation, Self::Global];

    /// What a file and a person call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::User => "user",
            Self::Conversation => "conversation",
            Self::Global => "global",
            Self::Flow => "flow",
            Self::Profile => "profile",
        }
    }

    /// The scope with this name; `context` is the conversation.
    pub fn named(name: &str) -> Option<Self> {
        if name == "context" {
            return Some(Self::Conversation);
        }
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

impl From<ContextScope> for Scope {
    fn from(scope: ContextScope) -> Self {
        match scope {
            ContextScope::Global => Self::Global,
            ContextScope::Conversation => Self::Conversation,
            ContextScope::User => Self::User,
            ContextScope::Session => Self::Session,
        }
    }
}

type Map = BTreeMap<Arc<str>, Value>;

/// Variables by scope and name. Cloning is cheap: what does not change is shared.
#[derive(Clone, Debug, Default)]
pub struct Variables {
    maps: [Arc<Map>; 6],
    /// Each scope as one value. Made when it is asked for, and kept, since objects have an identity.
    objects: [OnceCell<Value>; 6],
    /// What `context` is.
    context: OnceCell<Value>,
}

impl Variables {
    /// No variables.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a variable.
    ///
    /// # Complexity
    /// O(log variables), and O(variables) where the scope is shared with an earlier run.
    pub fn set(&mut self, scope: Scope, name: &str, value: Value) {
        Arc::make_mut(&mut self.maps[scope as usize]).insert(name.into(), value);
        self.forget(scope);
    }

    /// Removes a variable; whether it was there.
    pub fn remove(&mut self, scope: Scope, name: &str) -> bool {
        let there = self.get(scope, name).is_some();
        if there {
            Arc::make_mut(&mut self.maps[scope as usize]).remove(name);
            self.forget(scope);
        }
        there
    }

    fn forget(&mut self, scope: Scope) {
        self.objects[scope as usize].take();
        self.context.take();
    }

    /// The value of a variable.
    pub fn get(&self, scope: Scope, name: &str) -> Option<&Value> {
        self.maps[scope as usize].get(name)
    }

    /// What `context.name` means: the variable of the scope with the highest precedence.
    pub fn in_context(&self, name: &str) -> Option<(Scope, &Value)> {
        Scope::CONTEXT
            .into_iter()
            .find_map(|scope| Some((scope, self.get(scope, name)?)))
    }

    /// The variables of a scope, by name.
    pub fn entries(&self, scope: Scope) -> impl Iterator<Item = (&str, &Value)> {
        (self.maps[scope as usize].iter()).map(|(name, value)| (&**name, value))
    }

    /// Sets a variable for each member of an object of a document.
    pub fn set_members(&mut self, scope: Scope, object: ValueRef<'_>) {
        for (key, value) in object.members() {
            self.set(scope, &key.as_str().unwrap_or_default(), value.into());
        }
    }

    /// Sets the variables of a context set; those of an unknown scope are left out.
    pub fn set_context(&mut self, tree: &Tree, set: &ContextSet) {
        for variable in &set.variables {
            if let Some(scope) = variable.scope() {
                let value = tree.value(variable.value_at).into();
                self.set(scope.into(), &variable.key().text, value);
            }
        }
    }

    /// Sets the state variables of a dialog.
    pub fn set_state(&mut self, tree: &Tree, state: &StateVariables) {
        for (scope, variable) in state.variables() {
            let scope = match scope {
                VariableScope::Session => Scope::Session,
                VariableScope::User => Scope::User,
            };
            let value = tree.value(variable.value_at).into();
            self.set(scope, &variable.name.text, value);
        }
    }

    /// All variables of a scope as one value, the same one until they change. O(variables) the
    /// first time.
    pub(super) fn object(&self, scope: Scope) -> Value {
        let map = &self.maps[scope as usize];
        let entries = || {
            map.iter()
                .map(|(name, value)| (Arc::clone(name), value.clone()))
        };
        self.objects[scope as usize]
            .get_or_init(|| Value::object(entries()))
            .clone()
    }

    /// What `context` is: all its scopes as one value. O(variables) the first time.
    pub(super) fn context(&self) -> Value {
        self.context
            .get_or_init(|| {
                let mut merged = Map::new();
                for scope in Scope::CONTEXT.into_iter().rev() {
                    merged.extend(
                        (self.maps[scope as usize].iter())
                            .map(|(name, value)| (Arc::clone(name), value.clone())),
                    );
                }
                Value::object(merged)
            })
            .clone()
    }
}
