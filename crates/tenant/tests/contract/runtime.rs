//! The state of running dialogs.

use serde_json::{Value, json};

use crate::support::{Practice, holds, json as body_of, sample};

const STATE: &str = "/runtime/v2/dialogs/d-5f0c2a/state";
const PATCH: &str = "PATCH /runtime/v2/dialogs/d-5f0c2a/state";

#[test]
fn a_state_has_variables_an_etag_and_a_history() {
    let response = Practice::new().whole(&format!("GET {STATE}"), &[], "");
    let state = body_of(&response);
    assert_eq!(response.header("etag"), state["etag"].as_str());
    assert!(
        holds(
            &state,
            &json!({
                "session": {"basketPrompts": 1, "itemCount": 1},
                "user": {"locale": "en-GB"},
                "history": [
                    {"version": 1, "at": "2026-01-02T00:00:00.000Z"},
                    {"version": 2, "at": "2026-01-03T00:00:00.000Z"},
                    {"version": 3, "at": "2026-01-04T00:00:00.000Z"},
                ],
            })
        ),
        "{state}"
    );
}

#[test]
fn the_sample_updates_what_it_names_and_leaves_the_rest() {
    let mut practice = Practice::new();
    let before = practice.get(STATE).1["etag"].as_str().unwrap().to_owned();
    let mut update = sample("resume-checkout-variables.json");
    update.as_object_mut().unwrap().remove("dialogId");
    let (status, state) = practice.send(PATCH, &[("if-match", before.as_str())], &update);
    assert_eq!(status, 200, "{state}");
    assert_eq!(state["message"], "State updated");
    assert_eq!(state["session"]["basketPrompts"], 1);
    assert_eq!(state["session"]["itemCount"], 2);
    assert_eq!(state["user"], update["user"]);
    assert_eq!(state["nextStep"], "payment");
    assert_eq!(
        state["history"][3],
        json!({"version": 4, "at": "2026-03-02T08:15:00.000Z"})
    );
    let (status, refused) = practice.send(PATCH, &[("if-match", before.as_str())], &update);
    assert_eq!(
        (status, &refused["code"]),
        (412, &json!("preconditionFailed"))
    );
    assert_eq!(practice.get(STATE).1["etag"], state["etag"]);
}

#[test]
fn without_an_etag_the_last_one_wins() {
    let mut practice = Practice::new();
    let (status, _) = practice.send(PATCH, &[], &json!({"user": {"locale": "de-DE"}}));
    assert_eq!(status, 200);
    assert_eq!(practice.get(STATE).1["user"]["locale"], "de-DE");
}

#[test]
fn the_history_keeps_the_last_fifty() {
    let mut practice = Practice::new();
    for count in 0..60 {
        practice.now += 1_000;
        practice.send(PATCH, &[], &json!({"session": {"itemCount": count}}));
    }
    let history = practice.get(STATE).1["history"].clone();
    assert_eq!(history.as_array().unwrap().len(), 50);
    assert_eq!(history[49]["version"], 63);
}

#[test]
fn what_is_refused() {
    let flaw = |path: &str, code: &str| json!({"errors": [{"path": path, "code": code}]});
    Practice::new().table(&[
        (
            PATCH,
            json!({"session": {"_cognigy": 1}}),
            400,
            flaw("/session/_cognigy", "SV101"),
        ),
        (
            PATCH,
            json!({"session": {"two words": 1}}),
            400,
            flaw("/session/two words", "SV102"),
        ),
        (
            PATCH,
            json!({"user": {"name": null}}),
            400,
            flaw("/user/name", "SV103"),
        ),
        (
            PATCH,
            json!({"transition": {"nextStep": "nowhere"}}),
            400,
            flaw("/transition/nextStep", "SV107"),
        ),
        (
            PATCH,
            json!({"session": 1}),
            400,
            flaw("/session", "invalid"),
        ),
        (
            PATCH,
            json!({"secret": {}}),
            400,
            flaw("/secret", "unexpectedField"),
        ),
        (
            PATCH,
            json!({}),
            400,
            json!({"errors": [{"code": "SV108"}]}),
        ),
        (PATCH, Value::Null, 400, json!({"code": "invalidJson"})),
        (
            "GET /runtime/v2/dialogs/none/state",
            Value::Null,
            404,
            json!({"code": "notFound"}),
        ),
        (
            "PATCH /runtime/v2/dialogs/none/state",
            json!({}),
            404,
            json!({"code": "notFound"}),
        ),
    ]);
}
