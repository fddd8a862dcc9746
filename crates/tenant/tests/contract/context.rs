//! The context of conversations.

use serde_json::{Value, json};

use crate::support::{Practice, json as body_of};

const PATH: &str = "/api/v1/context/conv_8a7b9c2d1e3f";
const PATCH: &str = "PATCH /api/v1/context";

fn wire(context: &Value) -> Value {
    json!({"conversationId": "conv_8a7b9c2d1e3f", "context": context})
}

#[test]
fn a_change_sets_what_it_names_and_counts_the_version() {
    let mut practice = Practice::new();
    let (status, before) = practice.get(PATH);
    assert_eq!(status, 200);
    assert_eq!(before["contextVersion"], 7);
    let body =
        wire(&json!({"tier": {"value": "gold", "scope": "user"}, "cups": {"value": [1.5, null]}}));
    let (status, changed) = practice.send(PATCH, &[("if-match", "7")], &body);
    assert_eq!((status, changed), (200, json!({"contextVersion": 8})));
    let (_, after) = practice.get(PATH);
    assert_eq!(after["contextVersion"], 8);
    assert_eq!(
        after["context"]["tier"],
        json!({"value": "gold", "scope": "user"})
    );
    assert_eq!(
        after["context"]["cups"],
        json!({"value": [1.5, null], "scope": "conversation"})
    );
    assert_eq!(after["context"]["shopName"], before["context"]["shopName"]);
}

#[test]
fn an_old_version_is_a_conflict() {
    let mut practice = Practice::new();
    let body = wire(&json!({"tier": {"value": "gold", "scope": "user"}}));
    assert_eq!(practice.send(PATCH, &[("if-match", "\"7\"")], &body).0, 200);
    let (status, refused) = practice.send(PATCH, &[("if-match", "7")], &body);
    assert_eq!((status, &refused["code"]), (409, &json!("conflict")));
    assert_eq!(practice.get(PATH).1["contextVersion"], 8);
}

#[test]
fn another_conversation_says_version() {
    let body = json!({"conversationId": "conv_00c0ffee0001", "context": {"a": {"value": 1}}});
    let (_, changed) = Practice::new().send(PATCH, &[("if-match", "1")], &body);
    assert_eq!(changed, json!({"version": 2}));
}

#[test]
fn what_is_refused() {
    let ok = json!({"a": {"value": 1, "scope": "user"}});
    let flaw = |code: &str| json!({"errors": [{"code": code}]});
    let rows = [
        (
            wire(&json!({"___": {"value": 1, "scope": "user"}})),
            400,
            flaw("CX101"),
        ),
        (
            wire(&json!({"a": {"value": 1, "scope": "team"}})),
            400,
            flaw("CX102"),
        ),
        (
            wire(&json!({"a": {"value": "x".repeat(10 * 1024)}})),
            400,
            flaw("CX103"),
        ),
        (
            json!({"conversationId": "conv_8a7b9c2d1e3f", "context": ok, "more": 1}),
            400,
            flaw("CX105"),
        ),
        (
            json!({"conversationId": "8a7b", "context": ok}),
            400,
            flaw("CX106"),
        ),
        (
            json!({"conversationId": "conv_8a7b9c2d1e3f", "variables": {}}),
            400,
            json!({"code": "invalidBody"}),
        ),
        (
            json!({"conversationId": "conv_ff", "context": ok}),
            404,
            json!({"code": "notFound"}),
        ),
        (json!({}), 400, json!({"code": "validationFailed"})),
    ];
    for (body, status, expected) in rows {
        let mut practice = Practice::new();
        let response = practice.whole(PATCH, &[("if-match", "7")], &body.to_string());
        let found = body_of(&response);
        assert_eq!(response.status, status, "{body}: {found}");
        assert!(crate::support::holds(&found, &expected), "{body}: {found}");
    }
    Practice::new().table(&[
        (PATCH, wire(&ok), 400, json!({"code": "ifMatchRequired"})),
        (
            "GET /api/v1/context/conv_ff",
            Value::Null,
            404,
            json!({"code": "notFound"}),
        ),
    ]);
}

#[test]
fn a_context_grows_only_to_its_limit() {
    let mut practice = Practice::new();
    let mut last = 0;
    for index in 0..60 {
        let key = format!("key{index}");
        let body = wire(&json!({(key): {"value": "x".repeat(10_000)}}));
        let version = practice.get(PATH).1["contextVersion"].to_string();
        let (status, answer) = practice.send(PATCH, &[("if-match", version.as_str())], &body);
        if status == 400 {
            assert_eq!(answer["errors"][0]["code"], "CX104");
            break;
        }
        last = index;
    }
    // 512 KiB hold 51 or 52 such values.
    assert!((50..53).contains(&last), "{last}");
}
