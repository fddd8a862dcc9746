//! Arranging the selected cards: aligned, spread evenly, tidied.

use super::OpenDocument;
use crate::command::Command;
use crate::geometry::{Point, Rect};
use crate::layout::{Graph, arrange};
use crate::placement::arrange_diagram;
use crate::rules::ids::Map;
use crate::scene::card_rect;

/// A line that cards are moved to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Their left edges.
    Left,
    /// Their middles, one below the other.
    Center,
    /// Their right edges.
    Right,
    /// Their upper edges.
    Top,
    /// Their middles, one beside the other.
    Middle,
    /// Their lower edges.
    Bottom,
}

impl Align {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 6] = [
        Self::Left,
        Self::Center,
        Self::Right,
        Self::Top,
        Self::Middle,
        Self::Bottom,
    ];

    /// What a button says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Left => "Align left",
            Self::Center => "Align centers",
            Self::Right => "Align right",
            Self::Top => "Align top",
            Self::Middle => "Align middles",
            Self::Bottom => "Align bottom",
        }
    }
}

/// A direction in which cards are spread evenly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// From left to right.
    Horizontally,
    /// From top to bottom.
    Vertically,
}

impl Spread {
    /// Both, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Horizontally, Self::Vertically];

    /// What a button says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Horizontally => "Distribute horizontally",
            Self::Vertically => "Distribute vertically",
        }
    }
}

impl OpenDocument {
    fn selected_rects(&self) -> Vec<(usize, Rect)> {
        let cards = self.selection().cards.iter();
        cards
            .map(|&card| (card as usize, card_rect(self.corners[card as usize])))
            .collect()
    }

    /// The command that moves cards, under a name of its own; none when they stand there.
    fn arranged(&self, label: &str, moves: Vec<(usize, Point)>) -> Option<Command> {
        let moves: Vec<(usize, Point)> = moves
            .into_iter()
            .filter(|&(card, to)| self.corners[card] != to)
            .collect();
        (!moves.is_empty()).then(|| Command {
            label: label.to_owned(),
            ..self.place_command(&moves)
        })
    }

    /// The command that moves the selected cards to one line; none for fewer than two, or when they
    /// are on it.
    pub fn align_command(&self, align: Align) -> Option<Command> {
        let rects = self.selected_rects();
        if rects.len() < 2 {
            return None;
        }
        let bounds = rects.iter().map(|(_, rect)| *rect).reduce(Rect::union)?;
        let middle = bounds.center();
        let moves = rects.into_iter().map(|(card, rect)| {
            let mut to = rect.min;
            match align {
                Align::Left => to.x = bounds.min.x,
                Align::Center => to.x = (middle.x - rect.width() / 2.0).round(),
                Align::Right => to.x = bounds.max.x - rect.width(),
                Align::Top => to.y = bounds.min.y,
                Align::Middle => to.y = (middle.y - rect.height() / 2.0).round(),
                Align::Bottom => to.y = bounds.max.y - rect.height(),
            }
            (card, to)
        });
        self.arranged(align.label(), moves.collect())
    }

    /// The command that spreads the selected cards evenly between the first and the last of them;
    /// none for fewer than three, or when they are.
    pub fn distribute_command(&self, spread: Spread) -> Option<Command> {
        let mut rects = self.selected_rects();
        if rects.len() < 3 {
            return None;
        }
        let along = |point: Point| match spread {
            Spread::Horizontally => point.x,
            Spread::Vertically => point.y,
        };
        rects.sort_by(|a, b| along(a.1.min).total_cmp(&along(b.1.min)));
        let (first, last) = (along(rects[0].1.min), along(rects[rects.len() - 1].1.min));
        let gaps = u32::try_from(rects.len() - 1).map_or(1.0, f64::from);
        let moves = rects.into_iter().zip(0_u32..).map(|((card, rect), place)| {
            let at = (first + (last - first) * f64::from(place) / gaps).round();
            let to = match spread {
                Spread::Horizontally => Point::new(at, rect.min.y),
                Spread::Vertically => Point::new(rect.min.x, at),
            };
            (card, to)
        });
        self.arranged(spread.label(), moves.collect())
    }

    /// The command that gives every card its place in the automatic layout or, with two or more
    /// selected, those alone: their upper left corner stays.
    pub fn tidy_command(&self) -> Command {
        if self.selection().cards.len() >= 2 {
            return self.tidy_selected();
        }
        let moves: Vec<(usize, Point)> = arrange_diagram(self.diagram())
            .into_iter()
            .enumerate()
            .collect();
        Command {
            label: "Tidy".to_owned(),
            ..self.place_command(&moves)
        }
    }

    fn tidy_selected(&self) -> Command {
        let rects = self.selected_rects();
        let bounds = |rects: &[Rect]| {
            rects
                .iter()
                .copied()
                .reduce(Rect::union)
                .unwrap_or_default()
        };
        let number: Map<u32, u32> = self.selection().cards.iter().copied().zip(0..).collect();
        let ends = self.diagram().wires.iter().map(|link| link.ends);
        let edges: Vec<(u32, u32)> = ends
            .filter_map(|ends| Some((*number.get(&ends.source)?, *number.get(&ends.target)?)))
            .collect();
        let corners = arrange(Graph {
            nodes: rects.len(),
            edges: &edges,
            entry: (self.diagram().entry).and_then(|entry| number.get(&entry).copied()),
        });
        let now = bounds(&rects.iter().map(|(_, rect)| *rect).collect::<Vec<_>>());
        let new = bounds(&corners.iter().copied().map(card_rect).collect::<Vec<_>>());
        let shift = now.min - new.min;
        let moves: Vec<(usize, Point)> = (rects.iter().zip(corners))
            .map(|((card, _), corner)| (*card, corner + shift))
            .collect();
        Command {
            label: format!("Tidy {} cards", moves.len()),
            ..self.place_command(&moves)
        }
    }
}
