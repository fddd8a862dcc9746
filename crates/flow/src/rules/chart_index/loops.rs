//! Loops of jumps that never wait for the user, across all charts that are opened together: strongly
//! connected sets of nodes, once those that wait are taken out.

use std::collections::{BTreeMap, VecDeque};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::ways::Leaving;
use super::{ChartIndex, Destination, NodeOf};

/// No loop.
const NONE: u32 = u32::MAX;

/// One loop.
#[derive(Clone, Debug, Default)]
pub struct JumpLoop {
    /// Whether some way leads out of it.
    pub can_leave: bool,
    /// Whether it goes through more than one chart.
    pub is_between_flows: bool,
}

/// All loops of an index.
#[derive(Clone, Debug, Default)]
pub struct JumpLoops {
    loops: Vec<JumpLoop>,
    /// The number of the first node of each chart, and the number of nodes at the end.
    first: Vec<u32>,
    /// The loop each node is in.
    of: Vec<u32>,
    /// Where a conversation goes from each node without waiting, one list after the other.
    next: Vec<u32>,
    /// Where the list of each node ends.
    ends: Vec<u32>,
}

/// What a way from one node to another is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// It is taken.
    On,
    /// To the target of a jump that may come back.
    Target,
    /// On, once the conversation has come back.
    Back,
}

impl JumpLoops {
    /// O(nodes + ways + jumps of all charts), without recursion.
    pub(super) fn of(index: &ChartIndex) -> Self {
        let mut first = vec![0_u32];
        for chart in &index.charts {
            let last = first.last().copied().unwrap_or_default();
            first.push(last + u32::try_from(chart.nodes.len()).unwrap_or_default());
        }
        let count = first.last().copied().unwrap_or_default() as usize;
        let ways = ways(index, &first);
        let comes_back = coming_back(index, &first, &ways);
        let mut graph = DiGraph::<(), (), u32>::with_capacity(count, ways.len());
        for _ in 0..count {
            graph.add_node(());
        }
        let mut kept: Vec<(u32, u32)> = ways
            .iter()
            .filter(|(from, _, way)| *way != Way::Back || comes_back[*from as usize])
            .map(|&(from, to, _)| (from, to))
            .collect();
        kept.sort_unstable();
        for &(from, to) in &kept {
            graph.add_edge(NodeIndex::from(from), NodeIndex::from(to), ());
        }
        let mut loops = Self {
            loops: Vec::new(),
            of: vec![NONE; count],
            ends: Vec::with_capacity(count),
            next: kept.iter().map(|&(_, to)| to).collect(),
            first,
        };
        let mut end = 0;
        for node in 0..count {
            let own = kept[end..]
                .iter()
                .take_while(|(from, _)| *from as usize == node);
            end += own.count();
            loops.ends.push(u32::try_from(end).unwrap_or(u32::MAX));
        }
        for knot in kosaraju_scc(&graph) {
            let nodes: Vec<u32> = knot.iter().map(|node| narrow(node.index())).collect();
            loops.add(&nodes);
        }
        loops
    }

    fn add(&mut self, nodes: &[u32]) {
        let [first, ..] = nodes else { return };
        if nodes.len() == 1 && !self.next(*first).contains(first) {
            return;
        }
        let number = narrow(self.loops.len());
        for &node in nodes {
            self.of[node as usize] = number;
        }
        let chart = self.at(*first).chart;
        self.loops.push(JumpLoop {
            can_leave: nodes.iter().any(|&node| {
                let mut next = self.next(node).iter();
                next.any(|&next| self.of[next as usize] != number)
            }),
            is_between_flows: nodes.iter().any(|&node| self.at(node).chart != chart),
        });
    }

    fn next(&self, node: u32) -> &[u32] {
        let node = node as usize;
        let from = node.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.next[from as usize..self.ends[node] as usize]
    }

    fn at(&self, node: u32) -> NodeOf {
        let chart = self.first.partition_point(|&first| first <= node) - 1;
        NodeOf {
            chart: narrow(chart),
            node: node - self.first[chart],
        }
    }

    fn number(&self, at: NodeOf) -> Option<u32> {
        Some(self.first.get(at.chart as usize)? + at.node)
    }

    /// The loop a node is in, with its number.
    pub fn loop_of(&self, at: NodeOf) -> Option<(u32, &JumpLoop)> {
        let number = *self.of.get(self.number(at)? as usize)?;
        Some((number, self.loops.get(number as usize)?))
    }

    /// The shortest way from a node of a loop back to it, through `second`. O(loop).
    pub fn way_round(&self, from: NodeOf, second: NodeOf) -> Vec<NodeOf> {
        let (Some(from), Some(second)) = (self.number(from), self.number(second)) else {
            return Vec::new();
        };
        let number = self.of[from as usize];
        let mut before = BTreeMap::from([(second, second)]);
        let mut waiting = VecDeque::from([second]);
        while let Some(node) = waiting.pop_front() {
            if node == from {
                let mut way = vec![self.at(from)];
                let mut at = from;
                while at != second {
                    at = before[&at];
                    way.push(self.at(at));
                }
                // From the end to the start, but for the first, which is both.
                way[1..].reverse();
                return way;
            }
            for &next in self.next(node) {
                if self.of[next as usize] == number && !before.contains_key(&next) {
                    before.insert(next, node);
                    waiting.push_back(next);
                }
            }
        }
        Vec::new()
    }
}

/// Every way on, by the numbers of its ends, in order of where it starts but for jumps.
fn ways(index: &ChartIndex, first: &[u32]) -> Vec<(u32, u32, Way)> {
    let mut ways = Vec::new();
    for (number, chart) in index.charts.iter().enumerate() {
        let base = first[number];
        for (node, leaving) in chart.ways.leaving.iter().enumerate() {
            let way = match leaving {
                Leaving::On => Way::On,
                Leaving::AwayAndBack => Way::Back,
                Leaving::Waiting | Leaving::Away | Leaving::Nowhere => continue,
            };
            let next = chart.ways.next(node).iter();
            ways.extend(next.map(|to| (base + narrow(node), base + to, way)));
        }
        for jump in &chart.ways.jumps {
            let way = match chart.ways.leaving[jump.node as usize] {
                Leaving::Away => Way::On,
                Leaving::AwayAndBack => Way::Target,
                _ => continue,
            };
            if let Destination::Node(to) = index.destination(narrow(number), &jump.to) {
                ways.push((base + jump.node, first[to.chart as usize] + to.node, way));
            }
        }
    }
    ways
}

/// For each node whose jump may come back, whether it does so without a word of the user: whether its
/// target gets to the end of its chart on some way that does not wait. O(nodes + ways).
fn coming_back(index: &ChartIndex, first: &[u32], ways: &[(u32, u32, Way)]) -> Vec<bool> {
    let count = first.last().copied().unwrap_or_default() as usize;
    let leaving = index.charts.iter().flat_map(|chart| &chart.ways.leaving);
    let leaving: Vec<Leaving> = leaving.copied().collect();
    let mut has_next = vec![false; count];
    let mut to_each = vec![Vec::new(); count];
    for &(from, to, way) in ways {
        has_next[from as usize] |= way != Way::Target;
        to_each[to as usize].push((from, way));
    }
    let mut comes_back = vec![false; count];
    let mut goes_on: Vec<bool> = (0..count).map(|node| !has_next[node]).collect();
    let mut finishes = vec![false; count];
    let mut waiting: Vec<u32> = (0..narrow(count))
        .filter(|&node| leaving[node as usize] == Leaving::On && goes_on[node as usize])
        .collect();
    while let Some(node) = waiting.pop() {
        if std::mem::replace(&mut finishes[node as usize], true) {
            continue;
        }
        for &(from, way) in &to_each[node as usize] {
            let at = from as usize;
            match way {
                Way::On | Way::Back => goes_on[at] = true,
                Way::Target => comes_back[at] = true,
            }
            // Whoever leaves a flow for good does not come back to where it was called.
            let is_there = match leaving[at] {
                Leaving::Away => chart_of(first, from) == chart_of(first, node),
                Leaving::AwayAndBack => comes_back[at] && goes_on[at],
                _ => true,
            };
            if is_there {
                waiting.push(from);
            }
        }
    }
    comes_back
}

fn chart_of(first: &[u32], node: u32) -> usize {
    first.partition_point(|&first| first <= node)
}

fn narrow(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
