//! What several rules about dialog flows need, computed once: who is who, who leads where, what
//! can be reached. Edges with a missing end are not part of the graph.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::cell::OnceCell;

use super::Settings;
use super::ids::{Ids, Map};
use super::loops::{self, Loop};
use super::mentions::Mentions;
use super::texts::{Condition, Texts};
use super::wording::Quoted;
use crate::document::{DialogFlow, Edge, Node, NodeKind};
use crate::expression::nearest;
use crate::json::{Tree, ValueRef};
use crate::script::{self, Script};

/// Index of a node in [`DialogFlow::nodes`].
pub type NodeAt = usize;
/// Index of an edge in [`DialogFlow::edges`].
pub type EdgeAt = usize;

/// A dialog flow with what is known about its graph.
pub struct DialogContext<'a> {
    /// The text it stands in.
    pub tree: &'a Tree,
    /// The flow.
    pub flow: &'a DialogFlow,
    /// Settings of this run.
    pub settings: &'a Settings,
    nodes_by_id: Ids,
    edges_by_id: OnceCell<Ids>,
    variables_by_name: OnceCell<Ids>,
    ends: Vec<(Option<u32>, Option<u32>)>,
    out: Adjacency,
    into: OnceCell<Adjacency>,
    can_end: OnceCell<Vec<bool>>,
    loops: OnceCell<Vec<Loop>>,
    conditions: OnceCell<Texts<Condition<'a>>>,
    scripts: OnceCell<Texts<Script<'a>>>,
    mentions: OnceCell<Mentions>,
    graph: OnceCell<DiGraph<(), u32, u32>>,
    reachable: OnceCell<Vec<bool>>,
    components: OnceCell<Components>,
    meant_types: OnceCell<Map<&'a str, Option<&'static str>>>,
}

/// The strongly connected components of a graph, by their first node in file order.
#[derive(Debug)]
pub struct Components {
    /// The component of each node.
    pub of: Vec<usize>,
    members: Adjacency,
}

impl<'a> DialogContext<'a> {
    /// Indexes the flow. O(nodes + edges).
    pub fn new(tree: &'a Tree, flow: &'a DialogFlow, settings: &'a Settings) -> Self {
        let nodes_by_id = Ids::of(flow.nodes.iter().map(|node| node.id.text.as_str()));
        let find = |id: &str| nodes_by_id.find(id).map(index32);
        let ends: Vec<_> = flow
            .edges
            .iter()
            .map(|edge| (find(&edge.source.text), find(&edge.target.text)))
            .collect();
        let out = Adjacency::new(flow.nodes.len(), ends.iter().map(|ends| ends.0));
        Self {
            tree,
            flow,
            settings,
            nodes_by_id,
            edges_by_id: OnceCell::new(),
            variables_by_name: OnceCell::new(),
            ends,
            out,
            into: OnceCell::new(),
            can_end: OnceCell::new(),
            loops: OnceCell::new(),
            conditions: OnceCell::new(),
            scripts: OnceCell::new(),
            mentions: OnceCell::new(),
            graph: OnceCell::new(),
            reachable: OnceCell::new(),
            components: OnceCell::new(),
            meant_types: OnceCell::new(),
        }
    }

    /// The node with this id; the first, where several share it.
    pub fn find(&self, id: &str) -> Option<NodeAt> {
        self.nodes_by_id.find(id)
    }

    /// The nodes by their ids.
    pub fn nodes_by_id(&self) -> &Ids {
        &self.nodes_by_id
    }

    /// The edges by their ids.
    pub fn edges_by_id(&self) -> &Ids {
        self.edges_by_id
            .get_or_init(|| Ids::of(self.flow.edges.iter().map(|edge| edge.id.text.as_str())))
    }

    /// The declared variables by their names.
    pub fn variables_by_name(&self) -> &Ids {
        self.variables_by_name.get_or_init(|| {
            Ids::of(
                self.flow
                    .variables
                    .iter()
                    .map(|variable| variable.name.text.as_str()),
            )
        })
    }

    /// The node at an index.
    pub fn node(&self, at: NodeAt) -> &'a Node {
        &self.flow.nodes[at]
    }

    /// The edge at an index.
    pub fn edge(&self, at: EdgeAt) -> &'a Edge {
        &self.flow.edges[at]
    }

    /// A value of the text.
    pub fn value(&self, at: crate::json::ValueId) -> ValueRef<'a> {
        self.tree.value(at)
    }

    /// The node an edge leaves, when it exists.
    pub fn source(&self, edge: EdgeAt) -> Option<NodeAt> {
        self.ends[edge].0.map(|node| node as usize)
    }

    /// The node an edge enters, when it exists.
    pub fn target(&self, edge: EdgeAt) -> Option<NodeAt> {
        self.ends[edge].1.map(|node| node as usize)
    }

    /// The edges whose source is this node, in file order, also those whose target is missing.
    pub fn edges_out(&self, node: NodeAt) -> impl ExactSizeIterator<Item = EdgeAt> + Clone + '_ {
        self.out.of(node).iter().map(|&edge| edge as usize)
    }

    /// The edges whose target is this node, in file order, also those whose source is missing.
    pub fn edges_into(&self, node: NodeAt) -> impl ExactSizeIterator<Item = EdgeAt> + Clone + '_ {
        let into = self.into.get_or_init(|| {
            Adjacency::new(self.flow.nodes.len(), self.ends.iter().map(|ends| ends.1))
        });
        into.of(node).iter().map(|&edge| edge as usize)
    }

    /// The nodes one edge away, in file order of the edges; repeated where edges are parallel.
    pub fn successors(&self, node: NodeAt) -> impl Iterator<Item = NodeAt> + '_ {
        self.edges_out(node).filter_map(|edge| self.target(edge))
    }

    /// The nodes from which one edge leads here; repeated where edges are parallel.
    pub fn predecessors(&self, node: NodeAt) -> impl Iterator<Item = NodeAt> + '_ {
        self.edges_into(node).filter_map(|edge| self.source(edge))
    }

    /// Whether the edge has both its ends, so that it is part of the graph.
    pub fn is_whole(&self, edge: EdgeAt) -> bool {
        matches!(self.ends[edge], (Some(_), Some(_)))
    }

    /// Whether a conversation finishes at this node.
    pub fn is_terminal(&self, node: NodeAt) -> bool {
        self.flow.nodes[node].kind.is_terminal()
    }

    /// What a message calls a node: its label, or its id when the label is blank.
    pub fn name(&self, node: NodeAt) -> Quoted<'a> {
        let Node { label, id, .. } = self.node(node);
        Quoted(if label.text.trim().is_empty() {
            &id.text
        } else {
            &label.text
        })
    }

    /// The type that is meant by the one a node of unknown kind has, where one is near. Looked for
    /// once for each distinct type.
    pub fn meant_type(&self, node: NodeAt) -> Option<&'static str> {
        let meant = self.meant_types.get_or_init(|| {
            let known = NodeKind::ALL.map(NodeKind::as_type);
            let mut meant = Map::default();
            let unknown = |node: &&Node| node.kind == NodeKind::Unknown;
            for node in self.flow.nodes.iter().filter(unknown) {
                meant
                    .entry(node.type_name.text.as_str())
                    .or_insert_with_key(|spelled| nearest(&spelled.to_ascii_lowercase(), known));
            }
            meant
        });
        let spelled = self.node(node).type_name.text.as_str();
        meant.get(spelled).copied().flatten()
    }

    /// The entry point, when it exists.
    pub fn entry(&self) -> Option<NodeAt> {
        self.find(&self.flow.entry_point.text)
    }

    /// The graph: node weights none, edge weights the index in the file.
    pub fn graph(&self) -> &DiGraph<(), u32, u32> {
        self.graph.get_or_init(|| {
            let mut graph = DiGraph::with_capacity(self.flow.nodes.len(), self.ends.len());
            for _ in &self.flow.nodes {
                graph.add_node(());
            }
            for (edge, ends) in self.ends.iter().enumerate() {
                if let (Some(source), Some(target)) = *ends {
                    graph.add_edge(
                        NodeIndex::from(source),
                        NodeIndex::from(target),
                        index32(edge),
                    );
                }
            }
            graph
        })
    }

    /// Whether each node can be reached from the entry point; nothing can without one.
    pub fn reachable(&self) -> &[bool] {
        self.reachable.get_or_init(|| {
            flood(self.flow.nodes.len(), self.entry(), |node| {
                self.successors(node)
            })
        })
    }

    /// Whether a conversation at each node can get to a terminal one.
    pub fn can_end(&self) -> &[bool] {
        self.can_end.get_or_init(|| {
            let count = self.flow.nodes.len();
            let ends = (0..count).filter(|&node| self.is_terminal(node));
            flood(count, ends, |node| self.predecessors(node))
        })
    }

    /// The loops, by first node.
    pub fn loops(&self) -> &[Loop] {
        self.loops.get_or_init(|| loops::find(self))
    }

    /// The conditions, by edge.
    pub fn conditions(&self) -> &Texts<Condition<'a>> {
        self.conditions.get_or_init(|| {
            let edges = self.flow.edges.iter();
            let texts = edges.map(|edge| edge.condition.as_ref().map(|text| text.text.as_str()));
            Texts::new(texts, Condition::read)
        })
    }

    /// The scripts, by node.
    pub fn scripts(&self) -> &Texts<Script<'a>> {
        self.scripts.get_or_init(|| {
            let nodes = self.flow.nodes.iter();
            let scripts = nodes.map(|node| node.properties.script.as_ref());
            Texts::new(
                scripts.map(|script| script.map(|text| text.text.as_str())),
                script::parse,
            )
        })
    }

    /// Where context variables are mentioned.
    pub fn mentions(&self) -> &Mentions {
        self.mentions.get_or_init(|| Mentions::new(self))
    }

    /// Whether a conversation in a component can end there or get out of it. O(its edges).
    pub fn leaves(&self, component: usize) -> bool {
        let components = self.components();
        components.members(component).any(|node| {
            self.is_terminal(node)
                || self
                    .successors(node)
                    .any(|next| components.of[next] != component)
        })
    }

    /// The strongly connected components of the whole graph.
    pub fn components(&self) -> &Components {
        self.components.get_or_init(|| Components::of(self.graph()))
    }
}

impl Components {
    /// The components of `graph`. O(nodes + edges), without recursion.
    pub fn of<N, E>(graph: &DiGraph<N, E, u32>) -> Self {
        let found = kosaraju_scc(graph);
        let mut found_in = vec![0_usize; graph.node_count()];
        for (component, nodes) in found.iter().enumerate() {
            for node in nodes {
                found_in[node.index()] = component;
            }
        }
        let mut numbers: Vec<Option<usize>> = vec![None; found.len()];
        let mut next = 0..;
        let of: Vec<usize> = found_in
            .into_iter()
            .map(|component| *numbers[component].get_or_insert_with(|| next.next().unwrap_or(0)))
            .collect();
        let members = Adjacency::new(found.len(), of.iter().map(|&of| Some(index32(of))));
        Self { of, members }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.members.starts.len() - 1
    }

    /// The first node of a component.
    pub fn first(&self, component: usize) -> NodeAt {
        self.members.of(component)[0] as usize
    }

    /// The nodes of a component in file order.
    pub fn members(&self, component: usize) -> impl ExactSizeIterator<Item = NodeAt> + '_ {
        let members = self.members.of(component).iter();
        members.map(|&node| node as usize)
    }
}

/// The edges at each node, or the nodes in each component, in file order.
#[derive(Debug)]
struct Adjacency {
    /// Start of each node's run in `edges`; one more at the end.
    starts: Vec<u32>,
    edges: Vec<u32>,
}

impl Adjacency {
    /// Sorts edges by the node that `ends` gives each of them. O(nodes + edges).
    fn new(nodes: usize, ends: impl Iterator<Item = Option<u32>> + Clone) -> Self {
        let mut starts = vec![0_u32; nodes + 1];
        for node in ends.clone().flatten() {
            starts[node as usize + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut next = starts.clone();
        let mut edges = vec![0_u32; starts.last().map_or(0, |&count| count as usize)];
        for (edge, node) in ends
            .enumerate()
            .filter_map(|(edge, node)| Some((edge, node?)))
        {
            let slot = &mut next[node as usize];
            edges[*slot as usize] = index32(edge);
            *slot += 1;
        }
        Self { starts, edges }
    }

    fn of(&self, node: NodeAt) -> &[u32] {
        &self.edges[self.starts[node] as usize..self.starts[node + 1] as usize]
    }
}

/// Which of `count` nodes can be reached from `sources` along `next`, the sources included.
fn flood<I: Iterator<Item = NodeAt>>(
    count: usize,
    sources: impl IntoIterator<Item = NodeAt>,
    next: impl Fn(NodeAt) -> I,
) -> Vec<bool> {
    let mut reached = vec![false; count];
    let mut open: Vec<NodeAt> = sources.into_iter().collect();
    for &source in &open {
        reached[source] = true;
    }
    while let Some(node) = open.pop() {
        for target in next(node) {
            if !std::mem::replace(&mut reached[target], true) {
                open.push(target);
            }
        }
    }
    reached
}

pub(super) fn index32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
