//! Deleting and healing: what is left of a connection that could not be joined is said.

use flow::open_document::OpenDocument;

use crate::browser::page;
use crate::ui::desk::Desk;
use crate::ui::notices::Notice;

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
    page::after(0, || page::focus_first(".graph"));
    true
}
