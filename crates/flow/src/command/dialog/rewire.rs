//! The commands that lead edges of a dialog flow elsewhere: to another node, through a node that is
//! put in between, and past nodes that are deleted.

use std::collections::{BTreeSet, HashSet};

use compact_str::CompactString;

use super::{delete, edge_value, free_edge_id};
use crate::command::heal::{Healed, Leads, Ways};
use crate::command::{Change, Command, set_label};
use crate::diagram::display;
use crate::document::{DialogFlow, Edge};
use crate::interaction::End;
use crate::rules::context::{DialogContext, EdgeAt};
use crate::rules::{Proposal, veto_edge};

/// Lets an end of an edge be at another node. The edge keeps its place, its condition and its id.
pub fn reconnect(flow: &DialogFlow, edge: EdgeAt, end: End, node: &str) -> Command {
    let at = match end {
        End::Source => flow.edges[edge].source.at,
        End::Target => flow.edges[edge].target.at,
    };
    let value = node.into();
    Command::one("Reconnect edge", Change::Replace { at, value })
}

/// Puts a node into an edge: the edge leads to it under its condition, and a new edge without one
/// leads on.
pub fn insert_into(flow: &DialogFlow, edge: EdgeAt, node: &str) -> Vec<Change> {
    let old = &flow.edges[edge];
    let id = free_edge_id(flow, 1);
    vec![
        Change::Replace {
            at: old.target.at,
            value: node.into(),
        },
        Change::InsertElements {
            at: flow.edges_at,
            after: Some(old.at),
            values: vec![edge_value(&id, node, &old.target.text, None)],
        },
    ]
}

/// Deletes nodes and edges as [`delete`] does, but leads edges into the deleted nodes on to what
/// comes after: the only node that follows, else the one that follows without a condition. Such an
/// edge keeps its condition and its place.
///
/// # Complexity
/// O(nodes + edges) and O(edges out) for every edge that is led on.
pub fn delete_and_heal(context: &DialogContext<'_>, nodes: &[usize], edges: &[usize]) -> Healed {
    let flow = context.flow;
    let deleted: BTreeSet<usize> = nodes.iter().copied().collect();
    let cut: BTreeSet<EdgeAt> = edges.iter().copied().collect();
    let edges_out = Edges { context, cut: &cut };
    let mut ways = Ways::new(edges_out, &deleted);
    let mut changes = Vec::new();
    let mut not_joined = Vec::new();
    let mut kept = BTreeSet::new();
    let mut made = HashSet::new();
    for (index, edge) in flow.edges.iter().enumerate() {
        let (Some(source), Some(target)) = (context.source(index), context.target(index)) else {
            continue;
        };
        if cut.contains(&index) || deleted.contains(&source) || !deleted.contains(&target) {
            continue;
        }
        let joined = ways.on(target).and_then(|to| {
            let to = &flow.nodes[to].id.text;
            let condition = edge.condition.as_ref().map(|it| it.text.as_str());
            let proposal = Proposal {
                source: &edge.source.text,
                target: to,
                condition,
                replaces: Some(index),
            };
            match veto_edge(context, &proposal) {
                Some(veto) => Err(veto.reason),
                None if !made.insert((source, to, condition)) => {
                    Err("it would be there twice.".to_owned())
                }
                None => Ok(to),
            }
        });
        match joined {
            Ok(to) => {
                kept.insert(index);
                let (at, value) = (edge.target.at, to.as_str().into());
                changes.push(Change::Replace { at, value });
            }
            Err(reason) => not_joined.push(sentence(flow, edge, source, &reason)),
        }
    }
    let mut command = delete(flow, nodes, edges);
    let spared: HashSet<_> = kept.iter().map(|&edge| flow.edges[edge].at).collect();
    for change in &mut command.changes {
        if let Change::RemoveElements { at, elements } = change
            && *at == flow.edges_at
        {
            elements.retain(|element| !spared.contains(element));
        }
    }
    command.changes.extend(changes);
    set_label(&mut command, "Delete", "Delete and join");
    Healed {
        command,
        not_joined,
    }
}

fn sentence(flow: &DialogFlow, edge: &Edge, source: usize, reason: &str) -> String {
    let from = display(&flow.nodes[source].label.text);
    let condition = match &edge.condition {
        Some(condition) => format!(" when {}", display(&condition.text)),
        None => String::new(),
    };
    format!("The edge out of \"{from}\"{condition} was removed: {reason}")
}

/// The nodes that others lead to, by edges that are not deleted themselves.
struct Edges<'a, 'flow> {
    context: &'a DialogContext<'flow>,
    cut: &'a BTreeSet<EdgeAt>,
}

impl Leads for Edges<'_, '_> {
    fn out(&self, node: usize) -> impl Iterator<Item = (usize, bool)> {
        let context = self.context;
        let edges = context.edges_out(node);
        let edges = edges.filter(|edge| !self.cut.contains(edge));
        edges.filter_map(|edge| {
            let is_default = context.edge(edge).condition.is_none();
            Some((context.target(edge)?, is_default))
        })
    }

    fn name(&self, node: usize) -> CompactString {
        display(&self.context.flow.nodes[node].label.text)
    }
}
