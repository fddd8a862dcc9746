//! Where files come in that the user hands over: by input, drop, paste, folder or sample; to the canvas, or
//! under review.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::address::SAMPLES;
use super::{LISTED, open_bytes};
use crate::browser::files::{self, PickedFile, Source};
use crate::browser::{assets, folders, page};
use crate::ui::app::Activity;
use crate::ui::desk::Desk;
use crate::ui::notices::Notice;
use crate::ui::parts::Parts;
use crate::ui::review::ReviewDesk;

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
        let mut passed = 0;
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
                Source::InFolder(_, ref path) if !folders::is_wanted(path) => passed += 1,
                other => all.push(other),
            }
        }
        if all.is_empty() && passed > 0 {
            self.desk.notices.show(Notice::info(
                "There is no JSON file and no package in that folder. Nothing was changed.",
            ));
        }
        all
    }

    /// Asks for a folder, which is reviewed.
    pub fn choose_folder(self) {
        spawn_local(async move {
            match folders::choose().await {
                Ok(found) => self.read_all(found).await,
                Err(reason) => self.desk.notices.show(Notice::error(format!(
                    "The folder could not be chosen. Nothing was changed. {reason}"
                ))),
            }
        });
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
