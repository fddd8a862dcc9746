//! Renaming ids of nodes and states with everything that refers to them.

use std::collections::BTreeMap;

use compact_str::CompactString;

use super::{Refusal, Renaming, Where};
use crate::command::{Change, Command};
use crate::document::Field;
use crate::open_document::OpenDocument;

/// Gives a card another id, everywhere. Of several cards that share an id, references mean the
/// first. O(cards + wires).
pub fn rename_card(open: &OpenDocument, card: u32, id: &str) -> Result<Renaming, Refusal> {
    if id.trim().is_empty() {
        return Err(Refusal::Blank);
    }
    if open.diagram().cards.get(card as usize).is_none() {
        return Err(Refusal::Gone);
    }
    let taken = || Refusal::Taken(crate::diagram::display(id).to_string());
    let command = open.rename_command(card, id).ok_or_else(taken)?;
    let mut places = vec![Where::Declaration];
    let entries = entries(open);
    for change in &command.changes {
        if let Change::Replace { at, .. } = change {
            let own = own_ids(open).nth(card as usize).map(|field| field.at);
            if entries.iter().any(|entry| entry.at == *at) {
                places.push(Where::Entry);
            } else if Some(*at) != own {
                places.push(Where::Edge);
            }
        }
    }
    Ok(Renaming {
        command,
        places,
        unsure: 0,
    })
}

/// The changes that give several cards other ids at once, everywhere: each old id with its new one.
/// Whoever asks knows that no two get the same. O(cards + wires).
pub fn rename_ids(
    open: &OpenDocument,
    renamed: &BTreeMap<CompactString, CompactString>,
) -> Vec<Change> {
    if renamed.is_empty() {
        return Vec::new();
    }
    let entries = entries(open);
    let fields = own_ids(open).chain(entries).chain(references(open));
    let mut changes: Vec<Change> = fields
        .filter_map(|field| {
            let value = renamed.get(&field.text)?.as_str().into();
            let at = field.at;
            Some(Change::Replace { at, value })
        })
        .collect();
    // Cards stay where they stand. All old places are given up before the new ones are taken, since
    // an id may go from one card to another.
    let mut positions: Vec<(CompactString, Option<_>)> =
        renamed.keys().map(|old| (old.clone(), None)).collect();
    for (field, corner) in own_ids(open).zip(open.scene().cards()) {
        if let Some(new) = renamed.get(&field.text) {
            positions.push((new.clone(), Some(corner.min)));
        }
    }
    changes.push(Change::Place { positions });
    for (id, group) in &open.annotations().groups {
        let renames = |member: &CompactString| renamed.contains_key(member);
        if group.members.iter().any(renames) {
            let mut to = group.clone();
            let new = |member: &CompactString| renamed.get(member).unwrap_or(member).clone();
            to.members = group.members.iter().map(new).collect();
            let id = id.clone();
            changes.push(Change::Group { id, to: Some(to) });
        }
    }
    changes
}

/// The ids of the cards, in their order.
fn own_ids(open: &OpenDocument) -> Box<dyn Iterator<Item = &Field> + '_> {
    if let Some(flow) = open.document().dialog_flow() {
        Box::new(flow.nodes.iter().map(|node| &node.id))
    } else if let Some(flow) = open.document().state_flow() {
        Box::new(flow.states.iter().map(|state| &state.id))
    } else {
        Box::new(std::iter::empty())
    }
}

/// Where the flow itself names cards.
fn entries(open: &OpenDocument) -> Vec<&Field> {
    if let Some(flow) = open.document().dialog_flow() {
        vec![&flow.entry_point]
    } else if let Some(flow) = open.document().state_flow() {
        flow.initial_state
            .iter()
            .chain(&flow.fallback_state)
            .collect()
    } else {
        Vec::new()
    }
}

/// Where edges and transitions name cards.
fn references(open: &OpenDocument) -> Box<dyn Iterator<Item = &Field> + '_> {
    if let Some(flow) = open.document().dialog_flow() {
        Box::new(
            flow.edges
                .iter()
                .flat_map(|edge| [&edge.source, &edge.target]),
        )
    } else if let Some(flow) = open.document().state_flow() {
        let transitions = flow.states.iter().flat_map(|state| &state.transitions);
        Box::new(transitions.map(|transition| &transition.target))
    } else {
        Box::new(std::iter::empty())
    }
}

/// A command of changes.
pub(super) fn command(label: &str, changes: Vec<Change>) -> Command {
    Command {
        label: label.to_owned(),
        changes,
    }
}
