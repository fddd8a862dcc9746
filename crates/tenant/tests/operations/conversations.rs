//! The conversations in `tests/fixtures/conversations`, said to the engine here and to a bot of the
//! tenant, which must answer the same.

use cognigy::operation::{SimulationRequest, simulate};
use cognigy::resource::simulations::SimulationStatus;
use flow::document::Document;
use flow::json::parse;
use flow::rehearsal::{Input, Program, Variables};
use flow::rules::Settings;
use serde_json::{Value, json};
use tenant::Tenant;

use crate::world::{Setup, World, altered, tenant};

/// The conversations whose flow a simulation can run: dialog flows, with texts for inputs and no
/// variables that are there before.
fn conversations() -> Vec<(String, Value)> {
    let folder = format!(
        "{}/../../tests/fixtures/conversations",
        env!("CARGO_MANIFEST_DIR")
    );
    let paths = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut all: Vec<_> = paths
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            (name, serde_json::from_str::<Value>(&text).unwrap())
        })
        .collect();
    all.retain(|(_, fixture)| {
        let inputs = fixture["inputs"].as_array().unwrap();
        fixture["flow"]["states"].is_null()
            && fixture["variables"].is_null()
            && inputs
                .iter()
                .all(|input| input["intent"].is_null() && input["data"].is_null())
    });
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all
}

/// A tenant whose bot runs the flow.
fn with_flow(flow: &Value) -> Tenant {
    let version = json!({"id": "ver-f", "number": flow["version"], "status": "active",
        "createdAt": 0, "promoted": true, "flow": flow});
    altered(&tenant(), |world| {
        world["dialogs"]["f"] = json!({"cursorOnLast": false, "versions": [version]});
        world["bots"]["nordlicht-shop"]["dialogs"] = json!(["f"]);
    })
}

/// What is said and recognised at each input that is answered.
type Heard = Vec<(String, Option<String>, f64)>;

fn here(fixture: &Value, inputs: &[String]) -> Heard {
    let flow = fixture["flow"].to_string();
    let program = Program::of(&Document::read(flow.as_str().into()).unwrap()).unwrap();
    let inputs: Vec<Input> = inputs.iter().map(Input::text).collect();
    let turns = program.converse(&Variables::new(), &inputs);
    let expected = fixture["turns"].as_array().unwrap();
    for (turn, expected) in turns.iter().zip(expected) {
        let found = program.turn_json(turn);
        let found = parse(found.into()).unwrap().root().raw().to_owned();
        assert_eq!(&serde_json::from_str::<Value>(&found).unwrap(), expected);
    }
    let answered = turns
        .iter()
        .skip(1)
        .filter(|turn| turn.recognition.is_some());
    answered
        .map(|turn| {
            (
                turn.response(),
                turn.intent().map(str::to_owned),
                turn.confidence(),
            )
        })
        .collect()
}

fn there(fixture: &Value, inputs: &[String]) -> (Heard, SimulationStatus) {
    let world = World::new(
        with_flow(&fixture["flow"]),
        Setup {
            page: false,
            keys: true,
        },
        1,
    );
    let inputs: Vec<Value> = inputs.iter().map(|text| json!({"text": text})).collect();
    let script = json!({"botId": "nordlicht-shop", "environmentId": "staging",
        "versionId": format!("f-{}", fixture["flow"]["version"].as_str().unwrap()),
        "inputs": inputs, "context": {},
        "assertions": [{"step_index": 0, "expected_intent": "any", "expected_confidence_min": 0}]});
    let (text, settings) = (script.to_string(), Settings::default());
    let request = SimulationRequest {
        text: &text,
        settings: &settings,
    };
    let run = world
        .run(async { simulate(&world.tools, &request, &world.cancellation, &world.sink()).await });
    let run = run.unwrap().unwrap();
    let steps = run.steps.into_iter().map(|step| {
        let intent = Some(step.intent).filter(|intent| !intent.is_empty());
        (step.bot_response, intent, step.confidence)
    });
    (steps.collect(), run.status)
}

#[test]
fn a_bot_of_the_tenant_says_what_the_engine_says() {
    let conversations = conversations();
    assert!(conversations.len() >= 8, "the fixtures are missing");
    let mut steps = 0;
    for (name, fixture) in conversations {
        let inputs = fixture["inputs"].as_array().unwrap();
        let text = |input: &Value| {
            input
                .as_str()
                .or(input["text"].as_str())
                .unwrap()
                .to_owned()
        };
        let mut inputs: Vec<String> = inputs.iter().map(text).collect();
        if inputs.is_empty() {
            // A flow that is over before anything is said answers nothing.
            inputs.push("anyone there?".to_owned());
        }
        let (said, (heard, status)) = (here(&fixture, &inputs), there(&fixture, &inputs));
        assert_eq!(status, SimulationStatus::Completed, "{name}");
        assert_eq!(said.len(), heard.len(), "{name}: {said:?} {heard:?}");
        for (one, other) in said.iter().zip(&heard) {
            assert_eq!((&one.0, &one.1), (&other.0, &other.1), "{name}");
            assert!(
                (one.2 - other.2).abs() <= 0.000_05,
                "{name}: {one:?} {other:?}"
            );
        }
        steps += heard.len();
    }
    assert!(steps >= 10, "only {steps} steps were compared");
}
