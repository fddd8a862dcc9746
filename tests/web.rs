//! Tests of the app inside a real browser, without a server or a network.
#![cfg(target_arch = "wasm32")]
// Clippy does not see that everything here is a test.
#![allow(clippy::unwrap_used)]

use flowdeck::ui::App;
use leptos::mount::mount_to;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_page_has_one_heading() {
    let document = web_sys::window().unwrap().document().unwrap();
    let host = document.create_element("div").unwrap();
    document.body().unwrap().append_child(&host).unwrap();
    let handle = mount_to(host.clone().unchecked_into(), App);
    let headings = host.query_selector_all("h1").unwrap();
    assert_eq!(headings.length(), 1);
    drop(handle);
}
