//! Opening and saving: button, drop, paste, links; in place or as a download.

use std::collections::BTreeMap;
use std::sync::Arc;

use flow::document::Document;
use flow::json::ReadError;
use flow::session::Positions;
use flow::workspace::{Link, Workspace};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{FileSystemFileHandle, HtmlInputElement};

use super::app::Activity;
use super::desk::{Brought, Desk, DocumentId, Restored};
use super::disk::{self, OnDisk};
use super::links;
use super::notices::Notice;
use super::parts::Parts;
use super::review::ReviewDesk;
use crate::browser::assets;
use crate::browser::files::{self, PickedFile, Source};
use crate::browser::folders;
use crate::browser::page;

/// How many mistakes of a rejected file are listed, and how many files that were not taken.
const LISTED: usize = 6;
/// Where the samples are, relative to the page.
const SAMPLES: &str = "./samples/";

/// The input that takes what the button "Open files" takes.
#[component]
pub fn HiddenFileInput() -> impl IntoView {
    let intake = intake();
    let take = move |event: ev::Event| {
        let Some(input) = event
            .target()
            .and_then(|it| it.dyn_into::<HtmlInputElement>().ok())
        else {
            return;
        };
        let Some(list) = input.files() else { return };
        let files = files::list(&list);
        spawn_local(async move {
            intake.read_all(files).await;
            // The same file can be chosen again.
            input.set_value("");
        });
    };
    view! {
        <input
            class="visually-hidden"
            id="file-input"
            type="file"
            multiple
            aria-label="Open files"
            tabindex="-1"
            on:change=take
        />
        <input
            class="visually-hidden"
            id="folder-input"
            type="file"
            multiple
            prop:webkitdirectory=true
            aria-label="Review a folder"
            tabindex="-1"
            on:change=take
        />
    }
}

/// Asks for a folder, which is reviewed.
pub fn choose_folder() {
    if let Some(input) = page::document().get_element_by_id("folder-input") {
        input.unchecked_into::<HtmlInputElement>().click();
    }
}

/// Whether a file is many documents, which are reviewed instead of opened one by one.
fn is_for_review(name: &str) -> bool {
    let extension = name.rsplit('.').next().unwrap_or_default();
    name.contains('/')
        || ["zip", "csnap"]
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known))
}

/// Where files go that the user hands over: to the canvas, or under review.
#[derive(Clone, Copy)]
pub struct Intake {
    desk: Desk,
    review: ReviewDesk,
    parts: Parts,
    activity: RwSignal<Activity>,
}

/// The intake of this page. Asked for while a component is made, not in an event.
pub fn intake() -> Intake {
    expect_context::<Intake>()
}

impl Intake {
    /// Whether the canvas is what the user is at.
    pub fn shows_canvas(self) -> bool {
        self.activity.get_untracked() == Activity::Design
    }

    /// An intake for this desk, review desk and activity.
    pub fn new(desk: Desk, review: ReviewDesk, parts: Parts, activity: RwSignal<Activity>) -> Self {
        Self {
            desk,
            review,
            parts,
            activity,
        }
    }

    fn is_review(self) -> bool {
        self.activity.get_untracked() == Activity::Review
    }

    /// Reads and takes files one by one, so that the page stays alive with a thousand of them. One
    /// that cannot be read does not keep the others out.
    async fn read_all(self, files: Vec<Source>) {
        let mut files = self.in_folders(files).await;
        let mut review = None;
        if files.iter().any(|file| is_for_review(&file.name())) {
            self.activity.set(Activity::Review);
        }
        if self.is_review() {
            let Some(views) = self.parts.workbench.arrive().await else {
                self.not_taken(files.iter().map(Source::name).collect());
                return;
            };
            review = Some((views.review_files)(self.review, files.len()));
        }
        for file in files.drain(..) {
            let name = file.name();
            let read = file.read().await;
            if let Err(reason) = &read {
                self.desk.notices.show(Notice::error(format!(
                    "{name} could not be read. Nothing was changed. {reason}"
                )));
            }
            match (&mut review, read) {
                (Some(take), read) => take(read.ok()),
                (None, Ok(file)) => open_bytes(self.desk, &file.name, &file.bytes, file.handle),
                (None, Err(_)) => {}
            }
        }
    }

    /// The files themselves, and those in the folders among them.
    async fn in_folders(self, files: Vec<Source>) -> Vec<Source> {
        let mut all = Vec::with_capacity(files.len());
        for file in files {
            match file {
                Source::Folder(folder) => {
                    let name = folder.name();
                    let (found, failed) = folders::files_in(folder).await;
                    if found.is_empty() && failed.is_empty() {
                        self.desk.notices.show(Notice::info(format!(
                            "There is no JSON file and no package in the folder {name}. Nothing was changed."
                        )));
                    }
                    if !failed.is_empty() {
                        let text = format!(
                            "Parts of the folder {name} could not be read. The rest is taken."
                        );
                        self.desk
                            .notices
                            .show(Notice::error(text).with_details(failed));
                    }
                    all.extend(found);
                }
                // What a folder holds besides is no concern of a review.
                Source::InFolder(_, ref path) if !folders::is_wanted(path) => {}
                other => all.push(other),
            }
        }
        all
    }

    /// Reviews a sample that comes with the page.
    pub fn review_sample(self, file: &'static str) {
        spawn_local(async move {
            self.activity.set(Activity::Review);
            match assets::read(&format!("{SAMPLES}{file}")).await {
                Ok(bytes) => {
                    let file = PickedFile {
                        name: file.to_owned(),
                        bytes,
                        handle: None,
                    };
                    match self.parts.workbench.arrive().await {
                        Some(views) => (views.review_files)(self.review, 1)(Some(file)),
                        None => self.not_taken(vec![file.name]),
                    }
                }
                Err(reason) => self.desk.notices.show(Notice::error(format!(
                    "{file} could not be fetched. Nothing was changed. {reason}"
                ))),
            }
        });
    }

    /// Says which files were not taken because the workbench is missing. That it is, and what to do,
    /// is shown in its place.
    fn not_taken(self, mut names: Vec<String>) {
        let more = names.len().saturating_sub(LISTED);
        names.truncate(LISTED);
        if more > 0 {
            names.push(format!("And {more} more."));
        }
        let text = "These files were not taken, because a part of Flowdeck could not be downloaded. \
                    Nothing was changed. Hand them over again once the part is there.";
        self.desk
            .notices
            .show(Notice::error(text).with_details(names));
    }

    /// Takes text that was pasted.
    pub fn take_pasted(self, text: &str) {
        const NAME: &str = "pasted.json";
        if self.is_review() {
            let file = PickedFile {
                name: NAME.to_owned(),
                bytes: text.as_bytes().to_vec(),
                handle: None,
            };
            spawn_local(async move {
                match self.parts.workbench.arrive().await {
                    Some(views) => (views.review_files)(self.review, 1)(Some(file)),
                    None => self.not_taken(vec![file.name]),
                }
            });
        } else if !self.pastes_piece(text) {
            open_bytes(self.desk, NAME, text.as_bytes(), None);
        }
    }

    /// Pastes a piece of a flow into the flow that is shown; false when the text is none.
    fn pastes_piece(self, text: &str) -> bool {
        let views = self.parts.workbench.peek();
        self.shows_canvas() && views.is_some_and(|views| (views.paste)(self.desk, text))
    }

    /// Asks for files: with handles where the browser has them, else through the input.
    pub fn choose(self) {
        if !files::can_save_in_place() {
            if let Some(input) = page::document().get_element_by_id("file-input") {
                input.unchecked_into::<HtmlInputElement>().click();
            }
            return;
        }
        spawn_local(async move {
            match files::pick().await {
                Ok(picked) => self.read_all(picked).await,
                Err(reason) => self.desk.notices.show(Notice::error(format!(
                    "The files could not be chosen. Nothing was changed. {reason}"
                ))),
            }
        });
    }
}

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

/// Takes dropped files and pasted JSON.
pub fn listen(intake: Intake) {
    let over = window_event_listener(ev::dragover, |event| event.prevent_default());
    let drop = window_event_listener(ev::drop, move |event| {
        event.prevent_default();
        let Some(data) = event.data_transfer() else {
            return;
        };
        // Handles must be asked for before the event is over.
        let dropped = files::dropped(&data.items());
        spawn_local(intake.read_all(dropped));
    });
    let paste = window_event_listener(ev::paste, move |event| {
        if page::is_typing() {
            return;
        }
        let text = event
            .clipboard_data()
            .and_then(|data| data.get_data("text").ok());
        if let Some(text) = text.filter(|text| text.trim_start().starts_with('{')) {
            event.prevent_default();
            intake.take_pasted(&text);
        }
    });
    on_cleanup(move || {
        over.remove();
        drop.remove();
        paste.remove();
    });
}

/// Opens what the address names: `?open=URL` on the page's own origin, or `#sample`.
pub fn open_from_address(desk: Desk) {
    let location = page::window().location();
    let search = location.search().unwrap_or_default();
    let wanted = web_sys::UrlSearchParams::new_with_str(&search)
        .ok()
        .and_then(|it| it.get("open"));
    if let Some(address) = wanted {
        open_address(desk, &address);
    }
    if location.hash().is_ok_and(|hash| hash == "#sample") {
        open_sample(desk, "customer-support.json");
    }
    links::open_from_fragment(desk);
}

/// Opens a sample.
pub fn open_sample(desk: Desk, file: &str) {
    fetch(desk, format!("{SAMPLES}{file}"));
}

fn open_address(desk: Desk, address: &str) {
    let base = page::document()
        .base_uri()
        .ok()
        .flatten()
        .unwrap_or_default();
    let own = page::window().location().origin().unwrap_or_default();
    match web_sys::Url::new_with_base(address, &base) {
        Ok(url) if url.origin() == own => fetch(desk, url.href()),
        Ok(url) => desk.notices.show(Notice::error(format!(
            "The link asks to open a file from {}. Nothing was opened: only files from the page's \
             own address are. Download the file and drop it here.",
            url.host()
        ))),
        Err(_) => desk.notices.show(Notice::error(format!(
            "The link asks to open \"{address}\", which is no address. Nothing was opened."
        ))),
    }
}

fn fetch(desk: Desk, address: String) {
    spawn_local(async move {
        let name = address.rsplit('/').next().unwrap_or("file.json").to_owned();
        match assets::read(&address).await {
            Ok(bytes) => open_bytes(desk, &name, &bytes, None),
            Err(reason) => desk.notices.show(Notice::error(format!(
                "{name} could not be fetched. Nothing was opened. {reason}"
            ))),
        }
    });
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
