//! ## What it does
//! Follows every path from the entry point. A variable that some script sets, and that has no
//! default and no linked context set to inject it, must have been set on every path that leads to
//! where it is read. One problem is reported for each variable, at the first such place.
//!
//! It takes time in proportion to (nodes + edges) for every 64 variables that scripts set.
//!
//! ## Why it is bad
//! On that path the variable is `undefined`: conditions on it are false, and texts show its name
//! in braces.
//!
//! ## Example
//! ```json fails
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "check", "type": "condition", "label": "Check" },
//!             { "id": "look", "type": "action", "label": "Look", "properties": { "script": "set(order, entities.order)" } },
//!             { "id": "bye", "type": "end", "label": "Bye", "properties": { "say": "Order {{order}}" } }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "check" },
//!             { "id": "e2", "source": "check", "target": "look", "condition": "entities.order" },
//!             { "id": "e3", "source": "check", "target": "bye" },
//!             { "id": "e4", "source": "look", "target": "bye" }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
//!   "nodes": [{ "id": "start", "type": "start", "label": "Start" },
//!             { "id": "check", "type": "condition", "label": "Check" },
//!             { "id": "look", "type": "action", "label": "Look", "properties": { "script": "set(order, entities.order)" } },
//!             { "id": "bye", "type": "end", "label": "Bye", "properties": { "say": "Order {{order}}" } }],
//!   "edges": [{ "id": "e1", "source": "start", "target": "check" },
//!             { "id": "e2", "source": "check", "target": "look", "condition": "entities.order" },
//!             { "id": "e3", "source": "check", "target": "bye" },
//!             { "id": "e4", "source": "look", "target": "bye" }],
//!   "variables": [{ "name": "order", "type": "string", "default": "unknown" }] }
//! ```
//!
//! ## When to switch it off
//! Where conversations are resumed with variables that an earlier one has set.

use std::collections::{HashSet, VecDeque};

use crate::problem::Severity;
use crate::rules::context::{DialogContext, NodeAt};
use crate::rules::mentions::{How, Mention, NameAt, Place};
use crate::rules::wording::describe;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FD304",
    name: "read-before-set",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Graph,
    summary: "A variable is read on a path on which nothing has set it yet.",
    check: Check::Dialog(check),
    veto: None,
};

fn check(context: &DialogContext<'_>, report: &mut Report<'_>) {
    let Some(entry) = context.entry() else { return };
    let mentions = context.mentions();
    let followed: Vec<NameAt> = (0..mentions.names.len())
        .filter(|&name| is_followed(context, name))
        .collect();
    if followed.is_empty() {
        return;
    }
    let mut slot_of = vec![None; mentions.names.len()];
    for (slot, &name) in followed.iter().enumerate() {
        slot_of[name] = Some(slot);
    }
    let (sets, reads) = events(context, &slot_of);
    let mut early: Vec<Vec<&Read>> = vec![Vec::new(); followed.len()];
    for first in (0..followed.len()).step_by(64) {
        let unset = unset_on_entry(context, entry, &sets, first);
        for read in &reads {
            if let Some(bit) = bit(read.slot, first)
                && unset[read.node] & bit != 0
            {
                early[read.slot].push(read);
            }
        }
    }
    for (slot, mut reads) in early.into_iter().enumerate() {
        reads.sort_by_key(|read| (read.place.at, read.mention.span));
        if let Some(&first) = reads.first() {
            let setter = sets.iter().find(|set| set.slot == slot);
            describe_read(context, first, &reads, setter, report);
        }
    }
}

/// Whether a variable has no value but the one that some script gives it.
fn is_followed(context: &DialogContext<'_>, name: NameAt) -> bool {
    let known = &context.mentions().known[name];
    let has_default = known
        .declared
        .is_some_and(|index| context.flow.variables[index].default.is_some());
    known.set && !known.injected && !has_default
}

/// A script of a node sets a followed variable.
struct Set {
    slot: usize,
    node: NodeAt,
    place: Place,
}

/// A node, or a condition on the way out of it, reads a followed variable that the node itself has
/// not set before.
struct Read {
    slot: usize,
    node: NodeAt,
    place: Place,
    mention: Mention,
}

fn events(context: &DialogContext<'_>, slot_of: &[Option<usize>]) -> (Vec<Set>, Vec<Read>) {
    let (mut sets, mut reads) = (Vec::new(), Vec::new());
    // Scripts come first, so what a node sets is known before what it says and decides.
    let mut set_here = HashSet::new();
    for (place, mentions) in context.mentions().places(context) {
        let Some(node) = place.node else { continue };
        for &mention in mentions {
            let Some(slot) = slot_of[mention.name] else {
                continue;
            };
            if mention.how == How::Set {
                if set_here.insert((node, slot)) {
                    sets.push(Set { slot, node, place });
                }
            } else if !set_here.contains(&(node, slot)) {
                reads.push(Read {
                    slot,
                    node,
                    place,
                    mention,
                });
            }
        }
    }
    (sets, reads)
}

/// The bit of a variable among the 64 from `first` on.
fn bit(slot: usize, first: usize) -> Option<u64> {
    let place = slot.checked_sub(first)?;
    (place < 64).then(|| 1 << place)
}

/// For each node, which of the 64 variables from `first` on may be unset when a conversation comes
/// to it: those for which some path from the entry passes no script that sets them.
fn unset_on_entry(
    context: &DialogContext<'_>,
    entry: NodeAt,
    sets: &[Set],
    first: usize,
) -> Vec<u64> {
    let count = context.flow.nodes.len();
    let mut set_by = vec![0_u64; count];
    for set in sets {
        set_by[set.node] |= bit(set.slot, first).unwrap_or(0);
    }
    let mut unset = vec![0_u64; count];
    unset[entry] = u64::MAX;
    let mut queued = vec![false; count];
    let mut queue = VecDeque::from([entry]);
    while let Some(node) = queue.pop_front() {
        queued[node] = false;
        let left = unset[node] & !set_by[node];
        for next in context.successors(node) {
            if left & !unset[next] != 0 {
                unset[next] |= left;
                if !std::mem::replace(&mut queued[next], true) {
                    queue.push_back(next);
                }
            }
        }
    }
    unset
}

fn describe_read(
    context: &DialogContext<'_>,
    first: &Read,
    reads: &[&Read],
    setter: Option<&Set>,
    report: &mut Report<'_>,
) {
    let name = &context.mentions().names[first.mention.name];
    let message = format!(
        "\"{name}\" is read in {} on a path on which nothing has set it, so it is undefined there. \
         Set it on every path, or declare a default.",
        describe(context, &first.place)
    );
    let mut nodes: Vec<NodeAt> = reads.iter().map(|read| read.node).collect();
    nodes.sort_unstable();
    nodes.dedup();
    let finding = report
        .problem(first.place.at, message)
        .within(first.mention.span.range())
        .ids(nodes.iter().map(|&node| &context.node(node).id.text))
        .id(name);
    if let Some(set) = setter {
        finding.related(
            set.place.at,
            format!("\"{}\" sets it.", context.name(set.node)),
        );
    }
}
