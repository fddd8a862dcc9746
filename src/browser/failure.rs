//! Telling apart why the browser did not store something.

use flow::storage::StorageError;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

use super::page::error_text;

/// What an error that JavaScript threw means for storing.
pub fn storage_error(error: &JsValue) -> StorageError {
    let name = error.dyn_ref::<DomException>().map(DomException::name);
    match name.as_deref() {
        Some("QuotaExceededError") => StorageError::Full,
        Some("SecurityError" | "NotAllowedError" | "InvalidStateError") => {
            StorageError::Unavailable(message(error))
        }
        _ => StorageError::Failed(message(error)),
    }
}

fn message(error: &JsValue) -> String {
    // A DOMException is no Error to `instanceof` in every browser.
    error
        .dyn_ref::<DomException>()
        .map_or_else(|| error_text(error), DomException::message)
}
