//! Idempotency keys.

use serde_json::json;

use crate::support::{Practice, sample};

const POST: &str = "POST /api/v2/dialogs/hello/versions";
const KEY: (&str, &str) = ("idempotency-key", "4f9b");

fn count(practice: &mut Practice) -> usize {
    practice.inside()["dialogs"]["hello"]["versions"]
        .as_array()
        .unwrap()
        .len()
}

#[test]
fn the_same_key_gets_the_same_answer_and_happens_once() {
    let mut practice = Practice::new();
    let body = sample("hello.json").to_string();
    let before = count(&mut practice);
    let first = practice.whole(POST, &[KEY], &body);
    practice.now += 60_000;
    let second = practice.whole(POST, &[KEY], &body);
    assert_eq!((first.status, &first.body), (201, &second.body));
    assert_eq!(second.header("idempotency-replayed"), Some("true"));
    assert_eq!(first.header("idempotency-replayed"), None);
    assert_eq!(count(&mut practice), before + 1);
}

#[test]
fn a_key_is_good_for_one_payload() {
    let mut practice = Practice::new();
    practice.send(POST, &[KEY], &sample("hello.json"));
    let (status, refused) = practice.send(POST, &[KEY], &json!({}));
    assert_eq!(
        (status, &refused["code"]),
        (422, &json!("idempotencyKeyReused"))
    );
    let script = sample("order-status-simulation.json");
    let (status, _) = practice.send("POST /api/v1/simulations", &[KEY], &script);
    assert_eq!(status, 422);
}

#[test]
fn a_key_is_forgotten_after_a_day_and_never_kept_for_a_failure() {
    let mut practice = Practice::new();
    practice.send(POST, &[KEY], &sample("hello.json"));
    practice.now += 24 * 60 * 60 * 1000;
    let before = count(&mut practice);
    practice.send(POST, &[KEY], &sample("hello.json"));
    assert_eq!(count(&mut practice), before + 1);
    let call = "POST /api/v1/bots/nordlicht-shop/flows/checkout/compile";
    let fault = tenant::FaultKind::CompileFailure {
        message: None,
        as_server_error: true,
    };
    practice.fault("compile", fault);
    let key = [("idempotency-key", "other")];
    assert_eq!(practice.send(call, &key, &json!({})).0, 500);
    assert_eq!(practice.send(call, &key, &json!({})).0, 202);
}

#[test]
fn a_refusal_is_an_answer_like_others() {
    let mut practice = Practice::new();
    let first = practice.send(POST, &[KEY], &json!({}));
    let second = practice.send(POST, &[KEY], &json!({}));
    assert_eq!(first.0, 400);
    assert_eq!(first, second);
}
