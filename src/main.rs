//! Entry point of the page and of its worker. It decides nothing else.

#[cfg(target_arch = "wasm32")]
fn main() {
    if flowdeck::worker::is_here() {
        flowdeck::worker::start();
    } else {
        flowdeck::ui::start();
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("Flowdeck runs in a browser. Start it with `cargo xtask start`.");
}
