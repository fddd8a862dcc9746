//! An open document as the workbench holds it: its session with everything derived from it (the
//! diagram, where cards stand, the problems) and what is selected. Kept in step in one place, so
//! that a screen only reads.

mod annotating;
mod arrange;
mod edits;
mod follow;
mod ghost;
mod guides;
mod moving;
mod notes;
mod remarks;
mod selection;
#[cfg(test)]
mod tests;
mod wiring;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use annotating::Frame;
pub use arrange::{Align, Spread};
pub use edits::{Joins, NewCard};
pub use ghost::Ghost;
pub use guides::{Guide, Snap, Snapped};
pub(crate) use moving::note_words;
pub use remarks::Remark;
pub use selection::Selection;

use moving::Preview;

use compact_str::CompactString;

use crate::command::Command;
use crate::diagram::{Diagram, Owner};
use crate::document::Document;
use crate::geometry::{Point, Rect};
use crate::placement::Placement;
use crate::problem::{Problem, Severity};
use crate::rules::Settings;
use crate::rules::links::Links;
use crate::scene::Scene;
use crate::session::{Positions, Refused, Session};

/// Stands for the graph of one document at one time: no two are equal unless the graph is.
#[derive(Clone, Debug, Default)]
pub struct GraphVersion(Arc<()>);

impl PartialEq for GraphVersion {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// Finds the problems of a document: [`crate::rules::check`], or what stands in for it until the
/// rules are there.
pub type Check = fn(&Document, &Settings) -> Vec<Problem>;

/// A document that is open for editing.
#[derive(Clone, Debug)]
pub struct OpenDocument {
    check_with: Check,
    session: Session,
    placement: Placement,
    diagram: Diagram,
    scene: Scene,
    problems: Vec<Problem>,
    remarks: Vec<Remark>,
    card_marks: Vec<Option<Severity>>,
    wire_marks: Vec<Option<Severity>>,
    selection: Selection,
    /// Where every card stands, whatever a preview shows.
    corners: Vec<Point>,
    /// What is shown elsewhere than it stands, while it is dragged.
    preview: Option<Preview>,
    saved: Arc<str>,
    is_unsaved: bool,
    graph: GraphVersion,
    selection_revision: u64,
    settings: Settings,
    /// What its file is called.
    name: String,
}

impl OpenDocument {
    /// Opens a document whose text is as it was saved.
    pub fn new(document: Document, positions: Positions) -> Self {
        let mut open = Self::unchecked(document, positions);
        open.check_with(crate::rules::check);
        open
    }

    /// Opens a document whose text is as it was saved, without looking for problems before
    /// [`OpenDocument::check_with`] says how: a page can hold documents before it has the rules.
    pub fn unchecked(document: Document, positions: Positions) -> Self {
        let saved = document.tree().shared_text();
        let diagram = Diagram::of(&document);
        let mut placement = Placement::default();
        let corners = placement.corners(&diagram, &positions);
        let scene = Scene::new(&corners, diagram.ends(), diagram.direction);
        Self {
            check_with: |_, _| Vec::new(),
            session: Session::new(document, positions),
            placement,
            diagram,
            scene,
            problems: Vec::new(),
            remarks: Vec::new(),
            card_marks: Vec::new(),
            wire_marks: Vec::new(),
            selection: Selection::default(),
            corners,
            preview: None,
            saved,
            is_unsaved: false,
            graph: GraphVersion::default(),
            selection_revision: 0,
            settings: Settings::default(),
            name: String::new(),
        }
    }

    /// Looks for problems now, and from now on whenever something changes.
    pub fn check_with(&mut self, check: Check) {
        self.check_with = check;
        self.check();
    }

    /// Gives it the name of its file, by which a document is called that has no name of its own.
    pub fn set_file_name(&mut self, file_name: &str) {
        self.name = crate::document::chart::name_of(file_name);
    }

    /// What a person calls it.
    pub fn title(&self) -> &str {
        match self.document().title() {
            "" if self.document().is_read_only() => &self.name,
            title => title,
        }
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

    /// The worst that is found or remarked of a card.
    pub fn card_mark(&self, card: u32) -> Option<Severity> {
        self.card_marks.get(card as usize).copied().flatten()
    }

    /// The worst that is found or remarked of a wire.
    pub fn wire_mark(&self, wire: u32) -> Option<Severity> {
        self.wire_marks.get(wire as usize).copied().flatten()
    }

    /// What is selected.
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// Selects something else.
    pub fn select(&mut self, selection: Selection) {
        if self.selection != selection {
            self.selection = selection;
            self.selection_revision += 1;
        }
    }

    /// Grows whenever something else is selected, also when only its index is another one.
    pub fn selection_revision(&self) -> u64 {
        self.selection_revision
    }

    /// Another one whenever there may be other cards or wires, or they are in another order, or a
    /// conversation starts elsewhere.
    pub fn graph_version(&self) -> GraphVersion {
        self.graph.clone()
    }

    /// Whether the text differs from what was last saved.
    pub fn is_unsaved(&self) -> bool {
        self.is_unsaved
    }

    /// The text as it was last saved or opened.
    pub fn saved_text(&self) -> &Arc<str> {
        &self.saved
    }

    /// Notes that `text` is what is stored in the file now.
    pub fn mark_saved(&mut self, text: Arc<str>) {
        self.saved = text;
        self.compare_with_saved();
    }

    fn compare_with_saved(&mut self) {
        self.is_unsaved = *self.saved != *self.document().text();
    }

    /// Applies a command; false when it changes nothing.
    pub fn apply(&mut self, command: &Command) -> Result<bool, Refused> {
        let changed = self.session.apply(command)?;
        if changed {
            self.follow();
        }
        Ok(changed)
    }

    /// Takes the last step back; returns its label. What comes back is selected, where nothing is.
    pub fn undo(&mut self) -> Option<String> {
        self.travel(Session::undo)
    }

    /// Does the last undone step again; returns its label. What comes back is selected, where nothing
    /// is.
    pub fn redo(&mut self) -> Option<String> {
        self.travel(Session::redo)
    }

    fn travel(&mut self, step: fn(&mut Session) -> Option<String>) -> Option<String> {
        let before = (self.selection.is_empty())
            .then(|| (self.diagram.clone(), self.annotations().notes.clone()));
        let label = step(&mut self.session)?;
        self.follow();
        if let Some((diagram, notes)) = before {
            let mut arrived = Selection::arrived(&diagram, &self.diagram);
            let now = self.annotations().notes.keys().cloned();
            arrived.notes = now.filter(|id| !notes.contains_key(id)).collect();
            self.select(arrived);
        }
        Some(label)
    }

    /// Opens a transaction: what is applied until it is closed becomes one step.
    pub fn begin(&mut self) {
        self.session.begin();
    }

    /// Closes the transaction, if one is open.
    pub fn commit(&mut self) {
        self.session.commit();
    }

    /// Undoes everything since the transaction was opened, if one is, and forgets it.
    pub fn roll_back(&mut self) {
        self.session.roll_back();
        self.follow();
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
        self.name_jumps();
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

    /// The rectangle around cards, wires and notes.
    pub fn bounds_of(&self, selection: &Selection) -> Option<Rect> {
        let cards = selection
            .cards
            .iter()
            .map(|&card| self.scene.cards()[card as usize]);
        let wires = selection
            .wires
            .iter()
            .map(|&wire| self.scene.wires()[wire as usize].bounds());
        let notes = selection.notes.iter().filter_map(|id| self.note_area(id));
        cards.chain(wires).chain(notes).reduce(Rect::union)
    }

    /// The rectangle around everything that is shown. O(cards).
    pub fn bounds(&self) -> Option<Rect> {
        let frames = self.frames().into_iter();
        let frames = frames.filter_map(|frame| self.frame_area(&frame.cards));
        let notes = self.annotations().notes.keys();
        let notes = notes.filter_map(|id| self.note_area(id));
        let cards = self.scene.bounds().into_iter();
        cards.chain(frames).chain(notes).reduce(Rect::union)
    }

    /// The card or wire a problem is about.
    pub fn owner_of(&self, problem: &Problem) -> Option<Owner> {
        self.diagram.owner(self.document().tree(), problem.at)
    }
}
