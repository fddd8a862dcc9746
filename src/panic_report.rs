//! Tells the page that the app has panicked. The page that follows is drawn by `web/crash.js`,
//! which needs no part of the app.

use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit};

/// The event on `window` that carries the text of a panic in its `detail`.
pub const PANIC_EVENT: &str = "flowdeck:panic";

/// Makes every panic appear in the console and reach the page as [`PANIC_EVENT`].
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        announce(&info.to_string());
    }));
}

/// Failing here must stay silent: a panic inside the panic hook would hide the first one.
fn announce(text: &str) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let init = CustomEventInit::new();
    init.set_detail(&JsValue::from_str(text));
    if let Ok(event) = CustomEvent::new_with_event_init_dict(PANIC_EVENT, &init) {
        let _ = window.dispatch_event(&event);
    }
}
