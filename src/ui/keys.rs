//! Keyboard shortcuts. All are silent while something is typed.

use flow::diagram::Owner;
use flow::geometry::Point;
use flow::interaction::GRID_STEP;
use flow::open_document::{OpenDocument, Selection};
use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;

use super::app::{Activity, Panels};
use super::desk::Desk;
use super::files::{self, Intake};
use super::parts::Parts;
use super::problems;
use crate::browser::page;

/// Listens for as long as the app lives.
pub fn listen(intake: Intake, desk: Desk, panels: Panels, parts: Parts) {
    let handle = window_event_listener(ev::keydown, move |event| {
        if handle_file_key(intake, desk, &event)
            || parts
                .workbench
                .peek()
                .is_some_and(|views| (views.key)(intake, desk, panels, &event))
        {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

/// Saves or opens: these two are asked for from anywhere, and the browser's own answer never helps.
fn handle_file_key(intake: Intake, desk: Desk, event: &KeyboardEvent) -> bool {
    if !(event.ctrl_key() || event.meta_key()) || event.alt_key() {
        return false;
    }
    match event.key().to_ascii_lowercase().as_str() {
        "s" => {
            page::finish_typing();
            files::save(desk);
        }
        "o" => intake.choose(),
        _ => return false,
    }
    true
}

/// Does what the key stands for on the canvas and around it; false when it stands for nothing.
pub fn handle_key(intake: Intake, desk: Desk, panels: Panels, event: &KeyboardEvent) -> bool {
    let command = event.ctrl_key() || event.meta_key();
    let key = event.key();
    // What cannot be seen is not changed; a gesture is finished or broken off first.
    let elsewhere = intake.activity() != Activity::Design || page::has_dialog();
    if elsewhere || desk.gesturing.get_untracked() || page::is_typing() {
        return false;
    }
    if command {
        return handle_command_key(desk, &key.to_ascii_lowercase(), event.shift_key());
    }
    if page::is_choosing() {
        return false;
    }
    if event.alt_key() {
        return handle_alt_key(desk, event);
    }
    match key.as_str() {
        "1" => desk.fit(),
        "0" => zoom_to(desk, 1.0),
        "2" => fit_selection(desk),
        "+" | "=" => zoom_by(desk, 1.25),
        "-" => zoom_by(desk, 0.8),
        "F8" => problems::step(desk, panels, !event.shift_key()),
        "Delete" | "Backspace" if on_canvas() => return delete_selected(desk),
        "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" if on_canvas() => {
            return nudge(desk, &key, event.shift_key());
        }
        "F2" | "Enter" if on_canvas() => {
            panels.inspector.set(true);
            page::after(0, || page::focus("inspector-label"));
        }
        "Escape" if on_canvas() => desk.select(Selection::default()),
        _ => return false,
    }
    true
}

/// Whether keys are meant for the graph: the focus is on it, in the outline, or nowhere.
fn on_canvas() -> bool {
    page::focus_is_in(".canvas, .outline-list")
}

fn handle_command_key(desk: Desk, key: &str, shift: bool) -> bool {
    match key {
        "z" if shift => desk.redo(),
        "z" => desk.undo(),
        "y" => desk.redo(),
        "a" if on_canvas() => select_all(desk),
        "t" if shift => desk.reopen(),
        _ => return false,
    }
    true
}

fn handle_alt_key(desk: Desk, event: &KeyboardEvent) -> bool {
    match event.key().as_str() {
        "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" => walk(desk, &event.key()),
        "T" | "t" if event.shift_key() => tidy(desk),
        _ => return false,
    }
    true
}

/// Selects every card and wire.
fn select_all(desk: Desk) {
    let all = desk.peek(|open| Selection {
        cards: (0..).take(open.diagram().cards.len()).collect(),
        wires: (0..).take(open.diagram().wires.len()).collect(),
    });
    desk.select(all.unwrap_or_default());
}

/// Gives every card its place in the automatic layout.
pub fn tidy(desk: Desk) {
    desk.glide();
    desk.run(|open| Some(open.tidy_command()));
    desk.fit();
}

/// Sets the zoom around the middle of the canvas.
pub fn zoom_to(desk: Desk, zoom: f64) {
    let current = desk.view.get_untracked().zoom;
    zoom_by(desk, zoom / current);
}

/// Zooms around the middle of the canvas.
pub fn zoom_by(desk: Desk, factor: f64) {
    let (width, height) = desk.size.get_untracked();
    let middle = Point::new(width / 2.0, height / 2.0);
    desk.view
        .update(|view| *view = view.zoomed_at(middle, factor));
}

fn fit_selection(desk: Desk) {
    let (width, height) = desk.size.get_untracked();
    if let Some(bounds) = desk.peek(|open| open.bounds_of(open.selection())).flatten() {
        desk.view
            .set(flow::view::View::fitting(bounds, width, height, 96.0));
    }
}

/// Deletes what is selected; false when nothing is. The focus goes to the canvas, since what had
/// it may be gone.
pub fn delete_selected(desk: Desk) -> bool {
    let deleted = desk.run(OpenDocument::delete_command);
    if deleted {
        page::after(0, || page::focus_first(".graph"));
    }
    deleted
}

/// Moves the selected cards one grid step, or ten.
fn nudge(desk: Desk, key: &str, far: bool) -> bool {
    if desk
        .peek(|open| open.selection().cards.is_empty())
        .unwrap_or(true)
    {
        return false;
    }
    let step = GRID_STEP * if far { 10.0 } else { 1.0 };
    desk.move_selected(direction(key) * step);
    true
}

fn direction(key: &str) -> Point {
    match key {
        "ArrowLeft" => Point::new(-1.0, 0.0),
        "ArrowRight" => Point::new(1.0, 0.0),
        "ArrowUp" => Point::new(0.0, -1.0),
        _ => Point::new(0.0, 1.0),
    }
}

/// Selects the nearest card in the direction of the key; the entry point when nothing is selected.
fn walk(desk: Desk, key: &str) {
    let towards = direction(key);
    let next = desk.peek(|open| {
        let cards = open.scene().cards();
        let Some(Owner::Card(from)) = open.selection().single() else {
            return open.diagram().entry.or((!cards.is_empty()).then_some(0));
        };
        let start = cards[from as usize].center();
        cards
            .iter()
            .zip(0..)
            .filter(|&(_, card)| card != from)
            .filter_map(|(rect, card)| {
                let way = rect.center() - start;
                let along = way.x * towards.x + way.y * towards.y;
                let aside = (way.x * towards.y).abs() + (way.y * towards.x).abs();
                // Straight ahead beats near but aside.
                (along > 1.0 && aside <= along * 2.0).then_some((card, along + 2.0 * aside))
            })
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(card, _)| card)
    });
    if let Some(card) = next.flatten() {
        desk.reveal(Owner::Card(card));
    }
}
