//! An open document that can be edited: the document, where its nodes are placed, and the history
//! of what was done to it. The only place where commands are applied and undone.

use std::collections::BTreeMap;

use compact_str::CompactString;

use crate::annotations::{Annotations, Group, Note};
use crate::command::{Change, Command};
use crate::document::{Document, Touched};
use crate::geometry::Point;
use crate::json::{EditError, ReadError, TextEdit};

/// How many steps can be undone.
pub const MAX_STEPS: usize = 10_000;

/// Where nodes were placed by hand, by node id.
pub type Positions = BTreeMap<CompactString, Point>;

/// An open document with its history.
#[derive(Clone, Debug)]
pub struct Session {
    document: Document,
    positions: Positions,
    annotations: Annotations,
    undo: Vec<Step>,
    redo: Vec<Step>,
    /// Where in `undo` the open transaction starts.
    transaction: Option<usize>,
    revision: u64,
    text_revision: u64,
    fresh: Fresh,
}

/// What has changed since somebody last asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fresh {
    /// What the text changed; none when that is as it was.
    pub touched: Option<Touched>,
    /// Whether nodes were placed by hand or given back.
    pub placed: bool,
}

/// What leads from one revision to another. Stored instead of the revision itself.
#[derive(Clone, Debug, Default)]
struct Step {
    label: String,
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
struct Part {
    edits: Vec<TextEdit>,
    positions: Vec<(CompactString, Option<Point>)>,
    groups: Vec<(CompactString, Option<Group>)>,
    notes: Vec<(CompactString, Option<Note>)>,
}

impl Part {
    fn is_empty(&self) -> bool {
        self.edits.is_empty()
            && self.positions.is_empty()
            && self.groups.is_empty()
            && self.notes.is_empty()
    }
}

/// Why a command was not applied. The document is as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Two of its changes touch the same text.
    Edit(EditError),
    /// The result would not be a document any more.
    Result(Vec<ReadError>),
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Edit(error) => error.fmt(f),
            Self::Result(errors) => {
                let first = errors.first().map_or("", |error| error.message.as_str());
                write!(
                    f,
                    "That would leave a file that cannot be read. Nothing was changed. {first}"
                )
            }
        }
    }
}

impl std::error::Error for Refused {}

impl Session {
    /// A session on `document` without history.
    pub fn new(document: Document, positions: Positions) -> Self {
        Self {
            document,
            positions,
            annotations: Annotations::default(),
            undo: Vec::new(),
            redo: Vec::new(),
            transaction: None,
            revision: 0,
            text_revision: 0,
            fresh: Fresh::default(),
        }
    }

    /// The document as it is now.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Where nodes were placed by hand.
    pub fn positions(&self) -> &Positions {
        &self.positions
    }

    /// The groups and notes.
    pub fn annotations(&self) -> &Annotations {
        &self.annotations
    }

    /// Gives the document the groups and notes it was stored with. No step that can be undone.
    pub fn set_annotations(&mut self, annotations: Annotations) {
        self.annotations = annotations;
    }

    /// Grows with every change, undone ones included.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Grows with every change of the text; layout alone leaves it.
    pub fn text_revision(&self) -> u64 {
        self.text_revision
    }

    /// What undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.undo.last().map(|step| step.label.as_str())
    }

    /// What redo would do again.
    pub fn redo_label(&self) -> Option<&str> {
        self.redo.last().map(|step| step.label.as_str())
    }

    /// What has changed since this was last asked.
    pub fn take_fresh(&mut self) -> Fresh {
        std::mem::take(&mut self.fresh)
    }

    /// Applies a command as one step. A command that changes nothing leaves no step.
    ///
    /// # Complexity
    /// As [`Document::edit`] when it changes the text, else O(changes · log nodes).
    pub fn apply(&mut self, command: &Command) -> Result<bool, Refused> {
        let edits = command
            .text_edits(self.document.tree())
            .map_err(Refused::Edit)?;
        let text = self.document.text();
        let edits: Vec<TextEdit> = edits
            .into_iter()
            .filter(|edit| text[edit.span.range()] != *edit.text)
            .collect();
        let positions = self.moves(command);
        let (groups, notes) = self.annotated(command);
        let part = Part {
            edits,
            positions,
            groups,
            notes,
        };
        if part.is_empty() {
            return Ok(false);
        }
        let back = self.exchange(&part).map_err(Refused::Result)?;
        self.redo.clear();
        self.undo.push(Step {
            label: command.label.clone(),
            parts: vec![back],
        });
        if self.transaction.is_none() && self.undo.len() > MAX_STEPS {
            self.undo.remove(0);
        }
        Ok(true)
    }

    /// Where a command places nodes, as far as they are not there.
    fn moves(&self, command: &Command) -> Vec<(CompactString, Option<Point>)> {
        let mut moves = Vec::new();
        for change in &command.changes {
            match change {
                Change::Place { positions } => moves.extend_from_slice(positions),
                Change::CopyPlace { from, to } => {
                    moves.push((to.clone(), self.positions.get(from).copied()));
                }
                _ => {}
            }
        }
        moves.retain(|(id, to)| self.positions.get(id).copied() != *to);
        moves
    }

    /// What a command makes of groups and notes, as far as it makes a difference.
    #[expect(clippy::type_complexity, reason = "the two lists of a part")]
    fn annotated(
        &self,
        command: &Command,
    ) -> (
        Vec<(CompactString, Option<Group>)>,
        Vec<(CompactString, Option<Note>)>,
    ) {
        let (mut groups, mut notes) = (Vec::new(), Vec::new());
        for change in &command.changes {
            match change {
                Change::Group { id, to } if self.annotations.groups.get(id) != to.as_ref() => {
                    groups.push((id.clone(), to.clone()));
                }
                Change::Note { id, to } if self.annotations.notes.get(id) != to.as_ref() => {
                    notes.push((id.clone(), to.clone()));
                }
                _ => {}
            }
        }
        (groups, notes)
    }

    /// Takes the last step back; returns its label.
    pub fn undo(&mut self) -> Option<String> {
        self.commit();
        let step = self.undo.pop()?;
        let (label, redo) = self.travel(step)?;
        self.redo.push(redo);
        Some(label)
    }

    /// Does the last undone step again; returns its label.
    pub fn redo(&mut self) -> Option<String> {
        self.commit();
        let step = self.redo.pop()?;
        let (label, undo) = self.travel(step)?;
        self.undo.push(undo);
        Some(label)
    }

    /// Opens a transaction: what is applied until [`Session::commit`] becomes one step.
    pub fn begin(&mut self) {
        self.commit();
        self.transaction = Some(self.undo.len());
    }

    /// Closes the transaction, if one is open.
    pub fn commit(&mut self) {
        let Some(start) = self.transaction.take() else {
            return;
        };
        if self.undo.len() <= start + 1 {
            return;
        }
        let mut whole = Step::default();
        for step in self.undo.drain(start..).rev() {
            whole.label = step.label;
            whole.parts.extend(step.parts);
        }
        self.undo.push(whole);
    }

    /// Undoes everything since [`Session::begin`] and forgets it.
    pub fn roll_back(&mut self) {
        let Some(start) = self.transaction.take() else {
            return;
        };
        while self.undo.len() > start {
            let Some(step) = self.undo.pop() else { break };
            self.travel(step);
        }
    }

    fn travel(&mut self, step: Step) -> Option<(String, Step)> {
        let mut parts = Vec::with_capacity(step.parts.len());
        for part in &step.parts {
            // A recorded step leads between two texts that were both read, so this succeeds.
            parts.push(self.exchange(part).ok()?);
        }
        parts.reverse();
        Some((
            step.label.clone(),
            Step {
                label: step.label,
                parts,
            },
        ))
    }

    /// Makes the changes of `part` and returns what takes them back.
    fn exchange(&mut self, part: &Part) -> Result<Part, Vec<ReadError>> {
        let mut edits = Vec::new();
        if !part.edits.is_empty() {
            let (back, touched) = self.document.edit(&part.edits)?;
            match &mut self.fresh.touched {
                Some(before) => before.extend(touched),
                none => *none = Some(touched),
            }
            self.text_revision += 1;
            edits = back;
        }
        let positions = swap(&mut self.positions, &part.positions);
        let groups = swap(&mut self.annotations.groups, &part.groups);
        let notes = swap(&mut self.annotations.notes, &part.notes);
        self.fresh.placed |= !positions.is_empty();
        self.revision += 1;
        Ok(Part {
            edits,
            positions,
            groups,
            notes,
        })
    }
}

/// Puts values into a map, or takes them out; returns what leads back.
fn swap<T: Clone>(
    map: &mut BTreeMap<CompactString, T>,
    new: &[(CompactString, Option<T>)],
) -> Vec<(CompactString, Option<T>)> {
    let mut old: Vec<(CompactString, Option<T>)> = new
        .iter()
        .map(|(id, to)| {
            let before = match to {
                Some(value) => map.insert(id.clone(), value.clone()),
                None => map.remove(id),
            };
            (id.clone(), before)
        })
        .collect();
    old.reverse();
    old
}
