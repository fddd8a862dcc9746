//! Files that the address of the page names, and samples: both are fetched from where the page is.

use leptos::task::spawn_local;

use super::open_bytes;
use crate::browser::{assets, page};
use crate::ui::desk::Desk;
use crate::ui::links;
use crate::ui::notices::Notice;

/// Where the samples are, relative to the page.
pub(super) const SAMPLES: &str = "./samples/";

/// Opens what the address names: `?open=URL` on the page's own origin, or `#sample`.
pub fn open_from_address(desk: Desk) {
    let location = page::window().location();
    let search = location.search().unwrap_or_default();
    let wanted = web_sys::UrlSearchParams::new_with_str(&search)
        .ok()
        .and_then(|it| it.get("open"));
    if let Some(address) = wanted {
        open_address(desk, &address);
    }
    if location.hash().is_ok_and(|hash| hash == "#sample") {
        open_sample(desk, "customer-support.json");
    }
    links::open_from_fragment(desk);
}

/// Opens a sample.
pub fn open_sample(desk: Desk, file: &str) {
    fetch(desk, format!("{SAMPLES}{file}"));
}

fn open_address(desk: Desk, address: &str) {
    let base = page::document()
        .base_uri()
        .ok()
        .flatten()
        .unwrap_or_default();
    let own = page::window().location().origin().unwrap_or_default();
    match web_sys::Url::new_with_base(address, &base) {
        Ok(url) if url.origin() == own => fetch(desk, url.href()),
        Ok(url) => desk.notices.show(Notice::error(format!(
            "The link asks to open a file from {}. Nothing was opened: only files from the page's \
             own address are. Download the file and drop it here.",
            url.host()
        ))),
        Err(_) => desk.notices.show(Notice::error(format!(
            "The link asks to open \"{address}\", which is no address. Nothing was opened."
        ))),
    }
}

fn fetch(desk: Desk, address: String) {
    spawn_local(async move {
        let name = address.rsplit('/').next().unwrap_or("file.json").to_owned();
        match assets::read(&address).await {
            Ok(bytes) => open_bytes(desk, &name, &bytes, None),
            Err(reason) => desk.notices.show(Notice::error(format!(
                "{name} could not be fetched. Nothing was opened. {reason}"
            ))),
        }
    });
}
