//! A button that opens a small panel of things to do. The browser closes it on a press elsewhere and
//! on Escape, and gives the focus back.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use super::icons::{Icon, icon};
use crate::browser::page;

/// A panel that can be closed from inside.
#[derive(Clone, Copy)]
pub struct Menu(NodeRef<html::Div>);

impl Menu {
    /// Closes it.
    pub fn close(self) {
        if let Some(panel) = self.0.get_untracked() {
            // Hiding what is hidden is refused, and changes nothing.
            let _ = panel.hide_popover();
        }
    }
}

/// The button with its panel; `children` is given the menu, to close it.
#[component]
pub fn MenuButton(
    /// Names both, and is unique on the page.
    id: &'static str,
    label: &'static str,
    glyph: Icon,
    children: fn(Menu) -> AnyView,
) -> impl IntoView {
    let panel = NodeRef::<html::Div>::new();
    let corner = RwSignal::new((0.0, 0.0));
    let place = move |event: MouseEvent| {
        let button = event
            .current_target()
            .and_then(|it| it.dyn_into::<Element>().ok());
        let width = page::window().inner_width().ok().and_then(|it| it.as_f64());
        if let (Some(button), Some(width)) = (button, width) {
            let area = button.get_bounding_client_rect();
            corner.set((width - area.right(), area.bottom() + 4.0));
        }
    };
    view! {
        <button class="icon-button" popovertarget=id aria-label=label title=label on:click=place>
            {icon(glyph)}
        </button>
        <div
            class="menu"
            popover="auto"
            role="group"
            aria-label=label
            id=id
            node_ref=panel
            style:right=move || format!("{}px", corner.get().0)
            style:top=move || format!("{}px", corner.get().1)
        >
            {children(Menu(panel))}
        </div>
    }
}
