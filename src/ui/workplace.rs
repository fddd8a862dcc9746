//! What commands act on, in one handle: the desk with what is around it. What commands there are is
//! told in `commands`.

use flow::keyboard::{Keymap, Platform};
use leptos::prelude::*;

use super::app::{Activity, Panels};
use super::desk::Desk;
use super::files::Intake;
use super::review::ReviewDesk;
use super::theme::Theme;
use crate::browser::page;

/// A dialog over the page that a command opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// Every command, to be found by name.
    Palette,
    /// Every command with its keys.
    Shortcuts,
    /// Renaming something everywhere.
    Rename,
}

/// What is done with a text that is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It is found.
    Find,
    /// It is found, and another put in its place.
    Replace,
}

/// Everything a command can need; copied freely.
#[derive(Clone, Copy)]
pub struct Workplace {
    /// The open documents.
    pub desk: Desk,
    /// The files under review.
    pub review: ReviewDesk,
    /// Where files come in.
    pub intake: Intake,
    /// What the user is at.
    pub activity: RwSignal<Activity>,
    /// Which parts of the frame are shown.
    pub panels: Panels,
    /// The colours.
    pub theme: Theme,
    /// The dialog that is open.
    pub overlay: RwSignal<Option<Overlay>>,
    /// Whether a text is looked for.
    pub finding: RwSignal<Option<Finding>>,
    /// The step of the tour that is shown.
    pub tour: RwSignal<Option<usize>>,
    /// The keys of commands; empty until the workbench is there.
    pub keymap: RwSignal<Keymap>,
}

impl Workplace {
    /// The keys of a command as this machine calls them; none for a command without. Followed.
    pub fn keys_of(self, id: &str) -> Option<String> {
        self.keymap.with(|keymap| {
            let chord = keymap.chords(id).first()?;
            Some(chord.shown(platform()))
        })
    }

    /// What a button says when it is pointed at: what it does, and the keys that do it. Followed.
    pub fn titled(self, text: &str, id: &str) -> String {
        match self.keys_of(id) {
            Some(keys) => format!("{text} ({keys})"),
            None => text.to_owned(),
        }
    }
}

/// The workplace of this page. Asked for while a component is made, not in an event.
pub fn workplace() -> Workplace {
    expect_context::<Workplace>()
}

/// Whose names keys have here.
pub fn platform() -> Platform {
    let is_mac = page::window()
        .navigator()
        .platform()
        .is_ok_and(|name| name.starts_with("Mac") || name.starts_with("iP"));
    if is_mac {
        Platform::Mac
    } else {
        Platform::Other
    }
}
