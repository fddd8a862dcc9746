//! The page that shows the fault matrix, `docs/fault-matrix.md`. Its tables are made by the tests; with
//! `FLOWDECK_BLESS=1` they are written anew, and the test fails, so that they are read before they
//! are kept.

use std::sync::Mutex;

/// One writes at a time.
static WRITING: Mutex<()> = Mutex::new(());

/// A part of the page.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Part {
    Requests,
    Records,
}

/// Fails unless the page has this text as its part.
pub(crate) fn compare(part: Part, text: &str) {
    let path = format!("{}/../../docs/fault-matrix.md", env!("CARGO_MANIFEST_DIR"));
    let (begin, end) = match part {
        Part::Requests => ("<!-- requests -->\n", "<!-- end of requests -->"),
        Part::Records => ("<!-- records -->\n", "<!-- end of records -->"),
    };
    let written = WRITING.lock().unwrap();
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(begin).unwrap();
    let (kept, after) = rest.split_once(end).unwrap();
    if kept.trim() == text.trim() {
        return;
    }
    if std::env::var_os("FLOWDECK_BLESS").is_some() {
        let page = format!("{before}{begin}\n{}\n\n{end}{after}", text.trim());
        std::fs::write(&path, page).unwrap();
    }
    drop(written);
    panic!(
        "docs/fault-matrix.md has other tables than these (FLOWDECK_BLESS=1 writes them):\n{text}"
    );
}
