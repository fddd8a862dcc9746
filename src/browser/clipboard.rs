//! The clipboard of the system, asked for without an event of the browser: it may refuse.

use js_sys::Reflect;
use wasm_bindgen_futures::JsFuture;
use web_sys::Clipboard;

use super::page::window;

/// The clipboard; none where the address is not a safe one.
fn clipboard() -> Option<Clipboard> {
    is_offered().then(|| window().navigator().clipboard())
}

/// Whether the browser lets this page ask at all.
pub fn is_offered() -> bool {
    Reflect::get(&window().navigator(), &"clipboard".into()).is_ok_and(|found| found.is_object())
}

/// Puts a text on the clipboard; false when the browser refuses.
pub async fn write(text: &str) -> bool {
    match clipboard() {
        Some(clipboard) => JsFuture::from(clipboard.write_text(text)).await.is_ok(),
        None => false,
    }
}

/// The text on the clipboard; none when the browser or the user refuses.
pub async fn read() -> Option<String> {
    let read = JsFuture::from(clipboard()?.read_text()).await;
    read.ok()?.as_string()
}
