//! The page: what is mounted into the document, and the mark that it is ready.

use leptos::prelude::*;

/// Mounts the app when this runs in a page. In a worker there is no window, and nothing to mount.
pub fn start() {
    crate::panic_report::install();
    let Some(window) = web_sys::window() else {
        return;
    };
    mount_to_body(App);
    if let Some(performance) = window.performance() {
        let _ = performance.mark("flowdeck:ready");
    }
    if let Some(root) = window
        .document()
        .and_then(|document| document.document_element())
    {
        let _ = root.set_attribute("data-ready", "true");
    }
}

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <main>
            <h1>"Flowdeck"</h1>
            <p>
                <strong>"A workbench"</strong>
                " for dialog flows."
            </p>
        </main>
    }
}
