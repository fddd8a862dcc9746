//! The workbench: what is shown once a document is open, and Review. The rules come with it.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;

use crate::browser::files::PickedFile;
use crate::ui::app::Panels;
use crate::ui::canvas::clipboard;
use crate::ui::canvas_bar::CanvasColumn;
use crate::ui::code;
use crate::ui::commands;
use crate::ui::desk::{Desk, desk};
use crate::ui::disk::ConflictDialog;
use crate::ui::explain::{ExplainDialog, Explained};
use crate::ui::find::Finder;
use crate::ui::inspector::Inspector;
use crate::ui::keys;
use crate::ui::outline::Outline;
use crate::ui::palette::PaletteDialog;
use crate::ui::payload::PayloadEditor;
use crate::ui::problems::Problems;
use crate::ui::rename::RenameDialog;
use crate::ui::review::{Review, ReviewDesk};
use crate::ui::shortcuts::ShortcutsDialog;
use crate::ui::source::{Drafts, SourcePane, SourceView};
use crate::ui::tour::Tour;
use crate::ui::workplace::{Workplace, workplace};

/// Takes the files of a review one by one; none for one that could not be read.
pub type TakeFile = Box<dyn FnMut(Option<PickedFile>)>;

/// How to make each part.
#[derive(Clone, Copy)]
pub struct Views {
    /// Does what a key stands for; false when it stands for nothing.
    pub key: fn(Workplace, &KeyboardEvent) -> bool,
    /// Pastes a piece of a flow into the shown one; false when the text is none.
    pub paste: fn(Desk, &str) -> bool,
    /// Gives the page what the views share, and the desk the rules. Called once, before any of them
    /// is made.
    pub share: fn(),
    /// Announces so many files to the review and takes them.
    pub review_files: fn(ReviewDesk, usize) -> TakeFile,
    /// The canvas with its tools.
    pub canvas: fn() -> AnyView,
    /// The outline on the left.
    pub outline: fn() -> AnyView,
    /// The inspector on the right.
    pub inspector: fn() -> AnyView,
    /// The problems below.
    pub problems: fn(Panels) -> AnyView,
    /// The source beside the canvas.
    pub source: fn(RwSignal<bool>) -> AnyView,
    /// The editors of payloads.
    pub payload: fn() -> AnyView,
    /// The desk for many files.
    pub review: fn() -> AnyView,
    /// The dialogs over the page.
    pub dialogs: fn(Explained) -> AnyView,
}

const fn views() -> Views {
    Views {
        key: keys::handle_key,
        paste: clipboard::paste,
        share: || {
            let desk = desk();
            desk.check_with(flow::rules::check);
            workplace().keymap.set(commands::keymap());
            code::provide_scope(desk);
            provide_context(Finder::new(workplace()));
            provide_context(SourceView::new());
            provide_context(Drafts::new(desk));
            expect_context::<ReviewDesk>().follow_jumps();
        },
        review_files: |review, count| {
            let mut batch = review.batch(count);
            Box::new(move |file| {
                batch.add(file);
            })
        },
        canvas: || view! { <CanvasColumn/> }.into_any(),
        outline: || view! { <Outline/> }.into_any(),
        inspector: || view! { <Inspector/> }.into_any(),
        problems: |panels| view! { <Problems panels/> }.into_any(),
        source: |open| view! { <SourcePane open/> }.into_any(),
        payload: || view! { <PayloadEditor/> }.into_any(),
        review: || view! { <Review/> }.into_any(),
        dialogs: |explained| {
            view! {
                <ExplainDialog explained/>
                <ConflictDialog/>
                <PaletteDialog/>
                <ShortcutsDialog/>
                <RenameDialog/>
                <Tour/>
            }
            .into_any()
        },
    }
}

/// Fetches the code of the workbench. Without the feature `split` it is there already.
#[cfg(not(feature = "split"))]
#[expect(clippy::unused_async, reason = "stands for one that waits")]
pub(super) async fn fetch() -> Result<Views, SplitLoaderError> {
    Ok(views())
}

#[cfg(feature = "split")]
#[allow(
    clippy::unnecessary_wraps,
    reason = "a failure to load is put into the result; clippy sees that in some targets only"
)]
#[leptos::wasm_split::wasm_split(workbench, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(super) fn fetch() -> Result<Views, SplitLoaderError> {
    Ok(views())
}
