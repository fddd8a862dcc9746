//! Reading scripts and filling texts, case by case.

use flow::expression::{Environment, Expression, Value};
use flow::script::{Action, Script, interpolate, parse, read};

/// The statements of a script in one line each.
fn outline(script: &Script<'_>) -> String {
    if script.is_opaque() {
        return "opaque".to_owned();
    }
    let mut lines = String::new();
    for statement in script.statements() {
        let printed: Vec<String> = statement
            .expressions()
            .iter()
            .map(Expression::print)
            .collect();
        let printed = printed.join(", ");
        let line = match &statement.action {
            Action::Set { name, .. } => format!("set {} to {printed}", name.name),
            Action::Say(_) => format!("say {printed}"),
            Action::Call { name, .. } => format!("call {} with {printed}", name.name),
        };
        lines.extend([line.as_str(), "; "]);
    }
    lines.trim_end().to_owned()
}

#[test]
fn statements() {
    let cases = [
        ("", ""),
        (" ;\n; ", ""),
        (
            "routeToAgent($context.agent)",
            "call routeToAgent with $context.agent;",
        ),
        ("set(tier, \"gold\")", "set tier to \"gold\";"),
        (
            "set('tier', 1 + 2); say('hi')",
            "set tier to 1 + 2; say \"hi\";",
        ),
        ("set(context.tier, 1)", "set tier to 1;"),
        (
            "a = 1\nb = a + 1;c=2",
            "set a to 1; set b to a + 1; set c to 2;",
        ),
        (
            "context.a = 1\n$context.b = 2\ncc.c = 3",
            "set a to 1; set b to 2; set c to 3;",
        ),
        ("api.route(a,\n  b,\n)", "call api.route with a, b;"),
        ("f()", "call f with ;"),
        ("a = (1 +\n 2)", "set a to 1 + 2;"),
        ("a = b.c(1)", "opaque"),
        ("say(\"a; b\\n\")", "say \"a; b\\n\";"),
        ("say()", "call say with ;"),
        ("set(a + b, 1)", "call set with a + b, 1;"),
        ("set(a)", "call set with a;"),
        ("a = 1 b = 2", "opaque"),
        ("if (a) { b() }", "opaque"),
        ("let a = 1", "opaque"),
        ("context.a.b = 1", "opaque"),
        ("session.a = 1", "opaque"),
        ("a == 1", "opaque"),
        ("a", "opaque"),
        ("f(g(x))", "opaque"),
        ("f({a: 1})", "opaque"),
        ("f(${agent})", "opaque"),
        ("f(1", "opaque"),
        ("f(,)", "opaque"),
        ("f(1))", "opaque"),
        ("say(\"open)", "opaque"),
        ("// note\na = 1", "opaque"),
        ("a =", "opaque"),
    ];
    for (source, expected) in cases {
        assert_eq!(outline(&parse(source)), expected, "{source:?}");
    }
}

#[test]
fn what_scripts_set_and_read() {
    let names = |source: &str| {
        let script = parse(source);
        let of = |name: &flow::script::Name<'_>| {
            assert_eq!(&source[name.span.range()], name.name);
            name.name.to_string()
        };
        let sets: Vec<String> = script.sets().map(of).collect();
        (
            sets.join(" "),
            script.reads().iter().map(of).collect::<Vec<_>>().join(" "),
        )
    };
    let cases = [
        ("a = b + context.c\nset('d', a)", "a d", "b c a"),
        (
            "say('Hi ${name}, {{ cc.tier }} ${input.text}' + x)",
            "",
            "name tier x",
        ),
        ("route(agent, user.id, \"{{x}}\")", "", "agent x"),
        ("if (y) { context.a = ${b} + {{c}} }", "", "a b c"),
    ];
    for (source, sets, reads) in cases {
        assert_eq!(
            names(source),
            (sets.to_owned(), reads.to_owned()),
            "{source:?}"
        );
    }
}

#[test]
fn spans_refer_to_the_whole_script() {
    let source = "a = 1;\n  say(b + 2)";
    let script = parse(source);
    let statement = &script.statements()[1];
    assert_eq!(&source[statement.span.range()], "say(b + 2)");
    let value = &statement.expressions()[0];
    assert_eq!(&source[value.node(value.root()).span.range()], "b + 2");
}

struct World;

impl Environment for World {
    fn root(&self, name: &str) -> Option<Value> {
        match name {
            "context" => Some(Value::object([
                ("name", Value::from("Ada {{n}}")),
                ("n", 1.5.into()),
                ("list", Value::array([1.0.into(), Value::from("x\"")])),
                ("nothing", Value::Null),
                ("address", Value::object([("street", Value::from("Elm"))])),
            ])),
            "input" => Some(Value::object([("text", Value::from("hello"))])),
            _ => None,
        }
    }
}

#[test]
fn texts_are_filled() {
    let cases = [
        ("no reference", "no reference"),
        ("Hi ${name}!", "Hi Ada {{n}}!"),
        ("{{n}} ${n} {{ context.n }} {{cc.n}}", "1.5 1.5 1.5 1.5"),
        ("${list} {{nothing}}", "[1,\"x\\\"\"] null"),
        (
            "${address.street} {{address.city}} ${address}",
            "Elm {{address.city}} {\"street\":\"Elm\"}",
        ),
        (
            "${ghost} {{ghost}} {{user.id}}",
            "${ghost} {{ghost}} {{user.id}}",
        ),
        ("${input.text} context.n", "hello context.n"),
        ("${list[\"length\"]} ${n.x.y}", "2 ${n.x.y}"),
    ];
    for (text, expected) in cases {
        assert_eq!(
            interpolate(text, |reference| read(reference, &World)),
            expected
        );
    }
}
