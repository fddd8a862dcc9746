//! An open document as the workbench holds it: its session with everything derived from it (the
//! diagram, where cards stand, the problems) and what is selected. Kept in step in one place, so
//! that a screen only reads.

mod edits;
mod selection;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use edits::NewCard;
pub use selection::Selection;

use compact_str::CompactString;

use crate::command::{Change, Command, dialog};
use crate::diagram::{Diagram, Drift, Owner};
use crate::document::{Document, Touched};
use crate::geometry::{Point, Rect};
use crate::placement::{Placement, arrange_diagram};
use crate::problem::{Problem, Severity};
use crate::rules::links::Links;
use crate::rules::{Settings, check};
use crate::scene::Scene;
use crate::session::{Fresh, Positions, Refused, Session};

/// A document that is open for editing.
#[derive(Clone, Debug)]
pub struct OpenDocument {
    session: Session,
    placement: Placement,
    diagram: Diagram,
    scene: Scene,
    problems: Vec<Problem>,
    card_marks: Vec<Option<Severity>>,
    wire_marks: Vec<Option<Severity>>,
    selection: Selection,
    /// Where every card stands, whatever a preview shows.
    corners: Vec<Point>,
    /// The cards that a preview shows elsewhere.
    previewed: Vec<u32>,
    saved: Arc<str>,
    settings: Settings,
}

impl OpenDocument {
    /// Opens a document whose text is as it was saved.
    pub fn new(document: Document, positions: Positions) -> Self {
        let saved = document.tree().shared_text();
        let diagram = Diagram::of(&document);
        let mut placement = Placement::default();
        let corners = placement.corners(&diagram, &positions);
        let scene = Scene::new(&corners, diagram.ends());
        let mut open = Self {
            session: Session::new(document, positions),
            placement,
            diagram,
            scene,
            problems: Vec::new(),
            card_marks: Vec::new(),
            wire_marks: Vec::new(),
            selection: Selection::default(),
            corners,
            previewed: Vec::new(),
            saved,
            settings: Settings::default(),
        };
        open.check();
        open
    }

    /// The session: document, positions, history.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The document as it is now.
    pub fn document(&self) -> &Document {
        self.session.document()
    }

    /// What it looks like.
    pub fn diagram(&self) -> &Diagram {
        &self.diagram
    }

    /// Where everything is.
    pub fn scene(&self) -> &Scene {
        &self.scene
    }

    /// What the rules found, sorted by place.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The worst problem of a card.
    pub fn card_mark(&self, card: u32) -> Option<Severity> {
        self.card_marks.get(card as usize).copied().flatten()
    }

    /// The worst problem of a wire.
    pub fn wire_mark(&self, wire: u32) -> Option<Severity> {
        self.wire_marks.get(wire as usize).copied().flatten()
    }

    /// What is selected.
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// Selects something else.
    pub fn select(&mut self, selection: Selection) {
        self.selection = selection;
    }

    /// Whether the text differs from what was last saved.
    pub fn is_unsaved(&self) -> bool {
        *self.saved != *self.document().text()
    }

    /// The text as it was last saved or opened.
    pub fn saved_text(&self) -> &Arc<str> {
        &self.saved
    }

    /// Notes that `text` is what is stored in the file now.
    pub fn mark_saved(&mut self, text: Arc<str>) {
        self.saved = text;
    }

    /// Applies a command; false when it changes nothing.
    pub fn apply(&mut self, command: &Command) -> Result<bool, Refused> {
        let changed = self.session.apply(command)?;
        if changed {
            self.follow();
        }
        Ok(changed)
    }

    /// Takes the last step back; returns its label.
    pub fn undo(&mut self) -> Option<String> {
        let label = self.session.undo()?;
        self.follow();
        Some(label)
    }

    /// Does the last undone step again; returns its label.
    pub fn redo(&mut self) -> Option<String> {
        let label = self.session.redo()?;
        self.follow();
        Some(label)
    }

    /// Shows the selected cards moved by `offset` from where they stand, without a command, until
    /// [`OpenDocument::end_preview`]. What is selected meanwhile makes no difference.
    pub fn preview_move(&mut self, offset: Point) {
        if self.previewed.is_empty() {
            self.previewed = self.selection.cards.iter().copied().collect();
        }
        let moves: Vec<(u32, Point)> = self
            .previewed
            .iter()
            .map(|&card| (card, self.corners[card as usize] + offset))
            .collect();
        self.scene.move_cards(&moves);
    }

    /// Shows every card where it stands again.
    pub fn end_preview(&mut self) {
        let moves: Vec<(u32, Point)> = std::mem::take(&mut self.previewed)
            .into_iter()
            .map(|card| (card, self.corners[card as usize]))
            .collect();
        self.scene.move_cards(&moves);
    }

    /// The command that moves the selected cards by `offset` from where they stand.
    pub fn move_command(&self, offset: Point) -> Option<Command> {
        if self.selection.cards.is_empty() || offset == Point::default() {
            return None;
        }
        let moves: Vec<(usize, Point)> = self
            .selection
            .cards
            .iter()
            .map(|&card| (card as usize, self.corners[card as usize] + offset))
            .collect();
        Some(self.place_command(&moves))
    }

    /// The command that gives every card its place in the automatic layout.
    pub fn tidy_command(&self) -> Command {
        let moves: Vec<(usize, Point)> = arrange_diagram(&self.diagram)
            .into_iter()
            .enumerate()
            .collect();
        Command {
            label: "Tidy".to_owned(),
            ..self.place_command(&moves)
        }
    }

    /// What is checked and how.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Notes what other open documents say: about a payload the flow it belongs to, about a flow the
    /// variables that payloads inject. Checks anew when that is something else than before.
    pub fn set_surroundings(&mut self, links: Links, injected: BTreeSet<CompactString>) -> bool {
        if self.settings.links == links && self.settings.injected == injected {
            return false;
        }
        self.settings.links = links;
        self.settings.injected = injected;
        self.check();
        true
    }

    /// Changes what is checked and how, and checks anew.
    pub fn change_settings(&mut self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.settings);
        self.check();
    }

    /// Applies every fix there is for the rule with this code, as one step; returns how many were
    /// applied. Fixes that touch the same text are applied one after the other, up to a bound.
    pub fn fix_all(&mut self, code: &str) -> Result<usize, Refused> {
        /// Each of these costs a reading of the document.
        const ONE_BY_ONE: usize = 200;
        let of_rule = |problem: &&Problem| problem.rule.code == code;
        let fixes: Vec<&Command> = self
            .problems
            .iter()
            .filter(of_rule)
            .filter_map(|problem| problem.fix.as_ref())
            .map(|fix| &fix.command)
            .collect();
        let label = format!("Fix all {code}");
        let count = fixes.len();
        let changes = fixes.iter().flat_map(|fix| fix.changes.clone()).collect();
        let together = Command {
            label: label.clone(),
            changes,
        };
        if together.text_edits(self.document().tree()).is_ok() {
            return self
                .apply(&together)
                .map(|changed| if changed { count } else { 0 });
        }
        self.session.begin();
        let mut applied = 0;
        while applied < ONE_BY_ONE {
            let next = self
                .problems
                .iter()
                .filter(of_rule)
                .find_map(|problem| problem.fix.clone());
            let Some(fix) = next else { break };
            match self.apply(&Command {
                label: label.clone(),
                ..fix.command
            }) {
                Ok(true) => applied += 1,
                Ok(false) => break,
                Err(refused) => {
                    self.session.roll_back();
                    self.follow();
                    return Err(refused);
                }
            }
        }
        self.session.commit();
        Ok(applied)
    }

    /// The rectangle around cards and wires.
    pub fn bounds_of(&self, selection: &Selection) -> Option<Rect> {
        let cards = selection
            .cards
            .iter()
            .map(|&card| self.scene.cards()[card as usize]);
        let wires = selection
            .wires
            .iter()
            .map(|&wire| self.scene.wires()[wire as usize].bounds());
        cards.chain(wires).reduce(Rect::union)
    }

    /// The card or wire a problem is about.
    pub fn owner_of(&self, problem: &Problem) -> Option<Owner> {
        self.diagram.owner(self.document().tree(), problem.at)
    }

    fn place_command(&self, moves: &[(usize, Point)]) -> Command {
        match self.document().dialog_flow() {
            Some(flow) => dialog::move_nodes(flow, self.document().tree(), moves),
            None => {
                let cards = &self.diagram.cards;
                let positions = moves
                    .iter()
                    .map(|&(card, to)| (cards[card].id.clone(), Some(to)))
                    .collect();
                Command::one("Move states", Change::Place { positions })
            }
        }
    }

    /// Derives anew what the last changes of the session make different.
    fn follow(&mut self) {
        let Fresh { touched, placed } = self.session.take_fresh();
        self.end_preview();
        let Some(touched) = touched else {
            let corners = self.corners_now();
            let moves: Vec<(u32, Point)> = (0..)
                .zip(corners.iter().copied())
                .filter(|&(card, corner)| self.corners[card as usize] != corner)
                .collect();
            self.corners = corners;
            self.scene.move_cards(&moves);
            return;
        };
        let drift = self.redraw(&touched);
        let mut is_settled = self.scene.is_settled();
        if placed || drift >= Drift::Places {
            let corners = self.corners_now();
            is_settled &= self.corners == corners && self.diagram.has_ends(self.scene.ends());
            self.corners = corners;
        }
        if !is_settled {
            self.scene = Scene::new(&self.corners, self.diagram.ends());
        }
        self.check();
    }

    fn corners_now(&mut self) -> Vec<Point> {
        self.placement
            .corners(&self.diagram, self.session.positions())
    }

    /// Brings the diagram and what is selected in it up to date.
    fn redraw(&mut self, touched: &Touched) -> Drift {
        let drift = self.diagram.follow(self.session.document(), touched);
        if drift == Drift::Graph {
            let diagram = Diagram::of(self.session.document());
            self.selection = self.selection.carried_over(&self.diagram, &diagram);
            self.diagram = diagram;
        }
        drift
    }

    fn check(&mut self) {
        self.problems = check(self.session.document(), &self.settings);
        self.mark();
    }

    fn mark(&mut self) {
        self.card_marks = vec![None; self.diagram.cards.len()];
        self.wire_marks = vec![None; self.diagram.wires.len()];
        for problem in &self.problems {
            let mark = match self.owner_of(problem) {
                Some(Owner::Card(card)) => &mut self.card_marks[card as usize],
                Some(Owner::Wire(wire)) => &mut self.wire_marks[wire as usize],
                None => continue,
            };
            // Severities order from worst to mildest.
            *mark = Some(mark.map_or(problem.severity, |worst| worst.min(problem.severity)));
        }
    }
}
