//! Lists whose lines change places: by dragging the grip, or with the arrow keys on it.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::browser::page;

/// The order of `count` things after the one at `from` went to `to`.
pub fn moved(count: usize, from: usize, to: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    if from < count && to < count {
        let item = order.remove(from);
        order.insert(to, item);
    }
    order
}

/// The line of `list` at a point of the window, and its place.
fn line_at(list: &str, event: &PointerEvent) -> Option<(Element, usize)> {
    #[expect(clippy::cast_precision_loss, reason = "pixels of a window")]
    let at = |pixels: i32| pixels as f32;
    let under = page::document().element_from_point(at(event.client_x()), at(event.client_y()))?;
    let line = under
        .closest(&format!("[data-list=\"{list}\"]"))
        .ok()
        .flatten()?;
    let place = line.get_attribute("data-place")?.parse().ok()?;
    Some((line, place))
}

/// The grip of one line. The line carries `data-list` and `data-place`.
#[component]
pub fn Grip(
    /// Distinguishes the lists of one screen.
    list: &'static str,
    /// What is moved, in words: "branch".
    what: &'static str,
    place: Signal<usize>,
    count: Signal<usize>,
    /// Gets the places from and to.
    commit: Callback<(usize, usize)>,
) -> impl IntoView {
    let marked = StoredValue::new_local(None::<Element>);
    let dragging = RwSignal::new(false);
    let mark = move |line: Option<Element>| {
        marked.update_value(|marked| {
            // Changing a fixed, valid class name of an element does not fail.
            if let Some(old) = marked.take() {
                let _ = old.class_list().remove_1("is-drop-target");
            }
            if let Some(line) = &line {
                let _ = line.class_list().add_1("is-drop-target");
            }
            *marked = line;
        });
    };
    let down = move |event: PointerEvent| {
        event.prevent_default();
        if let Some(grip) = event
            .current_target()
            .and_then(|it| it.dyn_into::<Element>().ok())
        {
            // Without capture the drag ends where the pointer leaves the grip; nothing breaks.
            let _ = grip.set_pointer_capture(event.pointer_id());
        }
        dragging.set(true);
    };
    let over = move |event: PointerEvent| {
        if dragging.get_untracked() {
            mark(line_at(list, &event).map(|(line, _)| line));
        }
    };
    let up = move |event: PointerEvent| {
        let was_dragging = dragging.get_untracked();
        dragging.set(false);
        mark(None);
        let to = line_at(list, &event).map(|(_, place)| place);
        if let (true, Some(to)) = (was_dragging, to)
            && to != place.get_untracked()
        {
            commit.run((place.get_untracked(), to));
        }
    };
    let key = move |event: KeyboardEvent| {
        let from = place.get_untracked();
        let to = match event.key().as_str() {
            "ArrowUp" => from.checked_sub(1),
            "ArrowDown" => Some(from + 1).filter(|&to| to < count.get_untracked()),
            "Escape" if dragging.get_untracked() => {
                dragging.set(false);
                mark(None);
                None
            }
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        if let Some(to) = to {
            commit.run((from, to));
            // The focus goes along with what was moved.
            page::after(0, move || page::focus(&format!("{list}-grip-{to}")));
        }
    };
    view! {
        <button
            class="grip"
            class:is-dragging=move || dragging.get()
            id=move || format!("{list}-grip-{}", place.get())
            aria-label=move || format!("Move {what} {} of {}", place.get() + 1, count.get())
            title="Drag, or press the up and down arrow keys"
            on:pointerdown=down
            on:pointermove=over
            on:pointerup=up
            on:pointercancel=move |_| { dragging.set(false); mark(None); }
            on:keydown=key
        >
            <span></span>
        </button>
    }
}
