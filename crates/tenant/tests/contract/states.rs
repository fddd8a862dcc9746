//! States with their etags, conflicts, and compilations.

use serde_json::{Value, json};

use crate::support::{Practice, json as body_of, sample};

const FLOW: &str = "/api/v1/bots/nordlicht-shop/flows/checkout";
const EMPTY: &str = "PATCH /api/v1/bots/nordlicht-shop/flows/checkout/states/empty";
const ETAG: (&str, &str) = ("if-match", "\"09fe\"");

fn to(target: &str) -> Value {
    json!({"transitions": [{"id": "only", "targetStateId": target}]})
}

fn compilation(practice: &mut Practice) -> Value {
    let (status, job) = practice.get(&format!("{FLOW}/compile"));
    assert_eq!(status, 200);
    job
}

#[test]
fn the_states_are_those_of_the_sample() {
    let (status, list) = Practice::new().get(&format!("{FLOW}/states"));
    let sample = sample("checkout-states.json");
    assert_eq!(status, 200);
    assert_eq!(list["initialStateId"], sample["initialStateId"]);
    assert_eq!(list["fallbackStateId"], sample["fallbackStateId"]);
    for (found, expected) in list["data"]
        .as_array()
        .unwrap()
        .iter()
        .zip(sample["states"].as_array().unwrap())
    {
        for key in ["id", "name", "etag", "transitions"] {
            assert_eq!(found[key], expected[key], "{found}");
        }
    }
}

#[test]
fn a_list_may_be_an_array_alone() {
    let (_, list) = Practice::new().get("/api/v1/bots/nordlicht-shop/flows/opening-hours/states");
    assert_eq!(list.as_array().unwrap().len(), 3);
    assert_eq!(
        list[0]["transitions"][0]["conditions"][0]["type"],
        "expression"
    );
    assert_eq!(list[0]["transitions"][1]["actions"], json!([]));
}

#[test]
fn one_state_comes_with_its_etag_in_header_and_body() {
    let response = Practice::new().whole(&format!("GET {FLOW}/states/empty"), &[], "");
    assert_eq!(response.header("etag"), Some("\"09fe\""));
    assert_eq!(body_of(&response)["etag"], "\"09fe\"");
}

#[test]
fn a_change_gives_a_new_etag_and_queues_a_compilation() {
    let mut practice = Practice::new();
    assert_eq!(compilation(&mut practice)["status"], "success");
    let response = practice.whole(EMPTY, &[ETAG], &to("basket").to_string());
    let state = body_of(&response);
    assert_eq!(response.status, 200, "{state}");
    assert_ne!(response.header("etag"), Some(ETAG.1));
    assert_eq!(response.header("etag"), state["etag"].as_str());
    let held = json!([{"actions": [], "conditions": [], "id": "only", "targetStateId": "basket"}]);
    assert_eq!(state["transitions"], held);
    assert_eq!(compilation(&mut practice)["status"], "pending");
    practice.now += 1_399;
    assert_eq!(compilation(&mut practice)["status"], "pending");
    practice.now += 1;
    assert_eq!(compilation(&mut practice)["status"], "success");
}

#[test]
fn an_old_etag_is_a_conflict_and_changes_nothing() {
    let mut practice = Practice::new();
    assert_eq!(practice.send(EMPTY, &[ETAG], &to("basket")).0, 200);
    let before = practice.get(&format!("{FLOW}/states/empty")).1;
    let (status, refused) = practice.send(EMPTY, &[ETAG], &to("address"));
    assert_eq!(
        (status, &refused["code"]),
        (412, &json!("preconditionFailed"))
    );
    assert_eq!(practice.get(&format!("{FLOW}/states/empty")).1, before);
    let fresh = before["etag"].as_str().unwrap();
    assert_eq!(
        practice
            .send(EMPTY, &[("if-match", fresh)], &to("address"))
            .0,
        200
    );
    assert_eq!(
        practice.send(EMPTY, &[("if-match", "*")], &to("address")).0,
        200
    );
}

#[test]
fn what_a_state_is_refused_for() {
    let many = |count: usize| -> Vec<Value> {
        (0..count)
            .map(|index| json!({"id": format!("t{index}"), "targetStateId": "basket", "conditions": [{"value": format!("context.n == {index}")}]}))
            .collect()
    };
    let rows = [
        (
            to("nowhere"),
            "stateNotFound",
            "/transitions/0/targetStateId",
            "stateNotFound",
        ),
        (
            json!({"transitions": many(51)}),
            "validationFailed",
            "",
            "ST201",
        ),
        (
            json!({"transitions": [{"id": "", "targetStateId": "basket"}]}),
            "validationFailed",
            "/transitions/0/id",
            "ST103",
        ),
        (
            json!({"transitions": [{"id": "t"}]}),
            "validationFailed",
            "/transitions/0",
            "invalid",
        ),
        (
            json!({"transitions": 1}),
            "invalidBody",
            "/transitions",
            "invalidBody",
        ),
        (json!({}), "invalidBody", "/transitions", "invalidBody"),
    ];
    for (body, code, path, inner) in rows {
        let (status, refused) = Practice::new().send(EMPTY, &[ETAG], &body);
        assert_eq!(
            (status, refused["code"].as_str()),
            (400, Some(code)),
            "{refused}"
        );
        let flaw = &refused["errors"][0];
        assert_eq!(
            (flaw["path"].as_str(), flaw["code"].as_str()),
            (Some(path), Some(inner)),
            "{refused}"
        );
    }
    Practice::new().table(&[
        (EMPTY, to("basket"), 400, json!({"code": "ifMatchRequired"})),
        (
            "GET /api/v1/bots/none/flows/checkout/states",
            Value::Null,
            404,
            json!({"code": "notFound"}),
        ),
        (
            "GET /api/v1/bots/nordlicht-shop/flows/none/states",
            Value::Null,
            404,
            json!({}),
        ),
        (
            "GET /api/v1/bots/nordlicht-shop/flows/checkout/states/none",
            Value::Null,
            404,
            json!({}),
        ),
        (
            "PATCH /api/v1/bots/nordlicht-shop/flows/checkout/states/none",
            to("basket"),
            404,
            json!({}),
        ),
        (
            "GET /api/v1/bots/nordlicht-shop/flows/none/compile",
            Value::Null,
            404,
            json!({}),
        ),
        (
            "POST /api/v1/bots/nordlicht-shop/flows/none/compile",
            Value::Null,
            404,
            json!({}),
        ),
    ]);
}

#[test]
fn a_compilation_fails_for_what_a_change_alone_does_not_show() {
    let mut practice = Practice::new();
    let body = json!({"transitions": [{"id": "t", "targetStateId": "basket", "conditions": [{"value": "context.a >"}]}]});
    assert_eq!(practice.send(EMPTY, &[ETAG], &body).0, 200);
    practice.now += 5_000;
    let job = compilation(&mut practice);
    assert_eq!(job["status"], "failed");
    let message = job["errorMessage"].as_str().unwrap();
    assert!(message.starts_with("State \"empty\": "), "{message}");
}

#[test]
fn a_request_for_a_compilation_joins_the_one_under_way() {
    let mut practice = Practice::new();
    practice.send(EMPTY, &[ETAG], &to("basket"));
    let queued = compilation(&mut practice)["id"].clone();
    let call = format!("POST {FLOW}/compile");
    let response = practice.whole(&call, &[], "");
    assert_eq!((response.status, &body_of(&response)["id"]), (202, &queued));
    practice.now += 10_000;
    let response = practice.whole(&call, &[], "");
    assert_eq!(response.status, 202);
    assert_ne!(body_of(&response)["id"], queued);
    assert_eq!(body_of(&response)["status"], "pending");
}
