//! Versions of dialogs: pages, publishing, promoting, the export.

use serde_json::{Value, json};

use crate::support::{Practice, holds, sample};

const HELLO: &str = "/api/v2/dialogs/hello/versions";

/// All versions, page by page.
fn all_versions(practice: &mut Practice, path: &str) -> Vec<Value> {
    let (mut versions, mut next) = (Vec::new(), path.to_owned());
    loop {
        let (status, page) = practice.get(&next);
        assert_eq!(status, 200, "{page}");
        let data = page["data"].as_array().unwrap();
        let last = data.last().unwrap();
        let cursor = page.get("nextCursor").or(last.get("nextCursor")).cloned();
        versions.extend(data.iter().cloned());
        match cursor {
            Some(cursor) => next = format!("{path}?cursor={}", cursor.as_str().unwrap()),
            None => return versions,
        }
    }
}

/// The sample with another version.
fn bumped(file: &str, version: &str) -> Value {
    let mut flow = sample(file);
    flow["version"] = json!(version);
    flow
}

#[test]
fn pages_hold_every_version_once_newest_first() {
    let mut practice = Practice::new();
    let versions = all_versions(&mut practice, HELLO);
    let numbers: Vec<&str> = versions
        .iter()
        .map(|one| one["version"].as_str().unwrap())
        .collect();
    assert_eq!(numbers.len(), 12);
    assert_eq!((numbers[0], numbers[11]), ("1.0.0", "0.1.0"));
    assert!(holds(&versions[0], &json!({"status": "active"})));
    assert!(versions[1..].iter().all(|one| one["status"] == "archived"));
}

#[test]
fn the_cursor_stands_in_either_place() {
    let mut practice = Practice::new();
    let (_, page) = practice.get(HELLO);
    assert!(page.get("nextCursor").is_none());
    assert!(page["data"][4].get("nextCursor").is_some());
    for version in ["1.4.1", "1.4.2", "1.4.3"] {
        let flow = bumped("order-status.json", version);
        practice.send("POST /api/v2/dialogs/order-status/versions", &[], &flow);
    }
    let (_, page) = practice.get("/api/v2/dialogs/order-status/versions");
    assert!(page.get("nextCursor").is_some());
    assert!(page["data"][4].get("nextCursor").is_none());
}

#[test]
fn a_version_published_between_two_pages_hides_none() {
    let mut practice = Practice::new();
    let (_, first) = practice.get(HELLO);
    practice.send(
        &format!("POST {HELLO}"),
        &[],
        &bumped("hello.json", "1.0.1"),
    );
    let cursor = first["data"][4]["nextCursor"].as_str().unwrap();
    let (_, second) = practice.get(&format!("{HELLO}?cursor={cursor}"));
    let last_of_first = &first["data"][4]["version"];
    let first_of_second = &second["data"][0]["version"];
    assert_eq!(
        (last_of_first, first_of_second),
        (&json!("0.8.0"), &json!("0.7.0"))
    );
}

#[test]
fn a_flow_is_published_as_a_draft_promoted_and_exported_in_the_tenants_own_form() {
    let mut practice = Practice::new();
    let mut flow = bumped("hello.json", "1.1.0");
    flow["flowdeck"] = json!({"notes": []});
    flow["nodes"][0]
        .as_object_mut()
        .unwrap()
        .remove("properties");
    flow["nodes"][0]["colour"] = json!("red");
    flow["edges"][0]
        .as_object_mut()
        .unwrap()
        .remove("condition");
    let (status, draft) = practice.send(&format!("POST {HELLO}"), &[], &flow);
    assert_eq!(status, 201);
    assert!(
        holds(
            &draft,
            &json!({
                "version": "1.1.0", "status": "draft", "createdAt": "2026-03-02T08:15:00.000Z"
            })
        ),
        "{draft}"
    );
    let id = draft["id"].as_str().unwrap();
    let promote = format!("PATCH {HELLO}/{id}");
    let wish = json!({"status": "active", "promote": true});
    let (status, active) = practice.send(&promote, &[], &wish);
    assert_eq!((status, &active["status"]), (200, &json!("active")));
    let versions = all_versions(&mut practice, HELLO);
    assert_eq!(versions[0]["id"], draft["id"]);
    assert_eq!(versions[1]["status"], "archived");

    let response = practice.whole("GET /api/v2/dialogs/hello/export", &[], "");
    let text = String::from_utf8(response.body).unwrap();
    assert!(
        text.starts_with(r#"{"edges":[{"condition":null,"id":"e1","#),
        "{text}"
    );
    let held: Value = serde_json::from_str(&text).unwrap();
    assert!(held.get("flowdeck").is_none());
    assert_eq!(
        held["nodes"][0],
        json!({"id": "start", "label": "Start", "type": "start", "properties": {}})
    );
    assert_eq!(held["nodes"][1], flow["nodes"][1]);
    assert_eq!(held["variables"], flow["variables"]);
}

#[test]
fn numbers_keep_their_spelling() {
    let mut practice = Practice::new();
    let flow = bumped("hello.json", "1.1.0").to_string();
    let position = r#""position":{"x":80,"y":160}"#;
    assert!(flow.contains(position));
    let flow = flow.replace(
        position,
        r#""position":{"x":1e3,"y":1.0},"big":9007199254740993"#,
    );
    let response = practice.whole(&format!("POST {HELLO}"), &[], &flow);
    let draft: Value = serde_json::from_slice(&response.body).unwrap();
    let promote = format!("PATCH {HELLO}/{}", draft["id"].as_str().unwrap());
    practice.send(&promote, &[], &json!({"status": "active", "promote": true}));
    let export = practice
        .whole("GET /api/v2/dialogs/hello/export", &[], "")
        .body;
    let export = String::from_utf8(export).unwrap();
    assert!(
        export.contains(r#""properties":{"big":9007199254740993,"position":{"x":1e3,"y":1.0}}"#),
        "{export}"
    );
}

#[test]
fn the_rules_refuse_with_the_place_of_each_mistake() {
    let mut broken = bumped("hello.json", "1.1");
    broken["edges"][0]["target"] = json!("nowhere");
    let call = format!("POST {HELLO}");
    let (status, refused) = Practice::new().send(&call, &[], &broken);
    assert_eq!(
        (status, &refused["code"]),
        (400, &json!("validationFailed"))
    );
    let found: Vec<(&str, &str)> = refused["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|flaw| {
            (
                flaw["path"].as_str().unwrap(),
                flaw["code"].as_str().unwrap(),
            )
        })
        .collect();
    assert!(found.contains(&("/version", "FD203")), "{found:?}");
    assert!(found.contains(&("/edges/0/target", "FD103")), "{found:?}");
}

#[test]
fn what_cannot_be_published_or_promoted() {
    let mut practice = Practice::new();
    let active = practice.get(HELLO).1["data"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let promote_active = format!("PATCH {HELLO}/{active}");
    let post = "POST /api/v2/dialogs/hello/versions";
    let wish = json!({"status": "active", "promote": true});
    let invalid = |code: &str| json!({"code": code});
    practice.table(&[
        (post, Value::Null, 400, invalid("invalidJson")),
        (post, json!([]), 400, invalid("invalidBody")),
        (post, json!({}), 400, invalid("validationFailed")),
        (
            post,
            sample("checkout-states.json"),
            400,
            invalid("invalidBody"),
        ),
        (
            post,
            sample("order-status-sync.json"),
            400,
            invalid("invalidBody"),
        ),
        (
            post,
            bumped("returns.json", "9.0.0"),
            400,
            json!({"code": "dialogMismatch", "errors": [{"path": "/id"}]}),
        ),
        (
            "POST /api/v2/dialogs/none/versions",
            sample("hello.json"),
            404,
            invalid("notFound"),
        ),
        (
            "GET /api/v2/dialogs/none/versions",
            Value::Null,
            404,
            invalid("notFound"),
        ),
        (
            "GET /api/v2/dialogs/hello/versions?cursor=none",
            Value::Null,
            400,
            invalid("invalidCursor"),
        ),
        (
            "PATCH /api/v2/dialogs/hello/versions/none",
            wish.clone(),
            404,
            invalid("notFound"),
        ),
        (
            &promote_active,
            json!({"status": "archived"}),
            400,
            invalid("unsupportedStatus"),
        ),
        (
            &promote_active,
            json!({"status": "active"}),
            400,
            invalid("promoteRequired"),
        ),
        (&promote_active, wish, 409, invalid("alreadyActive")),
        (
            "GET /api/v2/dialogs/none/export",
            Value::Null,
            404,
            invalid("notFound"),
        ),
    ]);
}

#[test]
fn a_number_that_exists_is_not_refused_so_it_must_be_looked_for() {
    let mut practice = Practice::new();
    for _ in 0..2 {
        let (status, _) = practice.send(&format!("POST {HELLO}"), &[], &sample("hello.json"));
        assert_eq!(status, 201);
    }
    let same = all_versions(&mut practice, HELLO);
    assert_eq!(
        same.iter().filter(|one| one["version"] == "1.0.0").count(),
        3
    );
}

#[test]
fn a_version_that_was_active_can_be_promoted_again() {
    let mut practice = Practice::new();
    let before = practice.get(HELLO).1["data"][1]["id"].clone();
    let call = format!("PATCH {HELLO}/{}", before.as_str().unwrap());
    let (status, _) = practice.send(&call, &[], &json!({"status": "active", "promote": true}));
    assert_eq!(status, 200);
    let (_, export) = practice.get("/api/v2/dialogs/hello/export");
    assert_eq!(export["version"], "0.9.2");
}
