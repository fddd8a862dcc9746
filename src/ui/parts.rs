//! The parts of the page that are shown once a document is open, or in Review. Their code arrives
//! in a file of its own, after the page can be used; this module fetches it and says when it
//! cannot be had. What the parts do is decided in their own modules.

use flow::open_document::Check;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;

use super::app::Panels;
use super::canvas::Canvas;
use super::code;
use super::desk::Desk;
use super::disk::ConflictDialog;
use super::explain::{ExplainDialog, Explained};
use super::files::Intake;
use super::inspector::Inspector;
use super::keys;
use super::outline::Outline;
use super::payload::PayloadEditor;
use super::problems::Problems;
use super::review::{Review, ReviewDesk};
use super::source::{Drafts, SourcePane, SourceView};
use crate::browser::files::PickedFile;

/// Takes the files of a review one by one; none for one that could not be read.
pub type TakeFile = Box<dyn FnMut(Option<PickedFile>)>;

/// How to make each part.
#[derive(Clone, Copy)]
pub struct Views {
    /// Looks for problems.
    pub check: Check,
    /// Does what a key stands for; false when it stands for nothing.
    pub key: fn(Intake, Desk, Panels, &KeyboardEvent) -> bool,
    /// Gives what is below what the parts share.
    pub share: fn(Desk),
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
        check: flow::rules::check,
        key: keys::handle_key,
        share: |desk| {
            code::provide_scope(desk);
            provide_context(SourceView::new());
            provide_context(Drafts::new(desk));
        },
        review_files: |review, count| {
            let mut batch = review.batch(count);
            Box::new(move |file| batch.add(file))
        },
        canvas: || view! { <Canvas/> }.into_any(),
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
            }
            .into_any()
        },
    }
}

/// Fetches the code of the parts. Without the feature `split` it is there already.
#[cfg(not(feature = "split"))]
async fn fetch() -> Result<Views, SplitLoaderError> {
    Ok(views())
}

#[cfg(feature = "split")]
#[leptos::wasm_split::wasm_split(workbench, wasm_split_path = ::leptos::wasm_split, fallible)]
fn fetch() -> Result<Views, SplitLoaderError> {
    Ok(views())
}

/// Whether the parts are there.
#[derive(Clone, Copy, Default)]
enum State {
    /// Nobody has asked for them.
    #[default]
    Unasked,
    /// Under way.
    Coming,
    /// There.
    Here(Views),
    /// They could not be downloaded.
    Failed,
}

/// A handle on the parts; copied freely.
#[derive(Clone, Copy)]
pub struct Parts(RwSignal<State>);

impl Parts {
    /// Parts nobody has asked for.
    pub fn new() -> Self {
        Self(RwSignal::new(State::default()))
    }

    /// Sees to it that the parts are there soon. Asks again after a failure.
    pub fn want(self) {
        if matches!(self.0.get_untracked(), State::Coming | State::Here(_)) {
            return;
        }
        self.0.set(State::Coming);
        leptos::task::spawn_local(async move {
            self.arrive().await;
        });
    }

    /// Waits for the parts; none when they cannot be had, which is shown where they would be.
    pub async fn arrive(self) -> Option<Views> {
        let views = fetch().await.ok();
        // The page may have been taken down meanwhile.
        let _ = self.0.try_set(views.map_or(State::Failed, State::Here));
        views
    }

    /// The parts, once they are there. Followed.
    pub fn get(self) -> Option<Views> {
        match self.0.get() {
            State::Here(views) => Some(views),
            _ => None,
        }
    }

    /// The parts, if they are there.
    pub fn peek(self) -> Option<Views> {
        match self.0.get_untracked() {
            State::Here(views) => Some(views),
            _ => None,
        }
    }

    /// Whether it is known that the parts are there, or that they cannot be had. Followed.
    pub fn is_settled(self) -> bool {
        matches!(self.0.get(), State::Here(_) | State::Failed)
    }

    /// What is shown while the parts are not there.
    fn waiting(self) -> AnyView {
        match self.0.get() {
            State::Failed => view! {
                <div class="parts-missing" role="alert">
                    <p>
                        "A part of Flowdeck could not be downloaded. Nothing was changed, and what was \
                         opened is kept. Check the connection, then try again."
                    </p>
                    <button class="button is-primary" on:click=move |_| self.want()>"Try again"</button>
                </div>
            }
            .into_any(),
            _ => view! { <p class="restoring" role="status">"Loading the workbench…"</p> }.into_any(),
        }
    }
}

/// One part, or word of why it is not there yet.
#[component]
pub fn Part(make: impl Fn(Views) -> AnyView + Send + 'static) -> impl IntoView {
    let parts = expect_context::<Parts>();
    move || parts.get().map_or_else(|| parts.waiting(), &make)
}
