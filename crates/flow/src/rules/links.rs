//! What other documents say about a payload that is checked, and a payload about a flow. Which documents belong together is decided by whoever
//! starts the check.

use std::collections::BTreeSet;
use std::sync::Arc;

use compact_str::CompactString;

use super::chart_index::ChartIndex;
use crate::document::{ContextSet, DialogFlow, NodeKind};

/// What is known of the documents that belong to the one that is checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// The flow that a payload belongs to.
    pub flow: Option<LinkedFlow>,
    /// The template that is previewed with a context set.
    pub template: Option<String>,
    /// The charts that are opened together with the one that is checked.
    pub charts: Option<Beside>,
}

/// Charts that are opened together, seen from one of them.
#[derive(Clone, Debug)]
pub struct Beside {
    /// All of them.
    pub index: Arc<ChartIndex>,
    /// Which of them this one is.
    pub own: u32,
}

impl PartialEq for Beside {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.index, &other.index) && self.own == other.own
    }
}

impl Eq for Beside {}

/// What rules about payloads ask of a dialog flow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkedFlow {
    /// What it is called.
    pub name: CompactString,
    /// The ids of its nodes.
    pub nodes: BTreeSet<CompactString>,
    /// The intents its nodes match.
    pub intents: BTreeSet<CompactString>,
}

impl LinkedFlow {
    /// What a flow has. O(nodes · log nodes).
    pub fn of(flow: &DialogFlow) -> Self {
        let intents = flow.nodes.iter();
        Self {
            name: flow.name.text.clone(),
            nodes: flow.nodes.iter().map(|node| node.id.text.clone()).collect(),
            intents: intents
                .filter(|node| node.kind == NodeKind::Intent)
                .map(|node| node.intent().clone())
                .collect(),
        }
    }
}

/// The names of the variables that a context set injects: the keys that are sent.
pub fn injected_by(set: &ContextSet) -> impl Iterator<Item = &CompactString> {
    set.variables.iter().map(|variable| &variable.key().text)
}
