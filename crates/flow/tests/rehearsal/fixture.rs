//! Running a conversation of the fixtures. Nothing here needs files, so that the tests in a browser
//! compile it too.

use flow::document::Document;
use flow::json::{ValueRef, parse, pretty};
use flow::rehearsal::{Input, Program, Turn, Variables};

/// The program of a flow that is written as JSON.
pub(crate) fn program(flow: &str) -> Program {
    Program::of(&Document::read(flow.into()).unwrap()).unwrap()
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
