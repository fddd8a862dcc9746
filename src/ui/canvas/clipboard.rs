//! Copy, cut, paste and duplicate, over the clipboard of the system: what is copied is JSON text, so
//! that it goes to other tabs and documents, and into a mail.

use flow::fragment::{Fragment, Placing, copy};
use flow::geometry::Point;
use flow::open_document::{OpenDocument, Selection};
use leptos::ev::{self, ClipboardEvent};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{clipboard, page};
use crate::ui::desk::Desk;
use crate::ui::files::Intake;
use crate::ui::notices::Notice;

/// Answers copy and cut for as long as the canvas is there. Paste comes from where files come from.
pub fn listen(intake: Intake, desk: Desk) {
    let copied = window_event_listener(ev::copy, move |event| {
        if is_meant(intake, desk) {
            put(desk, &event);
        }
    });
    let cut = window_event_listener(ev::cut, move |event| {
        if is_meant(intake, desk) && !desk.refuses() && put(desk, &event) {
            cut_selected(desk);
        }
    });
    on_cleanup(move || {
        copied.remove();
        cut.remove();
    });
}

/// Whether copying is about what is selected on the canvas.
fn is_meant(intake: Intake, desk: Desk) -> bool {
    intake.shows_canvas()
        && !desk.gesturing.get_untracked()
        && !page::has_dialog()
        && !page::is_typing()
        && !page::has_selected_text()
        && page::focus_is_in(".canvas, .outline-list")
}

/// Puts what is selected on the clipboard of an event; false when no card and no note is.
fn put(desk: Desk, event: &ClipboardEvent) -> bool {
    let Some(text) = desk.peek(copy).flatten() else {
        return false;
    };
    let Some(data) = event.clipboard_data() else {
        return false;
    };
    if data.set_data("text/plain", &text).is_err() {
        desk.notices.show(Notice::error(NOT_COPIED));
        return false;
    }
    event.prevent_default();
    say_copied(desk);
    true
}

/// What is said when a copy is refused.
const NOT_COPIED: &str =
    "Nothing was copied: the browser does not let this page write to the clipboard.";

fn say_copied(desk: Desk) {
    let count = desk.peek(|open| open.selection().cards.len() + open.selection().notes.len());
    desk.notices.announce(match count.unwrap_or_default() {
        1 => "Copied.".to_owned(),
        count => format!("{count} copied."),
    });
}

/// Puts what is selected on the clipboard without an event of the browser, and deletes it then if `cuts`.
pub fn copy_selected(desk: Desk, cuts: bool) {
    let Some(text) = desk.peek(copy).flatten() else {
        return;
    };
    let here = move || {
        let document = desk.active.get_untracked();
        (document, desk.peek(OpenDocument::selection_revision))
    };
    let before = here();
    spawn_local(async move {
        if !clipboard::write(&text).await {
            let text = format!("{NOT_COPIED} Press the keys for it instead.");
            desk.notices.show(Notice::error(text));
            return;
        }
        say_copied(desk);
        // What is selected by then, after the browser asked, may be something else.
        if cuts && here() == before {
            cut_selected(desk);
        }
    });
}

/// Pastes what is on the clipboard without an event of the browser.
pub fn paste_text(intake: Intake, desk: Desk) {
    spawn_local(async move {
        match clipboard::read().await {
            None => desk.notices.show(Notice::error(
                "Nothing was pasted: the browser does not let this page read the clipboard. Press the \
                 keys for it instead, which need no permission.",
            )),
            Some(text) if text.trim_start().starts_with('{') => intake.take_pasted(&text),
            Some(_) => desk.notices.show(Notice::info(
                "Nothing was pasted: the clipboard holds no flow and no piece of one.",
            )),
        }
    });
}

fn cut_selected(desk: Desk) {
    let cut = desk.run(|open| {
        let mut command = open.delete_command()?;
        command.label = command.label.replacen("Delete", "Cut", 1);
        Some(command)
    });
    if cut {
        page::after(0, || page::focus_first(".graph"));
    }
}

/// Pastes a text where it is a piece of a flow: at the pointer where that is over the canvas, else
/// beside where it was copied, or in the middle of what is shown. False when it is none.
pub fn paste(desk: Desk, text: &str) -> bool {
    let fragment = match Fragment::read(text) {
        None => return false,
        Some(Ok(fragment)) => fragment,
        Some(Err(reason)) => {
            desk.notices.show(Notice::error(reason.to_string()));
            return true;
        }
    };
    if desk.active.get_untracked().is_none() {
        desk.notices.show(Notice::info(
            "The clipboard holds a piece of a flow. Nothing was pasted: open a flow and paste it there.",
        ));
        return true;
    }
    let view = desk.view.get_untracked();
    let pointer = desk.pointer.get_value();
    let world = pointer.map(|at| view.world_from_screen(at));
    // On a card it would hide that card, or lie on what it was copied from.
    let is_free =
        |world: &Point| desk.peek(|open| open.scene().card_at(*world).is_none()) == Some(true);
    let placing = match world.filter(is_free) {
        Some(at) => Placing::Middle(at),
        None => Placing::Beside,
    };
    put_in(desk, &fragment, placing, "Paste");
    true
}

/// Puts copies of the selected cards and notes beside them.
pub fn duplicate(desk: Desk) -> bool {
    put_copies(desk, Placing::Beside)
}

/// Puts copies of the selected cards and notes where they stand.
pub fn duplicate_in_place(desk: Desk) -> bool {
    put_copies(desk, Placing::Same)
}

fn put_copies(desk: Desk, placing: Placing) -> bool {
    let copied = desk.peek(copy).flatten();
    match copied.as_deref().and_then(Fragment::read) {
        Some(Ok(fragment)) => put_in(desk, &fragment, placing, "Duplicate"),
        _ => false,
    }
}

/// Puts a fragment into the shown flow and selects it.
fn put_in(desk: Desk, fragment: &Fragment, placing: Placing, verb: &str) -> bool {
    let pasted = match desk.peek(|open| fragment.paste(open, placing, verb)) {
        None => return false,
        Some(Ok(pasted)) => pasted,
        Some(Err(reason)) => {
            desk.notices.show(Notice::info(reason.to_string()));
            return false;
        }
    };
    let first = desk.peek(card_count).unwrap_or(0);
    if !desk.apply(&pasted.command) {
        return false;
    }
    let last = desk.peek(card_count).unwrap_or(first);
    let selection = Selection {
        cards: (first..last).collect(),
        notes: pasted.notes.into_iter().collect(),
        ..Selection::default()
    };
    if placing == Placing::Beside {
        let area = desk.peek(|open| match selection.cards.first() {
            Some(&card) => open.bounds_of(&Selection::card(card)),
            None => open.bounds_of(&selection),
        });
        desk.bring_area_into_view(area.flatten());
    }
    desk.select(selection);
    if !pasted.left_out.is_empty() {
        let text = match pasted.left_out.len() {
            1 => "One transition was left out.".to_owned(),
            count => format!("{count} transitions were left out."),
        };
        let details = pasted.left_out;
        desk.notices.show(Notice::info(text).with_details(details));
    }
    desk.notices.announce(pasted.command.label);
    true
}

fn card_count(open: &OpenDocument) -> u32 {
    u32::try_from(open.diagram().cards.len()).unwrap_or(u32::MAX)
}
