//! Updating the variables of a dialog.

use std::cell::RefCell;
use std::rc::Rc;

use cognigy::error::{Changed, Error};
use cognigy::http::Method;
use cognigy::metrics::Attempts;
use cognigy::operation::{Stopped, VariablesReport, VariablesRequest, update_variables};
use cognigy::ports::TransportError;
use cognigy::webhook::WebhookEnd;
use flow::rules::Settings;
use serde_json::{Value, json};

use crate::support::{Making, Reply, World, body};

const FILE: &str = r#"{"dialogId": "d", "session": {"total": 1.50, "note": "hidden-value"}, "user": {"tier": "gold"}}"#;

/// A dialog whose variables have version 7; `lose` says what is answered to an update that works.
fn world(making: Making, lose: Option<Reply>, refuse: Option<u16>) -> (World, Rc<RefCell<Value>>) {
    let held = Rc::new(RefCell::new(json!({"session": {}, "user": {}, "etag": "7",
        "history": [{"version": 7, "at": "yesterday"}]})));
    let shared = Rc::clone(&held);
    let mut lose = lose;
    let world = World::made(making, move |request| {
        if request.url.contains("hooks.example.com") {
            return Reply::json(500, &json!({}));
        }
        let mut held = shared.borrow_mut();
        if request.method == Method::Get {
            return Reply::json(200, &held).header("etag", held["etag"].as_str().unwrap());
        }
        if let Some(status) = refuse {
            return Reply::json(status, &json!({"message": "no"}));
        }
        if request
            .header("if-match")
            .is_some_and(|etag| etag != held["etag"])
        {
            return Reply::json(412, &json!({}));
        }
        let sent = body(request);
        held["session"] = sent["session"].clone();
        held["user"] = sent["user"].clone();
        held["etag"] = json!("8");
        lose.take()
            .unwrap_or_else(|| Reply::json(200, &json!({"message": "stored", "etag": "8"})))
    });
    (world, held)
}

fn update(world: &World, text: &str, etag: Option<&str>) -> Result<VariablesReport, Stopped> {
    let settings = Settings::default();
    let request = VariablesRequest {
        text,
        etag,
        settings: &settings,
    };
    world.run(update_variables(
        &world.tools,
        &request,
        &world.cancellation,
        &world.sink(),
    ))
}

#[test]
fn an_update_is_sent_told_and_audited() {
    let mut making = Making::default();
    making.connection.webhooks.crm = "https://hooks.example.com/crm".into();
    let (world, held) = world(making, None, None);
    let report = update(&world, FILE, None).unwrap();
    assert_eq!(report.result.unwrap().etag.as_deref(), Some("8"));
    assert_eq!(held.borrow()["session"]["note"], "hidden-value");
    assert_eq!(report.history[0].version, "7");
    let WebhookEnd::Failed(reason) = &report.webhook else {
        panic!("{:?}", report.webhook);
    };
    assert!(reason.ends_with("What was done stays done."));
    let sent = world.wire.seen.borrow();
    let patch = &sent[1].1;
    assert_eq!(patch.header("if-match"), Some("7"));
    let text = std::str::from_utf8(patch.body.as_ref().unwrap()).unwrap();
    assert!(text.contains("1.50"), "numbers keep their spelling: {text}");
    let told = body(&sent[3].1);
    assert_eq!(
        (&told["dialog_id"], &told["result"]),
        (&json!("d"), &json!("stored"))
    );
    drop(sent);
    let audited = &world.audited()[1].1;
    assert_eq!(audited["status"], "success");
    assert_eq!(audited["result_summary"], "stored");
    // sha256 of Python's json.dumps(payload, sort_keys=True).
    let python = r#"{"session": {"note": "hidden-value", "total": 1.5}, "user": {"tier": "gold"}}"#;
    assert_eq!(audited["payload_hash"], cognigy::canonical::sha256(python));
    assert!(!world.everything().contains("hidden-value"));
}

#[test]
fn errors_of_the_rules_stop_it() {
    let (world, _) = world(Making::default(), None, None);
    let stopped = update(
        &world,
        r#"{"dialogId": "d", "session": {"_cognigy_x": 1}}"#,
        None,
    );
    assert!(matches!(stopped, Err(Stopped::Problems(found)) if found[0].code == "SV101"));
    assert!(world.asked().is_empty());
}

#[test]
fn a_lost_answer_is_looked_up() {
    for etag in [None, Some("7")] {
        let lost = Reply::Fail(TransportError::Dropped, 5);
        let (world, _) = world(Making::default(), Some(lost), None);
        let report = update(&world, FILE, etag).unwrap();
        assert!(report.result.is_ok(), "{etag:?}: {:?}", report.result);
        assert!(world.memory.records.borrow().is_empty());
    }
}

#[test]
fn somebody_elses_change_is_not_overwritten() {
    let (world, held) = world(Making::default(), None, None);
    let report = update(&world, FILE, Some("6")).unwrap();
    let failed = report.result.unwrap_err();
    assert!(matches!(failed.error, Error::Conflict { .. }));
    assert_eq!(failed.changed, Changed::Nothing);
    assert_eq!(held.borrow()["etag"], "7");
    assert_eq!(world.audited()[1].1["status"], "failed");
}

#[test]
fn a_403_stops_at_once() {
    let (world, _) = world(Making::default(), None, Some(403));
    let report = update(&world, FILE, Some("7")).unwrap();
    assert!(
        matches!(report.result, Err(failed) if matches!(failed.error, Error::Forbidden { .. }))
    );
    assert_eq!(world.asked().len(), 1);
}

#[test]
fn rates_and_latencies() {
    let mut attempts = Attempts::default();
    assert_eq!(
        (attempts.success_rate(), attempts.average_latency()),
        (0.0, 0.0)
    );
    for (worked, latency) in [(true, 10), (false, 30), (true, 50)] {
        attempts.record(worked, latency);
    }
    assert_eq!(
        attempts.to_json(),
        json!({"total": 3, "successful": 2, "validation_errors": 0, "latencies_ms": [10, 30, 50],
            "average_latency_ms": 30.0, "success_rate": 0.6667})
    );
}

#[test]
fn what_may_have_been_overwritten_since_is_not_said_to_be_nothing() {
    // The answer is lost, and somebody else saves before the update is repeated.
    let (world, held) = world(Making::default(), None, None);
    let shared = Rc::clone(&held);
    let mut lost = false;
    world.wire.answer_instead(move |request| {
        let first = request.method == Method::Patch && !std::mem::replace(&mut lost, true);
        first.then(|| {
            let mut held = shared.borrow_mut();
            held["session"] = json!({"total": 2, "note": "hidden-value"});
            held["etag"] = json!("9");
            Reply::Fail(TransportError::Dropped, 5)
        })
    });
    let failed = update(&world, FILE, None).unwrap().result.unwrap_err();
    assert!(matches!(failed.error, Error::Conflict { .. }));
    assert_eq!(failed.changed, Changed::Perhaps);
    assert_eq!(world.memory.records.borrow().len(), 1);
}

#[test]
fn a_conflict_with_ones_own_values_leaves_the_next_step_open() {
    let (world, held) = world(Making::default(), None, Some(412));
    held.borrow_mut()["session"] = json!({"total": 1.5});
    let text = r#"{"dialogId": "d", "session": {"total": 1.5}, "transition": {"nextStep": "pay"}}"#;
    let failed = update(&world, text, Some("6")).unwrap().result.unwrap_err();
    assert_eq!(failed.changed, Changed::Perhaps);
}
