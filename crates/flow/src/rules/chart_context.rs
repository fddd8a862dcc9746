//! What several rules about charts need, computed once: the tree that the relations make, and the
//! charts that are opened beside this one.

use std::cell::OnceCell;
use std::sync::Arc;

use super::Settings;
use super::chart_index::{ChartIndex, Destination, NodeOf, Origin};
use super::links::Beside;
use crate::document::chart::{IfCondition, Structure};
use crate::document::{Chart, ChartNode, Jump};
use crate::json::{Tree, ValueId, ValueRef};

/// A chart with what is known about its tree and its neighbours.
pub struct ChartContext<'a> {
    /// The text it stands in.
    pub tree: &'a Tree,
    /// The chart.
    pub chart: &'a Chart,
    /// Settings of this run.
    pub settings: &'a Settings,
    structure: OnceCell<Structure>,
    beside: OnceCell<Beside>,
}

impl<'a> ChartContext<'a> {
    /// A context that has computed nothing yet.
    pub fn new(tree: &'a Tree, chart: &'a Chart, settings: &'a Settings) -> Self {
        Self {
            tree,
            chart,
            settings,
            structure: OnceCell::new(),
            beside: OnceCell::new(),
        }
    }

    /// The tree of the nodes. O(nodes + relations), once.
    pub fn structure(&self) -> &Structure {
        self.structure.get_or_init(|| Structure::of(self.chart))
    }

    /// The nodes that ask an expression, each with it.
    pub fn expressions(&self) -> impl Iterator<Item = (&'a ChartNode, ValueRef<'a>)> {
        let tree = self.tree;
        self.chart
            .nodes
            .iter()
            .filter_map(move |node| match IfCondition::of(node, tree) {
                Some(IfCondition::Expression(condition)) => Some((node, condition)),
                _ => None,
            })
    }

    /// A node by its index in [`Chart::nodes`].
    pub fn node(&self, node: u32) -> &'a ChartNode {
        &self.chart.nodes[node as usize]
    }

    /// The list of nodes, for what is about all of them.
    pub fn nodes_at(&self) -> ValueId {
        let chart = self.tree.value(self.chart.at);
        chart.get("nodes").map_or(self.chart.at, ValueRef::id)
    }

    /// A node as the index of all charts knows it.
    pub fn node_of(&self, node: u32) -> NodeOf {
        NodeOf {
            chart: self.beside().own,
            node,
        }
    }

    /// The charts that are opened together, and which of them this is. A chart that is checked by
    /// itself is the only one.
    pub fn beside(&self) -> &Beside {
        self.beside.get_or_init(|| {
            self.settings
                .links
                .charts
                .clone()
                .unwrap_or_else(|| Beside {
                    index: Arc::new(ChartIndex::of([(Origin::default(), self.chart)], [])),
                    own: 0,
                })
        })
    }

    /// Where a jump leads.
    pub fn destination(&self, jump: &Jump) -> Destination {
        let beside = self.beside();
        beside.index.destination(beside.own, jump)
    }
}
