//! Grouping what cannot be reached under the nodes where it was cut off, for every kind of graph.

use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{Dfs, Visitable};

use super::context::Components;

/// The node where an unreachable part starts, and what hangs off it.
pub(super) struct CutOff {
    /// The first node, in file order, of a component into which no other unreachable one leads.
    pub(super) root: usize,
    /// The other unreachable nodes that can be reached from there and were not listed before, in
    /// file order.
    pub(super) rest: Vec<usize>,
}

/// The unreachable parts of `graph` in file order of their roots. O(nodes + edges). Where everything
/// is reachable the graph and its components need not even be made.
pub(super) fn cut_off<N, E>(
    graph: &DiGraph<N, E, u32>,
    components: &Components,
    reachable: &[bool],
) -> Vec<CutOff> {
    let mut walk = Dfs::from_parts(Vec::new(), graph.visit_map());
    roots(graph, components, reachable)
        .into_iter()
        .map(|root| {
            let mut rest = Vec::new();
            walk.move_to(NodeIndex::new(root));
            while let Some(node) = walk.next(graph) {
                if !reachable[node.index()] && node.index() != root {
                    rest.push(node.index());
                }
            }
            rest.sort_unstable();
            CutOff { root, rest }
        })
        .collect()
}

fn roots<N, E>(
    graph: &DiGraph<N, E, u32>,
    components: &Components,
    reachable: &[bool],
) -> Vec<usize> {
    let mut entered = vec![false; components.count()];
    for (node, _) in reachable
        .iter()
        .enumerate()
        .filter(|&(_, &reached)| !reached)
    {
        for next in graph.neighbors(NodeIndex::new(node)) {
            let (from, to) = (components.of[node], components.of[next.index()]);
            entered[to] |= from != to;
        }
    }
    (0..components.count())
        .filter(|&component| !entered[component])
        .map(|component| components.first(component))
        .filter(|&first| !reachable[first])
        .collect()
}
