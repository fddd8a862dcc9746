//! The canonical layout of a text: only white space changes.

use super::tree::{Kind, ValueRef};

/// The value laid out anew: one member or element a line, two blanks a level, a line break at the
/// end. Keys keep their order, numbers and strings their spelling, so two texts that say the same
/// in the same order become equal, and one changed value is one changed line.
///
/// # Complexity
/// O(bytes). Recursion is bounded by the depth that the reader accepts.
pub fn pretty(value: ValueRef<'_>) -> String {
    let mut out = String::with_capacity(value.raw().len() + value.raw().len() / 4);
    lay_out(&mut out, value, 0, usize::MAX);
    out.push('\n');
    out
}

/// Writes the value as one that stands `depth` levels deep. What is deeper than `deepest` is copied as it
/// is spelled, so that nesting cannot make a text many times longer.
pub(crate) fn lay_out(out: &mut String, value: ValueRef<'_>, depth: usize, deepest: usize) {
    let (open, close) = match value.kind() {
        _ if depth >= deepest => {
            out.push_str(value.raw());
            return;
        }
        Kind::Object => ('{', '}'),
        Kind::Array => ('[', ']'),
        _ => {
            out.push_str(value.raw());
            return;
        }
    };
    out.push(open);
    let mut empty = true;
    let mut separate = |out: &mut String| {
        if !empty {
            out.push(',');
        }
        empty = false;
        break_line(out, depth + 1);
    };
    for (key, member) in value.members() {
        separate(out);
        out.push_str(key.raw());
        out.push_str(": ");
        lay_out(out, member, depth + 1, deepest);
    }
    for element in value.elements() {
        separate(out);
        lay_out(out, element, depth + 1, deepest);
    }
    if !empty {
        break_line(out, depth);
    }
    out.push(close);
}

fn break_line(out: &mut String, depth: usize) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("  ");
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn only_white_space_changes() {
        let text = "{\"b\":[1e3,{ },\n[ ]],\"a\" : {\"k\":\"\\u00e9\\/\"}}";
        let tree = parse(text.into()).unwrap();
        assert_eq!(
            pretty(tree.root()),
            "{\n  \"b\": [\n    1e3,\n    {},\n    []\n  ],\n  \"a\": {\n    \"k\": \"\\u00e9\\/\"\n  }\n}\n"
        );
    }

    #[test]
    fn laid_out_again_it_stays_the_same() {
        let tree = parse("[{\"a\":[[],{}]},null,\"x y\"]".into()).unwrap();
        let once = pretty(tree.root());
        let again = parse(once.as_str().into()).unwrap();
        assert_eq!(pretty(again.root()), once);
    }
}
