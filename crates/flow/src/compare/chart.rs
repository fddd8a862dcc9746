//! Comparing two charts node by node: nodes are paired, then told by where they stand, what their settings
//! say and where they jump. What follows what is told by the nodes that moved, not by relations.

mod jumps;
mod pairing;
mod places;

use super::fields::{Member, Spot, Walk, both, sorted_members};
use super::{About, Comparison, Entry, Item, Marks, Pairs};
use crate::document::{Chart, ChartNode, Document};
use crate::json::{Kind, Tree};
use pairing::Paired;
use places::Places;

/// Keys that are another one in every copy or say again what other keys say, wherever they stand.
const IGNORED: [&str; 3] = ["_id", "transpiled", "localeReference"];

/// One of the two charts.
struct Version<'t> {
    document: &'t Document,
    chart: &'t Chart,
    places: Places,
}

impl<'t> Version<'t> {
    fn of(document: &'t Document, chart: &'t Chart) -> Self {
        Self {
            document,
            chart,
            places: Places::of(chart),
        }
    }

    fn tree(&self) -> &'t Tree {
        self.document.tree()
    }

    fn node(&self, node: u32) -> &'t ChartNode {
        &self.chart.nodes[node as usize]
    }

    fn type_of(&self, node: u32) -> &'t str {
        &self.node(node).type_name.text
    }
}

/// How one chart differs from another.
///
/// # Complexity
/// O(n log n) in the size of both, but for the lines of longer texts.
pub(super) fn compare(old: (&Document, &Chart), new: (&Document, &Chart)) -> Comparison {
    let (old, new) = (Version::of(old.0, old.1), Version::of(new.0, new.1));
    let Paired { pairs, are_copies } = pairing::pair(&old, &new);
    let moved = places::moved(&old, &new, &pairs);
    let mut writer = Writer {
        walk: Walk::new(old.tree(), new.tree(), |key| IGNORED.contains(&key)),
        old: &old,
        new: &new,
        pairs: &pairs,
        are_copies,
    };
    let mut entries: Vec<((usize, u8, usize), Entry)> = Vec::new();
    // Where the last node that is still there stands now: what was removed is told after it.
    let mut last = 0;
    let mut renumbered = 0;
    for (place, step) in old.places.structure.order().iter().enumerate() {
        match pairs.new_of(step.node) {
            Some(now) => {
                last = new.places.number[now as usize];
                let entry = writer.pair(step.node, now, moved[now as usize]);
                let is_renumbered = entry.is_none() && writer.is_renumbered(step.node, now);
                renumbered += usize::from(is_renumbered);
                entries.extend(entry.map(|entry| ((last, 0, 0), entry)));
            }
            None => entries.push(((last, 1, place), writer.removed(step.node))),
        }
    }
    for (place, step) in new.places.structure.order().iter().enumerate() {
        if pairs.old_of(step.node).is_none() {
            entries.push(((place, 0, 0), writer.added(step.node)));
        }
    }
    entries.sort_by_key(|(place, _)| *place);
    let kinds = (old.document.kind(), new.document.kind());
    Comparison {
        kinds,
        entries: entries.into_iter().map(|(_, entry)| entry).collect(),
        cards: pairs,
        renumbered,
        lacks_settings: old.chart.has_configs != new.chart.has_configs,
    }
}

struct Writer<'t> {
    walk: Walk<'t>,
    old: &'t Version<'t>,
    new: &'t Version<'t>,
    pairs: &'t Pairs,
    /// Whether one is a copy of the other that has references of its own.
    are_copies: bool,
}

impl Writer<'_> {
    fn removed(&mut self, node: u32) -> Entry {
        Entry {
            about: About::Card,
            marks: Marks::REMOVED,
            fields: self.all_fields(self.old, node, true),
            old: Some(self.item(true, node)),
            new: None,
        }
    }

    fn added(&mut self, node: u32) -> Entry {
        Entry {
            about: About::Card,
            marks: Marks::ADDED,
            fields: self.all_fields(self.new, node, false),
            old: None,
            new: Some(self.item(false, node)),
        }
    }

    fn item(&mut self, is_old: bool, node: u32) -> Item {
        let (version, locator) = if is_old {
            (self.old, &mut self.walk.old)
        } else {
            (self.new, &mut self.walk.new)
        };
        let own = version.node(node);
        Item {
            card: Some(node),
            link: None,
            id: own.id.text.clone(),
            name: own.name().clone(),
            type_name: own.type_name.text.clone(),
            pointer: locator.pointer(own.at),
            place: Some(version.places.place(version.chart, node)),
        }
    }

    /// What differs in a node that both have.
    fn pair(&mut self, old: u32, new: u32, is_moved: bool) -> Option<Entry> {
        let (before, after) = (self.old.node(old), self.new.node(new));
        let is_retargeted = self.jump(old, new);
        let jump_fields = self.walk.count();
        self.members(Some(before), Some(after));
        let is_changed = self.walk.count() > jump_fields;
        let minor = self.walk.count();
        self.reference(before, after);
        let is_minor = self.walk.count() > minor;
        self.walk.are_minor(minor);
        let marks = Marks::MOVED
            .when(is_moved)
            .and(Marks::CHANGED.when(is_changed))
            .and(Marks::RETARGETED.when(is_retargeted));
        let marks = if marks.is_same() {
            Marks::CHANGED.when(is_minor)
        } else {
            marks
        };
        let fields = self.walk.take();
        (!marks.is_same()).then(|| Entry {
            about: About::Card,
            marks,
            fields,
            old: Some(self.item(true, old)),
            new: Some(self.item(false, new)),
        })
    }

    /// Whether a node has other ids.
    fn is_renumbered(&self, old: u32, new: u32) -> bool {
        let (before, after) = (self.old.node(old), self.new.node(new));
        let reference = |node: &ChartNode| node.reference.as_ref().map(|field| field.text.clone());
        before.id.text != after.id.text || reference(before) != reference(after)
    }

    /// A reference that is another one, which is worth telling unless all are.
    fn reference(&mut self, old: &ChartNode, new: &ChartNode) {
        if self.are_copies {
            return;
        }
        let before = old
            .reference
            .as_ref()
            .map(|own| self.old.tree().value(own.at));
        let after = new
            .reference
            .as_ref()
            .map(|own| self.new.tree().value(own.at));
        self.walk.under("referenceId", |walk| {
            walk.optional(before.map(Spot::of), after.map(Spot::of));
        });
    }

    /// All fields of a node that only one of the charts has.
    fn all_fields(&mut self, version: &Version<'_>, node: u32, is_old: bool) -> Vec<super::Field> {
        let own = version.node(node);
        let (old, new) = if is_old {
            (Some(own), None)
        } else {
            (None, Some(own))
        };
        self.members(old, new);
        let minor = self.walk.count();
        let reference = own.reference.as_ref();
        let reference = reference.map(|own| Spot::of(version.tree().value(own.at)));
        self.walk.under("referenceId", |walk| {
            if is_old {
                walk.optional(reference, None);
            } else {
                walk.optional(None, reference);
            }
        });
        self.walk.are_minor(minor);
        self.walk.take()
    }

    /// Compares the members of two nodes but for their ids, or tells all those of one. Settings are told
    /// one by one even where there were none.
    fn members(&mut self, old: Option<&ChartNode>, new: Option<&ChartNode>) {
        let (old_tree, new_tree) = (self.old.tree(), self.new.tree());
        // What the editor shows says again what the settings say, where there are any.
        let has_configs = self.old.chart.has_configs && self.new.chart.has_configs;
        let jumps = old.is_some_and(|node| node.jump.is_some())
            && new.is_some_and(|node| node.jump.is_some());
        let members = |node: Option<&ChartNode>, tree| {
            let members = node.map(|node| told_members(node, tree, has_configs));
            members.unwrap_or_default()
        };
        for (key, before, after) in both(members(old, old_tree), members(new, new_tree)) {
            if key == "preview" && jumps {
                continue;
            }
            self.walk.under(&key, |walk| {
                walk.optional(before.map(Spot::of), after.map(Spot::of));
            });
        }
        // A chart without settings says nothing about those of another.
        if self.old.chart.has_configs != self.new.chart.has_configs {
            return;
        }
        let settings = both(settings(old, old_tree), settings(new, new_tree));
        self.walk.under("config", |walk| {
            for (key, before, after) in settings {
                if IGNORED.contains(&&*key) {
                    continue;
                }
                walk.under(&key, |walk| match (before, after) {
                    (Some(before), Some(after)) if jumps && key == "flowNode" => {
                        jumps::besides_target(walk, before, after);
                    }
                    // Code is code, whatever else it may be.
                    _ if key == "code" => {
                        walk.optional(before.map(Spot::of), after.map(Spot::of));
                    }
                    _ => walk.optional(before.map(Spot::setting), after.map(Spot::setting)),
                });
            }
        });
    }
}

/// The settings of a node, sorted by key; none where there is no node or it has none.
fn settings<'t>(node: Option<&ChartNode>, tree: &'t Tree) -> Vec<Member<'t>> {
    let config = node.and_then(|node| node.config);
    config.map_or_else(Vec::new, |at| sorted_members(tree.value(at)))
}

/// The members of a node that are told: not its ids, its settings, nor what says nothing.
fn told_members<'t>(node: &ChartNode, tree: &'t Tree, has_configs: bool) -> Vec<Member<'t>> {
    let mut members = sorted_members(tree.value(node.at));
    members.retain(|(key, value)| {
        let is_told = !IGNORED.contains(&&**key)
            && !matches!(&**key, "referenceId" | "config")
            && (key != "preview" || !has_configs);
        let says_nothing = match value.kind() {
            Kind::Null => true,
            Kind::False => key == "isDisabled",
            Kind::String => value.is_text(""),
            _ => false,
        };
        is_told && !says_nothing
    });
    members
}
