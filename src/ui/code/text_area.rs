//! Reading and changing a text area in bytes, the way its own undo can take back.

use flow::editing::{byte_at, units_before};
use flow::json::Span;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

use crate::browser::page;

/// The byte the caret stands before, in the text of the area; the end of a selection.
pub fn caret(area: &HtmlTextAreaElement, text: &str) -> usize {
    let units = area.selection_end().ok().flatten().unwrap_or_default();
    byte_at(text, units)
}

/// Whether some of the text is selected.
pub fn has_selection(area: &HtmlTextAreaElement) -> bool {
    area.selection_start().ok() != area.selection_end().ok()
}

/// Puts `new` in the place of `span` of the text of the area, and the caret `back` bytes before its
/// end. The area gets the focus and reports the change as typing.
pub fn replace_range(area: &HtmlTextAreaElement, span: Span, new: &str, back: u32) {
    let text = area.value();
    let start = units_before(&text, span.start as usize);
    let end = units_before(&text, span.end as usize);
    // An area that cannot take the focus or a selection is not on the page any more.
    let _ = area.focus();
    let _ = area.set_selection_range(start, end);
    // The one way to change a field that its undo knows of.
    let command = if new.is_empty() {
        "delete"
    } else {
        "insertText"
    };
    let typed = page::document()
        .dyn_into::<HtmlDocument>()
        .is_ok_and(|document| {
            document
                .exec_command_with_show_ui_and_value(command, false, new)
                .unwrap_or(false)
        });
    if !typed {
        // Changed all the same; only the field's own undo does not know.
        let _ = area.set_range_text_with_start_and_end(new, start, end);
        if let Ok(event) = web_sys::Event::new("input") {
            let _ = area.dispatch_event(&event);
        }
    }
    let inside = new.len().saturating_sub(back as usize);
    let caret = start + units_before(new, inside);
    let _ = area.set_selection_range(caret, caret);
}
