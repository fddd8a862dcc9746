//! Where jumps of two charts lead: a jump to a node that both have leads to the same place, whatever its
//! references are called.

use compact_str::CompactString;

use super::{Version, Writer};
use crate::compare::fields::{Spot, Walk, both, sorted_members};
use crate::document::{Field, Jump};
use crate::json::ValueRef;

/// What a jump is known by.
const TARGET: [&str; 2] = ["flow", "node"];

impl Writer<'_> {
    /// Whether a node leads elsewhere; the fields that say so are kept. A node that came to have a target,
    /// or lost it, differs in its settings and leads elsewhere too.
    pub(super) fn jump(&mut self, old: u32, new: u32) -> bool {
        let (before, after) = (&self.old.node(old).jump, &self.new.node(new).jump);
        let (Some(before), Some(after)) = (before, after) else {
            return before.is_some() || after.is_some();
        };
        if self.leads_to_the_same(before, after) {
            return false;
        }
        let key = if self.old.node(old).config.is_some() && self.new.node(new).config.is_some() {
            ["config", "flowNode"].as_slice()
        } else {
            &["preview"]
        };
        let names = (
            self.old.called(before.node.as_ref()),
            self.new.called(after.node.as_ref()),
        );
        let (before, after) = (
            self.old.tree().value(before.at),
            self.new.tree().value(after.at),
        );
        nested(&mut self.walk, key, &mut |walk| {
            let told = walk.count();
            for key in TARGET {
                walk.under(key, |walk| {
                    walk.optional(before.get(key).map(Spot::of), after.get(key).map(Spot::of));
                });
            }
            let (before, after) = (before.get("node"), after.get("node"));
            // A reference that means another node now is told although it is spelled the same.
            if walk.count() == told {
                walk.under("node", |walk| {
                    walk.field(before.map(Spot::of), after.map(Spot::of));
                });
                walk.call(names.clone());
            } else if before.map(ValueRef::raw) != after.map(ValueRef::raw) {
                // The node is told last.
                walk.call(names.clone());
            }
        });
        true
    }

    fn leads_to_the_same(&self, old: &Jump, new: &Jump) -> bool {
        let text = |field: &Option<Field>| {
            field
                .as_ref()
                .map(|field| field.text.clone())
                .unwrap_or_default()
        };
        let is_spelled_the_same =
            text(&old.node) == text(&new.node) && text(&old.flow) == text(&new.flow);
        let before = old.node.as_ref();
        let before = before.and_then(|node| self.old.places.by_reference.get(&node.text));
        let after = new.node.as_ref();
        let after = after.and_then(|node| self.new.places.by_reference.get(&node.text));
        match (before, after) {
            (Some(&before), Some(&after)) => self.pairs.new_of(before) == Some(after),
            // The same reference, and the node that had it is there under another one.
            (Some(&before), None) => is_spelled_the_same && self.pairs.new_of(before).is_none(),
            (None, Some(&after)) => is_spelled_the_same && self.pairs.old_of(after).is_none(),
            (None, None) => is_spelled_the_same,
        }
    }
}

impl Version<'_> {
    /// What people call the node with this reference; none when it is not in the chart.
    fn called(&self, reference: Option<&Field>) -> Option<CompactString> {
        let node = self.places.by_reference.get(&reference?.text)?;
        Some(self.node(*node).name().clone())
    }
}

fn nested(walk: &mut Walk<'_>, keys: &[&str], act: &mut dyn FnMut(&mut Walk<'_>)) {
    match keys {
        [] => act(walk),
        [key, rest @ ..] => walk.under(key, |walk| nested(walk, rest, act)),
    }
}

/// Compares what a jump says besides where it leads.
pub(super) fn besides_target(walk: &mut Walk<'_>, old: ValueRef<'_>, new: ValueRef<'_>) {
    for (key, before, after) in both(sorted_members(old), sorted_members(new)) {
        if !TARGET.contains(&&*key) && !super::IGNORED.contains(&&*key) {
            walk.under(&key, |walk| {
                walk.optional(before.map(Spot::of), after.map(Spot::of));
            });
        }
    }
}
