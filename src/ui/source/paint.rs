//! The elements of the source sheet: rows with coloured text, line numbers with marks. Which lines
//! are shown is decided in `sheet.rs`.

use flow::editing::{Spelling, divide, spelling, spelling_inside};
use flow::json::Span;
use flow::problem::Severity;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::content::{Lines, Mark};
use crate::browser::page;
use crate::ui::code::{Run, put_runs};

/// Makes a row show a part of a text, which may start inside a string.
pub(super) fn put_text(
    row: &HtmlElement,
    text: &str,
    shown: Span,
    is_inside: bool,
    marks: &[Mark],
) {
    let text = &text[shown.range()];
    let parts = if is_inside {
        spelling_inside(text)
    } else {
        spelling(text)
    };
    let coloured: Vec<(Span, &'static str)> = parts
        .into_iter()
        .map(|(span, part)| (span, class(part)))
        .collect();
    let within = |at: u32| at.clamp(shown.start, shown.end) - shown.start;
    let marked: Vec<(Span, Severity)> = marks
        .iter()
        .map(|mark| {
            let span = Span::new(within(mark.span.start), within(mark.span.end));
            (span, mark.severity)
        })
        .collect();
    let runs: Vec<Run> = divide(&coloured, &marked)
        .into_iter()
        .map(|segment| (segment.span, segment.colour, segment.mark))
        .collect();
    put_runs(row, text, &runs);
}

/// The part of a long line between two columns.
pub(super) fn part(lines: &Lines, line: Span, from: u32, to: u32) -> Span {
    let text = &lines.text[line.range()];
    let at = |column: u32| {
        let mut column = (column as usize).min(text.len());
        while !text.is_char_boundary(column) {
            column -= 1;
        }
        line.start + u32::try_from(column).unwrap_or(u32::MAX)
    };
    Span::new(at(from), at(to))
}

/// The marks of a line, of all marks in order of their places.
pub(super) fn marks_of(marks: &[Mark], line: Span) -> &[Mark] {
    let first = marks.partition_point(|mark| mark.span.start < line.start);
    let count = marks[first..].partition_point(|mark| mark.span.start <= line.end);
    &marks[first..first + count]
}

const fn class(part: Spelling) -> &'static str {
    match part {
        Spelling::Key => "code-root",
        Spelling::String => "code-string",
        Spelling::Number => "code-number",
        Spelling::Literal => "code-literal",
        Spelling::Other => "code-quiet",
        Spelling::Mistake => "code-mistake",
    }
}

/// The child of a layer at an index; it is made where there are fewer.
pub(super) fn child(layer: &Element, index: usize) -> Option<HtmlElement> {
    let index = u32::try_from(index).ok()?;
    while layer.child_element_count() <= index {
        let element = page::document().create_element("div").ok()?;
        layer.append_child(&element).ok()?;
    }
    layer.children().item(index)?.dyn_into().ok()
}

/// Sets a side of an element, in pixels.
pub(super) fn place(element: &HtmlElement, side: &str, pixels: f64) {
    // A valid property of an element that exists can be set.
    let _ = element.style().set_property(side, &format!("{pixels}px"));
}

/// Shows the number of a line, and the worst of its marks.
pub(super) fn put_number(number: &HtmlElement, line: u32, marks: &[Mark]) {
    const SAID: usize = 5;
    number.set_text_content(Some(&line.to_string()));
    let worst = marks.iter().map(|mark| mark.severity).min();
    // Attributes with valid names can be set and removed.
    let _ = match worst {
        Some(severity) => number.set_attribute("data-severity", severity.as_str()),
        None => number.remove_attribute("data-severity"),
    };
    number.set_class_name("source-number");
    let said: Vec<&str> = marks
        .iter()
        .take(SAID)
        .map(|mark| mark.message.as_str())
        .collect();
    number.set_title(&said.join("\n"));
}
