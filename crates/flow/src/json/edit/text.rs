//! Edits of a text by its bytes alone, and the way back. Which bytes those are is decided elsewhere.

use crate::json::tree::{Span, offset32};

/// Replace the bytes of `span` by `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// The bytes that go, in the text before the edit.
    pub span: Span,
    /// What stands there instead.
    pub text: String,
}

/// Why a set of edits cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditError {
    /// Two of the changes touch the same bytes, so their order would matter.
    Overlap,
}

impl std::fmt::Display for EditError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Overlap => {
                f.write_str("Two parts of one change touch the same text. Nothing was changed.")
            }
        }
    }
}

impl std::error::Error for EditError {}

/// Applies edits, which must be sorted and apart as [`Editor::finish`] leaves them. Returns the
/// new text and the edits that lead back.
pub fn apply_edits(text: &str, edits: &[TextEdit]) -> (String, Vec<TextEdit>) {
    let grown: usize = edits.iter().map(|edit| edit.text.len()).sum();
    let mut changed = String::with_capacity(text.len() + grown);
    let mut back = Vec::with_capacity(edits.len());
    let mut at = 0;
    for edit in edits {
        let range = edit.span.range();
        changed.push_str(&text[at..range.start]);
        let start = offset32(changed.len());
        changed.push_str(&edit.text);
        back.push(TextEdit {
            span: Span::new(start, offset32(changed.len())),
            text: text[range.clone()].to_owned(),
        });
        at = range.end;
    }
    changed.push_str(&text[at..]);
    (changed, back)
}
