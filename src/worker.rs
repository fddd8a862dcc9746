//! The worker: what is stored is stored from here, so that it is out of the page's reach when the
//! page fails. It gives the records no meaning.

mod books;
mod keep;
mod messages;

use js_sys::Reflect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

pub use self::messages::{Handle, JOURNAL, Opened, Put, Report, Request, Save, StoredRecord};

/// Whether this runs in a worker.
pub fn is_here() -> bool {
    let global = js_sys::global();
    Reflect::has(&global, &"DedicatedWorkerGlobalScope".into()).unwrap_or(false)
}

/// Starts answering messages.
pub fn start() {
    crate::panic_report::install();
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let keep = keep::Keep::new(post);
    let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        match serde_wasm_bindgen::from_value::<Request>(event.data()) {
            Ok(request) => keep.take(request),
            // Only this app talks to its worker; a message it does not know is its own mistake.
            Err(error) => web_sys::console::error_1(&JsValue::from_str(&error.to_string())),
        }
    });
    // Listens for as long as the worker lives.
    let listener = listener.into_js_value();
    // Adding a listener does not fail.
    let _ = scope.add_event_listener_with_callback("message", listener.unchecked_ref());
}

fn post(report: &Report) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    // Plain data can be turned into values and sent.
    if let Ok(value) = serde_wasm_bindgen::to_value(report) {
        let _ = scope.post_message(&value);
    }
}
