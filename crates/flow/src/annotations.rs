//! Groups and notes: what people put beside a flow to find their way in it. Not part of the flow:
//! no rule looks at them and nothing of them is sent.

use std::collections::{BTreeMap, BTreeSet};

use compact_str::{CompactString, format_compact};

use crate::geometry::Rect;

/// The smallest a note can be made, in world units.
pub const LEAST_NOTE: (f64, f64) = (96.0, 48.0);

/// A name for cards that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// What it is called.
    pub label: String,
    /// The ids of its cards. Those that are not there are no concern.
    pub members: BTreeSet<CompactString>,
}

/// A text on the canvas.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Note {
    /// What it says.
    pub text: String,
    /// Where it is, in the world.
    pub area: Rect,
}

/// The groups and notes of one document, each by an id of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotations {
    /// The groups.
    pub groups: BTreeMap<CompactString, Group>,
    /// The notes.
    pub notes: BTreeMap<CompactString, Note>,
}

impl Annotations {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.notes.is_empty()
    }

    /// An id that no group has.
    pub fn free_group_id(&self) -> CompactString {
        self.free_group_ids().next().unwrap_or_default()
    }

    /// An id that no note has.
    pub fn free_note_id(&self) -> CompactString {
        self.free_note_ids().next().unwrap_or_default()
    }

    /// The ids that no group has, one after the other.
    pub fn free_group_ids(&self) -> impl Iterator<Item = CompactString> {
        free('g', |id| self.groups.contains_key(id))
    }

    /// The ids that no note has, one after the other.
    pub fn free_note_ids(&self) -> impl Iterator<Item = CompactString> {
        free('n', |id| self.notes.contains_key(id))
    }
}

fn free(letter: char, taken: impl Fn(&str) -> bool) -> impl Iterator<Item = CompactString> {
    (1_u32..)
        .map(move |number| format_compact!("{letter}{number}"))
        .filter(move |id| !taken(id))
}
