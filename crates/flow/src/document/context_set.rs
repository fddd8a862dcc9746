//! The typed view of a context set, in any of its spellings.

use super::project::{Field, Projector, pick};
use crate::json::{Kind, ReadError, Tree, ValueId, ValueRef};

/// Variables to inject into a running conversation.
#[derive(Clone, Debug)]
pub struct ContextSet {
    /// The object that is the set: the root.
    pub at: ValueId,
    /// Which conversation they are for.
    pub conversation_id: Field,
    /// How the variables are written.
    pub spelling: ContextSpelling,
    /// The object with the variables.
    pub variables_at: ValueId,
    /// In file order.
    pub variables: Vec<ContextVariable>,
    /// Top-level keys that the platform forbids, as they stand in the file.
    pub unexpected: Vec<Field>,
}

/// How a context set writes its variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContextSpelling {
    /// `variables: {key: {key, value, scope}}`
    File,
    /// `context: {key: {value, scope}}`, as it is sent.
    Wire,
}

/// How far a context variable reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContextScope {
    /// Every conversation.
    Global,
    /// This conversation: what holds when nothing is said.
    Conversation,
    /// Every conversation of the user.
    User,
    /// This session.
    Session,
}

impl ContextScope {
    /// The scopes from lowest to highest precedence.
    pub const ALL: [Self; 4] = [Self::Global, Self::Conversation, Self::User, Self::Session];

    /// How a file spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Conversation => "conversation",
            Self::User => "user",
            Self::Session => "session",
        }
    }

    /// The scope that a file spells.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == word)
    }
}

/// One variable of a context set.
#[derive(Clone, Debug)]
pub struct ContextVariable {
    /// The object.
    pub at: ValueId,
    /// The key it stands under.
    pub map_key: Field,
    /// The key inside it, which is what is sent; the wire form has none.
    pub inner_key: Option<Field>,
    /// Its value.
    pub value_at: ValueId,
    /// The scope as spelled; [`ContextScope::Conversation`] when absent.
    pub scope: Option<Field>,
}

impl ContextSet {
    /// Reads the set out of a document. O(values inside).
    pub(super) fn project(tree: &Tree) -> Result<Self, Vec<ReadError>> {
        let mut read = Projector::new(tree);
        let object = tree.root();
        let what = "context set";
        let keys = ["conversationId", "conversation_id", "variables", "context"];
        let [camel, snake, variables, context] = pick(object, keys);
        let (id, id_key) = match (camel, snake) {
            (None, Some(_)) => (snake, keys[1]),
            _ => (camel, keys[0]),
        };
        let (spelling, list, list_key) = match (variables, context) {
            (None, Some(_)) => (ContextSpelling::Wire, context, keys[3]),
            _ => (ContextSpelling::File, variables, keys[2]),
        };
        // The app's own key is read on opening and never sent.
        let expected = [id_key, list_key, "flowdeck"];
        let unexpected = object
            .members()
            .filter(|(key, _)| !expected.iter().any(|name| key.is_text(name)))
            .filter_map(|(key, _)| Field::of(key))
            .collect();
        let variables = read
            .members(object, list, what, list_key)
            .into_iter()
            .map(|(key, value)| ContextVariable::project(&mut read, key, value, spelling))
            .collect();
        let set = Self {
            at: object.id(),
            conversation_id: read.required(object, id, what, id_key),
            spelling,
            variables_at: list.map_or(object.id(), ValueRef::id),
            variables,
            unexpected,
        };
        read.finish(set)
    }
}

impl ContextVariable {
    fn project(
        read: &mut Projector<'_>,
        map_key: Field,
        object: ValueRef<'_>,
        spelling: ContextSpelling,
    ) -> Self {
        let what = "context variable";
        if object.kind() != Kind::Object {
            read.wrong_type(object, "set of variables", &map_key.text, "an object");
        }
        let [key, value, scope] = pick(object, ["key", "value", "scope"]);
        let is_object = object.kind() == Kind::Object;
        let inner_key = match spelling {
            ContextSpelling::File if is_object => Some(read.required(object, key, what, "key")),
            _ => None,
        };
        if value.is_none() && is_object {
            read.missing(object, what, "value", "a value");
        }
        Self {
            at: object.id(),
            map_key,
            inner_key,
            value_at: value.map_or(object.id(), ValueRef::id),
            scope: read.optional(scope, what, "scope"),
        }
    }

    /// The key that is sent: the inner one, where there is one.
    pub fn key(&self) -> &Field {
        self.inner_key.as_ref().unwrap_or(&self.map_key)
    }

    /// The scope as spelled, `conversation` when absent.
    pub fn scope_name(&self) -> &str {
        self.scope
            .as_ref()
            .map_or(ContextScope::Conversation.as_str(), |scope| &scope.text)
    }

    /// The scope, when it is one of the four.
    pub fn scope(&self) -> Option<ContextScope> {
        ContextScope::from_word(self.scope_name())
    }
}
