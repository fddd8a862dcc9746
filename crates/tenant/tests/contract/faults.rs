//! Faults on the way: delays, limits, failures, broken bodies, dropped connections.

use serde_json::{Value, json};
use tenant::{Delivery, Fault, FaultKind, RetryAfter};

use crate::support::{Practice, json as body_of, sample};

const EXPORT: &str = "GET /api/v2/dialogs/hello/export";
const PUBLISH: &str = "POST /api/v2/dialogs/hello/versions";

fn versions(practice: &mut Practice) -> usize {
    practice.inside()["dialogs"]["hello"]["versions"]
        .as_array()
        .unwrap()
        .len()
}

#[test]
fn a_delay_delays() {
    let mut practice = Practice::new();
    practice.fault("export", FaultKind::Delay { ms: 700 });
    practice.fault("*", FaultKind::Delay { ms: 50 });
    let answer = practice.ask(EXPORT, &[], "");
    assert_eq!(answer.delay_ms, 750);
    assert_eq!(answer.response().unwrap().status, 200);
    assert_eq!(practice.ask(EXPORT, &[], "").delay_ms, 0);
}

#[test]
fn too_many_requests_in_each_form() {
    let rows = [
        (RetryAfter::Seconds, Some("90")),
        (RetryAfter::Date, Some("Mon, 02 Mar 2026 08:16:30 GMT")),
        (RetryAfter::None, None),
    ];
    for (retry_after, header) in rows {
        let mut practice = Practice::new();
        let before = versions(&mut practice);
        let kind = FaultKind::RateLimited {
            retry_after,
            seconds: 90,
        };
        practice.fault("publish", kind);
        let response = practice.whole(PUBLISH, &[], &sample("hello.json").to_string());
        assert_eq!(response.status, 429);
        assert_eq!(response.header("retry-after"), header);
        assert_eq!(versions(&mut practice), before);
    }
}

#[test]
fn failures_change_nothing() {
    for status in [500, 502, 503, 504] {
        let mut practice = Practice::new();
        let before = versions(&mut practice);
        practice.fault("publish", FaultKind::ServerError { status });
        let (found, _) = practice.send(PUBLISH, &[], &sample("hello.json"));
        assert_eq!(found, status);
        assert_eq!(versions(&mut practice), before);
    }
}

#[test]
fn every_answer_of_the_platform_has_a_number_of_its_own() {
    let mut practice = Practice::new();
    practice.fault("export", FaultKind::ServerError { status: 503 });
    let number = |practice: &mut Practice| {
        let response = practice.whole(EXPORT, &[], "");
        response.header("x-request-id").unwrap().to_owned()
    };
    let (first, second) = (number(&mut practice), number(&mut practice));
    assert_ne!(first, second);
}

#[test]
fn a_connection_is_dropped_before_or_after_the_effect() {
    for (kind, published) in [(FaultKind::DropBefore, 0), (FaultKind::DropAfter, 1)] {
        let mut practice = Practice::new();
        let before = versions(&mut practice);
        practice.fault("publish", kind);
        let answer = practice.ask(PUBLISH, &[], &sample("hello.json").to_string());
        assert_eq!(answer.delivery, Delivery::Dropped);
        assert_eq!(versions(&mut practice), before + published);
    }
}

#[test]
fn a_lost_answer_comes_again_for_the_same_key() {
    let mut practice = Practice::new();
    let before = versions(&mut practice);
    practice.fault("publish", FaultKind::DropAfter);
    let (key, body) = ([("idempotency-key", "k")], sample("hello.json"));
    practice.ask(PUBLISH, &key, &body.to_string());
    assert_eq!(practice.send(PUBLISH, &key, &body).0, 201);
    assert_eq!(versions(&mut practice), before + 1);
}

#[test]
fn bodies_are_cut_replaced_and_of_other_types() {
    let mut practice = Practice::new();
    let good = practice.whole(EXPORT, &[], "");
    practice.fault("export", FaultKind::CutBody);
    match practice.ask(EXPORT, &[], "").delivery {
        Delivery::Cut { response, sent } => {
            assert_eq!(response.body, good.body);
            assert_eq!(sent, good.body.len() / 2);
        }
        other => panic!("{other:?}"),
    }
    practice.fault("export", FaultKind::HtmlBody);
    let page = practice.whole(EXPORT, &[], "");
    assert_eq!(page.status, 200);
    assert!(
        page.header("content-type")
            .unwrap()
            .starts_with("text/html")
    );
    assert!(page.body.starts_with(b"<!DOCTYPE html>"));
    practice.fault("export", FaultKind::WrongType);
    let (_, wrong) = practice.get("/api/v2/dialogs/hello/export");
    assert_eq!(
        (&wrong["id"], &wrong["nodes"]),
        (&json!(0), &json!("wrong"))
    );
    assert_eq!(practice.whole(EXPORT, &[], "").body, good.body);
}

#[test]
fn hidden_headers_are_not_seen_by_a_page() {
    let mut practice = Practice::new();
    let call = "GET /runtime/v2/dialogs/d-5f0c2a/state";
    practice.fault("read-runtime", FaultKind::HideHeaders);
    let answer = practice.ask(call, &[], "");
    assert!(!answer.headers_exposed);
    assert!(answer.response().unwrap().header("etag").is_some());
    let seen = answer.as_seen_by_page();
    assert!(seen.response().unwrap().header("etag").is_none());
    assert!(body_of(seen.response().unwrap())["etag"].is_string());
    let answer = practice.ask(call, &[], "").as_seen_by_page();
    assert!(answer.headers_exposed && answer.response().unwrap().header("etag").is_some());
    practice.tenant.hide_headers(true);
    assert!(!practice.ask(call, &[], "").headers_exposed);
}

#[test]
fn a_fault_strikes_as_often_and_as_late_as_it_is_told() {
    let statuses = |practice: &mut Practice| -> Vec<u16> {
        (0..5)
            .map(|_| practice.whole(EXPORT, &[], "").status)
            .collect()
    };
    let failing = || Fault::once(FaultKind::ServerError { status: 503 });
    let rows = [
        (failing(), [503, 200, 200, 200, 200]),
        (failing().times(Some(2)).after(1), [200, 503, 503, 200, 200]),
        (failing().times(None), [503; 5]),
        (failing().on("publish"), [200; 5]),
        (
            failing().on("GET /api/v2/dialogs/hello/*"),
            [503, 200, 200, 200, 200],
        ),
        (
            failing().on("/api/v2/dialogs/*/export"),
            [503, 200, 200, 200, 200],
        ),
        (failing().on("/api/*"), [503, 200, 200, 200, 200]),
        (failing().on("/api/v2/dialogs/hello/export/*"), [200; 5]),
        (failing().on("/api/v2/dialogs/returns/*"), [200; 5]),
        (failing().on("PATCH /api/*"), [200; 5]),
    ];
    for (fault, expected) in rows {
        let mut practice = Practice::new();
        let shown = format!("{fault:?}");
        practice.tenant.switch_on(fault).unwrap();
        assert_eq!(statuses(&mut practice), expected, "{shown}");
    }
}

#[test]
fn faults_queue_up() {
    let mut practice = Practice::new();
    let limited = FaultKind::RateLimited {
        retry_after: RetryAfter::None,
        seconds: 1,
    };
    practice.fault("export", limited);
    practice.fault("export", FaultKind::ServerError { status: 502 });
    practice.fault("export", FaultKind::DropBefore);
    let seen: Vec<Option<u16>> = (0..4)
        .map(|_| {
            practice
                .ask(EXPORT, &[], "")
                .response()
                .map(|response| response.status)
        })
        .collect();
    assert_eq!(seen, [Some(429), Some(502), None, Some(200)]);
    assert_eq!(practice.tenant.faults(), []);
}

#[test]
fn every_fault_survives_being_written_and_read() {
    let kinds = [
        json!({"kind": "delay"}),
        json!({"kind": "rateLimited"}),
        json!({"kind": "serverError"}),
        json!({"kind": "cutBody"}),
        json!({"kind": "htmlBody"}),
        json!({"kind": "wrongType"}),
        json!({"kind": "dropBefore"}),
        json!({"kind": "dropAfter"}),
        json!({"kind": "hideHeaders"}),
        json!({"kind": "expireToken"}),
        json!({"kind": "conflict"}),
        json!({"kind": "compileFailure"}),
        json!({"kind": "promotionFailure"}),
        json!({"kind": "rollbackFailure"}),
        json!({"kind": "simulationFailure"}),
    ];
    for kind in kinds {
        let fault = Fault::from_json(&kind.to_string()).unwrap();
        let written: Value = serde_json::to_value(&fault).unwrap();
        assert_eq!(
            Fault::from_json(&written.to_string()).unwrap(),
            fault,
            "{written}"
        );
        assert_eq!(
            (fault.call.as_str(), fault.times, fault.skip),
            ("*", Some(1), 0)
        );
    }
}
