//! The coloured layer beneath a text area: the same text in the same places, in runs that each
//! look the same.

use flow::editing::{Finding, Language, Segment, divide};
use flow::expression::{Span, TokenClass, tokens};
use flow::problem::Severity;
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, HtmlElement, Range};

use crate::browser::page;

/// Longer texts are shown without colours: dividing them would take longer than typing may.
const LONGEST_COLOURED: usize = 20_000;

/// The class of a run, and the worst mark on it.
pub type Run = (Span, &'static str, Option<Severity>);

/// The runs of a text with its findings.
pub fn runs(text: &str, findings: &[Finding], language: Language) -> Vec<Run> {
    let all = Span::new(0, u32::try_from(text.len()).unwrap_or(u32::MAX));
    if text.is_empty() {
        return Vec::new();
    }
    if text.len() > LONGEST_COLOURED {
        return vec![(all, "", None)];
    }
    let coloured: Vec<(Span, &'static str)> = tokens(text)
        .into_iter()
        .map(|token| (token.span, class(token.class, language)))
        .collect();
    let marks: Vec<(Span, Severity)> = findings
        .iter()
        .map(|finding| (visible(text, finding.span), finding.severity))
        .collect();
    let segments: Vec<Segment<&'static str>> = divide(&coloured, &marks);
    segments
        .into_iter()
        .map(|segment| (segment.span, segment.colour, segment.mark))
        .collect()
}

/// A span that can be seen: an empty one takes in the character before it, or after it.
fn visible(text: &str, span: Span) -> Span {
    if span.start < span.end {
        return span;
    }
    let at = span.start as usize;
    let width = |character: Option<char>| {
        let width = character.map_or(0, char::len_utf8);
        u32::try_from(width).unwrap_or_default()
    };
    match width(text.get(..at).and_then(|before| before.chars().next_back())) {
        0 => Span::new(
            span.start,
            span.start + width(text.get(at..).and_then(|rest| rest.chars().next())),
        ),
        before => Span::new(span.start - before, span.start),
    }
}

const fn class(class: TokenClass, language: Language) -> &'static str {
    match class {
        TokenClass::Literal => "code-literal",
        TokenClass::Number => "code-number",
        TokenClass::String => "code-string",
        TokenClass::Root => "code-root",
        TokenClass::Property | TokenClass::Space => "",
        TokenClass::Method => "code-method",
        TokenClass::Operator | TokenClass::Punctuation => "code-quiet",
        // A script is more than an expression: what joins its statements is no mistake.
        TokenClass::Error => match language {
            Language::Expression => "code-mistake",
            Language::Script => "",
        },
    }
}

/// Makes `layer` show the runs of a text: one element per run, elements that are there are used
/// again.
pub fn put_runs(layer: &HtmlElement, text: &str, runs: &[Run]) {
    let document = page::document();
    let mut next = layer.first_element_child();
    for (span, class, mark) in runs {
        let element = match next {
            Some(element) => {
                next = element.next_element_sibling();
                element
            }
            None => {
                next = None;
                let Ok(element) = document.create_element("span") else {
                    return;
                };
                // Adding a new element to one that exists does not fail.
                let _ = layer.append_child(&element);
                element
            }
        };
        let part = &text[span.range()];
        if element.text_content().as_deref() != Some(part) {
            element.set_text_content(Some(part));
        }
        if element.class_name() != *class {
            element.set_class_name(class);
        }
        // Setting or removing an attribute with a valid name does not fail.
        let _ = match mark {
            Some(severity) => element.set_attribute("data-mark", severity.as_str()),
            None => element.remove_attribute("data-mark"),
        };
    }
    while let Some(element) = next {
        next = element.next_element_sibling();
        element.remove();
    }
}

/// Where the character at a byte of the text stands in the window; the place after the last one for
/// the end of the text.
pub fn place_of(layer: &HtmlElement, text: &str, runs: &[Run], at: usize) -> Option<DomRect> {
    let range = Range::new().ok()?;
    let last = runs.len().checked_sub(1)?;
    let index = runs
        .iter()
        .position(|(span, ..)| span.range().contains(&at))
        .unwrap_or(last);
    let mut element: Element = layer.first_element_child()?;
    for _ in 0..index {
        element = element.next_element_sibling()?;
    }
    let node = element.first_child()?;
    let start = runs[index].0.start as usize;
    let offset = flow::editing::units_before(&text[start..], at - start);
    range.set_start(&node, offset).ok()?;
    range.set_end(&node, offset).ok()?;
    let rect = range.get_bounding_client_rect();
    // A range without a box of its own, as in an empty line, has the element's.
    if rect.height() > 0.0 {
        Some(rect)
    } else {
        element
            .dyn_into::<HtmlElement>()
            .ok()
            .map(|element| element.get_bounding_client_rect())
    }
}
