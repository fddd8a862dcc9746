//! What a saved workspace holds, to look at. It is edited as JSON.

use flow::diagram::display;
use flow::document::Workspace;
use leptos::prelude::*;

use super::follow;
use super::rows::{Pager, Rows};
use crate::ui::desk::desk;

/// The name and kind of each document.
fn lines(workspace: &Workspace) -> Vec<(String, String)> {
    let documents = workspace.documents.iter();
    let shown = |text: &str| display(text).to_string();
    documents
        .map(|own| (shown(&own.file_name.text), shown(&own.kind.text)))
        .collect()
}

/// The documents of the workspace.
#[component]
pub fn WorkspaceForm() -> impl IntoView {
    let desk = desk();
    let page = expect_context::<Rows>().list(false);
    let list = follow(desk, |open| Some(lines(open.document().workspace()?)));
    let count = Signal::derive(move || list.with(Vec::len));
    let name = follow(desk, |open| {
        let workspace = open.document().workspace()?;
        Some(display(&workspace.name.text).to_string())
    });
    view! {
        <div class="pane-head">
            <h2>"Workspace "<bdi>{move || name.get()}</bdi></h2>
            <span class="pane-count">{move || format!("{} documents", count.get())}</span>
        </div>
        <div class="payload-body">
            <ul class="workspace-list">
                {move || list.with(|list| list[page.rows(list.len())].to_vec()).into_iter().map(|(name, kind)| view! {
                    <li class="workspace-line"><bdi>{name}</bdi><span class="field-note">{kind}</span></li>
                }).collect_view()}
            </ul>
            <Pager page count/>
        </div>
    }
}
