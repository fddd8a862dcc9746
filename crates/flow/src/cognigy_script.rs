//! Texts of Cognigy.AI in which `{{…}}` stands for the value of an expression. Whether those can be read,
//! and nothing of what they mean. The expressions are JavaScript, so only what is surely wrong is a mistake.

use std::borrow::Cow;

use crate::expression::{SyntaxError, impossible};
use crate::json::Span;

const OPEN: &str = "{{";
const CLOSE: &str = "}}";
/// How the commands of other template languages start, which texts for other programs hold.
const COMMANDS: [&str; 6] = ["#", "/", ">", "^", "&", "!--"];

/// The first `{{` of a text that is not closed, or whose expression cannot be read. A `}}` alone is
/// nothing: JSON and code end like that. O(text).
pub fn first_mistake(text: &str) -> Option<SyntaxError> {
    let text = without_snippets(text);
    let mut from = 0;
    while let Some(found) = text[from..].find(OPEN) {
        let start = from + found;
        from = match closed(&text, start) {
            Ok(end) => end,
            Err(mistake) => return Some(mistake),
        };
    }
    None
}

/// Where the `{{` at `start` ends, braces included.
fn closed(text: &str, start: usize) -> Result<usize, SyntaxError> {
    let inside = start + OPEN.len();
    let first = text[inside..].find(CLOSE).map(|at| inside + at);
    let next = text[inside..]
        .find(OPEN)
        .map_or(text.len(), |at| inside + at);
    let Some(first) = first.filter(|first| *first < next) else {
        // What looks closed may be two objects inside each other.
        return match balanced(text, inside, next) {
            Some(end) => checked(text, inside, end),
            None => Err(mistake(start, inside, "This `{{` is not closed by `}}`.")),
        };
    };
    checked(text, inside, first).or_else(|error| match balanced(text, inside, next) {
        Some(end) if end != first => checked(text, inside, end),
        _ => Err(error),
    })
}

fn checked(text: &str, inside: usize, end: usize) -> Result<usize, SyntaxError> {
    let after = end + CLOSE.len();
    let expression = &text[inside..end];
    let trimmed = expression.trim();
    if trimmed.is_empty() {
        let start = inside - OPEN.len();
        return Err(mistake(
            start,
            after,
            "There is nothing between these braces.",
        ));
    }
    if COMMANDS.iter().any(|command| trimmed.starts_with(command)) {
        return Ok(after);
    }
    // In a text that is almost JSON, quotation marks have a backslash before them.
    let plain: Cow<'_, str> = if expression.contains("\\\"") {
        expression.replace("\\\"", " \"").into()
    } else {
        expression.into()
    };
    match impossible(&plain) {
        None => Ok(after),
        Some(error) => {
            let range = error.span.range();
            Err(SyntaxError {
                span: span(inside + range.start, inside + range.end),
                ..error
            })
        }
    }
}

/// Where the `}}` is that closes what is open at `from`, with brackets and texts in quotes passed over.
fn balanced(text: &str, from: usize, to: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[..to];
    let (mut at, mut depth) = (from, 0_usize);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' | b'\'' | b'`' => {
                let rest = bytes[at + 1..].iter();
                let length = rest
                    .take_while(|next| **next != byte && **next != b'\n')
                    .count();
                if bytes.get(at + 1 + length) == Some(&byte) {
                    at += length + 1;
                }
            }
            b'{' => depth += 1,
            b'}' if depth > 0 => depth -= 1,
            b'}' if text[at..].starts_with(CLOSE) => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// A text in which every `[[snippet-…]]`, which the editor of Cognigy.AI puts in for a value, is a name of
/// the same length. O(text).
pub fn without_snippets(text: &str) -> Cow<'_, str> {
    const START: &str = "[[snippet-";
    if !text.contains(START) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(START) {
        let Some(length) = rest[start..].find("]]").map(|end| end + 2) else {
            break;
        };
        plain.push_str(&rest[..start]);
        plain.extend(std::iter::repeat_n('_', length));
        rest = &rest[start + length..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

fn mistake(start: usize, end: usize, message: &'static str) -> SyntaxError {
    SyntaxError {
        span: span(start, end),
        message: message.into(),
        replacement: None,
    }
}

fn span(start: usize, end: usize) -> Span {
    let narrow = |at| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(narrow(start), narrow(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_right_passes() {
        for text in [
            "",
            "Hello {{context.name}}",
            "{{ context.a }}{{context.b}}",
            "{{{a: 1}.a}}",
            "{{ {a: {b: 1}} }}",
            "{{ \"}}\" }}",
            "it's {{context.name}}, isn't it",
            "{{/'/.test(input.text)}} it's",
            "}} }",
            "{ { }",
            "{{#if a}}{{else}}{{/if}}",
            "[[snippet-{{]] {{ [[snippet-a==]] }}",
            "{{context[\\\"a\\\"]}}",
        ] {
            assert_eq!(first_mistake(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_found_where_it_is() {
        for (text, start, part) in [
            ("Hello {{context.name", 6, "not closed"),
            ("Hello {{context.name}", 6, "not closed"),
            ("{{a}} {{b and {{c}}", 6, "not closed"),
            ("{{ }}", 0, "There is nothing"),
            ("é {{a +}}", 7, "missing after"),
            ("{{context.name's}}", 14, "not closed"),
            ("{{(a}}", 2, "not closed"),
            ("{{first name}}", 8, "operator"),
        ] {
            let found = first_mistake(text).unwrap_or_else(|| panic!("{text} passes"));
            assert!(found.message.contains(part), "{text}: {}", found.message);
            assert_eq!(found.span.start, start, "{text}: {}", found.message);
        }
    }

    #[test]
    fn texts_made_to_hurt_are_read_in_one_pass() {
        for unit in [
            "{{",
            "{{}}",
            "{{a}}",
            "{{'}}",
            "{{{}}",
            "[[snippet-",
            "[[snippet-]]",
            "{{\"a}}'",
        ] {
            first_mistake(&unit.repeat(200_000));
        }
    }

    proptest::proptest! {
        #[test]
        fn a_mistake_is_inside_the_text(text in "([{}]{1,3}|[a-z'\"\\\\é(+\\[\\] ]|\\[\\[snippet-){0,30}") {
            if let Some(found) = first_mistake(&text) {
                proptest::prop_assert!(text.get(found.span.range()).is_some());
            }
        }
    }
}
