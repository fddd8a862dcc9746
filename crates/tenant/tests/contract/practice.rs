//! The calls of practice itself.

use serde_json::{Value, json};

use crate::support::Practice;

const FAULTS: &str = "/__practice/faults";

#[test]
fn faults_are_listed_switched_on_and_off() {
    let mut practice = Practice::new();
    practice.token.clear();
    let (_, empty) = practice.get(FAULTS);
    assert_eq!(empty["faults"], json!([]));
    let promote =
        json!({"method": "PATCH", "name": "promote", "path": "/api/v2/dialogs/*/versions/*"});
    assert!(empty["calls"].as_array().unwrap().contains(&promote));
    let wish =
        json!({"kind": "rateLimited", "call": "publish", "retryAfter": "date", "times": null});
    let (status, on) = practice.send("POST /__practice/faults", &[], &wish);
    assert_eq!(status, 201, "{on}");
    let id = on["id"].as_str().unwrap().to_owned();
    assert_eq!(
        on,
        json!({"id": id, "kind": "rateLimited", "call": "publish", "retryAfter": "date", "seconds": 2, "times": null, "skip": 0})
    );
    practice.send(
        "POST /__practice/faults",
        &[],
        &json!({"kind": "dropAfter"}),
    );
    assert_eq!(
        practice.get(FAULTS).1["faults"].as_array().unwrap().len(),
        2
    );
    let off = format!("DELETE {FAULTS}/{id}");
    assert_eq!(practice.whole(&off, &[], "").status, 204);
    assert_eq!(practice.whole(&off, &[], "").status, 404);
    assert_eq!(
        practice.whole("DELETE /__practice/faults", &[], "").status,
        204
    );
    assert_eq!(practice.get(FAULTS).1["faults"], json!([]));
}

#[test]
fn a_fault_that_cannot_strike_is_refused() {
    let rows = [
        (json!({}), "cannot be read"),
        (json!({"kind": "thunder"}), "cannot be read"),
        (json!({"kind": "delay", "ms": "long"}), "cannot be read"),
        (
            json!({"kind": "delay", "milliseconds": 5}),
            "has no \"milliseconds\"",
        ),
        (
            json!({"kind": "delay", "call": "nobody"}),
            "no call \"nobody\"",
        ),
        (
            json!({"kind": "serverError", "status": 404}),
            "the status 404",
        ),
        (json!({"kind": "conflict", "status": 500}), "the status 500"),
        (json!([]), "cannot be read"),
    ];
    for (wish, expected) in rows {
        let mut practice = Practice::new();
        let (status, refused) = practice.send("POST /__practice/faults", &[], &wish);
        assert_eq!(status, 400, "{wish}");
        let message = refused["message"].as_str().unwrap();
        assert!(message.contains(expected), "{wish}: {message}");
        assert_eq!(practice.get(FAULTS).1["faults"], json!([]));
    }
}

#[test]
fn a_reset_brings_everything_back() {
    let mut practice = Practice::new();
    let before = practice.inside();
    let body = json!({"user": {"locale": "de-DE"}});
    practice.send("PATCH /runtime/v2/dialogs/d-5f0c2a/state", &[], &body);
    practice.send("POST /__practice/faults", &[], &json!({"kind": "delay"}));
    assert_ne!(practice.inside(), before);
    assert_eq!(
        practice.whole("POST /__practice/reset", &[], "").status,
        204
    );
    assert_eq!(practice.inside(), before);
    assert_eq!(practice.get(FAULTS).1["faults"], json!([]));
}

#[test]
fn the_state_tells_how_often_each_call_was_made() {
    let mut practice = Practice::new();
    practice.get("/api/v2/dialogs/hello/export");
    practice.get("/api/v2/dialogs/none/export");
    practice.fault("export", tenant::FaultKind::DropAfter);
    practice.ask("GET /api/v2/dialogs/hello/export", &[], "");
    let world = practice.inside();
    assert_eq!(world["requests"], json!({"export": 3}));
    let statuses: Vec<&Value> = world["log"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["status"])
        .collect();
    assert_eq!(statuses, [&json!(200), &json!(404), &Value::Null]);
}

#[test]
fn webhooks_are_received() {
    let mut practice = Practice::new();
    let headers = [("x-source", "cognigy-sim-runner")];
    let body = json!({"event": "done", "metrics": {"b": 1, "a": 2.0}});
    let (status, thanks) = practice.send("POST /__practice/hooks/analytics", &headers, &body);
    assert_eq!((status, thanks), (202, json!({"received": 1})));
    let received = practice.inside()["hooks"]["analytics"].clone();
    assert_eq!(received["count"], 1);
    assert_eq!(received["last"][0]["source"], "cognigy-sim-runner");
    assert_eq!(received["last"][0]["body"], body);
}

#[test]
fn paths_and_methods_that_are_not_there() {
    Practice::new().table(&[
        ("GET /", Value::Null, 404, json!({"code": "noSuchCall"})),
        (
            "GET /__practice",
            Value::Null,
            404,
            json!({"code": "noSuchCall"}),
        ),
        (
            "PUT /__practice/faults",
            Value::Null,
            405,
            json!({"code": "methodNotAllowed"}),
        ),
        ("DELETE /__practice/state", Value::Null, 405, json!({})),
        (
            "GET /api/v1/simulations",
            Value::Null,
            405,
            json!({"code": "methodNotAllowed"}),
        ),
        ("OPTIONS /api/v1/simulations", Value::Null, 204, Value::Null),
        (
            "HEAD /api/v2/dialogs/hello/export",
            Value::Null,
            200,
            json!({"id": "hello"}),
        ),
    ]);
    let response = Practice::new().whole("DELETE /api/v2/dialogs/hello/versions", &[], "");
    assert_eq!(response.header("allow"), Some("GET, POST"));
}
