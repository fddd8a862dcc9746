//! Snapping to cards nearby, aligning, distributing and tidying what is selected.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/opened.rs"]
mod opened;

use flow::document::Document;
use flow::geometry::Point;
use flow::open_document::{Align, OpenDocument, Snap, Spread};
use flow::session::Positions;

use opened::choose;

/// A flow of nodes at these corners.
fn open(corners: &[(f64, f64)]) -> OpenDocument {
    let node = |index: usize| format!(r#"{{"id":"n{index}","type":"action","label":"N"}}"#);
    let nodes: Vec<String> = (0..corners.len()).map(node).collect();
    let edge = |index: usize| {
        let next = index + 1;
        format!(r#"{{"id":"e{index}","source":"n{index}","target":"n{next}"}}"#)
    };
    let edges: Vec<String> = (0..corners.len().saturating_sub(1)).map(edge).collect();
    let text = format!(
        r#"{{"id":"f","name":"F","version":"1.0.0","entryPoint":"n0","nodes":[{}],"edges":[{}]}}"#,
        nodes.join(","),
        edges.join(",")
    );
    let places = corners.iter().enumerate();
    let positions: Positions = places
        .map(|(index, &(x, y))| (format!("n{index}").into(), Point::new(x, y)))
        .collect();
    OpenDocument::new(Document::read(text.as_str().into()).unwrap(), positions)
}

fn corners(open: &OpenDocument) -> Vec<(f64, f64)> {
    let rects = open.scene().cards().iter();
    rects.map(|rect| (rect.min.x, rect.min.y)).collect()
}

#[test]
fn a_dragged_card_snaps_to_what_is_near_and_else_to_the_grid() {
    let mut open = open(&[(0.0, 0.0), (300.0, 203.0)]);
    choose(&mut open, [0]);
    // Four units from the left edge of the other card, far from its rows.
    let snapped = open.snap(Point::new(296.0, 61.0), Snap::Within(6.0));
    assert_eq!(snapped.by, Point::new(300.0, 60.0));
    assert_eq!(snapped.guides.len(), 1);
    let guide = snapped.guides[0];
    assert_eq!((guide.from.x, guide.to.x), (300.0, 300.0));
    assert!(guide.from.y <= 60.0 && guide.to.y >= 203.0 + 64.0);
    // Middles on one height: the other one stands off the grid.
    let snapped = open.snap(Point::new(1100.0, 200.0), Snap::Within(6.0));
    assert_eq!(
        snapped.by,
        Point::new(1100.0, 200.0),
        "too far to the side to be near"
    );
    let snapped = open.snap(Point::new(601.0, 200.0), Snap::Within(6.0));
    assert_eq!(snapped.by, Point::new(600.0, 203.0));
    let free = open.snap(Point::new(296.4, 61.0), Snap::Free);
    assert_eq!(free.by, Point::new(296.0, 61.0));
    assert!(free.guides.is_empty());
}

#[test]
fn several_cards_snap_as_one_and_not_to_each_other() {
    let mut open = open(&[(0.0, 0.0), (0.0, 100.0), (403.0, 700.0)]);
    choose(&mut open, [0, 1]);
    let snapped = open.snap(Point::new(1.0, 1.0), Snap::Within(6.0));
    assert_eq!(snapped.by, Point::default());
    assert!(snapped.guides.is_empty());
    let snapped = open.snap(Point::new(400.0, 400.0), Snap::Within(6.0));
    assert_eq!(snapped.by, Point::new(403.0, 400.0));
}

#[test]
fn cards_are_aligned_on_each_side() {
    let places = [(0.0, 0.0), (50.0, 200.0), (400.0, 90.0)];
    for (align, expected) in [
        (Align::Left, [(0.0, 0.0), (0.0, 200.0), (0.0, 90.0)]),
        (Align::Center, [(200.0, 0.0), (200.0, 200.0), (200.0, 90.0)]),
        (Align::Right, [(400.0, 0.0), (400.0, 200.0), (400.0, 90.0)]),
        (Align::Top, [(0.0, 0.0), (50.0, 0.0), (400.0, 0.0)]),
        (Align::Middle, [(0.0, 100.0), (50.0, 100.0), (400.0, 100.0)]),
        (Align::Bottom, [(0.0, 200.0), (50.0, 200.0), (400.0, 200.0)]),
    ] {
        let mut open = open(&places);
        choose(&mut open, 0..3);
        let command = open.align_command(align).unwrap();
        assert_eq!(command.label, align.label());
        open.apply(&command).unwrap();
        assert_eq!(corners(&open), expected, "{align:?}");
        assert!(open.align_command(align).is_none(), "it is done");
        open.undo();
        assert_eq!(corners(&open), places);
    }
}

#[test]
fn cards_are_spread_evenly_between_the_first_and_the_last() {
    let mut open = open(&[(900.0, 0.0), (0.0, 10.0), (100.0, 20.0), (150.0, 300.0)]);
    choose(&mut open, 0..4);
    let command = open.distribute_command(Spread::Horizontally).unwrap();
    open.apply(&command).unwrap();
    assert_eq!(
        corners(&open),
        [(900.0, 0.0), (0.0, 10.0), (300.0, 20.0), (600.0, 300.0)]
    );
    let command = open.distribute_command(Spread::Vertically).unwrap();
    open.apply(&command).unwrap();
    assert_eq!(
        corners(&open),
        [(900.0, 0.0), (0.0, 100.0), (300.0, 200.0), (600.0, 300.0)]
    );
    choose(&mut open, 0..2);
    assert!(open.distribute_command(Spread::Vertically).is_none());
}

#[test]
fn tidying_a_selection_leaves_the_rest_and_its_own_corner() {
    let mut open = open(&[(0.0, 0.0), (500.0, 900.0), (517.0, 890.0), (480.0, 1000.0)]);
    choose(&mut open, 1..4);
    let command = open.tidy_command();
    assert_eq!(command.label, "Tidy 3 cards");
    open.apply(&command).unwrap();
    let now = corners(&open);
    assert_eq!(now[0], (0.0, 0.0));
    let least = |of: fn(&(f64, f64)) -> f64| now[1..].iter().map(of).fold(f64::INFINITY, f64::min);
    assert_eq!((least(|at| at.0), least(|at| at.1)), (480.0, 890.0));
    assert!(
        now[1].0 < now[2].0 && now[2].0 < now[3].0,
        "one after the other: {now:?}"
    );
    choose(&mut open, [1]);
    assert_eq!(open.tidy_command().label, "Tidy");
}
