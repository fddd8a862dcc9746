//! Entities in an input, as far as practice needs them: a real platform has been trained for them.
//! Words that look like data become the entities that the flow reads next.

use std::collections::{BTreeMap, VecDeque};

use flow::document::{DialogFlow, NodeKind};

use crate::rehearse::Entity;

/// How an expression reads an entity.
const READS: &str = "entities.";

/// Which entities a flow reads where.
#[derive(Debug)]
pub(crate) struct Slots<'f> {
    flow: &'f DialogFlow,
    /// The edges out of each node, with their target.
    out: Vec<Vec<(usize, usize)>>,
}

impl<'f> Slots<'f> {
    /// O((nodes + edges) · log nodes).
    pub(crate) fn of(flow: &'f DialogFlow) -> Self {
        let ids: BTreeMap<&str, usize> = flow
            .nodes
            .iter()
            .enumerate()
            .map(|(at, node)| (node.id.text.as_str(), at))
            .collect();
        let mut out = vec![Vec::new(); flow.nodes.len()];
        for (edge, ends) in flow.edges.iter().enumerate() {
            let find = |id: &str| ids.get(id).copied();
            let ends = find(&ends.source.text).zip(find(&ends.target.text));
            if let Some((source, target)) = ends
                && let Some(list) = out.get_mut(source)
            {
                list.push((edge, target));
            }
        }
        Self { flow, out }
    }

    /// What is found in `text` of the entities that are read after the intent `node` and before the
    /// flow waits again: the first word that looks like data is the first of them, and so on.
    pub(crate) fn found_in(&self, text: &str, node: usize) -> Vec<Entity> {
        let mut words = text
            .split_whitespace()
            .map(trimmed)
            .filter(|word| is_data(word));
        let mut found: Vec<Entity> = Vec::new();
        let mut seen = vec![false; self.flow.nodes.len()];
        let mut waiting = VecDeque::from([node]);
        while let Some(at) = waiting.pop_front() {
            let Some(own) = self.flow.nodes.get(at) else {
                continue;
            };
            if seen.get(at) != Some(&false) || (at != node && own.kind == NodeKind::Intent) {
                continue;
            }
            if let Some(seen) = seen.get_mut(at) {
                *seen = true;
            }
            let edges = self.out.get(at).map_or(&[][..], Vec::as_slice);
            let conditions = edges.iter().filter_map(|(edge, _)| {
                let edge = self.flow.edges.get(*edge)?;
                edge.condition.as_ref()
            });
            let texts = own.properties.script.iter().chain(&own.properties.say);
            for kind in texts
                .chain(conditions)
                .flat_map(|field| read_in(&field.text))
            {
                if found.iter().any(|entity| entity.kind == kind) {
                    continue;
                }
                let Some(value) = words.next() else {
                    return found;
                };
                found.push(Entity {
                    kind: kind.to_owned(),
                    value: value.to_owned(),
                });
            }
            waiting.extend(edges.iter().map(|(_, target)| *target));
        }
        found
    }
}

/// The names of the entities that a text reads, in order.
fn read_in(text: &str) -> impl Iterator<Item = &str> {
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    text.match_indices(READS).filter_map(move |(at, _)| {
        let (before, after) = (&text[..at], &text[at + READS.len()..]);
        let end = after
            .find(|character| !is_name(character))
            .unwrap_or(after.len());
        let starts = !before.ends_with(|last| is_name(last) || last == '.');
        (starts && end > 0).then(|| &after[..end])
    })
}

/// A word without the punctuation around it.
fn trimmed(word: &str) -> &str {
    word.trim_matches(|character: char| !character.is_alphanumeric())
}

/// Whether a word looks like a number, a code or an address.
fn is_data(word: &str) -> bool {
    word.contains(|character: char| character.is_numeric() || character == '@')
}
