//! The keys of the canvas that edit what is selected.

use flow::open_document::OpenDocument;
use leptos::ev::KeyboardEvent;

use super::{add, clipboard, connect, notes};
use crate::browser::page;
use crate::ui::desk::Desk;
use crate::ui::notices::Notice;

/// Does what the key stands for on the canvas; false when it stands for nothing.
pub fn handle(desk: Desk, event: &KeyboardEvent) -> bool {
    if page::is_choosing() || !page::focus_is_in(".canvas, .outline-list") {
        return false;
    }
    let command = event.ctrl_key() || event.meta_key();
    let key = event.key().to_ascii_lowercase();
    match key.as_str() {
        "d" if command && !event.shift_key() => clipboard::duplicate(desk),
        "delete" | "backspace" if command => heal(desk),
        "g" if command && event.shift_key() => notes::ungroup(desk),
        "g" if command => notes::group(desk),
        _ if command || event.alt_key() => false,
        "s" if event.shift_key() => notes::add_note(desk),
        _ if event.shift_key() => false,
        "n" => add::ask(desk),
        "c" => connect::ask(desk),
        _ => false,
    }
}

/// Deletes what is selected and joins what it stood between; false when nothing is selected.
pub fn heal(desk: Desk) -> bool {
    let Some(healed) = desk.peek(OpenDocument::heal_command).flatten() else {
        return false;
    };
    if !desk.apply(&healed.command) {
        return false;
    }
    let not_joined = healed.not_joined;
    if !not_joined.is_empty() {
        let text = match not_joined.len() {
            1 => "One connection was not joined.".to_owned(),
            count => format!("{count} connections were not joined."),
        };
        desk.notices
            .show(Notice::info(text).with_details(not_joined));
    }
    desk.notices.announce(healed.command.label);
    page::after(0, || page::focus_first(".canvas"));
    true
}
