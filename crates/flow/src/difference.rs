//! What changed between two flows of one kind: items added, removed, renamed and changed field by
//! field, branches in another order. Compared is the wire form, so that spelling, key order and
//! what is not sent make no difference. [`command`] turns the changes into edits of a document; how
//! they are shown is not known here.

mod command;
mod compare;
mod items;
mod pairing;

use compact_str::CompactString;

use crate::document::Document;
use crate::json::normal_text;
use crate::line_difference::LineDifference;
use crate::wire_form::{FlowKind, WireForm};

pub use command::command;
use items::LAYOUT;
pub(crate) use items::{ListKind, compose, field_values, header_keys, id_of};

/// A list of a flow. States and their transitions are named by their index in the old flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// The nodes of a dialog flow.
    Nodes,
    /// Its edges.
    Edges,
    /// Its declared variables.
    Variables,
    /// The states of a state flow.
    States,
    /// The transitions of the state with this index in the old flow.
    Transitions(usize),
}

/// How one flow differs from another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// What leads from the old wire form to the new: fields of the flow first, then list by list,
    /// in the order of the old flow.
    pub changes: Vec<Change>,
    /// Whether the layout that the files keep for themselves, which is never sent, differs.
    pub stored_layout: bool,
}

/// One change. Indices are those of the old flow, unless said otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A field of the flow itself: its name, its entry point.
    Flow(FieldChange),
    /// Something is new.
    Added {
        /// Where.
        list: List,
        /// Its index in the new list.
        index: usize,
        /// Its id, or its name for a variable.
        id: CompactString,
        /// All of it, as JSON in the spelling of the wire form.
        value: String,
    },
    /// Something is gone.
    Removed {
        /// Where.
        list: List,
        /// Its index in the old list.
        index: usize,
        /// Its id, or its name for a variable.
        id: CompactString,
        /// All of it, as JSON in the spelling of the wire form.
        value: String,
    },
    /// Something has another id, or other fields. References to an id that was renamed are not
    /// changes of their own.
    Changed {
        /// Where.
        list: List,
        /// Its index in the old list.
        index: usize,
        /// Its id now.
        id: CompactString,
        /// Its id before, where that was another.
        renamed_from: Option<CompactString>,
        /// The fields that differ, sorted by name.
        fields: Vec<FieldChange>,
    },
    /// What is in both lists stands in another order.
    Reordered {
        /// Which list.
        list: List,
        /// The old indices of what is in both, in the new order.
        order: Vec<usize>,
        /// Where the order means something: the branches of each node, the transitions of the
        /// state. Where this is empty, things only stand at other places of the file.
        branches: Vec<Branches>,
    },
}

/// Ways out of one place that are tried in another order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branches {
    /// Id of the node or state they leave.
    pub from: CompactString,
    /// Their ids now, in the old order.
    pub old: Vec<CompactString>,
    /// Their ids, in the new order.
    pub new: Vec<CompactString>,
}

/// A field with another value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// Its key; `properties.say` for what is in the properties.
    pub field: String,
    /// Its value before, as JSON in the spelling of the wire form; none where it is new. References
    /// to an id that was renamed already follow it.
    pub old: Option<String>,
    /// Its value now; none where it is gone.
    pub new: Option<String>,
    /// Which lines differ, where both are texts of several lines.
    pub lines: Option<LineDifference>,
}

impl FieldChange {
    /// Whether it only says where a node stands on the canvas.
    pub fn is_layout(&self) -> bool {
        self.field == LAYOUT
    }

    /// Whether it says where an edge or a transition leads or comes from.
    pub fn is_end(&self) -> bool {
        matches!(self.field.as_str(), "source" | "target" | "targetStateId")
    }
}

impl Change {
    /// Whether it changes nothing but where things stand on the canvas or in the file.
    pub fn is_layout(&self) -> bool {
        match self {
            Self::Changed {
                renamed_from,
                fields,
                ..
            } => renamed_from.is_none() && fields.iter().all(FieldChange::is_layout),
            Self::Reordered { branches, .. } => branches.is_empty(),
            _ => false,
        }
    }
}

impl Difference {
    /// How `new` differs from `old`; none when they are no flows of one kind.
    ///
    /// # Complexity
    /// O(n log n) in the size of both.
    pub fn between(old: &Document, new: &Document) -> Option<Self> {
        let changes = compare::changes(&WireForm::of(old)?, &WireForm::of(new)?)?;
        let layout = |document: &Document| {
            let kept = document.tree().root().get("flowdeck")?;
            kept.get("layout").map(normal_text)
        };
        Some(Self {
            changes,
            stored_layout: layout(old) != layout(new),
        })
    }

    /// How the wire form `new` differs from `old`; none when they are of two kinds.
    ///
    /// # Complexity
    /// O(n log n) in the size of both.
    pub fn of_wire_forms(old: &WireForm, new: &WireForm) -> Option<Self> {
        Some(Self {
            changes: compare::changes(old, new)?,
            stored_layout: false,
        })
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && !self.stored_layout
    }

    /// Whether something differs, but only in where things stand on the canvas or in the file.
    pub fn is_layout_only(&self) -> bool {
        !self.is_empty() && self.changes.iter().all(Change::is_layout)
    }
}

impl List {
    pub(crate) fn kind(self) -> ListKind {
        match self {
            Self::Nodes => ListKind::Nodes,
            Self::Edges => ListKind::Edges,
            Self::Variables => ListKind::Variables,
            Self::States => ListKind::States,
            Self::Transitions(_) => ListKind::Transitions,
        }
    }

    /// The lists of a kind of flow, without those inside states.
    fn of(kind: FlowKind) -> &'static [Self] {
        match kind {
            FlowKind::Dialog => &[Self::Nodes, Self::Edges, Self::Variables],
            FlowKind::State => &[Self::States],
        }
    }
}
