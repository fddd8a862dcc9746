//! Keeping in step with the session: what a change leaves as it was is not derived anew.

use super::{GraphVersion, OpenDocument};
use crate::diagram::{Diagram, Drift, Owner};
use crate::document::Touched;
use crate::geometry::Point;
use crate::problem::Severity;
use crate::scene::Scene;
use crate::session::Fresh;

impl OpenDocument {
    /// Derives anew what the last changes of the session make different.
    pub(super) fn follow(&mut self) {
        let Fresh { touched, placed } = self.session.take_fresh();
        self.end_preview();
        if !self.selection.notes.is_empty() {
            let selection = self.selection.clone().with_notes_of(self.annotations());
            self.select(selection);
        }
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
        self.compare_with_saved();
        let drift = self.redraw(&touched);
        let mut is_settled = self.scene.is_settled();
        if placed || drift >= Drift::Places {
            let corners = self.corners_now();
            is_settled &= self.corners == corners && self.diagram.has_ends(self.scene.ends());
            self.corners = corners;
        }
        if !is_settled {
            self.scene = Scene::new(&self.corners, self.diagram.ends(), self.diagram.direction);
        }
        self.remarks.clear();
        self.check();
    }

    fn corners_now(&mut self) -> Vec<Point> {
        self.placement
            .corners(&self.diagram, self.session.positions())
    }

    /// Brings the diagram and what is selected in it up to date.
    fn redraw(&mut self, touched: &Touched) -> Drift {
        let entry = self.diagram.entry;
        let drift = self.diagram.follow(self.session.document(), touched);
        if drift == Drift::Graph {
            let diagram = Diagram::of(self.session.document());
            self.select(self.selection.carried_over(&self.diagram, &diagram));
            self.diagram = diagram;
        }
        if drift == Drift::Graph || self.diagram.entry != entry {
            self.graph = GraphVersion::default();
        }
        drift
    }

    /// Says on the cards what the charts beside this one know.
    pub(super) fn name_jumps(&mut self) {
        if let Some(beside) = &self.settings.links.charts {
            self.diagram.name_jumps(self.session.document(), beside);
        }
    }

    pub(super) fn check(&mut self) {
        self.problems = (self.check_with)(self.session.document(), &self.settings);
        self.mark();
    }

    pub(super) fn mark(&mut self) {
        self.card_marks = vec![None; self.diagram.cards.len()];
        self.wire_marks = vec![None; self.diagram.wires.len()];
        let found = self.problems.iter();
        let found = found.map(|problem| (problem.at, problem.severity));
        // Whoever remarks something refused the document because of it.
        let remarked = self.remarks.iter().map(|it| (it.at, Severity::Error));
        let tree = self.session.document().tree();
        for (at, severity) in found.chain(remarked) {
            let mark = match self.diagram.owner(tree, at) {
                Some(Owner::Card(card)) => &mut self.card_marks[card as usize],
                Some(Owner::Wire(wire)) => &mut self.wire_marks[wire as usize],
                None => continue,
            };
            // Severities order from worst to mildest.
            *mark = Some(mark.map_or(severity, |worst| worst.min(severity)));
        }
    }
}
