//! The page: components that show the open documents and turn input into commands. What a flow is
//! and what may be done to it is decided in the core.

mod app;
mod audit;
mod autosave;
mod banner;
mod breadcrumbs;
mod canvas;
mod canvas_bar;
mod code;
mod commands;
mod desk;
mod disk;
mod explain;
mod files;
mod find;
mod header;
mod icons;
mod inspector;
mod keys;
mod links;
mod menu;
mod minimap;
mod notices;
mod operate;
mod outline;
mod overlay;
mod palette;
mod parts;
mod payload;
mod picture;
mod problems;
mod rename;
mod review;
mod shortcuts;
mod snippets;
mod source;
mod start;
mod theme;
mod tour;
mod workplace;

pub use app::App;
use leptos::prelude::*;

use crate::browser::page;

/// Mounts the app into the page.
pub fn start() {
    crate::panic_report::install();
    mount_to_body(app::App);
}

/// Tells everybody who waits for it that the page can be used.
fn announce_ready() {
    if let Some(performance) = page::window().performance() {
        // A browser that refuses the mark only loses a measurement.
        let _ = performance.mark("flowdeck:ready");
    }
    if let Some(root) = page::root() {
        // Setting a data attribute with a fixed, valid name does not fail.
        let _ = root.set_attribute("data-ready", "true");
    }
}
