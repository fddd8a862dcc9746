//! References in expressions and texts.

use flow::expression::references::{Form, Reference, Step, scan_text, words};
use flow::expression::{Expression, parse};

/// How it is written, the name, and whether it is a variable.
type Found = (Form, &'static str, bool);

/// The variables of an expression with the text they are marked by.
fn variables(expression: &Expression<'_>) -> Vec<String> {
    let marked = |variable: Step| {
        assert_eq!(variable.name, expression.slice(variable.span));
        variable.name
    };
    expression
        .references()
        .filter_map(Reference::variable)
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
    let roots: Vec<&str> = expression.references().map(Reference::root_name).collect();
    assert_eq!(roots, ["user", "intent"]);
}

#[test]
fn references_in_texts() {
    use Form::{Braces, Context, Dollar};
    let cases: &[(&str, &[Found])] = &[
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
        let found: Vec<Found> = scan_text(text)
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
