//! Open documents for tests: read from a text, with cards selected, and what in them names nothing.

#![allow(dead_code)]

use std::collections::{BTreeMap, BTreeSet};

use flow::command::Command;
use flow::document::Document;
use flow::open_document::{OpenDocument, Selection};
use flow::session::Positions;

/// A document that is opened as its text says.
pub(crate) fn open(text: &str) -> OpenDocument {
    OpenDocument::new(Document::read(text.into()).unwrap(), Positions::new())
}

/// Selects these cards alone.
pub(crate) fn choose(open: &mut OpenDocument, cards: impl IntoIterator<Item = u32>) {
    open.select(Selection {
        cards: cards.into_iter().collect(),
        ..Selection::default()
    });
}

/// Applies a command that there must be and that must change something.
pub(crate) fn run(open: &mut OpenDocument, command: Option<Command>) {
    assert!(open.apply(&command.unwrap()).unwrap());
}

/// The ids that edges name and no node has, with how often; none in what is no dialog flow.
pub(crate) fn dangling(document: &Document) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    let Some(flow) = document.dialog_flow() else {
        return found;
    };
    let nodes = flow.nodes.iter();
    let known: BTreeSet<&str> = nodes.map(|node| node.id.text.as_str()).collect();
    let edges = flow.edges.iter();
    for end in edges.flat_map(|edge| [&edge.source, &edge.target]) {
        if !known.contains(end.text.as_str()) {
            *found.entry(end.text.to_string()).or_default() += 1;
        }
    }
    found
}
