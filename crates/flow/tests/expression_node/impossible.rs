//! What is said to be no JavaScript at all: Node must refuse it too, as an expression and as a program.

use flow::expression::impossible;
use serde_json::{Value as Json, json};

use crate::generate::{Random, expression, mutate};
use crate::node;

const SOURCES: usize = 40_000;

/// Pieces that sources are put together of.
const PIECES: &[&str] = &[
    "a",
    "context.b",
    "'x'",
    "\"y\"",
    "5",
    ".5",
    "1e3",
    "0x1F",
    "10n",
    "null",
    "this",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "`",
    "`x${",
    "}`",
    ",",
    ";",
    ":",
    "?",
    "?.",
    ".",
    "...",
    "=>",
    "=",
    "==",
    "===",
    "+=",
    "+",
    "-",
    "++",
    "--",
    "*",
    "**",
    "/",
    "/b/g",
    "/[/]/",
    "//",
    "/*",
    "*/",
    "%",
    "<",
    ">",
    "<=",
    ">>>",
    "<<=",
    "&",
    "&&",
    "||=",
    "??",
    "^",
    "~",
    "!",
    "typeof ",
    "new ",
    "void ",
    " in ",
    " instanceof ",
    "await ",
    "async ",
    "function ",
    "class ",
    "return ",
    "if ",
    "let ",
    "of ",
    "\\u0061",
    "#a",
    "@",
    "\n",
    " ",
    "é",
    "\\",
    "'",
    "\"",
    "a b",
    "x => x",
    "() => ",
    "f(",
    "a[",
    "a ? b : c",
    "({a: 1})",
    "[1, , 2]",
];

const REFUSES: &str = r#"
const sources = JSON.parse(require("fs").readFileSync(0, "utf8"));
const asynchronous = (async () => {}).constructor;
const compiles = (make, source) => { try { new make(source); return true; } catch { return false; } };
console.log(JSON.stringify(sources.map(source =>
  compiles(Function, "return 0, " + source) || compiles(Function, source)
    || compiles(asynchronous, "return 0, " + source))));
"#;

#[test]
fn what_cannot_be_javascript_is_refused_by_node() {
    let mut random = Random(0x00DE_CADE);
    let sources: Vec<String> = (0..SOURCES)
        .map(|number| {
            if number % 4 == 0 {
                let source = expression(&mut random, 2);
                return mutate(&mut random, &source);
            }
            let count = 1 + random.below(9);
            (0..count).map(|_| random.pick(PIECES)).collect()
        })
        .collect();
    let reported: Vec<&String> = sources
        .iter()
        .filter(|source| !source.trim().is_empty() && impossible(source).is_some())
        .collect();
    assert!(
        reported.len() > SOURCES / 4,
        "{} of {SOURCES} are too few to compare",
        reported.len()
    );
    let Some(Json::Array(accepted)) = node(REFUSES, &json!(reported)) else {
        return;
    };
    let wrong: Vec<String> = reported
        .iter()
        .zip(&accepted)
        .filter(|(_, accepted)| **accepted != Json::Bool(false))
        .map(|(source, _)| format!("{source:?}: {:?}", impossible(source)))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        reported.len(),
        wrong[..wrong.len().min(40)].join("\n")
    );
}
