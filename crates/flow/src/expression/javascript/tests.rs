use super::impossible;
use crate::expression::parse;

#[test]
fn what_may_be_javascript_passes() {
    for source in [
        "input.text === 'yes'",
        "context.list?.[0]?.name ?? 'none'",
        "/^[\"'(]+$/i.test(input.text)",
        "input.text.match(/\\/(a|b)/g).length > 1",
        "context.items.filter(item => item.price > 5).length",
        "context.items.some((item, index) => { return item.id === index })",
        "(() => true)()",
        "((a, b) => a + b)(1, 2)",
        "`a ${context.b} and ${`inner ${1}`} c` == input.text",
        "new Date().getHours() >= 9 && new Date().getHours() < 17",
        "typeof context.x !== 'undefined'",
        "!(\"name\" in profile) || context instanceof Object",
        "[1, 2, , 3].includes(context.x)",
        "({a: 1, 'b': [2], ...context}).a",
        "context.x = 5",
        "context.count++ < 3",
        "--context.count",
        "a ? b : c ? d : e",
        "a /* why */ && b // because",
        "x >>> 2 | 3 ^ 4 & ~5",
        "1e-5 + .5 + 5. + 0xFF + 10n + 1_000",
        "if (a > 1) { return true }",
        "return context.x",
        "function () { return ')' }",
        "a\nb",
        "a;",
        "a, b",
        "f(a, b,)",
        "context['a b'][0].c()",
        "tag`text`",
        "a.if.class.new",
        "été.naïve === \"ü\"",
        "\"line \\\ncontinued\"",
        "/[/]/.test(a)",
        "a = /=/",
        "{ }",
        "await x",
        "a /b/ c",
        "void 0",
        "...a",
    ] {
        assert_eq!(impossible(source), None, "{source}");
    }
}

#[test]
fn what_cannot_be_javascript_is_found_where_it_is() {
    for (source, place, part) in [
        ("", 0, "empty"),
        ("  ", 0, "empty"),
        ("(a > 1", 0, "not closed"),
        ("a > 1)", 5, "closes nothing"),
        ("f(a]", 3, "closes nothing"),
        ("[1, 2", 0, "not closed"),
        ("a == 'yes", 5, "not closed"),
        ("a == \"yes\nno\"", 5, "not closed"),
        ("`a ${b", 0, "not closed"),
        ("`a", 0, "not closed"),
        ("a /* b", 2, "not closed"),
        ("a ==", 2, "missing after"),
        ("a && || b", 5, "missing after"),
        ("== 5", 0, "missing before"),
        ("(== 5)", 1, "missing before"),
        ("a == ", 2, "missing after"),
        ("!", 0, "missing after"),
        ("a and b", 2, "&&"),
        ("a b", 2, "operator is missing"),
        ("a 5", 2, "operator is missing"),
        ("'a' 'b'", 4, "operator is missing"),
        ("it's", 2, "not closed"),
        ("a.", 1, "after the dot"),
        ("a..b", 1, "after the dot"),
        ("f(,a)", 2, "missing before"),
        ("f(a,,b)", 4, "missing after"),
        ("a[]", 2, "brackets"),
        ("a == ()", 6, "parentheses"),
        ("a ? b", 2, "no `:`"),
        ("(a ? b)", 3, "no `:`"),
        ("f(a: 1)", 3, "belongs to no"),
        ("a == “b”", 5, "straight"),
        ("a ≥ 5", 2, ">="),
        ("a @ b", 2, "no meaning"),
        ("a =< b", 3, "missing after"),
        ("a }", 2, "closes nothing"),
        ("{a: (1}", 6, "closes nothing"),
        ("a == /b", 5, "missing after"),
    ] {
        let found = impossible(source).unwrap_or_else(|| panic!("{source} passes"));
        assert!(found.message.contains(part), "{source}: {}", found.message);
        assert_eq!(found.span.start, place, "{source}: {}", found.message);
    }
}

proptest::proptest! {
    /// The two readers agree: what conditions of dialog flows may be, JavaScript may be.
    #[test]
    fn whatever_the_expression_language_reads_may_be_javascript(
        parts in proptest::collection::vec(proptest::sample::select(PARTS), 1..12)
    ) {
        let source = parts.concat();
        if parse(&source).is_valid() {
            proptest::prop_assert_eq!(impossible(&source), None);
        }
    }

    #[test]
    fn any_text_is_read_to_a_place_inside_it(source in "(?s).{0,60}|[-a'\"`$(){}\\[\\]/?:.,!=\\\\ \n]{0,20}") {
        if let Some(found) = impossible(&source) {
            proptest::prop_assert!(source.get(found.span.range()).is_some());
        }
    }
}

const PARTS: &[&str] = &[
    "a",
    "context",
    ".b",
    "'x'",
    "\"y\"",
    "5",
    "0.5",
    "null",
    "!",
    "-",
    "+",
    "(",
    ")",
    "[",
    "]",
    "?.",
    "?",
    ":",
    ",",
    " in ",
    " == ",
    "&&",
    "||",
    "??",
    "<",
    "/",
    " ",
    "Math.max",
    ".includes",
    "\\",
    "'",
];
