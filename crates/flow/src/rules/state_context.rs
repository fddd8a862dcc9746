//! What several rules about state flows need, computed once: who is who, who leads where, what can
//! be reached. Transitions whose target is missing are not part of the graph; the implicit way of
//! unmatched input to the fallback state is.

use std::cell::OnceCell;

use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::Bfs;

use super::Settings;
use super::context::{Components, index32};
use super::ids::Ids;
use super::report::Finding;
use super::texts::Texts;
use super::wording::{Quoted, way_round};
use crate::command::state::TransitionAt;
use crate::document::{Action, Field, State, StateFlow, Transition};
use crate::expression::{Expression, TypeMismatch, Types, parse};
use crate::json::Tree;

/// Index of a state in [`StateFlow::states`].
pub type StateAt = usize;

/// A state flow with what is known about its graph.
pub struct StateContext<'a> {
    /// The text it stands in.
    pub tree: &'a Tree,
    /// The flow.
    pub flow: &'a StateFlow,
    /// Settings of this run.
    pub settings: &'a Settings,
    by_id: Ids,
    graph: OnceCell<DiGraph<(), (), u32>>,
    reachable: OnceCell<Vec<bool>>,
    components: OnceCell<Components>,
    conditions: OnceCell<Conditions<'a>>,
}

/// Where a condition stands that is an expression.
#[derive(Debug)]
pub struct Condition<'a> {
    /// The transition it belongs to.
    pub at: TransitionAt,
    /// Its index in the conditions of the transition.
    pub index: usize,
    /// The text.
    pub field: &'a Field,
}

/// What the text of a condition says.
#[derive(Debug)]
pub struct Meaning<'a> {
    /// The expression.
    pub expression: Expression<'a>,
    /// Equal for conditions that differ in spelling only.
    pub fingerprint: u64,
    /// Its value, where that depends on nothing.
    pub constant: Option<bool>,
    /// Operators between types that never fit.
    pub mismatches: Vec<TypeMismatch>,
    /// Whether it has a name that is no root.
    pub has_bare_names: bool,
}

/// The conditions in file order, and each distinct text read once.
struct Conditions<'a> {
    places: Vec<Condition<'a>>,
    meanings: Texts<Meaning<'a>>,
}

impl<'a> Meaning<'a> {
    fn read(text: &'a str) -> Self {
        let expression = parse(text);
        let has_bare_names = expression.references().any(|name| name.root().is_none());
        Self {
            fingerprint: expression.fingerprint(),
            constant: expression.constant(),
            mismatches: expression.type_mismatches(&|_| Types::ANY),
            has_bare_names,
            expression,
        }
    }
}

impl<'a> StateContext<'a> {
    /// Indexes the flow. O(states).
    pub fn new(tree: &'a Tree, flow: &'a StateFlow, settings: &'a Settings) -> Self {
        Self {
            tree,
            flow,
            settings,
            by_id: Ids::of(flow.states.iter().map(|state| state.id.text.as_str())),
            graph: OnceCell::new(),
            reachable: OnceCell::new(),
            components: OnceCell::new(),
            conditions: OnceCell::new(),
        }
    }

    /// The state with this id; the first, where several share it.
    pub fn find(&self, id: &str) -> Option<StateAt> {
        self.by_id.find(id)
    }

    /// The states by their ids.
    pub fn states_by_id(&self) -> &Ids {
        &self.by_id
    }

    /// The state at an index.
    pub fn state(&self, at: StateAt) -> &'a State {
        &self.flow.states[at]
    }

    /// What a message calls a state: its name, or its id.
    pub fn name(&self, at: StateAt) -> Quoted<'a> {
        Quoted(self.state(at).label())
    }

    /// A circle of states as a message shows it, back to the first.
    pub fn circle(&self, states: &[StateAt]) -> String {
        let names: Vec<Quoted<'_>> = states.iter().map(|&state| self.name(state)).collect();
        way_round(&names)
    }

    /// Where a conversation starts, when that state exists.
    pub fn initial(&self) -> Option<StateAt> {
        self.named(self.flow.initial_state.as_ref())
    }

    /// What takes unmatched input, when that state exists.
    pub fn fallback(&self) -> Option<StateAt> {
        self.named(self.flow.fallback_state.as_ref())
    }

    fn named(&self, field: Option<&Field>) -> Option<StateAt> {
        field.and_then(|field| self.find(&field.text))
    }

    /// Whether a conversation may end in a state: it is final, or the fallback state.
    pub fn can_end(&self, at: StateAt) -> bool {
        self.state(at).is_final || self.fallback() == Some(at)
    }

    /// The index, in the state, of the transition that takes unmatched input: the first one
    /// without conditions.
    pub fn default_of(&self, at: StateAt) -> Option<usize> {
        let mut transitions = self.state(at).transitions.iter();
        transitions.position(Transition::is_default)
    }

    /// Whether input that matches nothing leaves the conversation in a state that neither says
    /// where to go on nor may end it.
    pub fn lacks_default(&self, at: StateAt) -> bool {
        let state = self.state(at);
        !state.transitions.is_empty() && !self.can_end(at) && self.default_of(at).is_none()
    }

    /// The states one step away: targets of transitions in file order, repeated where two lead to
    /// one state, then the fallback state where there is no default.
    pub fn successors(&self, at: StateAt) -> impl Iterator<Item = StateAt> + '_ {
        let implicit = self.fallback().filter(|_| self.default_of(at).is_none());
        self.state(at)
            .transitions
            .iter()
            .filter_map(|transition| self.find(&transition.target.text))
            .chain(implicit)
    }

    /// Every condition that is an expression, in file order, with what it says.
    pub fn conditions(&self) -> impl Iterator<Item = (&Condition<'a>, &Meaning<'a>)> {
        let conditions = self.conditions.get_or_init(|| {
            let mut places = Vec::new();
            for (at, transition) in self.transitions() {
                for (index, condition) in transition.conditions.iter().enumerate() {
                    let field = condition.expression.as_ref();
                    places.extend(field.map(|field| Condition { at, index, field }));
                }
            }
            let texts = places.iter().map(|place| Some(place.field.text.as_str()));
            let meanings = Texts::new(texts, Meaning::read);
            Conditions { places, meanings }
        });
        let places = conditions.places.iter().enumerate();
        places.filter_map(|(index, place)| Some((place, conditions.meanings.get(index)?)))
    }

    /// What a message calls a transition: `transition "t1" of "Greeting"`.
    pub fn transition_name(&self, at: TransitionAt) -> String {
        let id = &at.of(self.flow).id.text;
        format!("transition \"{id}\" of \"{}\"", self.name(at.state))
    }

    /// A finding with the ids of a transition and of its state.
    pub fn about<'r>(&self, finding: Finding<'r>, at: TransitionAt) -> Finding<'r> {
        finding
            .id(&self.state(at.state).id.text)
            .id(&at.of(self.flow).id.text)
    }

    /// Every transition of the flow in file order.
    pub fn transitions(&self) -> impl Iterator<Item = (TransitionAt, &'a Transition)> + '_ {
        self.flow
            .states
            .iter()
            .enumerate()
            .flat_map(|(state, own)| {
                let transitions = own.transitions.iter().enumerate();
                transitions.map(move |(transition, own)| (TransitionAt { state, transition }, own))
            })
    }

    /// Every action of the flow in file order: its transition, its index there, itself.
    pub fn actions(&self) -> impl Iterator<Item = (TransitionAt, usize, &'a Action)> + '_ {
        self.transitions().flat_map(|(at, own)| {
            let actions = own.actions.iter().enumerate();
            actions.map(move |(index, action)| (at, index, action))
        })
    }

    /// The graph of [`StateContext::successors`].
    pub fn graph(&self) -> &DiGraph<(), (), u32> {
        self.graph.get_or_init(|| {
            let mut graph = DiGraph::with_capacity(self.flow.states.len(), 0);
            for _ in &self.flow.states {
                graph.add_node(());
            }
            for state in 0..self.flow.states.len() {
                for next in self.successors(state) {
                    graph.add_edge(node(state), node(next), ());
                }
            }
            graph
        })
    }

    /// Whether each state can be reached from the initial one; nothing can without one.
    pub fn reachable(&self) -> &[bool] {
        self.reachable.get_or_init(|| {
            let mut reached = vec![false; self.flow.states.len()];
            if let Some(initial) = self.initial() {
                let graph = self.graph();
                let mut walk = Bfs::new(graph, node(initial));
                while let Some(state) = walk.next(graph) {
                    reached[state.index()] = true;
                }
            }
            reached
        })
    }

    /// The strongly connected components of the graph.
    pub fn components(&self) -> &Components {
        self.components.get_or_init(|| Components::of(self.graph()))
    }
}

fn node(state: StateAt) -> NodeIndex {
    NodeIndex::from(index32(state))
}
