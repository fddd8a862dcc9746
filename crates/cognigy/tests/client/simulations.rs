//! Simulations: what is asked before, the wait, the verdict and its reports.

use cognigy::http::Method;
use cognigy::operation::{
    SimulationRequest, SimulationRun, Stopped, junit, markdown, simulate, simulate_suite,
};
use cognigy::ports::TransportError;
use cognigy::resource::simulations::SimulationStatus;
use flow::rules::Settings;
use serde_json::{Value, json};

use crate::support::{Making, Reply, World, body};

fn script() -> Value {
    json!({"botId": "b", "environmentId": "e", "versionId": "v",
        "inputs": [{"text": "hi"}, {"text": "order 17", "delay_ms": 5}, {"text": "bye"}],
        "context": {"card": "hidden-value"},
        "assertions": [
            {"step_index": 0, "expected_intent": "greet", "expected_node": "n", "expected_text": "t"},
            {"step_index": 1, "expected_intent": "order", "expected_confidence_min": 0.5,
             "expected_entities": {"number": 17, "color": "red"}},
            {"step_index": 2, "expected_intent": "bye"}]})
}

fn step(index: usize, intent: &str, confidence: f64, entities: &Value) -> Value {
    json!({"index": index, "userInput": "u", "botResponse": "r",
        "nlu": {"intent": intent, "confidence": confidence, "entities": entities}})
}

struct Tenant {
    status: &'static str,
    mode: &'static str,
    ends: &'static str,
    submit: Vec<Reply>,
    steps: Vec<Value>,
    looks: usize,
}

impl Default for Tenant {
    fn default() -> Self {
        Self {
            status: "ACTIVE",
            mode: "SHARED",
            ends: "COMPLETED",
            submit: Vec::new(),
            steps: vec![
                step(1, "order", 0.9, &json!([{"type": "number", "value": 18}])),
                step(0, "greet", 0.85, &json!([])),
            ],
            looks: 0,
        }
    }
}

fn world(tenant: Tenant) -> World {
    world_made(Making::default(), tenant)
}

fn world_made(mut making: Making, mut tenant: Tenant) -> World {
    making.connection.webhooks.ml_ops = "https://hooks.example.com/mlops".into();
    World::made(making, move |request| {
        let path = request
            .url
            .trim_start_matches("https://tenant.example.com/api/v1");
        match (request.method, path) {
            (_, "/bots/b/versions") => Reply::json(
                200,
                &json!([{"id": "v", "name": "V", "status": tenant.status}]),
            ),
            (_, "/environments/e") => Reply::json(
                200,
                &json!({"id": "e", "isolation_mode": tenant.mode, "allowed_bot_ids": ["other"]}),
            ),
            (Method::Post, "/simulations") => {
                let lost = tenant.submit.pop();
                lost.unwrap_or_else(|| Reply::json(202, &json!({"id": "s1", "status": "RUNNING"})))
            }
            (Method::Get, "/simulations/s1") => {
                tenant.looks += 1;
                let (status, came) = match tenant.looks {
                    1 => ("RUNNING", 0),
                    2 => ("RUNNING", 1),
                    _ => (tenant.ends, tenant.steps.len()),
                };
                let steps = &tenant.steps[..came];
                Reply::json(
                    200,
                    &json!({"id": "s1", "status": status, "durationMs": 1234, "steps": steps}),
                )
            }
            _ => Reply::json(200, &json!({})),
        }
    })
}

fn run(world: &World) -> Result<SimulationRun, Stopped> {
    let settings = Settings::default();
    let text = script().to_string();
    let request = SimulationRequest {
        text: &text,
        settings: &settings,
    };
    world.run(simulate(
        &world.tools,
        &request,
        &world.cancellation,
        &world.sink(),
    ))
}

#[test]
fn a_run_is_followed_and_assessed() {
    let world = world(Tenant::default());
    let report = run(&world).unwrap();
    assert_eq!(report.status, SimulationStatus::Completed);
    let passed: Vec<bool> = report
        .assertions
        .iter()
        .map(|result| result.passed)
        .collect();
    assert_eq!(passed, [true, false, false]);
    let reasons: Vec<Option<String>> = report
        .assertions
        .iter()
        .map(cognigy::operation::AssertionResult::reason)
        .collect();
    assert_eq!(reasons[1].as_deref(), Some("no entity of type color"));
    assert_eq!(reasons[2].as_deref(), Some("the step never came"));
    let number = report.assertions[1]
        .values
        .iter()
        .find(|value| value.entity == "number")
        .unwrap();
    assert_eq!((number.equal, &number.found), (false, &vec![json!(18)]));
    assert_eq!(
        report.metrics.to_json(),
        json!({"duration_ms": 1234, "avg_intent_confidence": 0.875, "avg_entity_accuracy": 0.5,
            "passed_assertions": 1, "total_assertions": 3, "assertion_success_rate": 33.33})
    );
    let sent = body(&world.wire.seen.borrow()[2].1);
    assert_eq!(
        sent["assertions"][0],
        json!({"step_index": 0, "expected_intent": "greet",
        "expected_confidence_min": 0.85, "expected_entities": {}})
    );
    assert_eq!(sent["inputs"][0], json!({"text": "hi", "delay_ms": 0}));
    let audited = &world.audited()[1].1;
    assert_eq!(
        (&audited["compliance_status"], &audited["simulation_id"]),
        (&json!("FAIL"), &json!("s1"))
    );
    assert!(!world.everything().contains("hidden-value"));
    let seen = world.wire.seen.borrow();
    let told = &seen.last().unwrap().1;
    assert_eq!(told.header("x-source"), Some("cognigy-sim-runner"));
    assert_eq!(told.header("authorization"), None);
    let told = body(told);
    assert_eq!(told["event"], "cognigy_simulation_complete");
    let log: Value = serde_json::from_str(told["audit_log"].as_str().unwrap()).unwrap();
    assert_eq!(log["metrics"], report.metrics.to_json());
}

#[test]
fn a_clean_run_passes_only_when_it_was_completed() {
    let steps = || {
        let entities =
            json!([{"type": "number", "value": 17.0}, {"type": "color", "value": "red"}]);
        vec![
            step(0, "greet", 0.9, &json!([])),
            step(1, "order", 0.5, &entities),
            step(2, "bye", 1.0, &json!([])),
        ]
    };
    for (ends, passes) in [("COMPLETED", true), ("FAILED", false)] {
        let world = world(Tenant {
            steps: steps(),
            ends,
            ..Tenant::default()
        });
        let report = run(&world).unwrap();
        assert_eq!(report.metrics.passed_assertions, 3);
        assert!(report.assertions[1].values.iter().all(|value| value.equal));
        assert_eq!(report.passes(), passes);
        let verdict = if passes { "PASS" } else { "FAIL" };
        assert_eq!(world.audited()[1].1["compliance_status"], verdict);
    }
}

#[test]
fn what_cannot_be_talked_to_is_refused() {
    let inactive = world(Tenant {
        status: "DRAFT",
        ..Tenant::default()
    });
    assert!(
        run(&inactive)
            .unwrap_err()
            .to_string()
            .contains("is DRAFT, not ACTIVE")
    );
    let isolated = world(Tenant {
        mode: "STRICT",
        ..Tenant::default()
    });
    assert!(matches!(run(&isolated), Err(Stopped::Isolated { .. })));
    assert_eq!(isolated.count("POST /api/v1/simulations"), 0);
}

#[test]
fn a_lost_submission_is_sent_once_more_under_its_key() {
    let lost = || Reply::Fail(TransportError::Dropped, 5);
    let once = world(Tenant {
        submit: vec![lost()],
        ..Tenant::default()
    });
    assert_eq!(run(&once).unwrap().status, SimulationStatus::Completed);
    let seen = once.wire.seen.borrow();
    let keys: Vec<_> = seen
        .iter()
        .filter_map(|(_, request)| request.header("idempotency-key"))
        .collect();
    assert!(keys.len() == 2 && keys[0] == keys[1]);

    let twice = world(Tenant {
        submit: vec![lost(), lost(), lost()],
        ..Tenant::default()
    });
    let report = run(&twice).unwrap();
    assert!(report.id.is_none() && report.cut_short.is_some());
    assert_eq!(twice.count("POST /api/v1/simulations"), 2);
    assert_eq!(
        twice.memory.records.borrow().len(),
        1,
        "whether one runs is not known"
    );
}

#[test]
fn a_run_that_never_ends_is_not_followed_for_ever() {
    let world = world(Tenant {
        ends: "RUNNING",
        ..Tenant::default()
    });
    let report = run(&world).unwrap();
    assert!(report.cut_short.unwrap().contains("took longer"));
    assert!((300_000..310_000).contains(&world.time.passed()));
}

#[test]
fn a_suite_has_one_verdict_and_reports() {
    let world = world(Tenant::default());
    let settings = Settings::default();
    let (good, bad) = (script().to_string(), "{}".to_owned());
    let requests = [
        (
            "orders | <1>".to_owned(),
            SimulationRequest {
                text: &good,
                settings: &settings,
            },
        ),
        (
            "broken".to_owned(),
            SimulationRequest {
                text: &bad,
                settings: &settings,
            },
        ),
    ];
    let suite = world.run(simulate_suite(
        &world.tools,
        &requests,
        &world.cancellation,
        &world.sink(),
    ));
    assert!(!suite.passes());
    insta::assert_snapshot!("markdown", markdown(&suite));
    insta::assert_snapshot!("junit", junit(&suite));
    let json = suite.runs[0].1.as_ref().unwrap().to_json();
    assert_eq!(json["passes"], false);
    assert_eq!(json["audit_head"]["size"], 2);
}

#[test]
fn a_conflict_may_be_with_ones_own_first_copy() {
    for keys in [true, false] {
        let mut making = Making::default();
        making.connection.idempotency_keys = keys;
        let tenant = Tenant {
            submit: vec![Reply::json(409, &json!({"message": "it runs already"}))],
            ..Tenant::default()
        };
        let world = world_made(making, tenant);
        let report = run(&world).unwrap();
        let submitted = world.count("POST /api/v1/simulations");
        assert_eq!(
            (report.id.is_some(), submitted),
            (keys, if keys { 2 } else { 1 })
        );
        assert_eq!(world.memory.records.borrow().is_empty(), keys);
    }
}
