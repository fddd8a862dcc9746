//! The typed view of a state flow.

use compact_str::CompactString;

use super::MAX_NODES;
use super::project::{Field, Item, Projector, pick};
use crate::json::{Kind, ReadError, Tree, ValueId, ValueRef};

/// The states of one bot flow with their transitions.
#[derive(Clone, Debug)]
pub struct StateFlow {
    /// The object that is the flow: the root.
    pub at: ValueId,
    /// Which bot it belongs to.
    pub bot_id: Option<Field>,
    /// Which flow of the bot it is.
    pub flow_id: Option<Field>,
    /// Id of the state where a conversation starts.
    pub initial_state: Option<Field>,
    /// Id of the state that takes what no transition takes.
    pub fallback_state: Option<Field>,
    /// In file order.
    pub states: Vec<State>,
    /// The array `states`; none for a partial flow.
    pub states_at: Option<ValueId>,
    /// Whether the document is a single state as the platform returns it: other states exist, but
    /// not in this file.
    pub partial: bool,
}

/// One state.
#[derive(Clone, Debug)]
pub struct State {
    /// The object.
    pub at: ValueId,
    /// Its id.
    pub id: Field,
    /// What it is called.
    pub name: Option<Field>,
    /// The platform's version mark.
    pub etag: Option<Field>,
    /// Whether a conversation may end here.
    pub is_final: bool,
    /// In file order, which is the order they are tried in.
    pub transitions: Vec<Transition>,
    /// The array `transitions`.
    pub transitions_at: ValueId,
}

/// One transition of a state.
#[derive(Clone, Debug)]
pub struct Transition {
    /// The object.
    pub at: ValueId,
    /// Its id.
    pub id: Field,
    /// Id of the state it leads to.
    pub target: Field,
    /// All must hold. Without any it is the default.
    pub conditions: Vec<Condition>,
    /// Run in order when the transition is taken.
    pub actions: Vec<Action>,
    /// The array `conditions`, where the file has one.
    pub conditions_at: Option<ValueId>,
    /// The array `actions`, where the file has one.
    pub actions_at: Option<ValueId>,
}

/// One condition of a transition.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The object.
    pub at: ValueId,
    /// Its type; `expression` when absent. Other types are kept and not parsed.
    pub type_name: CompactString,
    /// The value of `value`, whatever its type.
    pub value_at: Option<ValueId>,
    /// The expression, when it is one.
    pub expression: Option<Field>,
}

/// One action of a transition.
#[derive(Clone, Debug)]
pub struct Action {
    /// The object.
    pub at: ValueId,
    /// `set`, `append`, `remove` or `increment`; others are kept and shown as unknown.
    pub type_name: Field,
    /// What it writes: `scope.name` or a bare name.
    pub variable: Option<Field>,
    /// The value of `value`.
    pub value_at: Option<ValueId>,
}

impl StateFlow {
    /// Reads the flow, or the single state, out of a document. O(values inside).
    pub(super) fn project(tree: &Tree) -> Result<Self, Vec<ReadError>> {
        let mut read = Projector::new(tree);
        let object = tree.root();
        let what = "state flow";
        let [bot_id, flow_id, initial, fallback, states] = pick(
            object,
            [
                "botId",
                "flowId",
                "initialStateId",
                "fallbackStateId",
                "states",
            ],
        );
        let partial = states.is_none();
        let flow = if partial {
            Self {
                at: object.id(),
                bot_id: read.optional(bot_id, what, "botId"),
                flow_id: read.optional(flow_id, what, "flowId"),
                initial_state: None,
                fallback_state: None,
                states: vec![State::project(&mut read, object)],
                states_at: None,
                partial,
            }
        } else {
            Self {
                at: object.id(),
                bot_id: Some(read.required(object, bot_id, what, "botId")),
                flow_id: Some(read.required(object, flow_id, what, "flowId")),
                initial_state: read.optional(initial, what, "initialStateId"),
                fallback_state: read.optional(fallback, what, "fallbackStateId"),
                states: read.list(object, states, what, "states", true),
                states_at: states.map(ValueRef::id),
                partial,
            }
        };
        read.finish(flow)
    }

    /// What a person calls it: the flow's id, else the state's.
    pub fn title(&self) -> &str {
        let id = self
            .flow_id
            .as_ref()
            .or(self.states.first().map(|state| &state.id));
        id.map_or("", |field| &field.text)
    }
}

impl Item for State {
    const LEAST_BYTES: usize = r#"{"id":"","transitions":[]},"#.len();
    const MOST: usize = MAX_NODES;

    fn project(read: &mut Projector<'_>, object: ValueRef<'_>) -> Self {
        let what = "state";
        let [id, name, etag, is_final, transitions] =
            pick(object, ["id", "name", "etag", "final", "transitions"]);
        let is_final = match is_final {
            None => false,
            Some(value) => value.as_bool().unwrap_or_else(|| {
                read.wrong_type(value, what, "final", "true or false");
                false
            }),
        };
        Self {
            at: object.id(),
            id: read.required(object, id, what, "id"),
            name: read.optional(name, what, "name"),
            etag: read.optional(etag, what, "etag"),
            is_final,
            transitions: read.list(object, transitions, what, "transitions", true),
            transitions_at: transitions.map_or(object.id(), ValueRef::id),
        }
    }
}

impl State {
    /// What a person calls it: the name, else the id.
    pub fn label(&self) -> &CompactString {
        self.name
            .as_ref()
            .filter(|name| !name.text.trim().is_empty())
            .map_or(&self.id.text, |name| &name.text)
    }
}

impl Item for Transition {
    const LEAST_BYTES: usize = r#"{"id":"","targetStateId":""},"#.len();

    fn project(read: &mut Projector<'_>, object: ValueRef<'_>) -> Self {
        let what = "transition";
        let [id, target, conditions, actions] =
            pick(object, ["id", "targetStateId", "conditions", "actions"]);
        Self {
            at: object.id(),
            id: read.required(object, id, what, "id"),
            target: read.required(object, target, what, "targetStateId"),
            conditions: read.list(object, conditions, what, "conditions", false),
            actions: read.list(object, actions, what, "actions", false),
            conditions_at: conditions.map(ValueRef::id),
            actions_at: actions.map(ValueRef::id),
        }
    }
}

impl Transition {
    /// Whether it is taken when no other transition holds.
    pub fn is_default(&self) -> bool {
        self.conditions.is_empty()
    }
}

impl Item for Condition {
    const LEAST_BYTES: usize = r#"{"value":""},"#.len();

    fn project(read: &mut Projector<'_>, object: ValueRef<'_>) -> Self {
        let what = "condition";
        let [type_name, value] = pick(object, ["type", "value"]);
        let type_name = read
            .optional(type_name, what, "type")
            .map_or(CompactString::const_new("expression"), |field| field.text);
        let expression = if type_name == "expression" {
            match value {
                None => {
                    read.missing(object, what, "value", "an expression");
                    None
                }
                Some(value) => read.string(value, what, "value"),
            }
        } else {
            None
        };
        Self {
            at: object.id(),
            type_name,
            value_at: value.map(ValueRef::id),
            expression,
        }
    }
}

impl Item for Action {
    const LEAST_BYTES: usize = r#"{"type":""},"#.len();

    fn project(read: &mut Projector<'_>, object: ValueRef<'_>) -> Self {
        let what = "action";
        let [type_name, variable, value] = pick(object, ["type", "variable", "value"]);
        let type_name = read.required(object, type_name, what, "type");
        let variable = if Self::TYPES.contains(&type_name.text.as_str()) {
            Some(read.required(object, variable, what, "variable"))
        } else {
            // An unknown action may keep anything under this key.
            variable
                .filter(|value| matches!(value.kind(), Kind::String | Kind::EscapedString))
                .and_then(|value| read.string(value, what, "variable"))
        };
        Self {
            at: object.id(),
            type_name,
            variable,
            value_at: value.map(ValueRef::id),
        }
    }
}

impl Action {
    /// The types there are.
    pub const TYPES: [&'static str; 4] = ["set", "append", "remove", "increment"];

    /// Whether its type is one of [`Action::TYPES`]. Others are kept and not understood.
    pub fn is_known(&self) -> bool {
        Self::TYPES.contains(&self.type_name.text.as_str())
    }
}
