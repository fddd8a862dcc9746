//! Evaluation apart from its agreement with Node: errors, limits, reasons.

use flow::expression::{Environment, Limits, Value, evaluate, evaluate_traced, parse};

use crate::Roots;

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

/// Every name has this value.
struct Nested(Value);

impl Environment for Nested {
    fn root(&self, _name: &str) -> Option<Value> {
        Some(self.0.clone())
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
