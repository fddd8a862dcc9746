//! The source of a short document: a text area over its coloured lines.

use flow::editing::{byte_at, carried, difference, units_before};
use flow::json::Span;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlTextAreaElement;

use super::SourceView;
use super::content::Content;
use super::draft::Drafts;
use super::sheet::Sheet;
use crate::ui::code::{caret, replace_range};
use crate::ui::desk::desk;
use crate::ui::inspector::leave;

/// The text of the document, to be edited.
#[component]
pub fn SourceEditor(content: Content) -> impl IntoView {
    let desk = desk();
    let view = expect_context::<SourceView>();
    let drafts = expect_context::<Drafts>();
    let sheet = Sheet::new(content);
    let area = NodeRef::<html::Textarea>::new();
    // Where the caret is, and how often it moved: the same place may have another text.
    let at = RwSignal::new(0_u32);
    Effect::new(move |_| {
        content.lines.with(|lines| {
            if let Some(area) = area.get() {
                put_text(&area, &lines.text);
            }
        });
    });
    Effect::new(move |_| {
        if let (Some(offset), Some(area)) = (view.caret.get(), area.get()) {
            view.caret.set(None);
            let text = area.value();
            let units = units_before(&text, (offset as usize).min(text.len()));
            // An area that cannot take the focus is not on the page any more.
            let _ = area.focus();
            let _ = area.set_selection_range(units, units);
            sheet.reveal(offset);
            at.set(offset);
        }
    });
    let moved = move || {
        let Some(area) = area.get_untracked() else {
            return;
        };
        let offset = content
            .lines
            .with_untracked(|lines| caret(&area, &lines.text));
        let offset = u32::try_from(offset).unwrap_or(u32::MAX);
        at.set(offset);
        // In a draft, what stands where is not known before it is read.
        if content.edit.with_untracked(Option::is_none) {
            view.select_at(desk, offset);
        }
    };
    let key = move |event: KeyboardEvent| {
        let Some(area) = area.get_untracked() else {
            return;
        };
        match event.key().as_str() {
            _ if event.is_composing() => return,
            "Enter" if !event.ctrl_key() && !event.meta_key() => break_line(&area),
            "Escape" => {
                // On the canvas it would give up the selection too.
                event.stop_propagation();
                leave(&area);
            }
            _ => return,
        }
        event.prevent_default();
    };
    let foot = Memo::new(move |_| {
        let offset = at.get();
        content.lines.with(|lines| {
            let position = lines.index.position(&lines.text, offset);
            let line = lines.line(position.line);
            let place = format!("Line {}, column {}", position.line, position.column);
            let here = content.marks.with(|marks| {
                let on_line = |mark: &&super::content::Mark| {
                    line.start <= mark.span.start && mark.span.start <= line.end
                };
                marks
                    .iter()
                    .filter(on_line)
                    .min_by_key(|mark| mark.severity)
                    .map(|mark| mark.message.clone())
            });
            (place, here)
        })
    });
    let typing = view! {
            <textarea
                class="source-area"
                aria-label="Source text"
                wrap="off"
                rows="1"
                spellcheck="false"
                autocomplete="off"
                autocapitalize="off"
                node_ref=area
                prop:readOnly=move || desk.read_only.get()
                on:input=move |event| {
                    drafts.typed(&event_target_value(&event));
                    moved();
                }
                on:keydown=key
                on:keyup=move |_| moved()
                on:pointerup=move |_| moved()
                on:blur=move |_| drafts.settle()
            ></textarea>
    };
    view! {
        {sheet.view(None, typing.into_any())}
        <p class="source-foot">
            <span>{move || foot.get().0}</span>
            <bdi class="source-here">{move || foot.get().1}</bdi>
        </p>
    }
}

/// Makes the area show a text; what is selected stays so where the text did not change.
fn put_text(area: &HtmlTextAreaElement, text: &str) {
    let old = area.value();
    let Some(edit) = difference(&old, text) else {
        return;
    };
    let side = |units: Option<u32>| {
        let at = byte_at(&old, units.unwrap_or_default());
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        let now = carried(Span::new(at, at), &edit).map_or(edit.span.start, |span| span.start);
        units_before(text, now as usize)
    };
    let start = side(area.selection_start().ok().flatten());
    let end = side(area.selection_end().ok().flatten());
    area.set_value(text);
    // The selection of an area that is on the page can be set.
    let _ = area.set_selection_range(start, end);
}

/// Breaks the line, and starts the next one as deep as this one.
fn break_line(area: &HtmlTextAreaElement) {
    let text = area.value();
    let start = byte_at(
        &text,
        area.selection_start().ok().flatten().unwrap_or_default(),
    );
    let end = caret(area, &text).max(start);
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let lead = text[line..start].trim_start_matches([' ', '\t']);
    let indent = &text[line..start - lead.len()];
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let broken = format!("\n{indent}");
    replace_range(area, Span::new(offset(start), offset(end)), &broken, 0);
}
