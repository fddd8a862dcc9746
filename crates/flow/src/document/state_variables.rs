//! The typed view of state variables for a running dialog.

use super::project::{Field, Projector, pick};
use crate::json::{Kind, ReadError, Tree, ValueId, ValueRef};

/// Session and user variables of a running dialog, and where it goes on.
#[derive(Clone, Debug)]
pub struct StateVariables {
    /// The object: the root.
    pub at: ValueId,
    /// Which dialog they are for.
    pub dialog_id: Field,
    /// The variables of the session.
    pub session: Option<VariableMap>,
    /// The variables of the user.
    pub user: Option<VariableMap>,
    /// The object `transition`.
    pub transition_at: Option<ValueId>,
    /// Id of the node where the dialog goes on.
    pub next_step: Option<Field>,
}

/// Which of the two maps a variable is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VariableScope {
    /// `session`
    Session,
    /// `user`
    User,
}

impl VariableScope {
    /// Both, in the order they are sent.
    pub const ALL: [Self; 2] = [Self::Session, Self::User];

    /// The key of its map.
    pub fn key(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::User => "user",
        }
    }
}

/// Variables by name.
#[derive(Clone, Debug)]
pub struct VariableMap {
    /// The object.
    pub at: ValueId,
    /// In file order.
    pub variables: Vec<StateVariable>,
}

/// One variable.
#[derive(Clone, Debug)]
pub struct StateVariable {
    /// Its name, which is the key.
    pub name: Field,
    /// Its value.
    pub value_at: ValueId,
}

impl StateVariables {
    /// Reads the variables out of a document. O(values inside).
    pub(super) fn project(tree: &Tree) -> Result<Self, Vec<ReadError>> {
        let mut read = Projector::new(tree);
        let object = tree.root();
        let what = "set of state variables";
        let [dialog_id, session, user, transition] =
            pick(object, ["dialogId", "session", "user", "transition"]);
        let transition = transition.filter(|value| !value.is_null());
        let mut next_step = None;
        if let Some(transition) = transition {
            if transition.kind() == Kind::Object {
                next_step = read.optional(transition.get("nextStep"), "transition", "nextStep");
            } else {
                read.wrong_type(transition, what, "transition", "an object");
            }
        }
        let view = Self {
            at: object.id(),
            dialog_id: read.required(object, dialog_id, what, "dialogId"),
            session: VariableMap::project(&mut read, object, session, "session"),
            user: VariableMap::project(&mut read, object, user, "user"),
            transition_at: transition.map(ValueRef::id),
            next_step,
        };
        read.finish(view)
    }

    /// The variables of a scope, where the file has its map.
    pub fn map(&self, scope: VariableScope) -> Option<&VariableMap> {
        match scope {
            VariableScope::Session => self.session.as_ref(),
            VariableScope::User => self.user.as_ref(),
        }
    }

    /// Every variable, those of the session first.
    pub fn variables(&self) -> impl Iterator<Item = (VariableScope, &StateVariable)> {
        VariableScope::ALL.into_iter().flat_map(|scope| {
            let map = self.map(scope).into_iter();
            map.flat_map(move |map| map.variables.iter().map(move |own| (scope, own)))
        })
    }
}

impl VariableMap {
    fn project(
        read: &mut Projector<'_>,
        object: ValueRef<'_>,
        found: Option<ValueRef<'_>>,
        key: &str,
    ) -> Option<Self> {
        let map = found.filter(|value| !value.is_null())?;
        let variables = read
            .members(object, Some(map), "set of state variables", key)
            .into_iter()
            .map(|(name, value)| StateVariable {
                name,
                value_at: value.id(),
            })
            .collect();
        Some(Self {
            at: map.id(),
            variables,
        })
    }
}
