//! Three-way merge: two flows that were made from one are brought together. What only one side
//! changed is taken from it; what both changed in different ways is a conflict, to be decided one
//! by one. Merged are wire forms; [`Merge::command`] makes the result out of a document.
//!
//! Nodes, edges, variables and states are merged field by field, and known by their ids: a new id is
//! a removal and an addition. A transition is merged as a whole. Whether the result is a sound flow
//! is for the rules to say: one side may have removed a node to which the other has led an edge.

mod order;
mod three;

use compact_str::CompactString;

use crate::command::Command;
use crate::difference::{Difference, command};
use crate::document::Document;
use crate::wire_form::WireForm;

/// One of the three flows of a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What both were made from.
    Base,
    /// The other one.
    Theirs,
    /// One's own.
    Mine,
}

/// What both sides changed in different ways. Values are JSON in the spelling of the wire form;
/// none where there is nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// What it is about.
    pub about: About,
    /// The value that both started from.
    pub base: Option<String>,
    /// The value on the other side.
    pub theirs: Option<String>,
    /// The own value.
    pub mine: Option<String>,
}

/// What a conflict is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// A field of the flow itself.
    Flow {
        /// Its key.
        field: String,
    },
    /// A field of an item.
    Field {
        /// The key of the list: `nodes`, `edges`, `variables` or `states`.
        list: &'static str,
        /// Id of the item; the name of a variable.
        id: CompactString,
        /// Its key; `properties.say` for what is in the properties.
        field: String,
    },
    /// A whole item: one side removed what the other changed, both added different things under one
    /// id, or both changed a transition.
    Item {
        /// The key of the list.
        list: &'static str,
        /// Id of the state, for a transition.
        state: Option<CompactString>,
        /// Id of the item; the name of a variable.
        id: CompactString,
    },
    /// The order of the branches of a node or of the transitions of a state. The values are lists of
    /// ids.
    Order {
        /// The key of the list.
        list: &'static str,
        /// Id of the node or state.
        from: CompactString,
    },
}

/// A merge of three flows of one kind.
#[derive(Clone, Debug)]
pub struct Merge {
    base: WireForm,
    theirs: WireForm,
    mine: WireForm,
    conflicts: Vec<Conflict>,
}

impl Merge {
    /// Merges what `theirs` and `mine` made of `base`; none when they are not of one kind.
    ///
    /// # Complexity
    /// O(n log n) in the size of all three.
    pub fn of(base: &WireForm, theirs: &WireForm, mine: &WireForm) -> Option<Self> {
        if base.kind() != theirs.kind() || base.kind() != mine.kind() {
            return None;
        }
        let (_, conflicts) = three::merge(base, theirs, mine, &[]);
        Some(Self {
            base: base.clone(),
            theirs: theirs.clone(),
            mine: mine.clone(),
            conflicts,
        })
    }

    /// What has to be decided, in the order of the base.
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// The merged flow. `choices` says for each conflict, in order, whose value is taken; one's own
    /// where it says nothing. None when the result would be longer than a document may be.
    pub fn result(&self, choices: &[Side]) -> Option<WireForm> {
        let (text, _) = three::merge(&self.base, &self.theirs, &self.mine, choices);
        WireForm::read(self.mine.kind(), text)
    }

    /// The command that makes the merged flow out of the document of one's own flow. None for a
    /// document that cannot hold it; see [`Merge::result`] and [`crate::difference::command`].
    pub fn command(&self, mine: &Document, choices: &[Side]) -> Option<Command> {
        let difference = Difference::of_wire_forms(&WireForm::of(mine)?, &self.result(choices)?)?;
        command(mine, "Merge", &difference.changes)
    }
}
