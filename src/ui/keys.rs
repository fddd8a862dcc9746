//! The keyboard: which command a key stands for, where it is heard, and what the commands of the
//! canvas do. What commands there are is told in `commands`.

use flow::diagram::Owner;
use flow::geometry::Point;
use flow::interaction::GRID_STEP;
use flow::keyboard::{Chord, Press};
use flow::open_document::{OpenDocument, Selection};
use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;

use super::app::Activity;
use super::canvas::graph;
use super::commands::{self, Heard};
use super::desk::Desk;
use super::files;
use super::parts::Parts;
use super::workplace::Workplace;
use crate::browser::page;

/// Listens for as long as the app lives.
pub fn listen(place: Workplace, parts: Parts) {
    let handle = window_event_listener(ev::keydown, move |event| {
        let done = match parts.workbench.peek() {
            Some(views) => (views.key)(place, &event),
            None => handle_file_key(place, &event),
        };
        if done {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

/// Saves or opens before the table of commands is there. The browser's own answer never helps.
fn handle_file_key(place: Workplace, event: &KeyboardEvent) -> bool {
    if !is_command(event) || event.alt_key() {
        return false;
    }
    match event.key().to_ascii_lowercase().as_str() {
        "s" => {
            page::finish_typing();
            files::save(place.desk);
        }
        "o" => place.intake.choose(),
        _ => return false,
    }
    true
}

fn is_command(event: &KeyboardEvent) -> bool {
    event.ctrl_key() || event.meta_key()
}

/// The keys that an event completes.
pub fn chord(event: &KeyboardEvent) -> Option<Chord> {
    Chord::pressed(&Press {
        key: &event.key(),
        code: &event.code(),
        command: is_command(event),
        alt: event.alt_key(),
        shift: event.shift_key(),
    })
}

/// Does what the keys stand for; false when they stand for nothing here.
pub fn handle_key(place: Workplace, event: &KeyboardEvent) -> bool {
    if event.is_composing() || place.desk.gesturing.get_untracked() {
        return false;
    }
    let Some(chord) = chord(event) else {
        return false;
    };
    let id = place.keymap.with_untracked(|keymap| keymap.command(&chord));
    let command = id.and_then(commands::named);
    let Some(command) = command.filter(|command| is_heard(place, command.heard, event)) else {
        // The browser's own pages for saving and opening never help.
        return is_command(event) && matches!(event.code().as_str(), "KeyS" | "KeyO");
    };
    match (command.possible)(place) {
        Ok(()) => {
            (command.run)(place);
            true
        }
        Err(reason) if is_command(event) || place.desk.read_only.get_untracked() => {
            let name = command.name;
            let said = format!("{name} is not possible now: {reason}.");
            place.desk.notices.announce(said);
            true
        }
        Err(_) => false,
    }
}

/// Whether keys are meant for commands of a kind: what cannot be seen is not changed, and what is
/// typed belongs to its field.
fn is_heard(place: Workplace, heard: Heard, event: &KeyboardEvent) -> bool {
    if heard == Heard::Always {
        return true;
    }
    let in_list = page::is_choosing() && !is_command(event);
    if page::has_dialog() || page::is_typing() || in_list {
        return false;
    }
    let is_design = place.activity.get_untracked() == Activity::Design;
    match heard {
        Heard::Always | Heard::Page => true,
        Heard::Design => is_design,
        Heard::Clipboard if is_clipboard_key(event) => false,
        Heard::Canvas | Heard::Clipboard => {
            is_design && page::focus_is_in(".canvas, .outline-list")
        }
    }
}

/// Whether the browser answers these keys with an event of the clipboard.
fn is_clipboard_key(event: &KeyboardEvent) -> bool {
    let is_letter = matches!(event.key().to_ascii_lowercase().as_str(), "c" | "x" | "v");
    is_letter && is_command(event) && !event.alt_key() && !event.shift_key()
}

/// Selects every card, wire and note.
pub fn select_all(desk: Desk) {
    let all = desk.peek(|open| Selection {
        cards: (0..).take(open.diagram().cards.len()).collect(),
        wires: (0..).take(open.diagram().wires.len()).collect(),
        notes: open.annotations().notes.keys().cloned().collect(),
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

/// Deletes what is selected; false when nothing is. The focus goes to the canvas, since what had
/// it may be gone.
pub fn delete_selected(desk: Desk) -> bool {
    let deleted = desk.run(OpenDocument::delete_command);
    if deleted {
        page::after(0, || page::focus_first(".graph"));
    }
    deleted
}

/// Moves the selected cards and notes by so many grid steps. Nudges that follow each other are one step to undo.
pub fn nudge(desk: Desk, steps: Point) {
    desk.nudge(steps * GRID_STEP);
}

/// Selects the nearest card in a direction; the entry point when nothing is selected.
pub fn walk(desk: Desk, towards: Point) {
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
        graph::say(desk, card, None);
    }
}
