//! The rehearsal engine of Flowdeck behind the port: what a bot of the practice tenant runs.

use flow::document::Document;
use flow::expression::Value;
use flow::json::parse;
use flow::rehearsal::{Event, Given, Input, Program, Run, Scope, Turn, Variables};

use crate::entities::Slots;
use crate::rehearse::{Entity, Rehearse, Step};

/// Runs flows with the rehearsal engine. Intents are recognised by their examples; entities are
/// the words that look like data, in the order in which the flow reads entities next.
#[derive(Clone, Copy, Debug, Default)]
pub struct Engine;

impl Rehearse for Engine {
    fn run(&self, flow_json: &str, inputs: &[&str], context_json: &str) -> Vec<Step> {
        // The tenant keeps flows that were read before, so neither is met.
        let Ok(document) = Document::read(flow_json.into()) else {
            return Vec::new();
        };
        let Some((program, flow)) = Program::of(&document).zip(document.dialog_flow()) else {
            return Vec::new();
        };
        let slots = Slots::of(flow);
        let mut variables = Variables::new();
        if let Ok(context) = parse(context_json.into()) {
            variables.set_members(Scope::Conversation, context.root());
        }
        let (mut run, _) = program.start(&variables);
        let mut steps = Vec::with_capacity(inputs.len());
        for input in inputs {
            if !run.status().is_waiting() {
                break;
            }
            let (next, step) = say(&program, &run, &slots, input);
            run = next;
            steps.push(step);
        }
        steps
    }
}

/// Says an input. When it is known which intent it matches, it is known which entities are read
/// next; then it is said again, with what was found of them.
fn say(program: &Program, run: &Run, slots: &Slots<'_>, text: &str) -> (Run, Step) {
    let (next, turn) = program.say(run, &Input::text(text));
    let entities = match matched(&turn) {
        Some(node) => slots.found_in(text, node),
        None => Vec::new(),
    };
    if entities.is_empty() {
        let step = step(&turn, entities);
        return (next, step);
    }
    let values = entities
        .iter()
        .map(|entity| (entity.kind.as_str(), Value::from(entity.value.as_str())));
    let input = Input {
        given: Some(Given {
            intent: turn.intent().map(str::to_owned),
            confidence: turn.confidence(),
            entities: Value::object(values),
        }),
        ..Input::text(text)
    };
    let (next, turn) = program.say(run, &input);
    let step = step(&turn, entities);
    (next, step)
}

fn matched(turn: &Turn) -> Option<usize> {
    turn.events.iter().find_map(|event| match event {
        Event::Matched(node) => Some(*node),
        _ => None,
    })
}

fn step(turn: &Turn, entities: Vec<Entity>) -> Step {
    Step {
        response: turn.response(),
        intent: turn.intent().map(str::to_owned),
        confidence: turn.confidence(),
        entities,
    }
}
