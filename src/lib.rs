//! The browser app: what the page runs. Everything here is compiled for wasm32 alone; the native
//! workspace sees an empty crate.

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod panic_report;
#[cfg(target_arch = "wasm32")]
pub mod ui;
#[cfg(target_arch = "wasm32")]
pub mod worker;
