//! The source of a long document: it is read, and leads to what it describes.

use leptos::prelude::*;

use super::SourceView;
use super::content::Content;
use super::sheet::Sheet;
use crate::ui::desk::desk;

/// The lines of the document; a click selects what stands there.
#[component]
pub fn SourceReader(content: Content) -> impl IntoView {
    let desk = desk();
    let view = expect_context::<SourceView>();
    let sheet = Sheet::new(content);
    let pick = move |event: web_sys::MouseEvent| {
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        if let Some(offset) = sheet.offset_at(x, y) {
            view.select_at(desk, offset);
        }
    };
    view! {
        <div class="source-reader" on:click=pick>
            {sheet.view(Some("Source text"), ().into_any())}
        </div>
        <p class="source-foot">
            {move || {
                desk.revision.track();
                if desk.is_export() {
                    "An export of Cognigy.AI, which is only read here."
                } else {
                    "Too long to edit here. Select something and use the inspector."
                }
            }}
        </p>
    }
}
