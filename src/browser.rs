//! What the app needs from the browser, behind functions of its own: files, downloads, the page.
//! Decides nothing about flows.

pub mod compress;
pub mod files;
pub mod page;
