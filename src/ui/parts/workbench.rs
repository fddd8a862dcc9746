//! What the part "workbench" holds: the views of open documents, and Review.

use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;

use crate::ui::app::Panels;
use crate::ui::canvas::Canvas;
use crate::ui::disk::ConflictDialog;
use crate::ui::explain::{ExplainDialog, Explained};
use crate::ui::inspector::Inspector;
use crate::ui::outline::Outline;
use crate::ui::payload::PayloadEditor;
use crate::ui::problems::Problems;
use crate::ui::review::Review;
use crate::ui::source::SourcePane;

/// How to make each view.
#[derive(Clone, Copy)]
pub struct Views {
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

/// Fetches the code. Without the feature `split` it is there already.
#[cfg(not(feature = "split"))]
pub(super) async fn fetch() -> Result<Views, SplitLoaderError> {
    Ok(views())
}

#[cfg(feature = "split")]
#[leptos::wasm_split::wasm_split(workbench, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(super) fn fetch() -> Result<Views, SplitLoaderError> {
    Ok(views())
}
