//! The tools over the canvas: the palette, zoom, fit, tidy, and what the wheel does.

use leptos::prelude::*;

use super::gestures::Gestures;
use super::notes;
use super::palette::Palette;
use super::wheel;
use crate::ui::desk::desk;
use crate::ui::icons::{Icon, icon};
use crate::ui::keys;
use crate::ui::workplace::workplace;

/// The palette and the view buttons.
#[component]
pub fn CanvasTools(gestures: Gestures) -> impl IntoView {
    let desk = desk();
    let place = workplace();
    let swap_wheel = move |_| {
        gestures.wheel_zooms.update(|zooms| *zooms = !*zooms);
        wheel::remember(gestures.wheel_zooms.get_untracked());
    };
    view! {
        <Palette gestures/>
        <div class="view-tools" data-covers-canvas role="toolbar" aria-label="View">
            <button class="icon-button" aria-label="Add note" title=move || place.titled("Add a note", "note") on:click=move |_| { notes::add_note(desk); }>
                {icon(Icon::Note)}
            </button>
            <span class="header-rule"></span>
            <button class="icon-button" aria-label="Zoom out" title=move || place.titled("Zoom out", "zoom-out") on:click=move |_| keys::zoom_by(desk, 0.8)>
                {icon(Icon::Minus)}
            </button>
            <button class="zoom-value" title=move || place.titled("Zoom to 100 %", "zoom-100") on:click=move |_| keys::zoom_to(desk, 1.0)>
                {move || format!("{:.0} %", desk.view.get().zoom * 100.0)}
            </button>
            <button class="icon-button" aria-label="Zoom in" title=move || place.titled("Zoom in", "zoom-in") on:click=move |_| keys::zoom_by(desk, 1.25)>
                {icon(Icon::Plus)}
            </button>
            <button
                class="icon-button"
                aria-label="Wheel zooms"
                title="Zoom with the wheel alone; Ctrl+wheel then pans. A pinch always zooms"
                aria-pressed=move || gestures.wheel_zooms.get().to_string()
                on:click=swap_wheel
            >
                {icon(Icon::Wheel)}
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
