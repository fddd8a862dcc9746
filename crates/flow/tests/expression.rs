//! Parsing and analysis of expressions, case by case.

use flow::expression::references::{Form, scan_text, words};
use flow::expression::{
    Comparison, Environment, Expression, Limits, MAXIMUM_DEPTH, TokenClass, Types, Value,
    completion, evaluate, evaluate_traced, exhaustive, nearest, parse, tokens,
};
use proptest::prelude::*;

/// All errors of a source: the text they mark and what they say.
fn errors(source: &str) -> Vec<(String, String)> {
    let expression = parse(source);
    let said = |error: &flow::expression::SyntaxError| {
        (
            expression.slice(error.span).to_owned(),
            error.message.to_string(),
        )
    };
    expression.errors().iter().map(said).collect()
}

#[test]
fn mistakes_are_located_and_explained() {
    let cases: &[(&str, &[(&str, &str)])] = &[
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
    for (source, expected) in cases {
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

struct Roots;

impl Environment for Roots {
    fn root(&self, name: &str) -> Option<Value> {
        Some(match name {
            "a" | "x" => Value::Number(1.0),
            "context" => {
                Value::object([("tier", Value::from("silver")), ("n", Value::Number(3.0))])
            }
            _ => return None,
        })
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

fn declared(name: &str) -> Types {
    match name {
        "text" => Types::declared("string"),
        "count" => Types::declared("number"),
        "flag" => Types::declared("boolean"),
        "address" => Types::declared("object"),
        "list" => Types::declared("array"),
        _ => Types::ANY,
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

/// The variables of an expression with the text they are marked by.
fn variables(expression: &Expression<'_>) -> Vec<String> {
    let marked = |variable: flow::expression::references::Step| {
        assert_eq!(variable.name, expression.slice(variable.span));
        variable.name
    };
    expression
        .references()
        .filter_map(|reference| reference.variable())
        .map(marked)
        .collect()
}

#[test]
fn references_of_expressions() {
    let expression = parse(
        "context.a + $context?.b[cc['c d']].x + agent - (context).e + input.text + context[f]",
    );
    assert_eq!(variables(&expression), ["a", "b", "c d", "agent", "e", "f"]);
    let expression = parse("user.address[\"street name\"].includes(intent.name)");
    let paths: Vec<Vec<String>> = expression
        .references()
        .map(|reference| reference.steps().map(|step| step.name).collect())
        .collect();
    assert_eq!(paths, [vec!["address", "street name"], vec!["name"]]);
    let roots: Vec<&str> = expression
        .references()
        .map(|reference| reference.root_name())
        .collect();
    assert_eq!(roots, ["user", "intent"]);
}

#[test]
fn references_in_texts() {
    use Form::{Braces, Context, Dollar};
    let cases: &[(&str, &[(Form, &str, bool)])] = &[
        ("Hi ${agent}!", &[(Dollar, "agent", true)]),
        (
            "Hi {{agent}}, {{ context.agent }}",
            &[(Braces, "agent", true), (Braces, "agent", true)],
        ),
        (
            "f($context.agent, cc.b, context.c.d)",
            &[
                (Context, "agent", true),
                (Context, "b", true),
                (Context, "c", true),
            ],
        ),
        (
            "context[\"a b\"] context?.['x'] context?.y",
            &[
                (Context, "a b", true),
                (Context, "x", true),
                (Context, "y", true),
            ],
        ),
        ("my.context.x acc.y context ccx.y", &[]),
        ("${} ${a b} {{}} { {a}} ${a", &[]),
        (
            "${input.text} {{context}}",
            &[(Dollar, "text", false), (Braces, "context", false)],
        ),
        ("${a.b}${ c }", &[(Dollar, "a", true), (Dollar, "c", true)]),
        ("{{{a}}}", &[]),
        (
            "Hello${a}$${b}",
            &[(Dollar, "a", true), (Dollar, "b", true)],
        ),
        ("${context.x", &[(Context, "x", true)]),
        (
            "é${ü}😀{{x1}}",
            &[(Dollar, "ü", true), (Braces, "x1", true)],
        ),
    ];
    for (text, expected) in cases {
        let found: Vec<(Form, &str, bool)> = scan_text(text)
            .map(|reference| {
                assert_eq!(&text[reference.name_span.range()], reference.name);
                (reference.form, reference.name, reference.names_variable())
            })
            .collect();
        assert_eq!(found, *expected, "{text}");
    }
    let plain: Vec<bool> = scan_text("${a} ${ a } ${context.a} ${a.b} {{a}}")
        .map(|reference| reference.is_plain_dollar())
        .collect();
    assert_eq!(plain, [true, false, false, false, false]);
    let found: Vec<&str> = words("if (agent.name) { x1 }")
        .map(|(word, _)| word)
        .collect();
    assert_eq!(found, ["if", "agent", "x1"]);
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

#[test]
fn reasons_name_what_decided() {
    let source = "a == 1 && (context.tier == \"gold\" || context.n > 5) && ghost";
    let expression = parse(source);
    let (value, trace) = evaluate_traced(&expression, &Roots, Limits::default());
    assert!(!value.unwrap().is_truthy());
    let reasons: Vec<(&str, Vec<String>)> = expression
        .reasons(&trace)
        .iter()
        .map(|reason| {
            let values = reason
                .operands
                .iter()
                .map(|(span, value)| format!("{}: {}", expression.slice(*span), value.to_json()));
            (expression.slice(reason.span), values.collect())
        })
        .collect();
    assert_eq!(
        reasons,
        [
            (
                "context.tier == \"gold\"",
                vec!["context.tier: \"silver\"".to_owned()]
            ),
            ("context.n > 5", vec!["context.n: 3".to_owned()]),
        ]
    );
}

#[test]
fn evaluation_errors_are_located_sentences() {
    let cases = [
        ("ghost > 1", "ghost", "There is nothing named `ghost`."),
        (
            "context.order.total > 5",
            "context.order.total",
            "`context.order` is undefined, so `total` cannot be read from it; write `?.` if it may be missing.",
        ),
        (
            "context.n.trim()",
            "context.n.trim()",
            "`context.n` is a number, which has no method `trim`.",
        ),
        (
            "context.tier.trim",
            "context.tier.trim",
            "`trim` is a method; write `trim(…)` to call it.",
        ),
        (
            "1 in 'a'",
            "1 in 'a'",
            "`in` looks for a key in an object or a list, and this is a string.",
        ),
        ("a = 1", "=", "`=` assigns; write `==` to compare."),
    ];
    for (source, span, message) in cases {
        let error = evaluate(&parse(source), &Roots, Limits::default()).unwrap_err();
        assert_eq!(
            (&source[error.span.range()], &*error.message),
            (span, message)
        );
    }
}

#[test]
fn evaluation_is_bounded() {
    let doubled = format!("{}'0123456789abcdef'{}", "(".repeat(3), ")".repeat(3));
    let long = vec![doubled; 5_000].join(" + ");
    let text = evaluate(
        &parse(&long),
        &Roots,
        Limits {
            text: 4_096,
            ..Limits::default()
        },
    )
    .unwrap_err();
    assert_eq!(
        text.message,
        "The evaluation stopped: a text becomes too long."
    );
    let steps = evaluate(
        &parse(&long),
        &Roots,
        Limits {
            steps: 500,
            ..Limits::default()
        },
    )
    .unwrap_err();
    assert_eq!(
        steps.message,
        "The evaluation stopped: it takes too many steps."
    );
    let mut nested = Value::array([]);
    for _ in 0..150 {
        nested = Value::array([nested]);
    }
    struct Nested(Value);
    impl Environment for Nested {
        fn root(&self, _name: &str) -> Option<Value> {
            Some(self.0.clone())
        }
    }
    let depth = evaluate(&parse("a + ''"), &Nested(nested), Limits::default()).unwrap_err();
    assert_eq!(
        depth.message,
        "The evaluation stopped: a list is nested too deep to be turned into text."
    );
}

#[test]
fn objects_keep_the_last_of_repeated_keys() {
    let object = Value::object([
        ("b", 1.0.into()),
        ("a", 2.0.into()),
        ("b", 3.0.into()),
        ("c", Value::Null),
        ("b", 4.0.into()),
    ]);
    assert_eq!(object.to_json(), r#"{"b":4,"a":2,"c":null}"#);
    let Value::Object(object) = object else {
        unreachable!()
    };
    let get = |key: &str| object.get(key).map(Value::to_json);
    assert_eq!(
        [get("a"), get("b"), get("c"), get("d")],
        [
            Some("2".into()),
            Some("4".into()),
            Some("null".into()),
            None
        ]
    );
}

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
    let length = u32::try_from(source.len()).unwrap();
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
