//! Commands: every change to a document, whoever asks for it, is one of these.
//!
//! A [`Command`] is a label and a list of [`Change`]s to values of one revision of a document. The
//! functions in the submodules build the commands of each kind of document; [`crate::session`]
//! applies, records and undoes them.

pub mod dialog;
mod heal;
pub mod payload;
pub mod state;

use compact_str::CompactString;

pub use heal::Healed;

use crate::annotations::{Group, Note};
use crate::geometry::Point;
use crate::json::{EditError, Editor, NewValue, Span, TextEdit, Tree, ValueId};

/// A named change that is applied and undone as one.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// What it does, as an undo button says it: "Rename node".
    pub label: String,
    /// The changes, all against the same revision.
    pub changes: Vec<Change>,
}

/// One change to one place.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Put another value in the place of `at`.
    Replace {
        /// The value that goes.
        at: ValueId,
        /// The value that comes.
        value: NewValue,
    },
    /// Set a member of an object, whether it has it or not.
    SetMember {
        /// The object.
        at: ValueId,
        /// The key.
        key: String,
        /// The value.
        value: NewValue,
    },
    /// Set several members of an object. Those it lacks are added in their order.
    SetMembers {
        /// The object.
        at: ValueId,
        /// The keys with their values.
        members: Vec<(String, NewValue)>,
    },
    /// Remove members of an object.
    RemoveMembers {
        /// The object.
        at: ValueId,
        /// The keys; those it lacks are no concern.
        keys: Vec<&'static str>,
    },
    /// Remove one member of an object by a key that only the document knows.
    RemoveMember {
        /// The object.
        at: ValueId,
        /// The key.
        key: String,
    },
    /// Remove elements of an array.
    RemoveElements {
        /// The array.
        at: ValueId,
        /// The elements, sorted.
        elements: Vec<ValueId>,
    },
    /// Add elements to an array.
    InsertElements {
        /// The array.
        at: ValueId,
        /// The element they come after; the end when none.
        after: Option<ValueId>,
        /// The values, in order.
        values: Vec<NewValue>,
    },
    /// Let values of one array change places among themselves.
    Permute {
        /// Where they stand now.
        places: Vec<ValueId>,
        /// The same values in their new order.
        order: Vec<ValueId>,
    },
    /// Replace bytes of the source, as the source pane does.
    ReplaceText {
        /// The bytes that go.
        span: Span,
        /// The text that comes.
        text: String,
    },
    /// Place nodes on the canvas. Not part of the text.
    Place {
        /// Where each node goes; `None` gives it back to the automatic layout.
        positions: Vec<(CompactString, Option<Point>)>,
    },
    /// Place one node where another is placed now, by hand or by the automatic layout. Not part of
    /// the text.
    CopyPlace {
        /// Id of the node that is placed.
        from: CompactString,
        /// Id of the node that goes to the same place.
        to: CompactString,
    },
    /// Make, change or remove a group. Not part of the text.
    Group {
        /// Its id.
        id: CompactString,
        /// What it is then; `None` removes it.
        to: Option<Group>,
    },
    /// Make, change or remove a note. Not part of the text.
    Note {
        /// Its id.
        id: CompactString,
        /// What it is then; `None` removes it.
        to: Option<Note>,
    },
}

/// Lets the label of a command begin with another word.
fn set_label(command: &mut Command, from: &str, to: &str) {
    command.label = command.label.replacen(from, to, 1);
}

impl Command {
    /// A command of one change.
    pub fn one(label: impl Into<String>, change: Change) -> Self {
        Self {
            label: label.into(),
            changes: vec![change],
        }
    }

    /// Whether it changes the text, and not only where things stand and what is noted beside them.
    pub fn is_about_text(&self) -> bool {
        !self.changes.iter().all(|change| {
            matches!(
                change,
                Change::Place { .. }
                    | Change::CopyPlace { .. }
                    | Change::Group { .. }
                    | Change::Note { .. }
            )
        })
    }

    /// The edits it makes to the text.
    pub fn text_edits(&self, tree: &Tree) -> Result<Vec<TextEdit>, EditError> {
        let mut editor = Editor::new(tree);
        for change in &self.changes {
            match change {
                Change::Replace { at, value } => editor.replace(*at, value),
                Change::SetMember { at, key, value } => editor.set_member(*at, key, value),
                Change::SetMembers { at, members } => editor.set_members(*at, members),
                Change::RemoveMembers { at, keys } => editor.remove_members(*at, keys),
                Change::RemoveMember { at, key } => editor.remove_members(*at, &[key]),
                Change::RemoveElements { at, elements } => {
                    editor.remove_elements(*at, |id| elements.binary_search(&id).is_ok());
                }
                Change::InsertElements { at, after, values } => {
                    editor.insert_elements(*at, *after, values);
                }
                Change::Permute { places, order } => editor.permute(places, order),
                Change::ReplaceText { span, text } => editor.replace_span(*span, text.clone()),
                Change::Place { .. }
                | Change::CopyPlace { .. }
                | Change::Group { .. }
                | Change::Note { .. } => {}
            }
        }
        editor.finish()
    }
}
