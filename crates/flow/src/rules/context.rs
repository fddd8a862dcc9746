//! What several rules about dialog flows need, computed once: who is who, who leads where, what
//! can be reached. Edges with a missing end are not part of the graph.

use std::cell::OnceCell;
use std::collections::HashMap;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::Bfs;

use super::Options;
use crate::document::{DialogFlow, Edge, Node};
use crate::json::{Tree, ValueRef};

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
    pub options: &'a Options,
    by_id: HashMap<&'a str, NodeAt>,
    /// Start of each node's run in `out`; one more at the end.
    out_starts: Vec<u32>,
    /// Edges by source, in file order.
    out: Vec<u32>,
    ends: Vec<(Option<u32>, Option<u32>)>,
    graph: OnceCell<DiGraph<(), u32, u32>>,
    reachable: OnceCell<Vec<bool>>,
    components: OnceCell<Components>,
}

/// The strongly connected components of a graph.
#[derive(Debug)]
pub struct Components {
    /// The nodes of each component in file order; components by their first node.
    pub members: Vec<Vec<NodeAt>>,
    /// The component of each node.
    pub of: Vec<usize>,
}

impl<'a> DialogContext<'a> {
    /// Indexes the flow. O(nodes + edges).
    pub fn new(tree: &'a Tree, flow: &'a DialogFlow, options: &'a Options) -> Self {
        let mut by_id = HashMap::with_capacity(flow.nodes.len());
        for (index, node) in flow.nodes.iter().enumerate() {
            by_id.entry(node.id.text.as_str()).or_insert(index);
        }
        let find = |id: &str| by_id.get(id).map(|&index| index32(index));
        let ends: Vec<_> = flow
            .edges
            .iter()
            .map(|edge| (find(&edge.source.text), find(&edge.target.text)))
            .collect();
        let mut out_starts = vec![0_u32; flow.nodes.len() + 1];
        for source in ends.iter().filter_map(|ends| ends.0) {
            out_starts[source as usize + 1] += 1;
        }
        for index in 1..out_starts.len() {
            out_starts[index] += out_starts[index - 1];
        }
        let mut next = out_starts.clone();
        let mut out = vec![0_u32; out_starts.last().map_or(0, |&count| count as usize)];
        for (edge, source) in ends
            .iter()
            .enumerate()
            .filter_map(|(edge, ends)| Some((edge, ends.0?)))
        {
            let slot = &mut next[source as usize];
            out[*slot as usize] = index32(edge);
            *slot += 1;
        }
        Self {
            tree,
            flow,
            options,
            by_id,
            out_starts,
            out,
            ends,
            graph: OnceCell::new(),
            reachable: OnceCell::new(),
            components: OnceCell::new(),
        }
    }

    /// The node with this id; the first, where several share it.
    pub fn find(&self, id: &str) -> Option<NodeAt> {
        self.by_id.get(id).copied()
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
        let range = self.out_starts[node] as usize..self.out_starts[node + 1] as usize;
        self.out[range].iter().map(|&edge| edge as usize)
    }

    /// The nodes one edge away, in file order of the edges; repeated where edges are parallel.
    pub fn successors(&self, node: NodeAt) -> impl Iterator<Item = NodeAt> + '_ {
        self.edges_out(node).filter_map(|edge| self.target(edge))
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
            let mut reached = vec![false; self.flow.nodes.len()];
            if let Some(entry) = self.entry() {
                let graph = self.graph();
                let mut walk = Bfs::new(graph, NodeIndex::from(index32(entry)));
                while let Some(node) = walk.next(graph) {
                    reached[node.index()] = true;
                }
            }
            reached
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
        let mut members: Vec<Vec<NodeAt>> = kosaraju_scc(graph)
            .into_iter()
            .map(|component| {
                let mut nodes: Vec<NodeAt> = component.into_iter().map(NodeIndex::index).collect();
                nodes.sort_unstable();
                nodes
            })
            .collect();
        members.sort_unstable();
        let mut of = vec![0; graph.node_count()];
        for (index, nodes) in members.iter().enumerate() {
            for &node in nodes {
                of[node] = index;
            }
        }
        Self { members, of }
    }
}

pub(super) fn index32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
