//! The bar over the canvas: where one is, and what can be done with the whole of what is shown. What
//! lies over the canvas because of it (finding, the minimap) is put there too.

use leptos::prelude::*;

use super::breadcrumbs::Breadcrumbs;
use super::canvas::Canvas;
use super::find::{FindPanel, HitMarks};
use super::icons::{Icon, icon};
use super::menu::MenuButton;
use super::minimap::Minimap;
use super::picture::PictureMenu;
use super::snippets::SnippetMenu;
use super::workplace::{Finding, workplace};

/// The canvas with its bar.
#[component]
pub fn CanvasColumn() -> impl IntoView {
    view! {
        <div class="canvas-column">
            <CanvasBar/>
            <div class="canvas-stage">
                <Canvas/>
                <HitMarks/>
                <Minimap/>
                <FindPanel/>
            </div>
        </div>
    }
}

#[component]
fn CanvasBar() -> impl IntoView {
    let place = workplace();
    let finding = move || place.finding.get().is_some();
    view! {
        <div class="canvas-bar">
            <Breadcrumbs/>
            <div class="canvas-bar-tools" role="toolbar" aria-label="The whole flow">
                <button
                    class="icon-button"
                    id="find-button"
                    aria-label="Find"
                    aria-pressed=move || finding().to_string()
                    title=move || place.titled("Find", "find")
                    on:click=move |_| {
                        let wanted = place.finding.get_untracked().is_none().then_some(Finding::Find);
                        place.finding.set(wanted);
                    }
                >
                    {icon(Icon::Search)}
                </button>
                <MenuButton id="snippet-menu" label="Snippets" glyph=Icon::Snippets children=|menu| {
                    view! { <SnippetMenu menu/> }.into_any()
                }/>
                <MenuButton id="picture-menu" label="Export picture" glyph=Icon::Picture children=|menu| {
                    view! { <PictureMenu menu/> }.into_any()
                }/>
                <button
                    class="icon-button minimap-toggle"
                    aria-label="Minimap"
                    aria-pressed=move || place.panels.minimap.get().to_string()
                    title=move || place.titled("Minimap", "toggle-minimap")
                    on:click=move |_| place.panels.minimap.update(|on| *on = !*on)
                >
                    {icon(Icon::Map)}
                </button>
            </div>
        </div>
    }
}
