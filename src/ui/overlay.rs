//! Dialogs that a command opens: shown when the workplace says so, and said to be closed when they
//! are.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::workplace::{Overlay, Workplace};

/// Lets a dialog follow what is open: `opened` is called each time it is shown.
pub fn follow_overlay(
    place: Workplace,
    own: Overlay,
    dialog: NodeRef<html::Dialog>,
    opened: impl Fn() + 'static,
) {
    Effect::new(move |_| {
        let Some(element) = dialog.get() else { return };
        let own_element = element.clone();
        let closed = Closure::<dyn Fn()>::new(move || {
            // It may be open again by the time this is told, and the page may be taken down.
            if !own_element.open() && place.overlay.try_get_untracked() == Some(Some(own)) {
                place.overlay.set(None);
            }
        });
        element.set_onclose(Some(closed.as_ref().unchecked_ref()));
        // The dialog is there for as long as the page is.
        closed.forget();
    });
    Effect::new(move |_| {
        let wanted = place.overlay.get() == Some(own);
        let Some(element) = dialog.get() else { return };
        if wanted && !element.open() {
            // Opening a closed dialog that is in the page does not fail.
            let _ = element.show_modal();
            opened();
        } else if !wanted && element.open() {
            element.close();
        }
    });
}
