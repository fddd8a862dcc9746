//! The line between the canvas and the source pane, which can be moved.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use web_sys::PointerEvent;

/// The least and the most the pane takes, in percent.
const LIMITS: (f64, f64) = (20.0, 75.0);
/// How far an arrow key moves it, in percent.
const STEP: f64 = 3.0;

/// The line. `share` is what the pane after it takes of the room, in percent.
#[component]
pub fn Splitter(share: RwSignal<f64>) -> impl IntoView {
    let line = NodeRef::<html::Div>::new();
    let held = StoredValue::new(false);
    let set = move |value: f64| share.set(value.clamp(LIMITS.0, LIMITS.1));
    let down = move |event: PointerEvent| {
        if let Some(line) = line.get_untracked() {
            // Without the capture the line is dropped where the pointer leaves it.
            let _ = line.set_pointer_capture(event.pointer_id());
            held.set_value(true);
            event.prevent_default();
        }
    };
    let moved = move |event: PointerEvent| {
        let room = line.get_untracked().and_then(|line| line.parent_element());
        if let (true, Some(room)) = (held.get_value(), room) {
            let rect = room.get_bounding_client_rect();
            set((rect.right() - f64::from(event.client_x())) / rect.width().max(1.0) * 100.0);
        }
    };
    let key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "ArrowLeft" => set(share.get_untracked() + STEP),
            "ArrowRight" => set(share.get_untracked() - STEP),
            "Home" => set(LIMITS.1),
            "End" => set(LIMITS.0),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    view! {
        <div
            class="splitter"
            role="separator"
            tabindex="0"
            aria-orientation="vertical"
            aria-label="Width of the source"
            aria-valuemin=LIMITS.0.to_string()
            aria-valuemax=LIMITS.1.to_string()
            aria-valuenow=move || format!("{:.0}", share.get())
            node_ref=line
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=move |_| held.set_value(false)
            on:pointercancel=move |_| held.set_value(false)
            on:keydown=key
        ></div>
    }
}
