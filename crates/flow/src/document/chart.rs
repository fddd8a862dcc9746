//! The typed view of a chart as Cognigy.AI exports it: typed nodes, and relations that make an
//! ordered tree of them. Exports differ by version and by the way they were made, so only what makes a
//! chart one is required; whatever else is missing or of another type is simply not known.
//!
//! The shapes are those of the export of the Cognigy command line (`chart.json`), of packages, and of the
//! API's charts, which come without the nodes' settings.

mod condition;
pub mod content;
pub mod facts;
pub mod script;
mod structure;
pub mod texts;
pub mod types;

pub use condition::{IfCondition, is_untouched};
pub use structure::{Place, Step, Structure};

use compact_str::CompactString;

use super::MAX_NODES;
use super::project::{Field, Item, Projector, pick};
use crate::json::{Kind, ReadError, Tree, ValueId, ValueRef};

/// The nodes of one flow in one language, and how they follow each other.
#[derive(Clone, Debug)]
pub struct Chart {
    /// The object that is the chart: the root.
    pub at: ValueId,
    /// In file order, which means nothing: [`Chart::relations`] say what follows what.
    pub nodes: Vec<ChartNode>,
    /// In file order.
    pub relations: Vec<Relation>,
    /// Whether the file has settings of nodes at all. The API's charts have none: what they would say is
    /// not known.
    pub has_configs: bool,
}

/// One node of a chart.
#[derive(Clone, Debug)]
pub struct ChartNode {
    /// The object.
    pub at: ValueId,
    /// `_id`: what relations know it by. Another one in every copy of the flow.
    pub id: Field,
    /// `referenceId`: what jumps know it by. The same in every copy of the flow.
    pub reference: Option<Field>,
    /// What it does: see [`types`]. Extensions bring types of their own.
    pub type_name: Field,
    /// Where its type comes from, such as `@cognigy/basic-nodes`.
    pub extension: Option<Field>,
    /// What people call it.
    pub label: Option<Field>,
    /// What its author noted.
    pub comment: Option<Field>,
    /// What the editor of Cognigy.AI shows on it.
    pub preview: Option<Field>,
    /// The same where it is no text but tells of several settings.
    pub preview_at: Option<ValueId>,
    /// Whether it is passed over.
    pub is_disabled: bool,
    /// Whether a conversation may be sent here from elsewhere, where the file says it.
    pub is_entry_point: Option<bool>,
    /// The object with its settings.
    pub config: Option<ValueId>,
    /// Where it sends the conversation, for the types that do.
    pub jump: Option<Jump>,
    /// Where else it may send it when something goes wrong: what its settings name as targets, whether
    /// or not they are made use of.
    pub detours: Vec<Jump>,
}

/// Where `goTo` and `executeFlow` send a conversation.
#[derive(Clone, Debug)]
pub struct Jump {
    /// The object `flowNode`.
    pub at: ValueId,
    /// `referenceId` of the flow.
    pub flow: Option<Field>,
    /// `referenceId` of the node in it.
    pub node: Option<Field>,
    /// Whether the conversation waits for the user before it goes on there.
    pub waits: bool,
}

/// What follows one node.
#[derive(Clone, Debug)]
pub struct Relation {
    /// The object.
    pub at: ValueId,
    /// `_id` of the node it is about.
    pub node: Field,
    /// What comes after the node and all its branches.
    pub next: Option<Field>,
    /// `next` as the file has it, `null` too.
    pub next_at: Option<ValueId>,
    /// Its branches, in order.
    pub children: Vec<Field>,
}

impl Chart {
    /// Reads the chart out of a document. O(values inside).
    pub(super) fn project(tree: &Tree) -> Result<Self, Vec<ReadError>> {
        let mut read = Projector::new(tree);
        let object = tree.root();
        let [nodes, relations] = pick(object, ["nodes", "relations"]);
        let nodes: Vec<ChartNode> = read.list(object, nodes, "chart", "nodes", true);
        let relations = read.list(object, relations, "chart", "relations", true);
        let has_configs = nodes.is_empty()
            || nodes
                .iter()
                .any(|node| tree.value(node.at).get("config").is_some());
        read.finish(Self {
            at: object.id(),
            nodes,
            relations,
            has_configs,
        })
    }
}

impl Item for ChartNode {
    const LEAST_BYTES: usize = r#"{"_id":"","type":""},"#.len();
    const MOST: usize = MAX_NODES;

    fn project(read: &mut Projector<'_>, object: ValueRef<'_>) -> Self {
        let what = "node";
        let [
            id,
            reference,
            type_name,
            extension,
            label,
            comment,
            is_disabled,
            is_entry_point,
            preview,
            config,
        ] = pick(
            object,
            [
                "_id",
                "referenceId",
                "type",
                "extension",
                "label",
                "comment",
                "isDisabled",
                "isEntryPoint",
                "preview",
                "config",
            ],
        );
        let type_name = read.required(object, type_name, what, "type");
        // Some versions write an empty text where there are no settings.
        let config = config.filter(|config| config.members().next().is_some());
        Self {
            at: object.id(),
            id: read.required(object, id, what, "_id"),
            reference: reference.and_then(Field::of),
            extension: extension.and_then(Field::of),
            label: label.and_then(Field::of),
            comment: comment.and_then(Field::of),
            preview: preview
                .and_then(Field::of)
                .filter(|preview| !preview.text.trim().is_empty()),
            preview_at: preview.map(ValueRef::id),
            is_disabled: is_disabled.and_then(ValueRef::as_bool).unwrap_or(false),
            is_entry_point: is_entry_point.and_then(ValueRef::as_bool),
            jump: types::is_jump(&type_name.text)
                .then(|| Jump::of(config, preview))
                .flatten(),
            detours: config.map_or_else(Vec::new, |config| Jump::detours(&type_name.text, config)),
            config: config.map(ValueRef::id),
            type_name,
        }
    }
}

/// What people call the chart in a file, by the path of the file: the name of its flow and the
/// language. A chart does not say it itself.
pub fn name_of(path: &str) -> String {
    let parts: Vec<&str> = path.split(['/', '\\']).collect();
    match parts[..] {
        [.., flow, locale, "chart.json"] => format!("{flow} ({locale})"),
        [.., file] => file.strip_suffix(".json").unwrap_or(file).to_owned(),
        [] => String::new(),
    }
}

impl ChartNode {
    /// What a person calls it: its label, else its type.
    pub fn name(&self) -> &CompactString {
        self.label
            .as_ref()
            .filter(|label| !label.text.trim().is_empty())
            .map_or(&self.type_name.text, |label| &label.text)
    }

    /// Whether a conversation may be sent here from elsewhere: what the file says, else what holds for
    /// its type.
    pub fn may_be_entered(&self) -> bool {
        self.is_entry_point
            .unwrap_or_else(|| types::is_entry(&self.type_name.text))
            || types::is_entry(&self.type_name.text)
    }

    /// Its preview, whatever its type. The API's charts say in it what little they know of the settings.
    pub fn preview_value<'t>(&self, tree: &'t Tree) -> Option<ValueRef<'t>> {
        tree.value(self.at).get("preview")
    }

    /// The value of a setting.
    pub fn setting<'t>(&self, tree: &'t Tree, key: &str) -> Option<ValueRef<'t>> {
        tree.value(self.config?).get(key)
    }
}

impl Jump {
    /// From the settings of a node; a chart without settings has the target as the preview.
    fn of(config: Option<ValueRef<'_>>, preview: Option<ValueRef<'_>>) -> Option<Self> {
        let [target, mode] = config.map_or([None, None], |config| {
            pick(config, ["flowNode", "executionMode"])
        });
        let target = target.or(preview.filter(|_| config.is_none()))?;
        Self::to(target, mode.is_some_and(|mode| mode.is_text("wait")))
    }

    /// Those that are no jumps of their own: `escalateIntentsGotoTarget` and the like.
    fn detours(type_name: &str, config: ValueRef<'_>) -> Vec<Self> {
        if !types::waits(type_name) {
            return Vec::new();
        }
        let targets = config.members().filter(|(key, _)| {
            let key = key.as_str();
            key.is_some_and(|key| key.ends_with("Target"))
        });
        targets
            .filter_map(|(_, target)| Self::to(target, false))
            .collect()
    }

    fn to(target: ValueRef<'_>, waits: bool) -> Option<Self> {
        if target.kind() != Kind::Object {
            return None;
        }
        let [flow, node] = pick(target, ["flow", "node"]);
        let named = |value: Option<ValueRef<'_>>| {
            value
                .and_then(Field::of)
                .filter(|field| !field.text.trim().is_empty())
        };
        Some(Self {
            at: target.id(),
            flow: named(flow),
            node: named(node),
            waits,
        })
    }
}

impl Item for Relation {
    const LEAST_BYTES: usize = r#"{"node":""},"#.len();

    fn project(read: &mut Projector<'_>, object: ValueRef<'_>) -> Self {
        let [node, next, children] = pick(object, ["node", "next", "children"]);
        Self {
            at: object.id(),
            node: read.required(object, node, "relation", "node"),
            next: next.and_then(Field::of),
            next_at: next.map(ValueRef::id),
            children: children
                .into_iter()
                .flat_map(ValueRef::elements)
                .filter_map(Field::of)
                .collect(),
        }
    }
}
