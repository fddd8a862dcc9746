//! What the app needs from the browser, behind functions of its own: files, storage, downloads,
//! the page. Decides nothing about flows.

pub mod assets;
pub mod clipboard;
pub mod clock;
pub mod compress;
pub mod database;
pub mod failure;
pub mod files;
pub mod folders;
pub mod locks;
pub mod origin_files;
pub mod page;
pub mod raster;
pub mod resize;
pub mod transport;
pub mod workers;
