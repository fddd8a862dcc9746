//! Faults inside the calls: tokens, conflicts, compilations, promotions, simulations.

use serde_json::{Value, json};
use tenant::{Fault, FaultKind};

use crate::support::{Practice, sample};

const FLOW: &str = "/api/v1/bots/nordlicht-shop/flows/checkout";
const BASKET: &str = "PATCH /api/v1/bots/nordlicht-shop/flows/checkout/states/basket";
const ETAG: (&str, &str) = ("if-match", "\"b7c1\"");
const VERSIONS: &str = "/api/v2/dialogs/order-status/versions";

fn change() -> Value {
    json!({"transitions": [{"id": "t", "targetStateId": "address"}]})
}

fn promote(practice: &mut Practice, id: &Value) -> (u16, Value) {
    let call = format!("PATCH {VERSIONS}/{}", id.as_str().unwrap());
    practice.send(&call, &[], &json!({"status": "active", "promote": true}))
}

fn publish(practice: &mut Practice) -> Value {
    let mut flow = sample("order-status.json");
    flow["version"] = json!("1.5.0");
    practice.send(&format!("POST {VERSIONS}"), &[], &flow).1["id"].clone()
}

fn active(practice: &mut Practice) -> Value {
    practice.get("/api/v2/dialogs/order-status/export").1["version"].clone()
}

#[test]
fn a_token_expires_in_the_middle_of_a_job() {
    let mut practice = Practice::new();
    let expire = Fault::once(FaultKind::ExpireToken)
        .on("read-compile")
        .after(1);
    practice.tenant.switch_on(expire).unwrap();
    let path = format!("{FLOW}/compile");
    assert_eq!(practice.get(&path).0, 200);
    assert_eq!(practice.get(&path).0, 401);
    assert_eq!(practice.get(&path).0, 401);
    practice.token.clear();
    let form =
        "grant_type=client_credentials&client_id=practice-client&client_secret=practice-secret";
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let granted = practice.whole("POST /oauth/token", &headers, form);
    let granted = crate::support::json(&granted);
    practice.carry(&granted);
    assert_eq!(practice.get(&path).0, 200);
}

#[test]
fn somebody_else_changes_the_state_first() {
    for status in [409, 412] {
        let mut practice = Practice::new();
        practice.fault(
            "patch-state",
            FaultKind::Conflict {
                status,
                applied: false,
            },
        );
        let before = practice.get(&format!("{FLOW}/states/basket")).1;
        assert_eq!(practice.send(BASKET, &[ETAG], &change()).0, status);
        let after = practice.get(&format!("{FLOW}/states/basket")).1;
        assert_ne!(after["etag"], before["etag"]);
        assert_eq!(after["transitions"][2], before["transitions"][2]);
        let added = &after["transitions"][3]["actions"][1];
        assert_eq!(added["variable"], "session.note");
        let fresh = after["etag"].as_str().unwrap();
        assert_eq!(
            practice.send(BASKET, &[("if-match", fresh)], &change()).0,
            200
        );
    }
}

#[test]
fn somebody_else_changes_variables_first() {
    let mut practice = Practice::new();
    let conflict = FaultKind::Conflict {
        status: 409,
        applied: false,
    };
    practice.fault("patch-runtime", conflict.clone());
    let path = "/runtime/v2/dialogs/d-5f0c2a/state";
    let etag = practice.get(path).1["etag"].as_str().unwrap().to_owned();
    let call = format!("PATCH {path}");
    let update = json!({"session": {"itemCount": 5}});
    assert_eq!(
        practice
            .send(&call, &[("if-match", etag.as_str())], &update)
            .0,
        409
    );
    let state = practice.get(path).1;
    assert_eq!(state["session"]["itemCount"], 1);
    assert_eq!(state["session"]["note"], "changed by somebody else");

    practice.fault("patch-context", conflict);
    let body =
        json!({"conversationId": "conv_8a7b9c2d1e3f", "context": {"tier": {"value": "gold"}}});
    let call = "PATCH /api/v1/context";
    assert_eq!(practice.send(call, &[("if-match", "7")], &body).0, 409);
    let context = practice.get("/api/v1/context/conv_8a7b9c2d1e3f").1;
    assert_eq!(context["contextVersion"], 8);
    assert_eq!(context["context"]["tier"]["value"], "silver");
    assert!(context["context"].get("note").is_some());
    assert_eq!(practice.send(call, &[("if-match", "8")], &body).0, 200);
}

#[test]
fn a_conflict_may_hide_that_it_was_carried_out() {
    for applied in [false, true] {
        let mut practice = Practice::new();
        let id = publish(&mut practice);
        practice.fault(
            "promote",
            FaultKind::Conflict {
                status: 409,
                applied,
            },
        );
        assert_eq!(promote(&mut practice, &id).0, 409);
        assert_eq!(
            active(&mut practice),
            if applied { "1.5.0" } else { "1.4.0" }
        );
    }
}

#[test]
fn a_compilation_fails_later_or_at_once() {
    let mut practice = Practice::new();
    let failure = |as_server_error: bool| FaultKind::CompileFailure {
        message: None,
        as_server_error,
    };
    practice.fault("*", failure(false));
    assert_eq!(practice.send(BASKET, &[ETAG], &change()).0, 200);
    assert_eq!(
        practice.get(&format!("{FLOW}/compile")).1["status"],
        "pending"
    );
    practice.now += 5_000;
    let (_, job) = practice.get(&format!("{FLOW}/compile"));
    assert_eq!(job["status"], "failed");
    assert_eq!(
        job["errorMessage"],
        "State \"basket\": the compiler stopped."
    );
    practice.fault("compile", failure(true));
    let (status, refused) = practice.send(&format!("POST {FLOW}/compile"), &[], &json!({}));
    assert_eq!(
        (status, &refused["code"]),
        (500, &json!("compilationFailed"))
    );
    assert_eq!(
        practice.get(&format!("{FLOW}/compile")).1["status"],
        "failed"
    );
    assert_eq!(
        practice
            .send(&format!("POST {FLOW}/compile"), &[], &json!({}))
            .0,
        202
    );
    practice.now += 5_000;
    assert_eq!(
        practice.get(&format!("{FLOW}/compile")).1["status"],
        "success"
    );
}

#[test]
fn promotions_and_rollbacks_fail_apart() {
    let mut practice = Practice::new();
    let previous = practice.get(VERSIONS).1["data"][1]["id"].clone();
    let new = publish(&mut practice);
    practice.fault("*", FaultKind::RollbackFailure { silent: false });
    practice.fault("*", FaultKind::PromotionFailure { silent: false });
    assert_eq!(promote(&mut practice, &new).0, 500);
    assert_eq!(active(&mut practice), "1.4.0");
    assert_eq!(promote(&mut practice, &new).0, 200);
    assert_eq!(active(&mut practice), "1.5.0");
    assert_eq!(promote(&mut practice, &previous).0, 500);
    assert_eq!(active(&mut practice), "1.5.0");
    assert_eq!(promote(&mut practice, &previous).0, 200);
}

#[test]
fn a_promotion_may_be_claimed_and_not_done() {
    let mut practice = Practice::new();
    let new = publish(&mut practice);
    practice.fault("promote", FaultKind::PromotionFailure { silent: true });
    let (status, claimed) = promote(&mut practice, &new);
    assert_eq!((status, &claimed["status"]), (200, &json!("active")));
    assert_eq!(active(&mut practice), "1.4.0");
}

#[test]
fn a_simulation_fails_half_way() {
    let mut practice = Practice::new();
    practice.fault("*", FaultKind::SimulationFailure);
    let script = sample("order-status-simulation.json");
    let (_, run) = practice.send("POST /api/v1/simulations", &[], &script);
    let path = format!("/api/v1/simulations/{}", run["id"].as_str().unwrap());
    assert_eq!(practice.get(&path).1["status"], "RUNNING");
    practice.now += 5_000;
    let (_, run) = practice.get(&path);
    assert_eq!(run["status"], "FAILED");
    assert_eq!(run["steps"].as_array().unwrap().len(), 1);
}
