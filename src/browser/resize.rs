//! Following the size of an element.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, ResizeObserver};

/// Calls `callback` with the inner width and height of an element, now and whenever they change,
/// for as long as the component that asks lives.
pub fn follow(element: &HtmlElement, callback: impl Fn(f64, f64) + 'static) {
    let observed = element.clone();
    let callback = Closure::<dyn Fn()>::new(move || {
        let (width, height) = (observed.client_width(), observed.client_height());
        callback(f64::from(width), f64::from(height));
    });
    // Only a browser without the observer, which Flowdeck does not run in, refuses.
    let Ok(observer) = ResizeObserver::new(callback.as_ref().unchecked_ref()) else {
        return;
    };
    observer.observe(element);
    let kept = StoredValue::new_local(Some((observer, callback)));
    on_cleanup(move || {
        kept.update_value(|kept| {
            if let Some((observer, _)) = kept.take() {
                observer.disconnect();
            }
        });
    });
}
