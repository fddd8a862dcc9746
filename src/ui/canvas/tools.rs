//! The tools over the canvas: adding nodes, zoom, fit, tidy.

use flow::document::NodeKind;
use flow::geometry::Point;
use flow::open_document::NewCard;
use leptos::prelude::*;

use super::gestures::add_card;
use crate::ui::desk::desk;
use crate::ui::icons::{Icon, card_icon, icon};
use crate::ui::keys;
use crate::ui::workplace::workplace;

/// The palette of nodes and the view buttons.
#[component]
pub fn CanvasTools() -> impl IntoView {
    let desk = desk();
    let place = workplace();
    let is_dialog = Memo::new(move |_| {
        desk.read(|open| open.document().dialog_flow().is_some())
            .unwrap_or(false)
    });
    let is_states = Memo::new(move |_| {
        let whole = |open: &flow::open_document::OpenDocument| {
            open.document()
                .state_flow()
                .is_some_and(|flow| !flow.partial)
        };
        desk.read(whole).unwrap_or(false)
    });
    let add = move |card: NewCard| {
        let (width, height) = desk.size.get_untracked();
        let view = desk.view.get_untracked();
        add_card(
            desk,
            Some(card),
            view.world_from_screen(Point::new(width / 2.0, height / 2.0)),
            None,
        );
    };
    view! {
        <Show when=move || is_dialog.get()>
            <div class="palette" role="toolbar" aria-label="Add a node">
                {NodeKind::ALL.into_iter().map(|kind| view! {
                    <button
                        class="palette-item"
                        data-kind=kind.as_type()
                        title=format!("Add {} node", kind.as_type())
                        aria-label=format!("Add {} node", kind.as_type())
                        on:click=move |_| add(NewCard::Node(kind))
                    >
                        <span class="card-glyph">{icon(card_icon(flow::diagram::CardKind::Node(kind)))}</span>
                        <span class="palette-word">{kind.as_type()}</span>
                    </button>
                }).collect_view()}
            </div>
        </Show>
        <Show when=move || is_states.get()>
            <div class="palette" role="toolbar" aria-label="Add a state">
                <button
                    class="palette-item"
                    data-kind="state"
                    title="Add state"
                    aria-label="Add state"
                    on:click=move |_| add(NewCard::State)
                >
                    <span class="card-glyph">{icon(Icon::State)}</span>
                    <span class="palette-word">"state"</span>
                </button>
            </div>
        </Show>
        <div class="view-tools" role="toolbar" aria-label="View">
            <button class="icon-button" aria-label="Zoom out" title=move || place.titled("Zoom out", "zoom-out") on:click=move |_| keys::zoom_by(desk, 0.8)>
                {icon(Icon::Minus)}
            </button>
            <button class="zoom-value" title=move || place.titled("Zoom to 100 %", "zoom-100") on:click=move |_| keys::zoom_to(desk, 1.0)>
                {move || format!("{:.0} %", desk.view.get().zoom * 100.0)}
            </button>
            <button class="icon-button" aria-label="Zoom in" title=move || place.titled("Zoom in", "zoom-in") on:click=move |_| keys::zoom_by(desk, 1.25)>
                {icon(Icon::Plus)}
            </button>
            <span class="header-rule"></span>
            <button class="icon-button" aria-label="Fit view" title=move || place.titled("Fit everything", "fit") on:click=move |_| desk.fit()>
                {icon(Icon::Fit)}
            </button>
            <button class="icon-button" aria-label="Tidy" title=move || place.titled("Tidy the layout", "tidy") on:click=move |_| keys::tidy(desk)>
                {icon(Icon::Tidy)}
            </button>
        </div>
    }
}
