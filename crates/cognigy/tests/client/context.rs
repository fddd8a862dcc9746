//! Injecting context: versions, conflicts, checksums.

use std::cell::RefCell;
use std::rc::Rc;

use cognigy::error::{Changed, Error};
use cognigy::http::Method;
use cognigy::operation::{
    ContextConflict, ContextReport, ContextRequest, ContextUser, Stopped, inject_context,
    injection_checksum,
};
use cognigy::ports::{LocalBoxFuture, TransportError};
use cognigy::webhook::WebhookEnd;
use flow::rules::Settings;
use serde_json::{Value, json};

use crate::support::{Making, Reply, World, body};

const FILE: &str = r#"{"conversationId": "conv_1a", "variables": {
    "tier": {"key": "tier", "value": "gold", "scope": "user"},
    "code": {"key": "code", "value": "hidden-value"}}}"#;

struct User(bool);

impl ContextUser for User {
    fn overwrite<'a>(&'a self, _: &'a ContextConflict) -> LocalBoxFuture<'a, bool> {
        Box::pin(async { self.0 })
    }
}

/// A conversation at version 3 that others change `contested` times just before we do.
fn world(contested: usize, lose: bool) -> (World, Rc<RefCell<(u32, Value)>>) {
    let mut making = Making::default();
    making.connection.webhooks.context = "https://hooks.example.com/context".into();
    let there = json!({"tier": {"value": "silver", "scope": "user"}, "lang": {"value": "de", "scope": "global"}});
    let held = Rc::new(RefCell::new((3, there)));
    let shared = Rc::clone(&held);
    let (mut contested, mut lose) = (contested, lose);
    let world = World::made(making, move |request| {
        if request.url.contains("hooks.example.com") {
            return Reply::json(200, &json!({}));
        }
        let mut held = shared.borrow_mut();
        if request.method == Method::Get {
            return Reply::json(200, &json!({"contextVersion": held.0, "context": held.1}));
        }
        if contested > 0 {
            contested -= 1;
            held.0 += 1;
            held.1["tier"]["value"] = json!(format!("bronze{contested}"));
        }
        if request.header("if-match") != Some(held.0.to_string().as_str()) {
            return Reply::json(409, &json!({}));
        }
        held.0 += 1;
        for (key, value) in body(request)["context"].as_object().unwrap() {
            held.1[key] = value.clone();
        }
        if std::mem::take(&mut lose) {
            return Reply::Fail(TransportError::Dropped, 5);
        }
        Reply::json(200, &json!({"version": held.0}))
    });
    (world, held)
}

fn inject(world: &World, version: Option<&str>, goes_on: bool) -> Result<ContextReport, Stopped> {
    let settings = Settings::default();
    let request = ContextRequest {
        text: FILE,
        version,
        template: "You are {{tier}}, {{name}}.",
        settings: &settings,
    };
    let user = User(goes_on);
    world.run(inject_context(
        &world.tools,
        &request,
        &user,
        &world.cancellation,
        &world.sink(),
    ))
}

#[test]
fn the_version_is_read_first_and_the_webhook_told() {
    let (world, held) = world(0, false);
    let report = inject(&world, None, false).unwrap();
    assert_eq!(report.result.as_deref(), Ok("4"));
    assert_eq!(
        held.borrow().1["code"],
        json!({"value": "hidden-value", "scope": "conversation"})
    );
    assert_eq!(report.webhook, WebhookEnd::Delivered);
    let seen = world.wire.seen.borrow();
    assert_eq!(seen[1].1.header("if-match"), Some("3"));
    let told = body(&seen[2].1);
    assert_eq!(told["event"], "context_injection");
    assert_eq!(
        told["payload"]["resolved_template"],
        "You are gold, {{name}}."
    );
    assert_eq!(told["payload"]["audit_checksum"], json!(report.checksum));
    drop(seen);
    let audited = &world.audited()[1].1;
    assert_eq!(
        (&audited["variable_count"], &audited["success"]),
        (&json!(2), &json!(true))
    );
    assert_eq!(audited["checksum"], json!(report.checksum));
    assert!(!world.everything().contains("hidden-value"));
}

#[test]
fn the_checksum_is_that_of_pipelines_that_exist() {
    assert_eq!(
        injection_checksum("i", "c", true),
        cognigy::canonical::sha256("i:c:True")
    );
    assert_ne!(
        injection_checksum("i", "c", true),
        injection_checksum("i", "c", false)
    );
}

#[test]
fn a_conflict_shows_what_changed_and_is_retried() {
    let (world, held) = world(1, false);
    let report = inject(&world, None, true).unwrap();
    assert_eq!(report.result.as_deref(), Ok("5"));
    let expected = ContextConflict {
        version: "4".into(),
        changed: vec!["tier".into()],
        overwritten: vec!["tier".into()],
    };
    assert_eq!(report.conflicts, [expected]);
    assert_eq!(held.borrow().1["tier"]["value"], "gold");
    assert_eq!(held.borrow().1["lang"]["value"], "de");
}

#[test]
fn three_tries_and_no_more_and_none_against_the_users_will() {
    let (contested, _) = world(9, false);
    let report = inject(&contested, None, true).unwrap();
    assert!(matches!(report.result, Err(failed) if matches!(failed.error, Error::Conflict { .. })));
    assert_eq!(contested.count("PATCH /api/v1/context"), 3);
    assert_eq!(contested.audited()[1].1["success"], false);

    let (declined, held) = world(1, false);
    assert!(inject(&declined, None, false).unwrap().result.is_err());
    assert_eq!(held.borrow().1["tier"]["value"], "bronze0");
}

#[test]
fn a_lost_answer_is_looked_up() {
    let (world, held) = world(0, true);
    let report = inject(&world, Some("3"), false).unwrap();
    assert_eq!(report.result.as_deref(), Ok("4"));
    assert_eq!(held.borrow().0, 4, "injected once");
    assert!(report.conflicts.is_empty());
}

#[test]
fn what_may_have_been_overwritten_since_is_not_said_to_be_nothing() {
    // The answer is lost, and somebody else saves before the request is repeated.
    let (world, held) = world(0, false);
    let shared = Rc::clone(&held);
    let mut lost = false;
    world.wire.answer_instead(move |request| {
        let first = request.method == Method::Patch && !std::mem::replace(&mut lost, true);
        first.then(|| {
            let mut held = shared.borrow_mut();
            held.0 += 2;
            held.1["code"] = json!({"value": "hidden-value", "scope": "conversation"});
            held.1["tier"]["value"] = json!("bronze");
            Reply::Fail(TransportError::Dropped, 5)
        })
    });
    let report = inject(&world, None, false).unwrap();
    assert_eq!(report.conflicts[0].changed, ["tier"], "the rest is our own");
    let failed = report.result.unwrap_err();
    assert!(matches!(failed.error, Error::Conflict { .. }));
    assert_eq!(failed.changed, Changed::Perhaps);
    assert_eq!(world.memory.records.borrow().len(), 1);
}
