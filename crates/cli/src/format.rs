//! The forms of a report that only a terminal or a pipeline shows. Files are written in `flow::report`.

mod excerpt;
pub(crate) mod github;
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
