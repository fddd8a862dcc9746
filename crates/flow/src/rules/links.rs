//! What other documents say about a payload that is checked, and a payload about a flow. Which documents belong together is decided by whoever
//! starts the check.

use std::collections::BTreeSet;

use compact_str::CompactString;

use crate::document::{ContextSet, DialogFlow, NodeKind};

/// What is known of the documents that belong to the one that is checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// The flow that a payload belongs to.
    pub flow: Option<LinkedFlow>,
    /// The template that is previewed with a context set.
    pub template: Option<String>,
}

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
