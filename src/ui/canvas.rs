//! The canvas: wires drawn on a raster, cards as elements over it, gestures.
//!
//! Three layers move together: a raster with a margin that holds wires (and, from afar, cards), one
//! above it with what is in the user's hand, and the cards that are near enough to be elements. Gestures
//! are read by [`flow::interaction::Gesture`]; this module feeds it and carries out its effects.

pub mod add;
pub mod arrange;
mod cards;
mod carry;
pub mod clipboard;
pub mod colours;
pub mod connect;
mod effects;
pub mod frames;
mod gestures;
pub mod graph;
pub mod heal;
pub mod notes;
mod overlay;
mod overlays;
mod paint;
mod palette;
mod raster;
mod rim;
mod sheet;
mod still;
mod tools;
mod touch;
pub mod wheel;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::HtmlElement;

use self::add::AddMenu;
use self::arrange::ArrangeTools;
use self::connect::ConnectMenu;
use self::gestures::Gestures;
use self::graph::Graph;
use self::notes::NoteLayer;
use self::overlays::{Guides, Hint, Marquee, WireGrips};
use self::raster::RasterLayer;
use self::tools::CanvasTools;
use super::desk::desk;
use super::files::intake;
use crate::browser::resize;

/// Up to this many cards in view are elements, at any zoom; more are drawn.
pub const MAX_ELEMENTS: usize = 300;

/// The canvas with its tools.
#[component]
pub fn Canvas() -> impl IntoView {
    let desk = desk();
    let gestures = Gestures::new(desk);
    clipboard::listen(intake(), desk);
    let region = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(element) = region.get() {
            follow_size(&element, gestures);
        }
    });
    let wheel = move |event: ev::WheelEvent| {
        event.prevent_default();
        gestures.wheel(&event);
    };
    // Leptos listens to wheel events passively on some targets; this one must not scroll the page.
    Effect::new(move |_| {
        if let Some(element) = region.get() {
            listen_to_wheel(&element, wheel);
        }
    });
    // What lies over the canvas does not zoom, and the page must not either.
    let area = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(element) = area.get() {
            listen_to_wheel(&element, |event: ev::WheelEvent| {
                if event.ctrl_key() || event.meta_key() {
                    event.prevent_default();
                }
            });
        }
    });
    let grid_size = move || {
        let view = desk.view.get();
        let mut step = 24.0 * view.zoom;
        while step < 12.0 {
            step *= 4.0;
        }
        step
    };
    let release_all = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" {
            gestures.cancel();
        }
    });
    on_cleanup(move || release_all.remove());
    view! {
        <div class="canvas-area" node_ref=area>
            <div
                class="canvas"
                role="region"
                aria-label="Flow canvas"
                // Takes the focus when it is given it; the stop of the Tab key is the graph inside.
                tabindex="-1"
                node_ref=region
                class:is-panning=move || gestures.is_panning()
                // What follows a pointer must not lag behind it.
                class:is-gliding=move || desk.gliding.get() && !desk.gesturing.get()
                class:is-connecting=move || gestures.reach.get().is_some()
                style:background-size=move || format!("{0}px {0}px", grid_size())
                style:background-position=move || {
                    let pan = desk.view.get().pan;
                    format!("{}px {}px", pan.x, pan.y)
                }
                style:--dot=move || {
                    let zoom = desk.view.get().zoom;
                    format!("{}", ((zoom - 0.25) / 0.5).clamp(0.0, 1.0))
                }
                on:pointerdown=move |event| gestures.down(&event)
                on:pointermove=move |event| gestures.moved(&event)
                on:pointerup=move |event| gestures.up(&event)
                on:pointercancel=move |event| gestures.taken_away(&event)
                on:contextmenu=move |event| gestures.menu(&event)
                on:pointerleave=move |_| gestures.left()
                on:dblclick=move |event| gestures.double_click(&event)
            >
                <NoteLayer gestures/>
                <RasterLayer gestures/>
                <Graph gestures/>
                <Marquee gestures/>
                <Guides gestures/>
                <WireGrips gestures/>
                <Hint gestures/>
            </div>
            <AddMenu/>
            <ConnectMenu/>
            <CanvasTools gestures/>
            <ArrangeTools/>
        </div>
    }
}

fn follow_size(element: &HtmlElement, gestures: Gestures) {
    let observed = element.clone();
    resize::follow(element, move |_, _| {
        gestures.resized(&observed.get_bounding_client_rect());
    });
}

fn listen_to_wheel(element: &HtmlElement, listener: impl Fn(ev::WheelEvent) + 'static) {
    let callback = Closure::<dyn Fn(ev::WheelEvent)>::new(listener);
    let options = web_sys::AddEventListenerOptions::new();
    options.set_passive(false);
    // Adding a listener to an element that exists does not fail.
    let _ = element.add_event_listener_with_callback_and_add_event_listener_options(
        "wheel",
        callback.as_ref().unchecked_ref(),
        &options,
    );
    // Dropped with the element it belongs to.
    let kept = StoredValue::new_local(Some(callback));
    let element = element.clone();
    let element = StoredValue::new_local(element);
    on_cleanup(move || {
        kept.update_value(|kept| {
            if let Some(callback) = kept.take() {
                element.with_value(|element| {
                    let _ = element.remove_event_listener_with_callback(
                        "wheel",
                        callback.as_ref().unchecked_ref(),
                    );
                });
            }
        });
    });
}
