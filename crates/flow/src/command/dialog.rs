//! The commands of a dialog flow. Each is built against the flow as it is; nodes and edges are
//! named by their index in it, since a broken flow may have an id twice.

pub mod rewire;

use std::collections::BTreeSet;
use std::ops::Range;

use compact_str::CompactString;

use super::{Change, Command};
use crate::document::{DialogFlow, Edge, NodeKind};
use crate::geometry::Point;
use crate::json::{NewValue, Tree, ValueId, quote, write_number};

/// What a new node is made of.
#[derive(Clone, Debug)]
pub struct NewNode {
    /// Its type.
    pub kind: NodeKind,
    /// Its label.
    pub label: String,
    /// Where its top left corner goes.
    pub position: Point,
}

/// An id that no node of the flow has: `stem`, else `stem_2`, `stem_3`…
pub fn free_node_id(flow: &DialogFlow, stem: &str) -> CompactString {
    free(stem, |id| flow.nodes.iter().any(|node| node.id.text == id))
}

/// An id that no edge of the flow has.
pub fn free_edge_id(flow: &DialogFlow, number_from: usize) -> CompactString {
    let mut number = flow.edges.len() + number_from;
    loop {
        let id = compact_str::format_compact!("e{number}");
        if !flow.edges.iter().any(|edge| edge.id.text == id) {
            return id;
        }
        number += 1;
    }
}

pub(super) fn free(stem: &str, taken: impl Fn(&str) -> bool) -> CompactString {
    if !taken(stem) {
        return CompactString::from(stem);
    }
    let mut number = 2;
    loop {
        let id = compact_str::format_compact!("{stem}_{number}");
        if !taken(&id) {
            return id;
        }
        number += 1;
    }
}

/// Adds a node; returns the command and the new node's id.
pub fn add_node(flow: &DialogFlow, new: &NewNode) -> (Command, CompactString) {
    let id = free_node_id(flow, new.kind.as_type());
    let command = Command {
        label: format!("Add {} node", new.kind.as_type()),
        changes: vec![
            Change::InsertElements {
                at: flow.nodes_at,
                after: None,
                values: vec![node_value(&id, new)],
            },
            Change::Place {
                positions: vec![(id.clone(), Some(new.position))],
            },
        ],
    };
    (command, id)
}

fn node_value(id: &str, new: &NewNode) -> NewValue {
    NewValue::Object(vec![
        ("id".into(), id.into()),
        ("type".into(), new.kind.as_type().into()),
        ("label".into(), new.label.as_str().into()),
        ("properties".into(), NewValue::Object(Vec::new())),
    ])
}

/// Adds an edge between two nodes; returns the command and the new edge's id.
pub fn connect(
    flow: &DialogFlow,
    source: &str,
    target: &str,
    condition: Option<&str>,
) -> (Command, CompactString) {
    let id = free_edge_id(flow, 1);
    let command = Command::one(
        "Connect nodes",
        Change::InsertElements {
            at: flow.edges_at,
            after: None,
            values: vec![edge_value(&id, source, target, condition)],
        },
    );
    (command, id)
}

fn edge_value(id: &str, source: &str, target: &str, condition: Option<&str>) -> NewValue {
    NewValue::Object(vec![
        ("id".into(), id.into()),
        ("source".into(), source.into()),
        ("target".into(), target.into()),
        (
            "condition".into(),
            condition.map_or_else(NewValue::null, NewValue::from),
        ),
    ])
}

/// Adds a node and an edge to it from `source`, as one step; returns the new node's id.
pub fn add_connected_node(
    flow: &DialogFlow,
    source: &str,
    new: &NewNode,
) -> (Command, CompactString) {
    let (mut command, id) = add_node(flow, new);
    let (edge, _) = connect(flow, source, &id, None);
    command.changes.extend(edge.changes);
    (command, id)
}

/// Deletes nodes with every edge that touches them, and edges. O(nodes + edges) with nodes, else
/// O(edges deleted).
pub fn delete(flow: &DialogFlow, nodes: &[usize], edges: &[usize]) -> Command {
    let mut edge_places: Vec<ValueId> = edges.iter().map(|&edge| flow.edges[edge].at).collect();
    if !nodes.is_empty() {
        let mut gone: BTreeSet<&str> = nodes
            .iter()
            .map(|&node| flow.nodes[node].id.text.as_str())
            .collect();
        // An id that two nodes share still names the one that stays.
        let chosen: BTreeSet<usize> = nodes.iter().copied().collect();
        for (_, node) in
            (flow.nodes.iter().enumerate()).filter(|(index, _)| !chosen.contains(index))
        {
            gone.remove(node.id.text.as_str());
        }
        let loses_end = |edge: &&Edge| {
            gone.contains(edge.source.text.as_str()) || gone.contains(edge.target.text.as_str())
        };
        edge_places.extend(flow.edges.iter().filter(loses_end).map(|edge| edge.at));
    }
    let mut node_places: Vec<ValueId> = nodes.iter().map(|&node| flow.nodes[node].at).collect();
    edge_places.sort_unstable();
    edge_places.dedup();
    node_places.sort_unstable();
    let label = match (nodes.len(), edges.len()) {
        (0, 1) => "Delete edge".to_owned(),
        (0, count) => format!("Delete {count} edges"),
        (1, _) => "Delete node".to_owned(),
        (count, _) => format!("Delete {count} nodes"),
    };
    let mut changes = Vec::new();
    if !node_places.is_empty() {
        changes.push(Change::RemoveElements {
            at: flow.nodes_at,
            elements: node_places,
        });
    }
    if !edge_places.is_empty() {
        changes.push(Change::RemoveElements {
            at: flow.edges_at,
            elements: edge_places,
        });
    }
    Command { label, changes }
}

/// Deletes one edge.
pub fn delete_edge(flow: &DialogFlow, edge: usize) -> Command {
    let elements = vec![flow.edges[edge].at];
    let at = flow.edges_at;
    Command::one("Delete edge", Change::RemoveElements { at, elements })
}

/// Sets a text of a node, an edge, a variable or the flow.
pub fn set_text(label: impl Into<String>, at: ValueId, text: &str) -> Command {
    Command::one(
        label,
        Change::Replace {
            at,
            value: text.into(),
        },
    )
}

/// Renames a node's id and every reference to it: edges and the entry point. Its place on the
/// canvas goes along. Of several nodes that share an id, references mean the first: renaming
/// another leaves them.
pub fn rename_node_id(flow: &DialogFlow, node: usize, id: &str) -> Command {
    let old = &flow.nodes[node].id;
    let mut bearers =
        (flow.nodes.iter().enumerate()).filter(|(_, other)| other.id.text == old.text);
    let is_meant = bearers.next().is_some_and(|(first, _)| first == node);
    let is_shared = !is_meant || bearers.next().is_some();
    let mut places = vec![old.at];
    if is_meant {
        places.extend(
            flow.edges
                .iter()
                .flat_map(|edge| [&edge.source, &edge.target])
                .chain([&flow.entry_point])
                .filter(|reference| reference.text == old.text)
                .map(|reference| reference.at),
        );
    }
    let mut changes: Vec<Change> = places
        .into_iter()
        .map(|at| Change::Replace {
            at,
            value: id.into(),
        })
        .collect();
    if id != old.text {
        changes.push(Change::CopyPlace {
            from: old.text.clone(),
            to: id.into(),
        });
        if !is_shared {
            changes.push(Change::Place {
                positions: vec![(old.text.clone(), None)],
            });
        }
    }
    Command {
        label: "Rename node id".to_owned(),
        changes,
    }
}

/// Sets or, with `None`, removes one property of a node.
pub fn set_property(
    flow: &DialogFlow,
    node: usize,
    key: &str,
    value: Option<NewValue>,
    tree: &Tree,
) -> Command {
    let node = &flow.nodes[node];
    let label = format!("Change {key}");
    match (node.properties.at, value) {
        (Some(at), Some(value)) => Command::one(
            label,
            Change::SetMember {
                at,
                key: key.to_owned(),
                value,
            },
        ),
        (Some(at), None) if tree.value(at).get(key).is_some() => Command::one(
            label,
            Change::RemoveMember {
                at,
                key: key.to_owned(),
            },
        ),
        (_, None) => Command {
            label,
            changes: Vec::new(),
        },
        (None, Some(value)) => Command::one(
            label,
            Change::SetMember {
                at: node.at,
                key: "properties".to_owned(),
                value: NewValue::Object(vec![(key.to_owned(), value)]),
            },
        ),
    }
}

/// Sets an edge's condition; `None` makes it the default branch.
pub fn set_condition(flow: &DialogFlow, edge: usize, condition: Option<&str>) -> Command {
    let value = condition.map_or_else(NewValue::null, NewValue::from);
    Command::one(
        "Change condition",
        Change::SetMember {
            at: flow.edges[edge].at,
            key: "condition".to_owned(),
            value,
        },
    )
}

/// Puts the branches of one node into another order. `order` names the same edges as `edges_out`,
/// which are in file order. Other edges keep their lines.
pub fn reorder_branches(flow: &DialogFlow, edges_out: &[usize], order: &[usize]) -> Command {
    let places = edges_out.iter().map(|&edge| flow.edges[edge].at).collect();
    let order = order.iter().map(|&edge| flow.edges[edge].at).collect();
    Command::one("Reorder branches", Change::Permute { places, order })
}

/// Moves nodes to new positions. Where the file holds a position it is kept up to date there.
pub fn move_nodes(flow: &DialogFlow, tree: &Tree, moves: &[(usize, Point)]) -> Command {
    let mut changes = Vec::new();
    for &(node, to) in moves {
        let Some(at) = flow.nodes[node].properties.position_at else {
            continue;
        };
        for (key, number) in [("x", to.x), ("y", to.y)] {
            let value = NewValue::Literal(write_number(number));
            if let Some(old) = tree.value(at).get(key)
                && old.as_f64() != Some(number)
            {
                changes.push(Change::Replace {
                    at: old.id(),
                    value,
                });
            }
        }
    }
    let positions = moves
        .iter()
        .map(|&(node, to)| (flow.nodes[node].id.text.clone(), Some(to)))
        .collect();
    changes.push(Change::Place { positions });
    let label = if moves.len() == 1 {
        "Move node"
    } else {
        "Move nodes"
    };
    Command {
        label: label.to_owned(),
        changes,
    }
}

/// Declares a variable, under a name that is free.
pub fn add_variable(flow: &DialogFlow, name: &str, type_name: &str) -> Command {
    let name = free(name, |name| {
        flow.variables
            .iter()
            .any(|variable| variable.name.text == name)
    });
    declare_variable(flow, &name, type_name)
}

/// Declares a variable whose name no other has.
pub fn declare_variable(flow: &DialogFlow, name: &str, type_name: &str) -> Command {
    let value = NewValue::Object(vec![
        ("name".into(), name.into()),
        ("type".into(), type_name.into()),
    ]);
    let change = match flow.variables_at {
        Some(at) => Change::InsertElements {
            at,
            after: None,
            values: vec![value],
        },
        None => Change::SetMember {
            at: flow.at,
            key: "variables".to_owned(),
            value: NewValue::Array(vec![value]),
        },
    };
    Command::one("Add variable", change)
}

/// Removes a declared variable.
pub fn delete_variable(flow: &DialogFlow, variable: usize) -> Command {
    let elements = vec![flow.variables[variable].at];
    let at = flow.variables_at.unwrap_or(flow.at);
    Command::one("Delete variable", Change::RemoveElements { at, elements })
}

/// Replaces parts of the decoded text of one string, each by the same text; the rest of it keeps
/// its spelling.
pub fn replace_within(
    label: impl Into<String>,
    tree: &Tree,
    at: ValueId,
    parts: impl IntoIterator<Item = Range<usize>>,
    text: &str,
) -> Command {
    let quoted = quote(text);
    let changes = parts
        .into_iter()
        .map(|part| Change::ReplaceText {
            span: tree.span_within(at, part),
            text: quoted[1..quoted.len() - 1].to_owned(),
        })
        .collect();
    Command {
        label: label.into(),
        changes,
    }
}
