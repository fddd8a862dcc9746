//! Reading fixtures and flows for the tests of rehearsal.

use std::path::PathBuf;

use flow::document::Document;
use flow::json::{ValueRef, parse, pretty};
use flow::rehearsal::{Input, Program, Turn, Variables};

/// The folder with the conversations.
pub(crate) fn folder() -> PathBuf {
    [
        env!("CARGO_MANIFEST_DIR"),
        "..",
        "..",
        "tests",
        "fixtures",
        "conversations",
    ]
    .iter()
    .collect()
}

/// The program of a flow that is written as JSON.
pub(crate) fn program(flow: &str) -> Program {
    Program::of(&Document::read(flow.into()).unwrap()).unwrap()
}

/// A dialog flow of nodes `(id, type, properties)` and edges `(source, target, condition)`, which
/// are called e1, e2…; it starts at the first node.
pub(crate) fn dialog(nodes: &[(&str, &str, &str)], edges: &[(&str, &str, &str)]) -> Program {
    let start = nodes[0].0;
    let nodes: Vec<String> = nodes
        .iter()
        .map(|(id, kind, properties)| {
            format!(r#"{{"id":"{id}","type":"{kind}","label":"{id}","properties":{properties}}}"#)
        })
        .collect();
    let edges: Vec<String> = (1..)
        .zip(edges)
        .map(|(number, (source, target, condition))| {
            format!(
                r#"{{"id":"e{number}","source":"{source}","target":"{target}","condition":{condition}}}"#
            )
        })
        .collect();
    program(&format!(
        r#"{{"id":"f","name":"F","version":"1.0.0","entryPoint":"{start}","nodes":[{}],"edges":[{}]}}"#,
        nodes.join(","),
        edges.join(",")
    ))
}

/// The turns of a conversation with a fixture's flow.
pub(crate) fn converse(fixture: ValueRef<'_>) -> (Program, Vec<Turn>) {
    let program = program(fixture.get("flow").unwrap().raw());
    let variables = fixture.get("variables");
    let variables = variables.map_or_else(Variables::new, Variables::read);
    let inputs = fixture.get("inputs").unwrap().elements();
    let inputs: Vec<Input> = inputs.map(|input| Input::read(input).unwrap()).collect();
    let turns = program.converse(&variables, &inputs);
    (program, turns)
}

/// Turns as they stand in a fixture, laid out.
pub(crate) fn written(program: &Program, turns: &[Turn]) -> String {
    let turns: Vec<String> = turns.iter().map(|turn| program.turn_json(turn)).collect();
    let json = format!("[{}]", turns.join(","));
    pretty(parse(json.into()).unwrap().root())
}
