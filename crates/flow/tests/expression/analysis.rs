//! What the rules ask: equality, bounds, constants, types.

use flow::expression::{Comparison, exhaustive, parse};

use crate::declared;

#[test]
fn equality_ignores_spelling_only() {
    let same = [
        ("a == 'b'", "( a )==\"b\""),
        ("context.tier", "$context[\"tier\"]"),
        ("cc.tier == 1.0", "context.tier == 1"),
        ("'\\x41'", "\"A\""),
        ("ci.text", "input.text"),
        ("(a?.b) == 1", "a?.b == 1"),
    ];
    for (left, right) in same {
        let (left, right) = (parse(left), parse(right));
        assert!(
            left.same(&right),
            "{} and {}",
            left.source(),
            right.source()
        );
        assert_eq!(left.fingerprint(), right.fingerprint());
    }
    let different = [
        ("a - b - c", "a - (b - c)"),
        ("a?.b", "a.b"),
        ("(a?.b).c", "a?.b.c"),
        ("a == 1", "a === 1"),
        ("a == '1'", "a == 1"),
        ("-1", "1"),
        ("Math.max(a, b)", "Math.max(a) + b"),
        ("a.b", "ab"),
        ("x.includes('a')", "x.startsWith('a')"),
    ];
    for (left, right) in different {
        let (left, right) = (parse(left), parse(right));
        assert!(
            !left.same(&right),
            "{} and {}",
            left.source(),
            right.source()
        );
        assert_ne!(left.fingerprint(), right.fingerprint());
    }
}

#[test]
fn exhaustive_pairs() {
    for (left, right) in [
        ("b", "!b"),
        ("!(b)", "b"),
        ("!!b", "!b"),
        ("x === 1", "x !== 1"),
        ("x == 'a'", "'a' != x"),
        ("!(x == 1)", "x == 1"),
        ("x > 5", "!(x > 5)"),
    ] {
        assert!(exhaustive(&parse(left), &parse(right)), "{left} / {right}");
    }
    for (left, right) in [
        ("x > 5", "x <= 5"),
        ("b", "b"),
        ("x === 1", "x != 1"),
        ("b", "!c"),
        ("!b", "!b"),
    ] {
        assert!(!exhaustive(&parse(left), &parse(right)), "{left} / {right}");
    }
}

#[test]
fn bounds_cover_narrower_ones() {
    for (wide, narrow) in [
        ("x > 5", "x > 6"),
        ("x >= 5", "x > 5"),
        ("0.8 < x", "x > 0.9"),
        ("x > -1", "x >= 0 && x < 5"),
        ("x > 0 && x <= 10", "10 >= x && (x >= 1)"),
        ("x >= 5", "x == 5"),
        ("x == 5", "x === 5"),
        ("x < 10 && x > 1 && x < 4", "x > 2 && x < 4"),
        ("context.n > 1", "cc[\"n\"] > 2"),
    ] {
        let (wide, narrow) = (
            parse(wide).bounds().unwrap(),
            parse(narrow).bounds().unwrap(),
        );
        assert!(wide.covers(&narrow), "{wide:?} {narrow:?}");
        assert!(!narrow.covers(&wide), "{wide:?} {narrow:?}");
    }
    for (left, right) in [
        ("x > 5", "y > 6"),
        ("x > 5", "x < 9"),
        ("x > 5", "x >= 5"),
        ("x === 5", "x == 5"),
        ("x > 5 && x < 7", "x > 6"),
    ] {
        let (left, right) = (
            parse(left).bounds().unwrap(),
            parse(right).bounds().unwrap(),
        );
        assert!(!left.covers(&right), "{left:?} {right:?}");
    }
    for source in [
        "x",
        "x > y",
        "x > 5 || x < 3",
        "x > 5 && y",
        "x > 5 && y < 6",
        "x != 5",
        "x > NaN",
        "x.length() > 1",
        "x > '5'",
        "x == 5 && x == 6",
    ] {
        assert!(parse(source).bounds().is_none(), "{source}");
    }
    assert_eq!(
        parse("x == -5").bounds().unwrap().comparison,
        Comparison::Equal
    );
}

#[test]
fn constants() {
    for source in [
        "true",
        "1",
        "'a'",
        "x || true",
        "true || x",
        "!false",
        "1 < 2",
        "\"a\" == 'a'",
        "!(x && false)",
        "x ? 1 : 2",
        "true ? 1 : x",
        "null ?? 1",
        "5 ?? x",
        "x != NaN",
        "'abc'.includes('b')",
        "Math.max(1, 2) > 1",
        "(x || 1) ?? y",
        "'5' == 5",
        "(true) && (x || 'a')",
    ] {
        assert_eq!(parse(source).constant(), Some(true), "{source}");
    }
    for source in [
        "false",
        "0",
        "''",
        "null",
        "undefined",
        "1 > 2",
        "x && false",
        "false && x",
        "x && y && 0",
        "!1",
        "x === NaN",
        "x > undefined",
        "NaN",
        "'abc'.startsWith('b')",
        "x ? false : null",
    ] {
        assert_eq!(parse(source).constant(), Some(false), "{source}");
    }
    for source in [
        "x",
        "x == x",
        "x === x",
        "x || false",
        "x && true",
        "!x",
        "x > 1",
        "x ? true : false",
        "x == null",
        "x.length",
        "null.x",
        "true &&",
    ] {
        assert_eq!(parse(source).constant(), None, "{source}");
    }
}

#[test]
fn type_mismatches() {
    let cases = [
        (
            "intent.confidence > \"high\"",
            "`intent.confidence` is a number and `\"high\"` is a text; `>` cannot compare them.",
        ),
        (
            "input.text - 1 > 0",
            "`input.text` is a text and `-` computes with numbers; write `Number(input.text)` if it holds one.",
        ),
        (
            "true > \"a\"",
            "`true` is true or false and `\"a\"` is a text; `>` cannot compare them.",
        ),
        (
            "cc.count.startsWith('a')",
            "`cc.count` is a number, which has no method `startsWith`.",
        ),
        (
            "count === 'a'",
            "`count` is a number and `'a'` is a text; they are never equal.",
        ),
        (
            "flag == 'true'",
            "`flag` is true or false and `'true'` is a text; they are never equal.",
        ),
        (
            "flag != 'yes'",
            "`flag` is true or false and `'yes'` is a text; they are always unequal.",
        ),
        (
            "0 < count < 5",
            "`0 < count` is true or false, which `<` cannot compare with a number; write two comparisons joined with `&&`.",
        ),
        (
            "context.address > 5",
            "`context.address` is an object, which `>` cannot compare.",
        ),
        (
            "address + 'x'",
            "`address` is an object; `+` turns it into the text “[object Object]”.",
        ),
        (
            "'a' in text",
            "`in` looks for a key in an object, and `text` is a text; write `text.includes(…)`.",
        ),
        (
            "list.trim()",
            "`list` is a list, which has no method `trim`.",
        ),
        ("count.x", "`count` is a number, which has no properties."),
        ("x > null", "`null`, which `>` cannot compare."),
        (
            "list * 2",
            "`list` is a list, so `*` cannot compute with it.",
        ),
        (
            "\"abc\" * 2",
            "`\"abc\"` is a text, so `*` cannot compute with it.",
        ),
        (
            "intent == 'greeting'",
            "`intent` is an object and `'greeting'` is a text; they are never equal.",
        ),
    ];
    for (source, expected) in cases {
        let found = parse(source).type_mismatches(&declared);
        let found: Vec<&str> = found.iter().map(|mismatch| &*mismatch.message).collect();
        assert_eq!(found, [expected], "{source}");
    }
    for source in [
        "intent.confidence > 0.8 && context.tier == \"gold\"",
        "intent.confidence > '5'",
        "count == '5'",
        "input.text == 5",
        "count === undefined",
        "text == null",
        "x > 'a'",
        "x.y.z - 1",
        "Number(input.text) - 1",
        "list == 'a'",
        "list.includes(1)",
        "text.length > 5",
        "list.length > 5",
        "flag == 1",
        "'a' in context",
        "text + 1",
        "'5' * 2",
        "+input.text > 3",
        "(x || 'a') - 1",
        "text > 'm'",
        "entities.n - 1",
        "!count",
        "input.data.n > 3",
        "text[0] == 'a'",
        "(flag ? 1 : 'a') > 2",
        "count + 'a' == text",
        "text?.trim() ?? count",
    ] {
        assert_eq!(parse(source).type_mismatches(&declared), [], "{source}");
    }
}
