//! The order in which a chart is read: each node before its branches, these before what follows them.

use std::borrow::Cow;

use super::{Part, text};
use crate::json::{Tree, ValueRef};
use crate::rules::ids::Map;

/// What follows a node.
#[derive(Clone, Debug, Default)]
struct Following {
    next: Option<usize>,
    children: Vec<usize>,
    /// Whether anything is known of it: only the first relation about a node counts.
    told: bool,
}

/// Puts the nodes of a chart into the order of its tree, from the start on. What nothing leads to follows,
/// in the order it had; what only a circle leads to comes last. Broken relations are for rules to report.
///
/// # Complexity
/// O(nodes + relations).
pub(super) fn sort(chart: &Tree, nodes: &mut Vec<usize>, parts: &[Part]) {
    let mut by_id: Map<&str, usize> = Map::default();
    for (at, &node) in nodes.iter().enumerate() {
        by_id.entry(parts[node].id.as_str()).or_insert(at);
    }
    let find = |id: Cow<'_, str>| by_id.get(id.as_ref()).copied();
    let mut following = vec![Following::default(); nodes.len()];
    let mut is_referred = vec![false; nodes.len()];
    let relations = chart.root().get("relations");
    for relation in relations.into_iter().flat_map(ValueRef::elements) {
        let Some(node) = text(relation, "node").and_then(find) else {
            continue;
        };
        let children = relation.get("children").into_iter();
        let children: Vec<usize> = children
            .flat_map(ValueRef::elements)
            .filter_map(ValueRef::as_str)
            .filter_map(find)
            .collect();
        let next = text(relation, "next").and_then(find);
        for &node in children.iter().chain(&next) {
            is_referred[node] = true;
        }
        if !std::mem::replace(&mut following[node].told, true) {
            following[node].next = next;
            following[node].children = children;
        }
    }
    let is_start = |&at: &usize| {
        let kind = parts[nodes[at]].tree.root().get("type");
        kind.is_some_and(|kind| kind.is_text("start"))
    };
    let all = 0..nodes.len();
    let roots = all.clone().filter(|&at| !is_referred[at]);
    let roots = all
        .clone()
        .find(is_start)
        .into_iter()
        .chain(roots)
        .chain(all);
    let mut order = Vec::with_capacity(nodes.len());
    let mut seen = vec![false; nodes.len()];
    for root in roots {
        let mut waiting = vec![root];
        while let Some(at) = waiting.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            order.push(nodes[at]);
            waiting.extend(following[at].next);
            waiting.extend(following[at].children.iter().rev());
        }
    }
    *nodes = order;
}
