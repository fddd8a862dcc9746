//! The text Python writes: fixed vectors, and a comparison with a real `python3` where there is one.

use std::io::Write as _;
use std::process::{Command, Stdio};

use flow::json::{parse, python_len, python_text};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};
use serde::Deserialize;

#[derive(Deserialize)]
struct Vector {
    source: String,
    sorted: String,
    unsorted: String,
}

#[test]
fn vectors() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/fixtures/checksum/vectors.json"
    );
    let vectors: Vec<Vector> =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(vectors.len() > 10);
    for vector in vectors {
        let tree = parse(vector.source.as_str().into()).unwrap();
        assert_eq!(python_text(tree.root(), true), vector.sorted);
        assert_eq!(python_text(tree.root(), false), vector.unsorted);
        assert_eq!(python_len(tree.root()), vector.unsorted.len());
    }
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        any::<f64>()
            .prop_filter("JSON has no other numbers", |number| number.is_finite())
            .prop_map(|number| format!("{number:e}")),
        (any::<i32>(), -30..30_i32).prop_map(|(digits, exponent)| format!("{digits}e{exponent}")),
        (any::<i16>(), any::<u16>()).prop_map(|(whole, part)| format!("{whole}.{part:05}")),
        // Exact powers of two have the hardest ties among shortest spellings.
        (-1074..1024_i32).prop_map(|power| format!("{:e}", 2_f64.powi(power))),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(any::<char>(), 0..6)
        .prop_map(|characters| serde_json::Value::String(String::from_iter(characters)).to_string())
}

fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => number(),
        3 => text(),
        1 => prop::sample::select(vec!["null", "true", "false", "-0", "{}", "[]"])
            .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(4, 30, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6)
                .prop_map(|elements| format!("[{}]", elements.join(","))),
            prop::collection::btree_map(text(), inner, 0..6).prop_map(|members| {
                let members: Vec<String> = members
                    .into_iter()
                    .map(|(key, value)| format!("{key}:{value}"))
                    .collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    })
}

#[test]
fn agrees_with_python() {
    let script = "import json, sys\nfor line in sys.stdin:\n    v = json.loads(line)\n    \
                  print(json.dumps(v, sort_keys=True))\n    print(json.dumps(v))\n";
    let Ok(mut python) = Command::new("python3")
        .args(["-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
    else {
        eprintln!("python3 is not installed: only the fixed vectors were checked");
        return;
    };
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    );
    let sources: Vec<String> = (0..3_000)
        .map(|_| value().new_tree(&mut runner).unwrap().current())
        .collect();
    let input = sources.join("\n") + "\n";
    let mut stdin = python.stdin.take().unwrap();
    let feeder = std::thread::spawn(move || stdin.write_all(input.as_bytes()).unwrap());
    let output = python.wait_with_output().unwrap();
    feeder.join().unwrap();
    assert!(output.status.success());
    let output = String::from_utf8(output.stdout).unwrap();
    let mut lines = output.lines();
    for source in &sources {
        let tree = parse(source.as_str().into()).unwrap();
        assert_eq!(lines.next(), Some(&*python_text(tree.root(), true)));
        assert_eq!(lines.next(), Some(&*python_text(tree.root(), false)));
    }
}
