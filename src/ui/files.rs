//! Opening and saving. Where files come in is told in [`intake`], which of them the address names in
//! [`address`].

mod address;
mod intake;

use std::collections::BTreeMap;
use std::sync::Arc;

use flow::document::Document;
use flow::json::ReadError;
use flow::session::Positions;
use flow::workspace::{Link, Workspace};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::FileSystemFileHandle;

pub use self::address::{open_from_address, open_sample};
pub use self::intake::{HiddenFileInput, Intake, intake, listen};
use super::desk::{Brought, Desk, DocumentId, Restored};
use super::disk::{self, OnDisk};
use super::notices::Notice;
use crate::browser::files;

/// How many mistakes of a rejected file are listed, and how many files that were not taken.
const LISTED: usize = 6;

/// Opens the bytes of a file in a new tab, or says why they cannot be.
pub fn open_bytes(desk: Desk, name: &str, bytes: &[u8], handle: Option<FileSystemFileHandle>) {
    match Document::open(bytes) {
        Ok(document) if document.workspace().is_some() => open_workspace(desk, name, &document),
        Ok(document) => {
            desk.open(name, document, Positions::new(), handle);
            desk.notices.announce(format!("{name} is open."));
        }
        Err(errors) => desk.notices.show(rejection(name, &errors)),
    }
}

/// Opens the documents of a workspace, each in a tab of its own.
fn open_workspace(desk: Desk, name: &str, file: &Document) {
    let workspace = match Workspace::read(file.tree().shared_text()) {
        Ok(workspace) => workspace,
        Err(errors) => {
            desk.notices.show(rejection(name, &errors));
            return;
        }
    };
    let is_first = desk.tabs.with_untracked(Vec::is_empty);
    let mut details = Vec::new();
    let mut opened = BTreeMap::new();
    for stored in workspace.documents {
        match Restored::of(0, &stored) {
            Ok(restored) => {
                if let Some(id) = desk.add(restored) {
                    opened.insert(stored.id, id);
                }
            }
            Err(errors) => details.extend(
                errors
                    .first()
                    .map(|error| format!("{}: {error}", stored.file_name)),
            ),
        }
    }
    let links = workspace.links.iter().filter_map(Link::read);
    desk.add_links(links.filter_map(|link| {
        let id = |key: &String| opened.get(key).copied();
        Some((id(&link.payload)?, id(&link.flow)?))
    }));
    if !workspace.connections.is_empty() {
        desk.brought.update(|brought| {
            brought.push(Brought {
                file_name: name.to_owned(),
                connections: workspace.connections,
            });
        });
    }
    // What else is open keeps the severities it was checked with.
    if is_first && !desk.read_only.get_untracked() {
        desk.change_rules(|rules| *rules = workspace.rules);
    }
    if !details.is_empty() {
        let text = "Some documents of the workspace were not opened; the file keeps them.";
        desk.notices.show(Notice::error(text).with_details(details));
    }
    desk.notices.announce(format!("{name} is open."));
}

/// What a rejected file is told the user with.
pub fn rejection(name: &str, errors: &[ReadError]) -> Notice {
    let count = errors.len();
    let text = if count == 1 {
        format!("{name} was not opened.")
    } else {
        format!("{name} was not opened: {count} mistakes.")
    };
    let mut details: Vec<String> = errors
        .iter()
        .take(LISTED)
        .map(|error| {
            let place = if error.pointer.is_empty() {
                String::new()
            } else {
                format!(" ({})", error.pointer)
            };
            format!(
                "Line {}, column {}{place}: {}",
                error.line, error.column, error.message
            )
        })
        .collect();
    if count > LISTED {
        details.push(format!("And {} more.", count - LISTED));
    }
    Notice::error(text).with_details(details)
}

/// Saves the shown document: in place where it has a handle, else as a download.
pub fn save(desk: Desk) {
    let Some(id) = desk.active.get_untracked() else {
        return;
    };
    let Some((name, text, handle)) = desk.file(id) else {
        return;
    };
    match handle {
        Some(handle) => spawn_local(disk::save(desk, OnDisk { id, name, handle }, text)),
        None => save_as_download(desk, id, &name, text),
    }
}

fn save_as_download(desk: Desk, id: DocumentId, name: &str, text: Arc<str>) {
    match files::download(name, "application/json", &text) {
        Ok(()) => {
            desk.mark_saved(id, text);
            desk.notices.announce(format!("{name} is downloaded."));
        }
        Err(reason) => desk.notices.show(Notice::error(format!(
            "{name} could not be downloaded; your work is still here. {reason}"
        ))),
    }
}

/// Closes a document.
pub fn close(desk: Desk, id: DocumentId) {
    desk.close(id);
}
