//! The banner under the header: that the work is not saved, or may only be looked at.

use leptos::prelude::*;

use super::autosave::{Autosave, SaveState};
use super::desk::desk;
use super::icons::{Icon, icon};
use super::notices::Notice;
use crate::browser::{files, page};

/// The name of the file that holds a whole workspace.
const WORKSPACE_FILE: &str = "flowdeck-workspace.json";

/// What stands between the user and saved work, for as long as it does.
#[component]
pub fn Banner() -> impl IntoView {
    let desk = desk();
    let autosave = expect_context::<Autosave>();
    let one_place = autosave.one_place_from_disk;
    let text = Memo::new(move |_| {
        match autosave.state.get() {
        SaveState::Failed(reason) if page::is_from_disk() => Some(format!(
            "This page was opened from disk, and your work is not kept when it is closed. {reason} \
             You can go on; download the workspace before you close this tab."
        )),
        SaveState::Failed(reason) => Some(format!(
            "Your work is not saved in this browser. {reason} You can go on; download the \
             workspace before you close this tab."
        )),
        SaveState::Follows => Some(
            "This workspace is open in another tab; here it is read-only. It takes over when the \
             other one closes."
                .to_owned(),
        ),
        SaveState::Newer(number) => Some(format!(
            "This workspace was saved by a newer version of Flowdeck (format {number}). Here it is \
             read-only; reload the page to get the newer version."
        )),
        _ if one_place.get() => Some(
            "This page was opened from disk: the browser keeps your work in one place instead of two, \
             where other pages from disk may read it. Save what you need as files."
                .to_owned(),
        ),
        _ => None,
    }
    });
    let can_close = move || {
        one_place.get() && matches!(autosave.state.get(), SaveState::Saved | SaveState::Saving)
    };
    let is_error = move || matches!(autosave.state.get(), SaveState::Failed(_));
    let download = move |_| {
        let text = autosave.workspace_text();
        if let Err(reason) = files::download(WORKSPACE_FILE, "application/json", &text) {
            desk.notices.show(Notice::error(format!(
                "The workspace could not be downloaded; your work is still here. {reason}"
            )));
        }
    };
    view! {
        <Show when=move || text.with(Option::is_some)>
            <div
                class="banner"
                class:is-error=is_error
                role=move || if is_error() { "alert" } else { "status" }
            >
                {move || icon(if is_error() { Icon::Error } else { Icon::Info })}
                <p>{move || text.get()}</p>
                <button class="button is-small" on:click=download>"Download workspace"</button>
                <Show when=can_close>
                    <button class="icon-button" aria-label="Close message" on:click=move |_| one_place.set(false)>
                        {icon(Icon::Close)}
                    </button>
                </Show>
            </div>
        </Show>
    }
}
