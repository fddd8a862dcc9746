//! A tenant that is kept and restored, and the same requests giving the same bytes.

use serde_json::{Value, json};
use tenant::{Fault, FaultKind, RestoreError, Samples, Tenant};

use crate::support::{Practice, sample, samples};

/// A call, its headers, its body.
type Asked<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);

/// A working day: something of everything.
fn busy(practice: &mut Practice) -> Vec<tenant::Answer> {
    let key = [("idempotency-key", "k1")];
    let any = [("if-match", "*")];
    let change = json!({"transitions": [{"id": "t", "targetStateId": "basket"}]}).to_string();
    let update = json!({"session": {"big": 1}})
        .to_string()
        .replace(":1}", ":12345678901234567890}");
    let script = sample("order-status-simulation.json").to_string();
    let hello = sample("hello.json").to_string();
    let calls: [Asked<'_>; 9] = [
        ("POST /api/v2/dialogs/hello/versions", &key, &hello),
        ("POST /api/v2/dialogs/hello/versions", &key, &hello),
        (
            "PATCH /api/v1/bots/nordlicht-shop/flows/checkout/states/empty",
            &any,
            &change,
        ),
        ("PATCH /runtime/v2/dialogs/d-5f0c2a/state", &[], &update),
        ("POST /api/v1/simulations", &[], &script),
        ("POST /__practice/hooks/crm", &[], "{\"b\": 1.0, \"a\": []}"),
        (
            "GET /api/v1/bots/nordlicht-shop/flows/checkout/compile",
            &[],
            "",
        ),
        ("GET /api/v2/dialogs/hello/export", &[], ""),
        ("GET /__practice/state", &[], ""),
    ];
    let mut answers = Vec::new();
    for (call, headers, body) in calls {
        practice.now += 200;
        answers.push(practice.ask(call, headers, body));
    }
    answers
}

#[test]
fn the_same_requests_give_the_same_bytes() {
    let (mut first, mut second) = (Practice::new(), Practice::new());
    assert_eq!(busy(&mut first), busy(&mut second));
    assert_eq!(first.tenant.to_json(), second.tenant.to_json());
}

#[test]
fn a_kept_tenant_goes_on_as_if_nothing_had_happened() {
    let mut practice = Practice::new();
    busy(&mut practice);
    let fault = Fault::once(FaultKind::DropAfter)
        .on("publish")
        .times(None)
        .after(3);
    practice.tenant.switch_on(fault).unwrap();
    let text = practice.tenant.to_json().unwrap();
    let mut restored = practice.clone();
    restored.tenant = Tenant::from_json(&text).unwrap();
    assert_eq!(restored.tenant, practice.tenant);
    assert_eq!(busy(&mut restored), busy(&mut practice));
}

#[test]
fn a_kept_tenant_may_be_laid_out_anew() {
    let mut practice = Practice::new();
    busy(&mut practice);
    let text = practice.tenant.to_json().unwrap();
    let pretty =
        serde_json::to_string_pretty(&serde_json::from_str::<Value>(&text).unwrap()).unwrap();
    let mut restored = practice.clone();
    restored.tenant = Tenant::from_json(&pretty).unwrap();
    let export = "GET /api/v2/dialogs/hello/export";
    assert_eq!(
        restored.whole(export, &[], ""),
        practice.whole(export, &[], "")
    );
}

#[test]
fn what_is_no_tenant_is_told() {
    assert!(matches!(
        Tenant::from_json("{}"),
        Err(RestoreError::Unreadable(_))
    ));
    let text = Practice::new().tenant.to_json().unwrap();
    let newer = text.replacen("\"format\":1", "\"format\":2", 1);
    assert_eq!(Tenant::from_json(&newer), Err(RestoreError::Newer(2)));
    let wrong = Samples {
        returns: "<!DOCTYPE html>".to_owned(),
        ..samples()
    };
    let error = Tenant::seeded(&wrong).unwrap_err();
    assert!(error.to_string().contains("returns.json"), "{error}");
    let swapped = Samples {
        hello: samples().checkout_states,
        ..samples()
    };
    assert!(matches!(
        Tenant::seeded(&swapped),
        Err(RestoreError::Sample {
            file: "hello.json",
            ..
        })
    ));
}

#[test]
fn a_fresh_tenant_is_small_enough_to_be_kept_with_a_workspace() {
    let text = Practice::new().tenant.to_json().unwrap();
    assert!(text.len() < 256 * 1024, "{} bytes", text.len());
}
