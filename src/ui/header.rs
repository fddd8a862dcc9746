//! The header: what is open, undo and redo, save, the theme.

use flow::open_document::OpenDocument;
use leptos::prelude::*;

use super::autosave::{Autosave, SaveState};
use super::desk::{Tab, desk};
use super::files;
use super::icons::{Icon, icon};
use super::links::ShareButton;
use super::theme::{Theme, ThemeChoice};
use super::workplace::{Overlay, workplace};

/// The header of the page.
#[component]
pub fn Header() -> impl IntoView {
    let desk = desk();
    let intake = files::intake();
    let any = move || desk.active.get().is_some();
    view! {
        <header class="header">
            <div class="brand">{icon(Icon::Logo)}<span>"Flowdeck"</span></div>
            <div class="tabs" role="list" aria-label="Open documents">
                <For
                    each=move || desk.tabs.get()
                    key=|tab| tab.id
                    children=move |tab| view! { <DocumentTab id=tab.id first=tab/> }
                />
            </div>
            <div class="header-tools">
                <Show when=any>
                    // First, and the rest to its right: its words change, and no button moves by that.
                    <SaveStatus/>
                    <HistoryButtons/>
                    <span class="header-rule"></span>
                    <ShareButton/>
                    <SaveButton/>
                </Show>
                <button class="button is-quiet" on:click=move |_| intake.choose()>
                    {icon(Icon::Open)}
                    <span>"Open files"</span>
                </button>
                <PaletteButton/>
                <ThemeButton/>
            </div>
        </header>
    }
}

#[component]
fn DocumentTab(id: u32, first: Tab) -> impl IntoView {
    let desk = desk();
    let tab = Memo::new(move |_| {
        let found = desk
            .tabs
            .with(|tabs| tabs.iter().find(|tab| tab.id == id).cloned());
        found.unwrap_or_else(|| first.clone())
    });
    let current = move || desk.active.get() == Some(id);
    view! {
        <div class="tab" class:is-current=current role="listitem">
            <button
                class="tab-name"
                aria-current=move || current().then_some("true")
                title=move || tab.with(|tab| format!("{} · {}", tab.file_name, tab.kind.label()))
                on:click=move |_| desk.show(id)
            >
                {icon(Icon::File)}
                <span class="tab-title">{move || tab.with(|tab| tab.title.clone())}</span>
                <span class="tab-mark" class:is-unsaved=move || tab.with(|tab| tab.unsaved)></span>
            </button>
            <button
                class="icon-button tab-close"
                aria-label=move || tab.with(|tab| format!("Close {}", tab.title))
                on:click=move |_| files::close(desk, id)
            >
                {icon(Icon::Close)}
            </button>
        </div>
    }
}

#[component]
fn HistoryButtons() -> impl IntoView {
    let desk = desk();
    let undo = Memo::new(move |_| {
        desk.read(|open| open.session().undo_label().map(str::to_owned))
            .flatten()
    });
    let redo = Memo::new(move |_| {
        desk.read(|open| open.session().redo_label().map(str::to_owned))
            .flatten()
    });
    let place = workplace();
    let title = move |verb: &str, label: Option<String>| {
        let id = verb.to_lowercase();
        let text = match label {
            Some(label) => format!("{verb}: {label}"),
            None => format!("Nothing to {id}"),
        };
        place.titled(&text, &id)
    };
    view! {
        <button
            class="icon-button"
            aria-label="Undo"
            title=move || title("Undo", undo.get())
            disabled=move || undo.get().is_none()
            on:click=move |_| desk.undo()
        >
            {icon(Icon::Undo)}
        </button>
        <button
            class="icon-button"
            aria-label="Redo"
            title=move || title("Redo", redo.get())
            disabled=move || redo.get().is_none()
            on:click=move |_| desk.redo()
        >
            {icon(Icon::Redo)}
        </button>
    }
}

#[component]
fn SaveStatus() -> impl IntoView {
    let desk = desk();
    let unsaved = Memo::new(move |_| desk.read(OpenDocument::is_unsaved).unwrap_or(false));
    let state = expect_context::<Autosave>().state;
    let said = move || {
        let kept = match state.get() {
            SaveState::Opening => "Opening…".to_owned(),
            SaveState::Saved => "Saved in this browser".to_owned(),
            SaveState::Saving => "Saving…".to_owned(),
            SaveState::Failed(reason) => format!("Not saved: {reason}"),
            SaveState::Follows | SaveState::Newer(_) => "Read-only".to_owned(),
        };
        let file = if unsaved.get() {
            " · not in the file yet"
        } else {
            ""
        };
        format!("{kept}{file}")
    };
    view! {
        <span
            class="save-state"
            role="status"
            aria-label="Save state"
            title=said
            class:is-unsaved=move || unsaved.get()
            class:is-failed=move || matches!(state.get(), SaveState::Failed(_))
        >
            {said}
        </span>
    }
}

#[component]
fn SaveButton() -> impl IntoView {
    let desk = desk();
    let place = workplace();
    let unsaved = Memo::new(move |_| desk.read(OpenDocument::is_unsaved).unwrap_or(false));
    view! {
        <button
            class="button"
            class:is-primary=move || unsaved.get()
            title=move || place.titled("Save the file", "save")
            on:click=move |_| files::save(desk)
        >
            {icon(Icon::Save)}
            <span>"Save"</span>
        </button>
    }
}

#[component]
fn PaletteButton() -> impl IntoView {
    let place = workplace();
    view! {
        <button
            class="icon-button"
            aria-label="Commands"
            title=move || place.titled("Every command", "palette")
            on:click=move |_| place.overlay.set(Some(Overlay::Palette))
        >
            {icon(Icon::Command)}
        </button>
    }
}

#[component]
fn ThemeButton() -> impl IntoView {
    let theme = expect_context::<Theme>();
    let glyph = move || match theme.choice.get() {
        ThemeChoice::System => icon(Icon::System),
        ThemeChoice::Light => icon(Icon::Sun),
        ThemeChoice::Dark => icon(Icon::Moon),
    };
    view! {
        <button
            class="icon-button"
            aria-label=move || theme.choice.get().label()
            title=move || theme.choice.get().label()
            on:click=move |_| theme.choice.update(|choice| *choice = choice.next())
        >
            {glyph}
        </button>
    }
}
