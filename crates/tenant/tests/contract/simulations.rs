//! Simulations: what may be started, and how they are heard.

use serde_json::{Value, json};

use crate::support::{NOON, Practice, holds, sample};

const POST: &str = "POST /api/v1/simulations";

fn script() -> Value {
    sample("order-status-simulation.json")
}

fn with(key: &str, value: Value) -> Value {
    let mut script = script();
    script[key] = value;
    script
}

fn started(practice: &mut Practice, script: &Value) -> String {
    let (status, run) = practice.send(POST, &[], script);
    assert_eq!(status, 202, "{run}");
    assert!(holds(
        &run,
        &json!({"status": "RUNNING", "createdAt": "2026-03-02T08:15:00.000Z"})
    ));
    format!("/api/v1/simulations/{}", run["id"].as_str().unwrap())
}

#[test]
fn steps_appear_as_time_passes() {
    let mut practice = Practice::new();
    let path = started(&mut practice, &script());
    // 300 ms a step after the script's own 0, 800 and 400, and 300 to end.
    let rows = [
        (0, "RUNNING", 0, 0),
        (299, "RUNNING", 0, 299),
        (300, "RUNNING", 1, 300),
        (1_399, "RUNNING", 1, 1_399),
        (1_400, "RUNNING", 2, 1_400),
        (2_100, "RUNNING", 3, 2_100),
        (2_399, "RUNNING", 3, 2_399),
        (2_400, "COMPLETED", 3, 2_400),
        (60_000, "COMPLETED", 3, 2_400),
    ];
    for (after, status, steps, duration) in rows {
        practice.now = NOON + after;
        let (_, run) = practice.get(&path);
        let found = (
            run["status"].as_str().unwrap(),
            run["steps"].as_array().unwrap().len(),
        );
        assert_eq!(found, (status, steps), "after {after} ms");
        assert_eq!(run["durationMs"], duration, "after {after} ms");
    }
}

#[test]
fn a_step_tells_what_was_heard_and_understood() {
    let mut practice = Practice::new();
    let script = with(
        "inputs",
        json!([{"text": "mumble"}, {"text": "bye"}, {"text": "never said"}]),
    );
    let mut script = script;
    script["assertions"] = json!([]);
    let path = started(&mut practice, &script);
    practice.now += 10_000;
    let (_, run) = practice.get(&path);
    assert_eq!(run["status"], "COMPLETED");
    assert_eq!(
        run["steps"],
        json!([{
            "botResponse": "order-status heard mumble with {\"daysLeft\":2,\"orderStatus\":\"shipped\"}",
            "index": 0,
            "nlu": {"confidence": 0.9123, "entities": [{"type": "words", "value": "mumble"}], "intent": null},
            "userInput": "mumble",
        }])
    );
}

#[test]
fn waits_that_make_no_sense_do_no_harm() {
    for delay in [json!(-5), json!(1e300), json!(0.5)] {
        let mut practice = Practice::new();
        let mut script = with("inputs", json!([{"text": "hello", "delay_ms": delay}]));
        script["assertions"] = json!([]);
        let path = started(&mut practice, &script);
        practice.now += 600_600;
        assert_eq!(practice.get(&path).1["status"], "COMPLETED");
    }
}

#[test]
fn what_is_refused() {
    let code = |code: &str| json!({"code": code});
    let mut workshop = with("botId", json!("nordlicht-workshop"));
    workshop["versionId"] = json!("workshop-appointment-2.0.1");
    let mut sandboxed = workshop.clone();
    sandboxed["environmentId"] = json!("sandbox");
    Practice::new().table(&[
        (
            POST,
            with("versionId", json!("order-status-1.3.0")),
            400,
            code("versionNotActive"),
        ),
        (
            POST,
            with("versionId", json!("none")),
            404,
            code("notFound"),
        ),
        (POST, with("botId", json!("none")), 404, code("notFound")),
        (
            POST,
            with("environmentId", json!("none")),
            404,
            code("notFound"),
        ),
        (
            POST,
            with("environmentId", json!("production")),
            403,
            code("isolationViolation"),
        ),
        (POST, workshop, 403, code("isolationViolation")),
        (POST, sandboxed, 202, json!({"status": "RUNNING"})),
        (
            POST,
            with("inputs", json!([])),
            400,
            json!({"errors": [{}, {}, {}, {"code": "SM101", "path": "/inputs"}]}),
        ),
        (
            POST,
            with(
                "assertions",
                json!([{"step_index": 9, "expected_intent": "x"}]),
            ),
            400,
            json!({"errors": [{"code": "SM102"}]}),
        ),
        (POST, Value::Null, 400, code("invalidJson")),
        (
            "GET /api/v1/simulations/none",
            Value::Null,
            404,
            code("notFound"),
        ),
    ]);
}
