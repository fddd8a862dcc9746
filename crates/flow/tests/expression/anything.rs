//! Whatever is read, nothing panics and the spans fit.

use flow::expression::references::{scan_text, words};
use flow::expression::{Limits, completion, evaluate_traced, parse, tokens};
use proptest::prelude::*;

use crate::{Roots, declared};

/// Sources that are nearly expressions.
fn nearly() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "a",
        "context",
        ".",
        "?.",
        "[",
        "]",
        "(",
        ")",
        "\"x\"",
        "'y\\n'",
        "1",
        "0.5",
        "1e",
        "==",
        "=",
        "&&",
        "||",
        "??",
        "?",
        ":",
        "!",
        "-",
        "+",
        "in",
        "not",
        "and",
        " ",
        "\n",
        "trim",
        "includes",
        "Math",
        "max",
        "Number",
        "true",
        "null",
        "${",
        "{{",
        "}}",
        "}",
        ";",
        ",",
        "\"",
        "'",
        "\\",
        "😀",
        "ä",
        "`",
        "//",
        "/*",
        "=>",
        "typeof",
        "“",
        "undefined",
        "%",
        "*",
        "/",
        "<",
        ">=",
    ]);
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

fn check(source: &str) {
    let expression = parse(source);
    let length = tokens(source).last().map_or(0, |token| token.span.end);
    assert_eq!(length as usize, source.len());
    for node in expression.nodes() {
        assert!(node.span.start <= node.span.end && node.span.end <= length);
        assert!(source.get(node.span.range()).is_some());
    }
    for error in expression.errors() {
        assert!(source.get(error.span.range()).is_some());
    }
    let mut covered = 0;
    for token in tokens(source) {
        assert_eq!(token.span.start, covered);
        assert!(token.span.end > covered);
        covered = token.span.end;
    }
    assert_eq!(covered, length);
    if expression.is_valid() {
        let printed = expression.print();
        let again = parse(&printed);
        assert_eq!(again.errors(), [], "{source:?} printed as {printed:?}");
        assert!(again.same(&expression), "{source:?} printed as {printed:?}");
        assert_eq!(again.print(), printed);
    }
    let _ = evaluate_traced(&expression, &Roots, Limits::default());
    let _ = (
        expression.constant(),
        expression.bounds(),
        expression.polarity(),
    );
    let _ = expression.type_mismatches(&declared);
    for reference in expression.references() {
        let _ = (reference.variable(), reference.steps().count());
    }
    for reference in scan_text(source) {
        assert_eq!(&source[reference.name_span.range()], reference.name);
        assert!(source[reference.span.range()].contains(reference.name));
        let _ = flow::script::read(&reference, &Roots);
    }
    let _ = words(source).count();
    for caret in 0..=length {
        if let Some(found) = completion(source, caret) {
            assert!(source[found.replace.range()].starts_with(found.partial));
        }
    }
    let script = flow::script::parse(source);
    for name in script.sets().chain(&script.reads()) {
        assert!(source.get(name.span.range()).is_some());
    }
    let _ = flow::script::interpolate(source, |reference| flow::script::read(reference, &Roots));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn anything_can_be_read(source in nearly()) {
        check(&source);
    }

    #[test]
    fn any_text_can_be_read(source in ".{0,60}") {
        check(&source);
    }
}
