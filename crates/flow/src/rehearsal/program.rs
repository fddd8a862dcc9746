//! Flows as rehearsal runs them: compiled once, with indices for ids. O(nodes + edges + texts).

use compact_str::CompactString;

use super::recognition::Intent;
use super::trace::Turn;
use super::variables::{Scope, Variables};
use super::world::World;
use super::{Input, Run, dialog, states};
use crate::document::{DialogFlow, Document, NodeKind, StateFlow, View};
use crate::expression::{
    Binary, EvaluationError, Expression, NodeKind as ExpressionKind, Root, Value, parse,
};
use crate::json::{Tree, ValueRef};
use crate::limits::REHEARSAL_TURNS;
use crate::rules::ids::Ids;

/// A flow that can be rehearsed.
#[derive(Debug)]
pub struct Program {
    pub(super) body: Body,
    pub(super) intents: Vec<Intent>,
    /// The names that the flow declares.
    pub(super) declared: Ids,
    /// What declared variables start with.
    defaults: Vec<(CompactString, Value)>,
    /// Where a conversation starts.
    pub(super) start: Option<usize>,
}

#[derive(Debug)]
pub(super) enum Body {
    Dialog(Dialog),
    States(States),
}

/// A dialog flow.
#[derive(Debug)]
pub(super) struct Dialog {
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
    /// The edges out of each node, in file order, one node after the other.
    out: Vec<usize>,
    /// Where the edges of each node start in `out`, and where those of the last end.
    starts: Vec<usize>,
}

#[derive(Debug)]
pub(super) struct Node {
    pub(super) id: CompactString,
    pub(super) label: CompactString,
    pub(super) kind: NodeKind,
    pub(super) script: Option<CompactString>,
    pub(super) say: Option<CompactString>,
    /// Index of its intent in [`Program::intents`].
    pub(super) intent: Option<usize>,
}

#[derive(Debug)]
pub(super) struct Edge {
    pub(super) id: CompactString,
    pub(super) target_id: CompactString,
    pub(super) target: Option<usize>,
    pub(super) condition: Option<Expression<'static>>,
}

impl Dialog {
    /// The edges out of a node, in file order.
    pub(super) fn out(&self, node: usize) -> &[usize] {
        &self.out[self.starts[node]..self.starts[node + 1]]
    }
}

/// A state flow.
#[derive(Debug)]
pub(super) struct States {
    pub(super) states: Vec<State>,
    pub(super) fallback: Option<usize>,
}

#[derive(Debug)]
pub(super) struct State {
    pub(super) id: CompactString,
    pub(super) label: CompactString,
    pub(super) is_final: bool,
    pub(super) transitions: Vec<Transition>,
}

#[derive(Debug)]
pub(super) struct Transition {
    pub(super) id: CompactString,
    pub(super) target_id: CompactString,
    pub(super) target: Option<usize>,
    pub(super) conditions: Vec<Condition>,
    pub(super) actions: Vec<Action>,
}

#[derive(Debug)]
pub(super) enum Condition {
    Expression(Expression<'static>),
    /// Of a type that is not known.
    Unknown(CompactString),
}

impl Condition {
    /// How many parts it has.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Expression(expression) => expression.nodes().len(),
            Self::Unknown(_) => 1,
        }
    }
}

#[derive(Debug)]
pub(super) struct Action {
    pub(super) type_name: CompactString,
    pub(super) variable: CompactString,
    pub(super) value: Option<Value>,
}

impl Program {
    /// The dialog flow or state flow that a document is or holds; none for other documents.
    pub fn of(document: &Document) -> Option<Self> {
        match document.view() {
            View::DialogFlow(flow) | View::Artifact(flow) => {
                Some(Self::of_dialog(document.tree(), flow))
            }
            View::StateFlow(flow) => Some(Self::of_states(document.tree(), flow)),
            _ => None,
        }
    }

    fn of_dialog(tree: &Tree, flow: &DialogFlow) -> Self {
        let ids = Ids::of(flow.nodes.iter().map(|node| node.id.text.as_str()));
        let mut intents = Vec::new();
        let mut nodes = Vec::with_capacity(flow.nodes.len());
        for (index, node) in flow.nodes.iter().enumerate() {
            let mut intent = None;
            if node.kind == NodeKind::Intent {
                intent = Some(intents.len());
                let examples = node.properties.examples.map(|at| tree.value(at).elements());
                let examples = (examples.into_iter().flatten()).filter_map(ValueRef::as_str);
                intents.push(Intent::new(
                    node.intent(),
                    &node.label.text,
                    Some(index),
                    examples.map(std::borrow::Cow::into_owned),
                ));
            }
            let text = |field: &Option<crate::document::Field>| {
                field.as_ref().map(|field| field.text.clone())
            };
            nodes.push(Node {
                id: node.id.text.clone(),
                label: node.label.text.clone(),
                kind: node.kind,
                script: text(&node.properties.script).filter(|_| node.kind == NodeKind::Action),
                say: text(&node.properties.say),
                intent,
            });
        }
        let edges: Vec<Edge> = (flow.edges.iter())
            .map(|edge| Edge {
                id: edge.id.text.clone(),
                target_id: edge.target.text.clone(),
                target: ids.find(&edge.target.text),
                condition: (edge.condition.as_ref()).map(|field| parse(&field.text).into_owned()),
            })
            .collect();
        let (out, starts) = edges_out(flow, &ids);
        let declared = Ids::of(flow.variables.iter().map(|own| own.name.text.as_str()));
        let defaults = (flow.variables.iter())
            .filter_map(|own| Some((own.name.text.clone(), tree.value(own.default?).into())))
            .collect();
        Self {
            start: ids.find(&flow.entry_point.text),
            body: Body::Dialog(Dialog {
                nodes,
                edges,
                out,
                starts,
            }),
            intents,
            declared,
            defaults,
        }
    }

    fn of_states(tree: &Tree, flow: &StateFlow) -> Self {
        let ids = Ids::of(flow.states.iter().map(|state| state.id.text.as_str()));
        let mut names = Vec::new();
        let mut states = Vec::with_capacity(flow.states.len());
        for state in &flow.states {
            let mut transitions = Vec::with_capacity(state.transitions.len());
            for own in &state.transitions {
                let mut conditions = Vec::with_capacity(own.conditions.len());
                for condition in &own.conditions {
                    conditions.push(match &condition.expression {
                        None => Condition::Unknown(condition.type_name.clone()),
                        Some(field) => {
                            let expression = parse(&field.text).into_owned();
                            intent_names(&expression, &mut names);
                            Condition::Expression(expression)
                        }
                    });
                }
                let actions = own.actions.iter().map(|action| Action {
                    type_name: action.type_name.text.clone(),
                    variable: (action.variable.as_ref())
                        .map_or(CompactString::const_new(""), |field| field.text.clone()),
                    value: action.value_at.map(|at| tree.value(at).into()),
                });
                transitions.push(Transition {
                    id: own.id.text.clone(),
                    target_id: own.target.text.clone(),
                    target: ids.find(&own.target.text),
                    conditions,
                    actions: actions.collect(),
                });
            }
            states.push(State {
                id: state.id.text.clone(),
                label: state.label().clone(),
                is_final: state.is_final,
                transitions,
            });
        }
        names.sort_unstable();
        names.dedup();
        let intents = (names.iter())
            .map(|name| Intent::new(name, "", None, std::iter::empty()))
            .collect();
        let start = match &flow.initial_state {
            Some(named) => ids.find(&named.text),
            None => (!flow.states.is_empty()).then_some(0),
        };
        let fallback = flow.fallback_state.as_ref();
        Self {
            start,
            body: Body::States(States {
                states,
                fallback: fallback.and_then(|named| ids.find(&named.text)),
            }),
            intents,
            declared: Ids::of([].into_iter()),
            defaults: Vec::new(),
        }
    }

    /// Begins a conversation: what the flow does before the first input. Declared variables have
    /// their initial values, unless `variables` says otherwise.
    pub fn start(&self, variables: &Variables) -> (Run, Turn) {
        let mut all = variables.clone();
        for (name, value) in &self.defaults {
            if all.get(Scope::Conversation, name).is_none() {
                all.set(Scope::Conversation, name, value.clone());
            }
        }
        let mut run = Run::new(all);
        let turn = match &self.body {
            Body::Dialog(flow) => dialog::start(self, flow, &mut run),
            Body::States(flow) => states::start(self, flow, &mut run),
        };
        (run, turn)
    }

    /// Says something: the conversation as it stands afterwards, and what happened. The run that
    /// it starts from must be one of this program.
    ///
    /// # Complexity
    /// O(examples) to recognise the input, then O(edges out) for each node on the way, within the
    /// limits of [`crate::limits`].
    pub fn say(&self, run: &Run, input: &Input) -> (Run, Turn) {
        let mut next = run.clone();
        next.turns += 1;
        let turn = if !run.status.is_waiting() || next.turns > REHEARSAL_TURNS {
            dialog::ignore(&mut next, input)
        } else {
            match &self.body {
                Body::Dialog(flow) => dialog::say(self, flow, &mut next, input),
                Body::States(flow) => states::say(self, flow, &mut next, input),
            }
        };
        (next, turn)
    }

    /// A whole conversation: the turn before the first input, then one for each input, also for
    /// those said after its end.
    pub fn converse(&self, variables: &Variables, inputs: &[Input]) -> Vec<Turn> {
        let (mut run, first) = self.start(variables);
        let mut turns = vec![first];
        for input in inputs {
            let (next, turn) = self.say(&run, input);
            run = next;
            turns.push(turn);
        }
        turns
    }

    /// What an expression would be now, in a conversation as it stands: what the editor of a
    /// condition shows while a flow is rehearsed.
    ///
    /// # Errors
    /// Where the expression does not parse or has no value.
    pub fn evaluate(&self, run: &Run, expression: &str) -> Result<Value, EvaluationError> {
        World::new(&run.variables, &run.heard, &self.declared).value(&parse(expression))
    }

    /// The id of a node or state.
    pub fn place_id(&self, place: usize) -> &str {
        match &self.body {
            Body::Dialog(flow) => flow.nodes.get(place).map_or("", |node| &node.id),
            Body::States(flow) => flow.states.get(place).map_or("", |state| &state.id),
        }
    }
}

/// The edges out of each node in file order, one node after the other, and where each starts.
fn edges_out(flow: &DialogFlow, ids: &Ids) -> (Vec<usize>, Vec<usize>) {
    let sources: Vec<Option<usize>> = (flow.edges.iter())
        .map(|edge| ids.find(&edge.source.text))
        .collect();
    let mut starts = vec![0; flow.nodes.len() + 1];
    for source in sources.iter().flatten() {
        starts[source + 1] += 1;
    }
    for node in 1..starts.len() {
        starts[node] += starts[node - 1];
    }
    let mut next = starts.clone();
    let mut out = vec![0; starts.last().copied().unwrap_or(0)];
    for (edge, source) in sources.iter().enumerate() {
        if let Some(source) = source {
            out[next[*source]] = edge;
            next[*source] += 1;
        }
    }
    (out, starts)
}

/// The names that `intent.name` is compared with.
fn intent_names(expression: &Expression<'_>, names: &mut Vec<String>) {
    for node in expression.nodes() {
        let ExpressionKind::Binary {
            operator: Binary::Equal | Binary::StrictEqual,
            left,
            right,
        } = node.kind
        else {
            continue;
        };
        for (path, text) in [(left, right), (right, left)] {
            let is_text = matches!(expression.node(text).kind, ExpressionKind::String { .. });
            if is_text && is_intent_name(expression, path) {
                names.push(expression.string(text).to_str().into_owned());
            }
        }
    }
}

fn is_intent_name(expression: &Expression<'_>, path: crate::expression::NodeId) -> bool {
    let node = expression.node(path);
    let ExpressionKind::Member {
        object, property, ..
    } = node.kind
    else {
        return false;
    };
    let name = crate::json::Span::new(property, node.span.end);
    Root::named(expression.text(object)) == Some(Root::Intent) && expression.slice(name) == "name"
}
