//! Commands that lead somewhere else: to a neighbour, a problem, another document or screen.

use flow::geometry::Point;
use leptos::prelude::*;

use super::{AppCommand, Group, Heard, always, with_document, with_graph};
use crate::ui::app::Activity;
use crate::ui::canvas::graph::{self, Step};
use crate::ui::keys;
use crate::ui::problems;
use crate::ui::workplace::Workplace;

/// An entry for a step to a neighbour.
macro_rules! walk {
    ($id:literal, $name:literal, $key:literal, $x:literal, $y:literal) => {
        AppCommand {
            id: $id,
            name: $name,
            group: Group::Go,
            keys: &[$key],
            heard: Heard::Design,
            possible: with_graph,
            run: |place| keys::walk(place.desk, Point::new($x, $y)),
        }
    };
}

/// An entry for a step through the cards in reading order.
macro_rules! read {
    ($id:literal, $name:literal, $key:literal, $step:expr) => {
        AppCommand {
            id: $id,
            name: $name,
            group: Group::Go,
            keys: &[$key],
            heard: Heard::Canvas,
            possible: with_graph,
            run: |place| graph::go(place.desk, $step),
        }
    };
}

/// An entry for a screen.
macro_rules! screen {
    ($id:literal, $name:literal, $activity:expr) => {
        AppCommand {
            id: $id,
            name: $name,
            group: Group::Go,
            keys: &[],
            heard: Heard::Page,
            possible: always,
            run: |place| place.activity.set($activity),
        }
    };
}

/// Shows the document so many tabs on, round the end.
fn step_document(place: Workplace, forward: bool) {
    let next = place.desk.tabs.with_untracked(|tabs| {
        let active = place.desk.active.get_untracked();
        let at = tabs.iter().position(|tab| Some(tab.id) == active)?;
        let step = if forward { 1 } else { tabs.len() - 1 };
        tabs.get((at + step) % tabs.len()).map(|tab| tab.id)
    });
    if let Some(id) = next {
        place.desk.show(id);
    }
}

fn with_several(place: Workplace) -> Result<(), &'static str> {
    with_document(place)?;
    if place.desk.tabs.with_untracked(Vec::len) > 1 {
        Ok(())
    } else {
        Err("no other document is open")
    }
}

/// Problems are stepped through where a document is shown, and where many files are reviewed.
fn with_problems(place: Workplace) -> Result<(), &'static str> {
    if place.activity.get_untracked() != Activity::Review {
        return with_document(place);
    }
    if place.review.files.with_untracked(Vec::is_empty) {
        return Err("nothing is under review");
    }
    Ok(())
}

fn step_problem(place: Workplace, forward: bool) {
    if place.activity.get_untracked() == Activity::Review {
        place.review.step(forward);
    } else {
        problems::step(place.desk, place.panels, forward);
    }
}

/// The commands.
pub(super) const COMMANDS: &[AppCommand] = &[
    AppCommand {
        id: "next-problem",
        name: "Next problem",
        group: Group::Go,
        keys: &["F8"],
        heard: Heard::Page,
        possible: with_problems,
        run: |place| step_problem(place, true),
    },
    AppCommand {
        id: "previous-problem",
        name: "Previous problem",
        group: Group::Go,
        keys: &["Shift+F8"],
        heard: Heard::Page,
        possible: with_problems,
        run: |place| step_problem(place, false),
    },
    walk!(
        "walk-left",
        "To the card on the left",
        "Alt+ArrowLeft",
        -1.0,
        0.0
    ),
    walk!(
        "walk-right",
        "To the card on the right",
        "Alt+ArrowRight",
        1.0,
        0.0
    ),
    walk!("walk-up", "To the card above", "Alt+ArrowUp", 0.0, -1.0),
    walk!("walk-down", "To the card below", "Alt+ArrowDown", 0.0, 1.0),
    read!(
        "read-next",
        "Next card in reading order",
        "PageDown",
        Step::Next
    ),
    read!(
        "read-previous",
        "Previous card in reading order",
        "PageUp",
        Step::Previous
    ),
    read!("read-first", "First card", "Home", Step::First),
    read!("read-last", "Last card", "End", Step::Last),
    AppCommand {
        id: "next-document",
        name: "Next document",
        group: Group::Go,
        keys: &[],
        heard: Heard::Design,
        possible: with_several,
        run: |place| step_document(place, true),
    },
    AppCommand {
        id: "previous-document",
        name: "Previous document",
        group: Group::Go,
        keys: &[],
        heard: Heard::Design,
        possible: with_several,
        run: |place| step_document(place, false),
    },
    screen!("go-design", "Go to Design", Activity::Design),
    screen!("go-review", "Go to Review", Activity::Review),
    screen!("go-operate", "Go to Operate", Activity::Operate),
    screen!("go-audit", "Go to Audit", Activity::Audit),
];
