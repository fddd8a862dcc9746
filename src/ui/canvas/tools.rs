//! The tools over the canvas: the palette, zoom, fit, tidy, and what the wheel does.

use leptos::prelude::*;

use super::gestures::Gestures;
use super::notes;
use super::palette::Palette;
use super::wheel;
use crate::ui::desk::desk;
use crate::ui::icons::{Icon, icon};
use crate::ui::keys;

/// The palette and the view buttons.
#[component]
pub fn CanvasTools(gestures: Gestures) -> impl IntoView {
    let desk = desk();
    let swap_wheel = move |_| {
        gestures.wheel_zooms.update(|zooms| *zooms = !*zooms);
        wheel::remember(gestures.wheel_zooms.get_untracked());
    };
    view! {
        <Palette gestures/>
        <div class="view-tools" role="toolbar" aria-label="View">
            <button class="icon-button" aria-label="Add note" title="Add a note (Shift+S)" on:click=move |_| { notes::add_note(desk); }>
                {icon(Icon::Note)}
            </button>
            <span class="header-rule"></span>
            <button class="icon-button" aria-label="Zoom out" title="Zoom out (-)" on:click=move |_| keys::zoom_by(desk, 0.8)>
                {icon(Icon::Minus)}
            </button>
            <button class="zoom-value" title="Zoom to 100 % (0)" on:click=move |_| keys::zoom_to(desk, 1.0)>
                {move || format!("{:.0} %", desk.view.get().zoom * 100.0)}
            </button>
            <button class="icon-button" aria-label="Zoom in" title="Zoom in (+)" on:click=move |_| keys::zoom_by(desk, 1.25)>
                {icon(Icon::Plus)}
            </button>
            <button
                class="icon-button"
                aria-label="Wheel zooms"
                title="Zoom with the wheel alone; Ctrl+wheel then pans"
                aria-pressed=move || gestures.wheel_zooms.get().to_string()
                on:click=swap_wheel
            >
                {icon(Icon::Wheel)}
            </button>
            <span class="header-rule"></span>
            <button class="icon-button" aria-label="Fit view" title="Fit everything (1)" on:click=move |_| desk.fit()>
                {icon(Icon::Fit)}
            </button>
            <button class="icon-button" aria-label="Tidy" title="Tidy the layout (Shift+Alt+T)" on:click=move |_| keys::tidy(desk)>
                {icon(Icon::Tidy)}
            </button>
        </div>
    }
}
