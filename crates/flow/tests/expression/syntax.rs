//! Parsing, mistakes, printing, colouring, completion.

use flow::expression::{
    Limits, MAXIMUM_DEPTH, TokenClass, Types, completion, evaluate, nearest, parse, tokens,
};

use crate::{Roots, errors};

/// Sources with the parts that are marked and what is said about them.
#[rustfmt::skip]
const MISTAKES: &[(&str, &[(&str, &str)])] = &[
        (
            "",
            &[(
                "",
                "The expression is empty; write a condition such as `intent.confidence > 0.8`.",
            )],
        ),
        (
            "  ",
            &[(
                "",
                "The expression is empty; write a condition such as `intent.confidence > 0.8`.",
            )],
        ),
        (
            "context.a = 1",
            &[("=", "`=` assigns; write `==` to compare.")],
        ),
        ("a => 1", &[("=>", "Write `>=` for “greater or equal”.")]),
        ("a <> 1", &[("<>", "Write `!=` for “not equal”.")]),
        ("a & b", &[("&", "Write `&&` for “and”.")]),
        (
            "a and b or c",
            &[
                ("and", "Write `&&` for “and”."),
                ("or", "Write `||` for “or”."),
            ],
        ),
        ("not a", &[("not", "Write `!` for “not”.")]),
        (
            "a == \"gold",
            &[("\"gold", "The string that starts here is not closed.")],
        ),
        (
            "a == “gold”",
            &[("“gold”", "Write straight quotes (\" or ') around a string.")],
        ),
        ("a &&", &[("&&", "A value is missing after `&&`.")]),
        ("&& a", &[("&&", "A value is missing before `&&`.")]),
        ("a == == b", &[("==", "A value is missing after `==`.")]),
        (
            "(a == 1",
            &[("(", "The `(` that starts here is not closed.")],
        ),
        ("a == 1)", &[(")", "This `)` closes nothing.")]),
        (
            "()",
            &[("(", "There is nothing between these parentheses.")],
        ),
        (
            "a[]",
            &[(
                "[",
                "There is nothing between these brackets; write an index or a name in quotes.",
            )],
        ),
        ("a.", &[(".", "A name is missing after the dot.")]),
        (
            "a b",
            &[(
                "b",
                "An operator is missing before `b`, such as `==` or `&&`.",
            )],
        ),
        (
            "a ? b",
            &[(
                "?",
                "This `?` has no `:`; write `condition ? value : other value`.",
            )],
        ),
        (
            "a ?? b || c",
            &[(
                "||",
                "`??` next to `&&` or `||` needs parentheses to say which comes first.",
            )],
        ),
        (
            "a && b ?? c",
            &[(
                "??",
                "`??` next to `&&` or `||` needs parentheses to say which comes first.",
            )],
        ),
        (
            "a.toLowercase()",
            &[(
                "toLowercase",
                "There is no method `toLowercase`; did you mean `toLowerCase`?",
            )],
        ),
        (
            "foo(1)",
            &[(
                "foo",
                "There is no function `foo`; there are `Number`, `String`, `Boolean` and those of `Math`.",
            )],
        ),
        (
            "number(a)",
            &[(
                "number",
                "There is no function `number`; did you mean `Number`?",
            )],
        ),
        (
            "Math.rond(a)",
            &[("rond", "`Math` has no `rond`; did you mean `round`?")],
        ),
        (
            "Math.random() > 0.5",
            &[(
                "random",
                "`Math.random` is not available: a condition must give the same answer each time it is rehearsed.",
            )],
        ),
        (
            "Math",
            &[(
                "Math",
                "A function of `Math` is missing here, as in `Math.round(context.price)`.",
            )],
        ),
        (
            "String",
            &[(
                "String",
                "`String` needs a value in parentheses, as in `String(input.text)`.",
            )],
        ),
        (
            "typeof a",
            &[(
                "typeof",
                "`typeof` is a word of JavaScript that expressions do not have.",
            )],
        ),
        (
            "${agent} == 1",
            &[(
                "${agent}",
                "`${…}` and `{{…}}` belong in texts; in an expression write the name alone.",
            )],
        ),
        (
            "{{agent}}",
            &[(
                "{{agent}}",
                "`${…}` and `{{…}}` belong in texts; in an expression write the name alone.",
            )],
        ),
        (
            "a in [1, 2]",
            &[(
                "[",
                "Lists cannot be written in an expression; compare with each value and join with `||`.",
            )],
        ),
        (
            "010",
            &[("010", "A number cannot start with `0`; leave the zero out.")],
        ),
        (
            "3px > 1",
            &[(
                "3px",
                "This is not a number; write digits, as in `12`, `0.5` or `1e3`, and put words in quotes.",
            )],
        ),
        (
            "a // b",
            &[("// b", "Comments cannot be written in an expression.")],
        ),
        (
            "a;",
            &[(";", "An expression ends without `;`; leave it out.")],
        ),
        (
            "a # b",
            &[
                ("#", "This character has no meaning in an expression."),
                (
                    "b",
                    "An operator is missing before `b`, such as `==` or `&&`.",
                ),
            ],
        ),
        (
            "'\\8'",
            &[(
                "'\\8'",
                "A `\\` in this string starts no known escape; write `\\\\` for a backslash.",
            )],
        ),
        // Independent mistakes are told together.
        (
            "a = 1 && b. && c(2) || (d",
            &[
                ("=", "`=` assigns; write `==` to compare."),
                (".", "A name is missing after the dot."),
                (
                    "c",
                    "There is no function `c`; there are `Number`, `String`, `Boolean` and those of `Math`.",
                ),
                ("(", "The `(` that starts here is not closed."),
            ],
        ),
];

#[test]
fn mistakes_are_located_and_explained() {
    for (source, expected) in MISTAKES {
        let found = errors(source);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(span, said)| (&**span, &**said))
            .collect();
        assert_eq!(found, *expected, "in {source:?}");
    }
}

#[test]
fn mends_parse() {
    for source in [
        "a = 1",
        "a => 1",
        "a and b",
        "not a",
        "a.trimm()",
        "a ≠ 1",
        "Math.flor(1)",
        "a | b",
    ] {
        let expression = parse(source);
        let error = &expression.errors()[0];
        let mut mended = source.to_owned();
        mended.replace_range(error.span.range(), error.replacement.as_deref().unwrap());
        assert_eq!(errors(&mended), [], "{source:?} became {mended:?}");
    }
}

#[test]
fn depth_is_bounded_and_chains_are_not() {
    let depth = MAXIMUM_DEPTH as usize;
    for (open, close) in [
        ("(", ")"),
        ("!", ""),
        ("a[", "]"),
        ("Number(", ")"),
        ("a ? b : ", ""),
        ("-", ""),
    ] {
        let source = |times: usize| {
            // A space keeps two signs apart.
            format!(
                "{}a{}",
                format!("{open} ").repeat(times),
                close.repeat(times)
            )
        };
        assert_eq!(errors(&source(depth / 2)), [], "{open:?}");
        let deep = errors(&source(100_000));
        assert_eq!(
            deep[0].1, "This is nested more than 200 levels deep; take the expression apart.",
            "{open:?}"
        );
    }
    for chain in [" + a", " && a", ".a", "[0]", "?.a", " == a"] {
        let source = format!("a{}", chain.repeat(50_000));
        let expression = parse(&source);
        assert!(expression.is_valid(), "{chain:?}");
        let limits = Limits {
            steps: u32::MAX,
            ..Limits::default()
        };
        let _ = evaluate(&expression, &Roots, limits);
        let _ = (
            expression.constant(),
            expression.fingerprint(),
            expression.print(),
        );
        let _ = expression.type_mismatches(&|_| Types::ANY);
    }
}

#[test]
fn print_has_one_spelling() {
    let cases = [
        ("a&&( (b) )", "a && b"),
        ("'it\\'s' == \"x\"", "\"it's\" == \"x\""),
        ("(a+b)*c", "(a + b) * c"),
        ("a+(b*c)", "a + b * c"),
        ("a-(b-c)", "a - (b - c)"),
        ("- - a", "- -a"),
        ("(a?b:c)?d:e", "(a ? b : c) ? d : e"),
        ("a?b:(c?d:e)", "a ? b : c ? d : e"),
        ("(a?.b).c", "(a?.b).c"),
        ("(a.b).c", "a.b.c"),
        ("a ?. [ 'x' ]", "a?.[\"x\"]"),
        ("a?.includes?.( 1 , 2 )", "a?.includes?.(1, 2)"),
        ("(a||b)??c", "(a || b) ?? c"),
        ("!(a in b)", "!(a in b)"),
        ("0x10 + 1e3", "16 + 1000"),
        ("(1).length", "(1).length"),
        ("Math . max( a )", "Math.max(a)"),
        ("\"\\ud800\\n\"", "\"\\ud800\\n\""),
    ];
    for (source, expected) in cases {
        let expression = parse(source);
        assert_eq!(errors(source), []);
        assert_eq!(expression.print(), expected);
        assert!(
            expression.same(&parse(expected)),
            "{source:?} is not the same as {expected:?}"
        );
    }
}

#[test]
fn names_that_were_meant() {
    let roots = || flow::expression::ROOTS.iter().map(|(name, _)| *name);
    for (typed, expected) in [
        ("contex", Some("context")),
        ("cotnext", Some("context")),
        ("Intent", Some("intent")),
        ("entitys", Some("entities")),
        ("usr", Some("user")),
        ("x", None),
        ("banana", None),
        ("", None),
        ("sesion", Some("session")),
        ("INPUT", None),
    ] {
        assert_eq!(nearest(typed, roots()), expected, "{typed}");
    }
    assert_eq!(nearest(&"a".repeat(1000), roots()), None);
}

#[test]
fn colours() {
    use TokenClass::{
        Error, Literal, Method, Number, Operator, Property, Punctuation, Root, String,
    };
    let source = "a.b?.trim() in 1 && 'x' != true = “y”";
    let classes: Vec<TokenClass> = tokens(source)
        .iter()
        .map(|token| token.class)
        .filter(|class| *class != TokenClass::Space)
        .collect();
    assert_eq!(
        classes,
        [
            Root,
            Punctuation,
            Property,
            Punctuation,
            Method,
            Punctuation,
            Punctuation,
            Operator,
            Number,
            Operator,
            String,
            Operator,
            Literal,
            Error,
            Error,
        ]
    );
}

#[test]
fn completions() {
    let at = |source: &str| {
        let caret = source.find('|').unwrap();
        let source = source.replacen('|', "", 1);
        completion(&source, u32::try_from(caret).unwrap()).map(|found| {
            let path = found.path.map(|path| path.join("/"));
            (
                found.partial.to_owned(),
                source[found.replace.range()].to_owned(),
                path,
            )
        })
    };
    let name = |partial: &str, replace: &str, path: &str| {
        Some((
            partial.to_owned(),
            replace.to_owned(),
            Some(path.to_owned()),
        ))
    };
    assert_eq!(at("|"), name("", "", ""));
    assert_eq!(at("con|text == 1"), name("con", "context", ""));
    assert_eq!(at("a && context.|"), name("", "", "context"));
    assert_eq!(
        at("a && context?.address.st| == 1"),
        name("st", "st", "context/address")
    );
    assert_eq!(at("a + |"), name("", "", ""));
    assert_eq!(at("f().tr|"), Some(("tr".into(), "tr".into(), None)));
    assert_eq!(at("a == 'b|'"), None);
    assert_eq!(at("a == 'b'|"), name("", "", ""));
    assert_eq!(at("a == 1|"), None);
    assert_eq!(at("a.b|c.d"), name("b", "bc", "a"));
    assert_eq!(completion("ä", 1), None);
    assert_eq!(completion("a", 7), None);
}
