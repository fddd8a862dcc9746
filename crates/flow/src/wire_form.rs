//! The wire form of a flow: what is sent to the platform, compared after a deploy, and told apart
//! by [`crate::difference`]. It has the fields that the platform knows with their defaults filled
//! in, and nothing else: no layout, no notes, no keys that are not known.

use std::borrow::Cow;

use crate::document::{Action, Condition, DialogFlow, Document, Field, State, StateFlow, View};
use crate::json::{Tree, ValueId, ValueRef, parse, quote, write_normal};

/// Which kind of flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowKind {
    /// Nodes, edges and variables.
    Dialog,
    /// States and transitions.
    State,
}

/// A flow as it is sent, in one spelling: two flows are equal when they differ in nothing but
/// spelling, key order and what is not sent. The version marks (`etag`) of states are not part of
/// it.
#[derive(Clone, Debug)]
pub struct WireForm {
    kind: FlowKind,
    tree: Tree,
}

impl PartialEq for WireForm {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && self.text() == other.text()
    }
}

impl Eq for WireForm {}

impl WireForm {
    /// The wire form of the flow that a document is or holds. None for other documents, and for a
    /// flow that with its defaults filled in is longer than a document may be.
    ///
    /// # Complexity
    /// O(text), times the logarithm of the members of an object.
    pub fn of(document: &Document) -> Option<Self> {
        let tree = document.tree();
        let (kind, text) = match document.view() {
            View::DialogFlow(flow) | View::Artifact(flow) => {
                (FlowKind::Dialog, dialog_text(tree, flow))
            }
            View::StateFlow(flow) => (FlowKind::State, state_text(tree, flow)),
            _ => return None,
        };
        Self::read(kind, text)
    }

    /// The wire form with this text, which is already in its spelling. None when it is longer than
    /// a document may be: the reader has no other reason to refuse it.
    pub(crate) fn read(kind: FlowKind, text: String) -> Option<Self> {
        let tree = parse(text.into()).ok()?;
        Some(Self { kind, tree })
    }

    /// Which kind of flow it is.
    pub fn kind(&self) -> FlowKind {
        self.kind
    }

    /// The flow as JSON on one line: known keys in a fixed order, others sorted.
    pub fn text(&self) -> &str {
        self.tree.text()
    }

    /// The flow. The source of each value in it is its one spelling.
    pub fn root(&self) -> ValueRef<'_> {
        self.tree.root()
    }
}

/// Writes an object member by member.
struct Members<'out> {
    out: &'out mut String,
    empty: bool,
}

impl<'out> Members<'out> {
    fn open(out: &'out mut String) -> Self {
        out.push('{');
        Self { out, empty: true }
    }

    fn key(&mut self, key: &str) -> &mut String {
        if !std::mem::replace(&mut self.empty, false) {
            self.out.push(',');
        }
        self.out.push_str(&quote(key));
        self.out.push(':');
        self.out
    }

    fn text(&mut self, key: &str, text: &str) {
        self.key(key).push_str(&quote(text));
    }

    fn optional(&mut self, key: &str, field: Option<&Field>) {
        if let Some(field) = field {
            self.text(key, &field.text);
        }
    }

    fn value(&mut self, key: &str, value: Option<ValueRef<'_>>) {
        if let Some(value) = value {
            write_normal(self.key(key), value);
        }
    }

    fn list<T>(&mut self, key: &str, items: &[T], mut write: impl FnMut(&mut String, &T)) {
        let out = self.key(key);
        out.push('[');
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            write(out, item);
        }
        out.push(']');
    }

    fn close(self) {
        self.out.push('}');
    }
}

fn dialog_text(tree: &Tree, flow: &DialogFlow) -> String {
    let mut text = String::with_capacity(tree.value(flow.at).raw().len());
    let mut members = Members::open(&mut text);
    members.text("id", &flow.id.text);
    members.text("name", &flow.name.text);
    members.text("version", &flow.version.text);
    members.text("entryPoint", &flow.entry_point.text);
    members.list("nodes", &flow.nodes, |out, node| {
        let mut members = Members::open(out);
        members.text("id", &node.id.text);
        members.text("type", &node.type_name.text);
        members.text("label", &node.label.text);
        match node.properties.at {
            Some(at) => members.value("properties", Some(tree.value(at))),
            None => members.key("properties").push_str("{}"),
        }
        members.close();
    });
    members.list("edges", &flow.edges, |out, edge| {
        let mut members = Members::open(out);
        members.text("id", &edge.id.text);
        members.text("source", &edge.source.text);
        members.text("target", &edge.target.text);
        let condition = edge.condition.as_ref();
        let condition = condition.map_or(Cow::Borrowed("null"), |field| quote(&field.text).into());
        members.key("condition").push_str(&condition);
        members.close();
    });
    members.list("variables", &flow.variables, |out, variable| {
        let mut members = Members::open(out);
        members.text("name", &variable.name.text);
        members.text("type", &variable.type_name.text);
        members.value("default", variable.default.map(|at| tree.value(at)));
        members.close();
    });
    members.close();
    text
}

fn state_text(tree: &Tree, flow: &StateFlow) -> String {
    let mut text = String::with_capacity(tree.text().len());
    let mut members = Members::open(&mut text);
    members.optional("botId", flow.bot_id.as_ref());
    members.optional("flowId", flow.flow_id.as_ref());
    members.optional("initialStateId", flow.initial_state.as_ref());
    members.optional("fallbackStateId", flow.fallback_state.as_ref());
    members.list("states", &flow.states, |out, state| {
        write_state(out, tree, state);
    });
    members.close();
    text
}

fn write_state(out: &mut String, tree: &Tree, state: &State) {
    let mut members = Members::open(out);
    members.text("id", &state.id.text);
    members.optional("name", state.name.as_ref());
    members
        .key("final")
        .push_str(if state.is_final { "true" } else { "false" });
    members.list("transitions", &state.transitions, |out, transition| {
        let mut members = Members::open(out);
        members.text("id", &transition.id.text);
        members.text("targetStateId", &transition.target.text);
        members.list("conditions", &transition.conditions, |out, condition| {
            write_condition(out, tree, condition);
        });
        members.list("actions", &transition.actions, |out, action| {
            write_action(out, tree, action);
        });
        members.close();
    });
    members.close();
}

/// Conditions of a type that is not known are kept as they are.
fn write_condition(out: &mut String, tree: &Tree, condition: &Condition) {
    if condition.expression.is_none() {
        write_normal(out, tree.value(condition.at));
        return;
    }
    let mut members = Members::open(out);
    members.text("type", &condition.type_name);
    members.value("value", value_at(tree, condition.value_at));
    members.close();
}

/// Actions of a type that is not known are kept as they are.
fn write_action(out: &mut String, tree: &Tree, action: &Action) {
    if !action.is_known() {
        write_normal(out, tree.value(action.at));
        return;
    }
    let mut members = Members::open(out);
    members.text("type", &action.type_name.text);
    members.optional("variable", action.variable.as_ref());
    members.value("value", value_at(tree, action.value_at));
    members.close();
}

fn value_at(tree: &Tree, at: Option<ValueId>) -> Option<ValueRef<'_>> {
    at.map(|at| tree.value(at))
}
