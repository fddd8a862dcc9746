//! Tests of the app inside a real browser, without a server or a network.
#![cfg(target_arch = "wasm32")]
// Clippy does not see that everything here is a test.
#![allow(clippy::unwrap_used)]

use flowdeck::browser::page::pause;
use flowdeck::ui::App;
use leptos::mount::mount_to;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement};

wasm_bindgen_test_configure!(run_in_browser);

fn host() -> Element {
    let document = web_sys::window().unwrap().document().unwrap();
    let host = document.create_element("div").unwrap();
    document.body().unwrap().append_child(&host).unwrap();
    host
}

fn button(host: &Element, words: &str) -> HtmlElement {
    let buttons = host.query_selector_all("button").unwrap();
    (0..buttons.length())
        .filter_map(|index| buttons.item(index))
        .find(|button| {
            button
                .text_content()
                .is_some_and(|text| text.contains(words))
        })
        .unwrap()
        .unchecked_into()
}

/// Waits until something is so: the workbench comes some turns of the event loop after the page.
async fn until(so: impl Fn() -> bool) {
    for _ in 0..1000 {
        if so() {
            return;
        }
        pause().await;
    }
    assert!(so());
}

#[wasm_bindgen_test]
async fn a_new_flow_is_shown_changed_and_undone() {
    let host = host();
    let handle = mount_to(host.clone().unchecked_into(), App);
    assert_eq!(host.query_selector_all("h1").unwrap().length(), 1);

    button(&host, "New dialog flow").click();
    let options = || {
        host.query_selector_all("[role=option].outline-line")
            .unwrap()
            .length()
    };
    until(|| options() == 3).await;

    let add: HtmlElement = host
        .query_selector("[aria-label='Add end node']")
        .unwrap()
        .unwrap()
        .unchecked_into();
    add.click();
    until(|| options() == 4).await;

    let undo: HtmlElement = host
        .query_selector("[aria-label='Undo']")
        .unwrap()
        .unwrap()
        .unchecked_into();
    undo.click();
    until(|| options() == 3).await;
    drop(handle);
}
