//! Whatever the text: an expression and a script are read, analysed and evaluated without a panic
//! and within limits, and what is printed reads the same.
#![no_main]

use flow::expression::{Environment, Limits, Value, evaluate, parse};
use libfuzzer_sys::fuzz_target;

struct Nothing;

impl Environment for Nothing {
    fn root(&self, _: &str) -> Option<Value> {
        None
    }
}

fuzz_target!(|source: &str| {
    let expression = parse(source);
    let limits = Limits {
        steps: 2_000,
        ..Limits::default()
    };
    drop(evaluate(&expression, &Nothing, limits));
    let printed = expression.print();
    drop(parse(&printed).print());
    drop(flow::script::parse(source).reads());
});
