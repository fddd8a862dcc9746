//! Agreement of expressions with a real JavaScript engine: Node evaluates what we evaluate, and
//! parses what we accept.

#![expect(clippy::unwrap_used, reason = "a failing helper fails the test")]

mod generate;
mod impossible;

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;

use flow::expression::{Environment, Limits, Value, evaluate, parse};
use serde_json::{Value as Json, json};

use generate::{EXACT, INEXACT, LITERALS, PATHS, Random, expression, mutate};

const EXPRESSIONS: usize = 6_000;
const MUTATIONS: usize = 6_000;

/// The values that names have, as Node and we both get them.
const CONTEXT: &str = r#"{
    "n": 0, "one": 1, "minus": -1.5, "big": 1e21, "small": 1e-7, "odd": 123456789012345680000,
    "empty": "", "space": " 12 ", "hex": "0x10", "text": "Gold Straße", "five": "5", "dot": ".5",
    "emoji": "a😀b", "high": "豈", "true": "true", "nothing": null, "yes": true, "no": false,
    "none": [], "single": [1], "list": ["a", 1, null, [2, 3], "😀"], "words": ["5"],
    "nested": {"deep": {"er": [1, {"x": "y"}]}}, "odd key": 7, "strange": {"toString": 1},
    "one2": "1", "tens": [10, 9, 1], "infinite": "-Infinity", "exp": "1e3", "line": "\u2028 7\ufeff"
}"#;

struct World {
    context: Value,
}

fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Boolean(*value),
        Json::Number(value) => Value::Number(value.as_f64().unwrap()),
        Json::String(value) => Value::from(value.as_str()),
        Json::Array(values) => Value::array(values.iter().map(self::value)),
        Json::Object(entries) => Value::object(
            entries
                .iter()
                .map(|(key, entry)| (Arc::<str>::from(key.as_str()), self::value(entry))),
        ),
    }
}

impl Environment for World {
    fn root(&self, name: &str) -> Option<Value> {
        let Value::Object(context) = &self.context else {
            return None;
        };
        match name {
            "context" => Some(self.context.clone()),
            "session" | "user" | "flow" | "profile" | "entities" | "input" | "intent" => {
                Some(context.get("nested").cloned().unwrap_or_default())
            }
            "agent" => Some(context.get("emoji").cloned().unwrap_or_default()),
            "count" => Some(context.get("one").cloned().unwrap_or_default()),
            "unset" => Some(Value::Undefined),
            _ => None,
        }
    }
}

/// Runs a program in Node with JSON in and out. `None` when there is no Node.
fn node(program: &str, input: &Json) -> Option<Json> {
    let spawned = Command::new("node")
        .args(["-e", program])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) => {
            assert!(
                std::env::var_os("CI").is_none(),
                "Node is needed to compare with JavaScript and could not be started: {error}"
            );
            eprintln!("skipped: Node could not be started ({error}), so nothing was compared");
            return None;
        }
    };
    let mut stdin = child.stdin.take().unwrap();
    let text = input.to_string();
    let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "Node failed");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

const EVALUATE: &str = r#"
const { sources, context } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const names = { context, $context: context, cc: context, agent: context.emoji, count: context.one, unset: undefined };
for (const name of ["session", "user", "flow", "profile", "cp", "entities", "input", "ci", "intent"]) names[name] = context.nested;
const known = new Map();
const label = (value, path) => {
  if (typeof value === "object" && value !== null && !known.has(value)) {
    known.set(value, path);
    for (const key of Object.keys(value)) label(value[key], path + "/" + key);
  }
};
label(context, "");
const units = text => Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
const describe = value => {
  if (value === undefined) return { undefined: true };
  if (typeof value === "number") return { number: Object.is(value, -0) ? "-0" : String(value) };
  if (typeof value === "string") return { string: units(value) };
  if (typeof value === "object" && value !== null) return { object: known.get(value) };
  if (typeof value === "function") return { function: true };
  return value;
};
console.log(JSON.stringify(sources.map(source => {
  let compiled;
  try { compiled = new Function(...Object.keys(names), "return (" + source + "\n)"); }
  catch (error) { return { syntax: String(error) }; }
  try { return describe(compiled(...Object.values(names))); }
  catch (error) { return { throws: String(error).toWellFormed() }; }
})));
"#;

fn label(value: &Value, path: &str, known: &mut Vec<(Value, String)>) {
    match value {
        Value::Array(values) => {
            known.push((value.clone(), path.to_owned()));
            for (index, inner) in values.iter().enumerate() {
                label(inner, &format!("{path}/{index}"), known);
            }
        }
        Value::Object(object) => {
            known.push((value.clone(), path.to_owned()));
            for (key, inner) in object.entries() {
                label(inner, &format!("{path}/{key}"), known);
            }
        }
        _ => {}
    }
}

fn describe(value: &Value, known: &[(Value, String)]) -> Json {
    let same = |other: &Value| match (value, other) {
        (Value::Array(left), Value::Array(right)) => Arc::ptr_eq(left, right),
        (Value::Object(left), Value::Object(right)) => Arc::ptr_eq(left, right),
        _ => false,
    };
    match value {
        Value::Undefined => json!({"undefined": true}),
        Value::Null => Json::Null,
        Value::Boolean(value) => json!(value),
        Value::Number(value) if *value == 0.0 && value.is_sign_negative() => {
            json!({"number": "-0"})
        }
        Value::Number(value) => json!({"number": flow::expression::number::to_text(*value)}),
        Value::String(text) => json!({"string": text.units().collect::<Vec<_>>()}),
        _ => {
            let (_, path) = known.iter().find(|(other, _)| same(other)).unwrap();
            json!({"object": path})
        }
    }
}

/// Evaluates all sources here and in Node; returns the disagreements.
fn disagreements(sources: &[String], near: bool) -> Vec<String> {
    let context: Json = serde_json::from_str(CONTEXT).unwrap();
    let input = json!({"sources": sources, "context": context});
    let Some(Json::Array(theirs)) = node(EVALUATE, &input) else {
        return Vec::new();
    };
    let world = World {
        context: value(&context),
    };
    let mut known = Vec::new();
    label(&world.context, "", &mut known);
    let values = theirs
        .iter()
        .filter(|theirs| theirs.get("throws").is_none())
        .count();
    assert!(
        values * 2 > theirs.len(),
        "most expressions throw, which compares too little"
    );
    let mut wrong = Vec::new();
    for (source, theirs) in sources.iter().zip(&theirs) {
        let parsed = parse(source);
        if !parsed.is_valid() {
            let message = &parsed.errors()[0].message;
            wrong.push(format!(
                "{source:?}: not accepted here ({message}), {theirs} in Node"
            ));
            continue;
        }
        let ours = match evaluate(&parsed, &world, Limits::default()) {
            Ok(value) => describe(&value, &known),
            Err(error) => json!({"throws": error.message}),
        };
        let agree = match (
            ours.get("throws"),
            theirs.get("throws").or(theirs.get("function")),
        ) {
            (Some(_), Some(_)) => true,
            (None, None) if near => nearly(&ours, theirs),
            (None, None) => ours == *theirs,
            _ => false,
        };
        if !agree {
            wrong.push(format!("{source:?}: {ours} here, {theirs} in Node"));
        }
    }
    wrong
}

fn nearly(ours: &Json, theirs: &Json) -> bool {
    let number = |json: &Json| -> Option<f64> {
        flow::expression::number::from_text(json.get("number")?.as_str()?).into()
    };
    match (number(ours), number(theirs)) {
        (Some(ours), Some(theirs)) => {
            ours.total_cmp(&theirs).is_eq()
                || (ours.is_nan() && theirs.is_nan())
                || (ours - theirs).abs() <= 1e-12 * theirs.abs()
        }
        _ => ours == theirs,
    }
}

#[test]
fn values_agree_with_node() {
    let mut random = Random(0x00C0_FFEE);
    let mut sources: Vec<String> = (0..EXPRESSIONS)
        .map(|_| expression(&mut random, 3))
        .collect();
    for left in LITERALS.iter().chain(PATHS) {
        for operator in ["==", "<", "<=", "+", "%", "in", "==="] {
            let right = random.pick(PATHS);
            sources.push(format!("{left} {operator} {right}"));
            let right = random.pick(LITERALS);
            sources.push(format!("{left} {operator} {right}"));
        }
        sources.push(format!("String({left})"));
        sources.push(format!("Number({left})"));
        for function in EXACT {
            sources.push(format!(
                "Math.{function}({left}, {})",
                random.pick(LITERALS)
            ));
        }
    }
    let wrong = disagreements(&sources, false);
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        sources.len(),
        wrong[..wrong.len().min(40)].join("\n")
    );
}

#[test]
fn transcendental_functions_agree_with_node_up_to_the_last_digits() {
    let mut sources = Vec::new();
    let mut random = Random(77);
    for function in INEXACT {
        sources.push(format!("Math.{function}()"));
        for left in LITERALS {
            sources.push(format!(
                "Math.{function}({left}, {})",
                random.pick(LITERALS)
            ));
            sources.push(format!("Math.{function}({left})"));
        }
    }
    for (name, _) in flow::expression::MATH_CONSTANTS {
        sources.push(format!("Math.{name}"));
    }
    let wrong = disagreements(&sources, true);
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        sources.len(),
        wrong.join("\n")
    );
}

#[test]
fn numbers_are_written_as_node_writes_them() {
    let mut random = Random(4711);
    let mut sources = Vec::new();
    for _ in 0..2_000 {
        let digits = random.next() % 10_u64.pow(u32::try_from(random.below(17)).unwrap() + 1);
        let exponent = i64::try_from(random.below(60)).unwrap() - 30;
        sources.push(format!("String({digits}e{exponent})"));
        sources.push(format!(
            "\"\" + -{digits}.{}e{}",
            random.below(1000),
            exponent * 10
        ));
        sources.push(format!(
            "Number(\"0x{:x}{:x}\")",
            random.next(),
            random.next()
        ));
    }
    let wrong = disagreements(&sources, false);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const ACCEPTS: &str = r#"
const sources = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(sources.map(source => {
  try { new Function("return (" + source + "\n)"); return true; } catch (error) { return String(error); }
})));
"#;

#[test]
fn what_is_accepted_here_is_accepted_by_node() {
    let mut random = Random(99);
    let sources: Vec<String> = (0..MUTATIONS)
        .map(|_| {
            let source = expression(&mut random, 2);
            mutate(&mut random, &source)
        })
        .collect();
    let accepted: Vec<&String> = sources
        .iter()
        .filter(|source| parse(source).is_valid())
        .collect();
    assert!(
        accepted.len() > MUTATIONS / 10,
        "the mutations leave too little to compare"
    );
    let Some(Json::Array(theirs)) = node(ACCEPTS, &json!(accepted)) else {
        return;
    };
    let wrong: Vec<String> = accepted
        .iter()
        .zip(&theirs)
        .filter(|(_, theirs)| **theirs != Json::Bool(true))
        .map(|(source, theirs)| format!("{source:?}: {theirs}"))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        accepted.len(),
        wrong.join("\n")
    );
}
