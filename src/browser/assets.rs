//! The files that belong to the app and that it does not start with, such as samples and the pages of
//! rules. Where all of the app is one file the page carries them in itself; else they are fetched from
//! beside it.

use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::page::{self, error_text, window};

/// The bytes of the file with this address, or why they cannot be had, as a sentence.
pub async fn read(address: &str) -> Result<Vec<u8>, String> {
    if let Some(bytes) = carried(address).await? {
        return Ok(bytes);
    }
    if page::is_from_disk() {
        return Err("This page was opened from disk, where it can fetch nothing.".to_owned());
    }
    match gloo_net::http::Request::get(address).send().await {
        Ok(response) if response.ok() => response.binary().await.map_err(|error| error.to_string()),
        Ok(response) => Err(format!("The server answered {}.", response.status())),
        Err(error) => Err(error.to_string()),
    }
}

/// The text of the file with this address.
pub async fn read_text(address: &str) -> Result<String, String> {
    let bytes = read(address).await?;
    String::from_utf8(bytes).map_err(|_| "It is no text.".to_owned())
}

/// What the page carries under this address, if it does.
async fn carried(address: &str) -> Result<Option<Vec<u8>>, String> {
    // From web/boot.js; tests in a browser run without it.
    let unpack = Reflect::get(&window(), &"flowdeck".into())
        .and_then(|own| Reflect::get(&own, &"carried".into()))
        .and_then(JsCast::dyn_into::<Function>);
    let Ok(unpack) = unpack else {
        return Ok(None);
    };
    let asked = unpack
        .call1(&JsValue::NULL, &address.into())
        .and_then(JsCast::dyn_into::<Promise>)
        .map_err(|error| error_text(&error))?;
    let found = JsFuture::from(asked)
        .await
        .map_err(|error| error_text(&error))?;
    Ok(found.dyn_into().ok().map(|it: Uint8Array| it.to_vec()))
}
