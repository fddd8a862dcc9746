//! The formats a report is written in, besides those the app writes too (`flow::report`).

mod excerpt;
pub(crate) mod github;
pub(crate) mod html;
pub(crate) mod sarif;
pub(crate) mod text;

use std::sync::Arc;

/// The text of a file that has something to show.
#[derive(Debug)]
pub(crate) struct Source {
    text: Arc<str>,
}

impl Source {
    pub(crate) fn new(text: Arc<str>) -> Self {
        Self { text }
    }
}
