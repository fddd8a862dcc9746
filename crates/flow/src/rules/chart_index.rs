//! What is known of all charts that are opened together: who has which reference, and where a jump
//! leads. The index copies what it needs, so that it outlives the documents.

mod loops;
mod ways;

pub use loops::{JumpLoop, JumpLoops};

use std::collections::BTreeSet;
use std::sync::OnceLock;

use compact_str::CompactString;

use super::ids::Map;
use crate::document::{Chart, Jump};
use ways::Ways;

/// Where a chart comes from, as far as its surroundings say it. Everything may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The package or folder it belongs to: charts of one root are copies of one project.
    pub root: String,
    /// What the flow is called.
    pub flow_name: Option<CompactString>,
    /// `referenceId` of the flow.
    pub flow_reference: Option<CompactString>,
    /// The language it is in.
    pub locale: Option<CompactString>,
}

/// A flow that a project has, whether or not its chart is among those opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownFlow {
    /// The package or folder it belongs to.
    pub root: String,
    /// What it is called.
    pub name: CompactString,
    /// Its `referenceId`.
    pub reference: CompactString,
}

/// What others may ask of a node.
#[derive(Clone, Debug)]
pub struct IndexedNode {
    /// Its `referenceId`, where it has one.
    pub reference: Option<CompactString>,
    /// Its `_id`.
    pub id: CompactString,
    /// What people call it.
    pub name: CompactString,
    /// What it does.
    pub type_name: CompactString,
    /// Whether a conversation may be sent there from elsewhere.
    pub may_be_entered: bool,
}

/// A chart of the index.
#[derive(Clone, Debug)]
pub struct IndexedChart {
    /// Where it comes from.
    pub origin: Origin,
    /// In file order.
    pub nodes: Vec<IndexedNode>,
    /// The first node of the type `start`.
    pub start: Option<u32>,
    ways: Ways,
}

impl IndexedChart {
    /// What to call the flow in a message.
    pub fn flow_name(&self) -> Option<&CompactString> {
        self.origin.flow_name.as_ref()
    }
}

/// A node of one of the charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeOf {
    /// Index in [`ChartIndex::charts`].
    pub chart: u32,
    /// Index in [`IndexedChart::nodes`].
    pub node: u32,
}

/// Where a jump leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// To a node that is there.
    Node(NodeOf),
    /// To a flow that is there but has no such node.
    NodeMissing {
        /// What the flow is called, where that is known.
        flow: Option<CompactString>,
    },
    /// To a flow that is in none of the opened files.
    FlowElsewhere,
    /// Nowhere: no target was chosen.
    Unset,
}

/// All charts that are opened together.
#[derive(Clone, Debug, Default)]
pub struct ChartIndex {
    charts: Vec<IndexedChart>,
    by_reference: Map<CompactString, Vec<NodeOf>>,
    /// The charts of each flow, by the flow's reference.
    of_flow: Map<CompactString, Vec<u32>>,
    /// Flows without a chart, by reference.
    known: Map<CompactString, CompactString>,
    loops: OnceLock<JumpLoops>,
    jumped_to: OnceLock<BTreeSet<NodeOf>>,
}

impl ChartIndex {
    /// Indexes charts in the order they are given, which [`NodeOf::chart`] counts by.
    ///
    /// # Complexity
    /// O(nodes).
    pub fn of<'a>(
        charts: impl IntoIterator<Item = (Origin, &'a Chart)>,
        known: impl IntoIterator<Item = KnownFlow>,
    ) -> Self {
        let mut index = Self::default();
        for (origin, chart) in charts {
            index.add(origin, chart);
        }
        for flow in known {
            index.known.entry(flow.reference).or_insert(flow.name);
        }
        index
    }

    fn add(&mut self, mut origin: Origin, chart: &Chart) {
        let number = u32::try_from(self.charts.len()).unwrap_or(u32::MAX);
        let mut own = Map::default();
        for (node, of) in (0_u32..).zip(&chart.nodes) {
            let Some(reference) = &of.reference else {
                continue;
            };
            own.entry(&reference.text).or_insert(node);
            let at = NodeOf {
                chart: number,
                node,
            };
            self.by_reference
                .entry(reference.text.clone())
                .or_default()
                .push(at);
        }
        // A chart by itself does not say which flow it is of; a jump within it does.
        let jumps = chart.nodes.iter().filter_map(|node| node.jump.as_ref());
        let within = jumps
            .filter(|jump| {
                let node = jump.node.as_ref();
                node.is_some_and(|node| own.contains_key(&node.text))
            })
            .find_map(|jump| jump.flow.as_ref());
        if origin.flow_reference.is_none() {
            origin.flow_reference = within.map(|field| field.text.clone());
        }
        if let Some(reference) = &origin.flow_reference {
            let charts = self.of_flow.entry(reference.clone()).or_default();
            charts.push(number);
        }
        let is_start = |node: &crate::document::ChartNode| node.type_name.text == "start";
        self.charts.push(IndexedChart {
            start: chart
                .nodes
                .iter()
                .position(is_start)
                .and_then(|at| u32::try_from(at).ok()),
            nodes: chart
                .nodes
                .iter()
                .map(|node| IndexedNode {
                    reference: node.reference.as_ref().map(|field| field.text.clone()),
                    id: node.id.text.clone(),
                    name: node.name().clone(),
                    type_name: node.type_name.text.clone(),
                    may_be_entered: node.may_be_entered(),
                })
                .collect(),
            ways: Ways::of(chart),
            origin,
        });
    }

    /// The charts, in the order they were given.
    pub fn charts(&self) -> &[IndexedChart] {
        &self.charts
    }

    /// A node; none for an index of something else.
    pub fn node(&self, at: NodeOf) -> Option<&IndexedNode> {
        let chart = self.charts.get(at.chart as usize)?;
        chart.nodes.get(at.node as usize)
    }

    /// Where a jump in `from` leads. Of several nodes with the reference, one of the same chart is
    /// meant before one of the same project and language, that before one of the same project, and any
    /// one after that. O(nodes with this reference).
    pub fn destination(&self, from: u32, jump: &Jump) -> Destination {
        let flow = jump.flow.as_ref().map(|field| &field.text);
        let Some(node) = &jump.node else {
            return match flow {
                None => Destination::Unset,
                Some(flow) => self.start_of(from, flow),
            };
        };
        let same = self.by_reference.get(&node.text);
        let nearest = same
            .into_iter()
            .flatten()
            .min_by_key(|at| (self.distance(from, at.chart), **at));
        if let Some(&at) = nearest {
            return Destination::Node(at);
        }
        match flow {
            Some(flow) => match self.nearest(from, flow) {
                Some(chart) => Destination::NodeMissing {
                    flow: chart.flow_name().cloned(),
                },
                None => Destination::FlowElsewhere,
            },
            // Without a flow it is meant to be in this one.
            None => Destination::NodeMissing { flow: None },
        }
    }

    /// The loops of jumps that never wait for the user. O(nodes + jumps of all charts), once.
    pub fn loops(&self) -> &JumpLoops {
        self.loops.get_or_init(|| JumpLoops::of(self))
    }

    /// Whether something jumps to a node. O(jumps of all charts), once.
    pub fn is_jumped_to(&self, at: NodeOf) -> bool {
        let all = self.jumped_to.get_or_init(|| {
            let charts = (0_u32..).zip(&self.charts);
            let jumps = charts.flat_map(|(number, chart)| {
                let targets = chart.ways.jumps.iter().map(|jump| &jump.to);
                let targets = targets.chain(&chart.ways.detours);
                targets.map(move |jump| self.destination(number, jump))
            });
            jumps
                .filter_map(|destination| match destination {
                    Destination::Node(at) => Some(at),
                    _ => None,
                })
                .collect()
        });
        all.contains(&at)
    }

    fn start_of(&self, from: u32, flow: &CompactString) -> Destination {
        let charts = self.of_flow.get(flow).into_iter().flatten();
        let nearest = charts.min_by_key(|&&chart| (self.distance(from, chart), chart));
        match nearest.map(|&chart| (chart, self.charts[chart as usize].start)) {
            Some((chart, Some(node))) => Destination::Node(NodeOf { chart, node }),
            Some((chart, None)) => Destination::NodeMissing {
                flow: self.charts[chart as usize].flow_name().cloned(),
            },
            None => Destination::FlowElsewhere,
        }
    }

    /// The chart of a flow that is meant where several have it.
    fn nearest(&self, from: u32, reference: &CompactString) -> Option<&IndexedChart> {
        let charts = self.of_flow.get(reference).into_iter().flatten();
        let nearest = charts.min_by_key(|&&chart| (self.distance(from, chart), chart));
        nearest.map(|&chart| &self.charts[chart as usize])
    }

    /// The name of a flow that the project has, opened or not.
    pub fn name_of_flow(&self, reference: &str) -> Option<&CompactString> {
        let opened = self
            .of_flow
            .get(reference)
            .and_then(|charts| charts.first());
        opened
            .and_then(|&chart| self.charts[chart as usize].flow_name())
            .or_else(|| self.known.get(reference))
    }

    fn distance(&self, from: u32, to: u32) -> u8 {
        if from == to {
            return 0;
        }
        let Some(own) = self.charts.get(from as usize) else {
            return 3;
        };
        let other = &self.charts[to as usize];
        match (
            own.origin.root == other.origin.root,
            own.origin.locale == other.origin.locale,
        ) {
            (true, true) => 1,
            (true, false) => 2,
            (false, _) => 3,
        }
    }
}
