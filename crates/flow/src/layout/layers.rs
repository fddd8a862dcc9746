//! Breaking cycles and assigning layers.

use super::Graph;

/// Neighbours of every node in both directions, with the edges that close a cycle turned round.
pub(super) struct Adjacency {
    pub(super) out: Lists,
    pub(super) into: Lists,
    /// Nodes in the order in which a conversation would meet them.
    pub(super) visited: Vec<u32>,
}

/// Lists of node indices, one per node, in one allocation.
pub(super) struct Lists {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    fn of(nodes: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut starts = vec![0_u32; nodes + 1];
        for (from, _) in pairs.clone() {
            starts[from as usize + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut next = starts.clone();
        let mut items = vec![0; starts[nodes] as usize];
        for (from, to) in pairs {
            items[next[from as usize] as usize] = to;
            next[from as usize] += 1;
        }
        Self { starts, items }
    }

    pub(super) fn get(&self, node: u32) -> &[u32] {
        let node = node as usize;
        &self.items[self.starts[node] as usize..self.starts[node + 1] as usize]
    }
}

impl Adjacency {
    /// The graph without self-loops, edges that lead back to a node still being visited turned
    /// round. Depth first without recursion, from the entry point, then from what is left.
    pub(super) fn acyclic(graph: Graph<'_>) -> Self {
        #[derive(Clone, Copy, PartialEq)]
        enum Mark {
            New,
            Open,
            Done,
        }
        let proper = graph.edges.iter().copied().filter(|(from, to)| from != to);
        let forward = Lists::of(graph.nodes, proper);
        let mut marks = vec![Mark::New; graph.nodes];
        let mut visited = Vec::with_capacity(graph.nodes);
        let mut pairs = Vec::with_capacity(graph.edges.len());
        let mut path: Vec<(u32, usize)> = Vec::new();
        let all = 0..u32::try_from(graph.nodes).unwrap_or(u32::MAX);
        for root in graph.entry.into_iter().chain(all) {
            if marks[root as usize] != Mark::New {
                continue;
            }
            marks[root as usize] = Mark::Open;
            visited.push(root);
            path.push((root, 0));
            while let Some((node, next)) = path.last_mut() {
                let node = *node;
                let Some(&target) = forward.get(node).get(*next) else {
                    marks[node as usize] = Mark::Done;
                    path.pop();
                    continue;
                };
                *next += 1;
                match marks[target as usize] {
                    Mark::Open => pairs.push((target, node)),
                    Mark::Done => pairs.push((node, target)),
                    Mark::New => {
                        pairs.push((node, target));
                        marks[target as usize] = Mark::Open;
                        visited.push(target);
                        path.push((target, 0));
                    }
                }
            }
        }
        let out = Lists::of(graph.nodes, pairs.iter().copied());
        let into = Lists::of(graph.nodes, pairs.iter().map(|&(from, to)| (to, from)));
        Self { out, into, visited }
    }

    /// The layer of every node: one more than the latest of its predecessors.
    pub(super) fn layers(&self) -> Vec<u32> {
        let nodes = self.visited.len();
        let mut waiting: Vec<usize> = (0..nodes)
            .map(|node| self.into.get(index32(node)).len())
            .collect();
        let mut layer = vec![0_u32; nodes];
        let mut ready: Vec<u32> = self
            .visited
            .iter()
            .copied()
            .filter(|&node| waiting[node as usize] == 0)
            .collect();
        while let Some(node) = ready.pop() {
            for &next in self.out.get(node) {
                layer[next as usize] = layer[next as usize].max(layer[node as usize] + 1);
                waiting[next as usize] -= 1;
                if waiting[next as usize] == 0 {
                    ready.push(next);
                }
            }
        }
        layer
    }
}

fn index32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
