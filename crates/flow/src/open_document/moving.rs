//! Moving what is selected: shown while it is dragged, and made one command once it is let go.

use std::collections::BTreeSet;

use compact_str::CompactString;

use super::OpenDocument;
use crate::annotations::Note;
use crate::command::{Change, Command, dialog};
use crate::geometry::{Point, Rect};

/// What is shown elsewhere than it stands.
#[derive(Clone, Debug)]
pub(super) struct Preview {
    cards: Vec<u32>,
    notes: BTreeSet<CompactString>,
    /// By how much.
    by: Point,
}

impl OpenDocument {
    /// Shows the selected cards and notes moved by `offset` from where they stand, without a command,
    /// until [`OpenDocument::end_preview`]. What is selected meanwhile makes no difference.
    pub fn preview_move(&mut self, offset: Point) {
        let selection = &self.selection;
        let preview = self.preview.get_or_insert_with(|| Preview {
            cards: selection.cards.iter().copied().collect(),
            notes: selection.notes.clone(),
            by: Point::default(),
        });
        preview.by = offset;
        let moves: Vec<(u32, Point)> = preview
            .cards
            .iter()
            .map(|&card| (card, self.corners[card as usize] + offset))
            .collect();
        self.scene.move_cards(&moves);
    }

    /// The cards that a preview shows elsewhere than they stand.
    pub fn previewed(&self) -> &[u32] {
        self.preview.as_ref().map_or(&[], |preview| &preview.cards)
    }

    /// Shows everything where it stands again.
    pub fn end_preview(&mut self) {
        let Some(preview) = self.preview.take() else {
            return;
        };
        let moves: Vec<(u32, Point)> = preview
            .cards
            .into_iter()
            .map(|card| (card, self.corners[card as usize]))
            .collect();
        self.scene.move_cards(&moves);
    }

    /// Where a note is shown.
    pub fn note_area(&self, id: &str) -> Option<Rect> {
        let area = self.annotations().notes.get(id)?.area;
        let moved = (self.preview.iter())
            .find(|preview| preview.notes.contains(id))
            .map(|preview| preview.by);
        Some(area.moved(moved.unwrap_or_default()))
    }

    /// The command that moves the selected cards and notes by `offset` from where they stand.
    pub fn move_command(&self, offset: Point) -> Option<Command> {
        let selection = self.selection();
        if !selection.is_movable() || offset == Point::default() {
            return None;
        }
        let moves: Vec<(usize, Point)> = selection
            .cards
            .iter()
            .map(|&card| (card as usize, self.corners[card as usize] + offset))
            .collect();
        let notes = self.changed_notes(|note| {
            let area = note.area.moved(offset);
            let text = note.text.clone();
            Some(Note { text, area })
        });
        if moves.is_empty() {
            return Some(Command {
                label: format!("Move {}", note_words(notes.len())),
                changes: notes,
            });
        }
        Some(with_notes(self.place_command(&moves), notes))
    }

    pub(super) fn place_command(&self, moves: &[(usize, Point)]) -> Command {
        match self.document().dialog_flow() {
            Some(flow) => dialog::move_nodes(flow, self.document().tree(), moves),
            None => {
                // States and nodes of charts stand where the workspace says, never in their file.
                let cards = &self.diagram.cards;
                let positions = moves
                    .iter()
                    .map(|&(card, to)| (cards[card].id.clone(), Some(to)))
                    .collect();
                Command::one("Move", Change::Place { positions })
            }
        }
    }
}

/// So many notes, in words.
pub(crate) fn note_words(count: usize) -> String {
    match count {
        1 => "note".to_owned(),
        count => format!("{count} notes"),
    }
}

/// A command that does the same to notes.
pub(super) fn with_notes(mut command: Command, notes: Vec<Change>) -> Command {
    if !notes.is_empty() {
        command.label = format!("{} and {}", command.label, note_words(notes.len()));
        command.changes.extend(notes);
    }
    command
}
