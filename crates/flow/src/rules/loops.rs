//! Loops of a dialog flow: strongly connected sets of nodes without a terminal one, once the nodes
//! of intended loops are taken out. Finding them, the way round, and more ways round.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::NodeIndex;
use petgraph::visit::NodeFiltered;

use super::context::{DialogContext, NodeAt};
use crate::document::NodeKind;
use crate::limits::{CYCLE_STEPS, CYCLES};

/// One loop.
#[derive(Debug)]
pub struct Loop {
    /// Its nodes in file order; each leads to each other inside.
    pub nodes: Vec<NodeAt>,
    /// Whether a conversation in it can get to an end node or out of it.
    pub can_leave: bool,
    /// Nodes of it, in file order, among which one can go round without waiting for the user; none
    /// when every way round passes an `intent` node.
    pub restless: Vec<NodeAt>,
}

/// Every loop of a flow, by first node.
///
/// # Complexity
/// O(nodes + edges), without recursion. A flow without loops costs one pass that peels off nodes
/// nothing leads to.
pub(super) fn find(context: &DialogContext<'_>) -> Vec<Loop> {
    let core = core(context);
    let found = knots(context, |node| core[node]);
    if found.is_empty() {
        return Vec::new();
    }
    let mut loop_of = vec![usize::MAX; core.len()];
    for (index, nodes) in found.iter().enumerate() {
        for &node in nodes {
            loop_of[node] = index;
        }
    }
    let mut loops: Vec<Loop> = found
        .into_iter()
        .map(|nodes| Loop {
            can_leave: context.leaves(context.components().of[nodes[0]]),
            nodes,
            restless: Vec::new(),
        })
        .collect();
    let waits = |node: NodeAt| context.node(node).kind == NodeKind::Intent;
    for nodes in knots(context, |node| loop_of[node] != usize::MAX && !waits(node)) {
        let restless = &mut loops[loop_of[nodes[0]]].restless;
        // They come by first node: the first one of a loop is the one that is shown.
        if restless.is_empty() {
            *restless = nodes;
        }
    }
    loops
}

/// The nodes that remain when those that are terminal, or of intended loops, or that no other
/// remaining node leads to, are taken away again and again: what is on a loop or behind one.
fn core(context: &DialogContext<'_>) -> Vec<bool> {
    let nodes = &context.flow.nodes;
    let mut remains: Vec<bool> = nodes
        .iter()
        .map(|node| !node.kind.is_terminal() && !node.properties.is_fallback)
        .collect();
    let mut entered = vec![0_u32; nodes.len()];
    for node in (0..nodes.len()).filter(|&node| remains[node]) {
        for next in context.successors(node) {
            entered[next] += 1;
        }
    }
    let mut peel: Vec<NodeAt> = (0..nodes.len())
        .filter(|&node| remains[node] && entered[node] == 0)
        .collect();
    while let Some(node) = peel.pop() {
        remains[node] = false;
        for next in context.successors(node) {
            entered[next] -= 1;
            if entered[next] == 0 && remains[next] {
                peel.push(next);
            }
        }
    }
    remains
}

/// The strongly connected sets, among the nodes for which `stays` holds, in which one can go
/// round; each in file order, by first node.
fn knots(context: &DialogContext<'_>, stays: impl Fn(NodeAt) -> bool) -> Vec<Vec<NodeAt>> {
    if !(0..context.flow.nodes.len()).any(&stays) {
        return Vec::new();
    }
    let graph = NodeFiltered::from_fn(context.graph(), |node: NodeIndex| stays(node.index()));
    let mut knots: Vec<Vec<NodeAt>> = kosaraju_scc(&graph)
        .into_iter()
        .filter(|knot| {
            knot.len() > 1
                || context
                    .successors(knot[0].index())
                    .any(|next| next == knot[0].index())
        })
        .map(|knot| {
            let mut nodes: Vec<NodeAt> = knot.into_iter().map(NodeIndex::index).collect();
            nodes.sort_unstable();
            nodes
        })
        .collect();
    // They share no node.
    knots.sort_unstable_by_key(|knot| knot[0]);
    knots
}

impl Loop {
    /// The shortest way round through the first node: of the part that does not wait, where there
    /// is one. O(nodes + edges of the loop).
    pub fn shortest_way(&self, context: &DialogContext<'_>) -> Vec<NodeAt> {
        let nodes = if self.restless.is_empty() {
            &self.nodes
        } else {
            &self.restless
        };
        let first = nodes[0];
        // The node each was first reached from, by position in `nodes`.
        let mut from = vec![usize::MAX; nodes.len()];
        let mut reached = vec![first];
        let mut next = 0;
        while let Some(&node) = reached.get(next) {
            next += 1;
            for target in context.successors(node) {
                if target == first {
                    return way_back(nodes, &from, first, node);
                }
                let Ok(at) = nodes.binary_search(&target) else {
                    continue;
                };
                if from[at] == usize::MAX {
                    from[at] = node;
                    reached.push(target);
                }
            }
        }
        // Not reached: every node of a loop leads back to the first.
        vec![first]
    }

    /// Ways round besides `known`, at most `limit`, found in at most [`CYCLE_STEPS`] steps: the
    /// number of ways can be exponential.
    ///
    /// This is Johnson's algorithm ("Finding all the elementary circuits of a directed graph",
    /// 1975) without its recursion.
    pub fn more_ways(
        &self,
        context: &DialogContext<'_>,
        known: &[NodeAt],
        limit: usize,
    ) -> Vec<Vec<NodeAt>> {
        let next: Vec<Vec<usize>> = self
            .nodes
            .iter()
            .map(|&node| {
                let mut next: Vec<usize> = context
                    .successors(node)
                    .filter_map(|target| self.nodes.binary_search(&target).ok())
                    .collect();
                next.sort_unstable();
                next.dedup();
                next
            })
            .collect();
        let mut search = Search::new(&next, CYCLE_STEPS);
        let mut ways = Vec::new();
        let limit = limit.min(CYCLES);
        for start in 0..next.len() {
            search.from(start, |way| {
                let mut nodes: Vec<NodeAt> = way.iter().map(|&at| self.nodes[at]).collect();
                let again = known
                    .iter()
                    .position(|&node| node == nodes[0])
                    .is_some_and(|turn| {
                        known[turn..].iter().chain(&known[..turn]).eq(nodes.iter())
                    });
                if !again && ways.len() < limit {
                    ways.push(std::mem::take(&mut nodes));
                }
                ways.len() < limit
            });
            if ways.len() >= limit || search.steps == 0 {
                break;
            }
        }
        ways
    }
}

fn way_back(nodes: &[NodeAt], from: &[usize], first: NodeAt, last: NodeAt) -> Vec<NodeAt> {
    let mut way = vec![last];
    let mut at = last;
    while at != first {
        let Ok(position) = nodes.binary_search(&at) else {
            break;
        };
        at = from[position];
        way.push(at);
    }
    way.reverse();
    way
}

/// The state of Johnson's search over nodes numbered from 0.
struct Search<'a> {
    next: &'a [Vec<usize>],
    /// How many more edges may be looked at.
    steps: usize,
    blocked: Vec<bool>,
    /// Which nodes become free again when one does.
    waiting: Vec<Vec<usize>>,
    touched: Vec<usize>,
}

/// A node on the way, how many of its edges were looked at, and whether it led round.
struct Frame {
    node: usize,
    edge: usize,
    led_round: bool,
}

impl<'a> Search<'a> {
    fn new(next: &'a [Vec<usize>], steps: usize) -> Self {
        Self {
            next,
            steps,
            blocked: vec![false; next.len()],
            waiting: vec![Vec::new(); next.len()],
            touched: Vec::new(),
        }
    }

    /// Gives `found` every way round whose smallest node is `start`, until it says to stop or the
    /// steps are used up.
    fn from(&mut self, start: usize, mut found: impl FnMut(&[usize]) -> bool) {
        for node in std::mem::take(&mut self.touched) {
            self.blocked[node] = false;
            self.waiting[node].clear();
        }
        let mut way = vec![start];
        let mut frames = vec![self.enter(start)];
        while let Some(frame) = frames.last_mut() {
            let Some(&target) = self.next[frame.node].get(frame.edge) else {
                let Frame {
                    node, led_round, ..
                } = *frame;
                frames.pop();
                way.pop();
                self.leave(node, start, led_round);
                if let Some(parent) = frames.last_mut() {
                    parent.led_round |= led_round;
                }
                continue;
            };
            frame.edge += 1;
            let Some(steps) = self.steps.checked_sub(1) else {
                return;
            };
            self.steps = steps;
            if target == start {
                frame.led_round = true;
                if !found(&way) {
                    return;
                }
            } else if target > start && !self.blocked[target] {
                way.push(target);
                frames.push(self.enter(target));
            }
        }
    }

    fn enter(&mut self, node: usize) -> Frame {
        self.blocked[node] = true;
        self.touched.push(node);
        Frame {
            node,
            edge: 0,
            led_round: false,
        }
    }

    fn leave(&mut self, node: usize, start: usize, led_round: bool) {
        if !led_round {
            for &target in self.next[node].iter().filter(|&&target| target > start) {
                // A node may wait twice: looking for it first would take longer than freeing it.
                self.waiting[target].push(node);
                self.touched.push(target);
            }
            return;
        }
        let mut free = vec![node];
        while let Some(node) = free.pop() {
            if std::mem::replace(&mut self.blocked[node], false) {
                free.append(&mut self.waiting[node]);
            }
        }
    }
}
