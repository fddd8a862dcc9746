//! The figures that screens draw.

use cognigy::error::{CallError, Changed, Error};
use cognigy::metrics::{Attempts, Metrics};
use cognigy::operation::{
    Books, ContextReport, PushEnd, PushReport, StateOutcome, Stopped, VariablesReport,
};
use cognigy::resource::state_variables::Updated;
use cognigy::webhook::WebhookEnd;
use serde_json::json;

use crate::deploy::{User, deploy_text};
use crate::dialogs::{DialogTenant, flow, world};
use crate::support::START;

#[test]
fn deployments_are_counted_with_their_history() {
    let mut metrics = Metrics::default();
    let good = flow("1.1.0", "New").to_string();
    let (works, _) = world(DialogTenant::with_one());
    metrics.deployed("d", START, &deploy_text(&works, &User::default(), &good));
    let mut tenant = DialogTenant::with_one();
    tenant.alter_export = Some(|flow| {
        if flow["version"] == "1.1.0" {
            flow["name"] = json!("Altered");
        }
    });
    let (altered, _) = world(tenant);
    metrics.deployed("d", START, &deploy_text(&altered, &User::default(), &good));
    let mut broken = flow("1.1.0", "New");
    broken["entryPoint"] = json!("nowhere");
    let (unused, _) = world(DialogTenant::with_one());
    metrics.deployed(
        "d",
        START,
        &deploy_text(&unused, &User::default(), &broken.to_string()),
    );
    let drawn = metrics.deployments["d"].to_json();
    let at = "2026-03-01T12:00:00.000Z";
    assert_eq!(
        drawn,
        json!({"success_count": 1, "rollback_count": 1, "history": [
            {"at": at, "version": "1.1.0", "deployment_latency_ms": 40, "validation_errors": 0},
            {"at": at, "version": "1.1.0", "deployment_latency_ms": null, "validation_errors": 0},
            {"at": at, "version": "", "deployment_latency_ms": null,
             "validation_errors": drawn["history"][2]["validation_errors"]},
        ]})
    );
    assert!(drawn["history"][2]["validation_errors"].as_u64() > Some(0));
}

fn failed() -> CallError {
    CallError {
        error: Error::Offline,
        changed: Changed::Perhaps,
        at: START,
    }
}

#[test]
fn updates_injections_and_pushes_have_rates() {
    let mut metrics = Metrics::default();
    let updated = |result| {
        Ok(VariablesReport {
            result,
            latency: 20,
            history: Vec::new(),
            webhook: WebhookEnd::NotSet,
            books: Books::default(),
        })
    };
    metrics.updated(&updated(Ok(Updated {
        etag: None,
        summary: String::new(),
    })));
    metrics.updated(&updated(Err(failed())));
    metrics.updated(&Err(Stopped::Declined));
    assert!((metrics.variables.success_rate() - 0.5).abs() < f64::EPSILON);

    let injected = ContextReport {
        injection: "i".into(),
        result: Ok("2".into()),
        conflicts: Vec::new(),
        latency: 30,
        checksum: String::new(),
        webhook: WebhookEnd::NotSet,
        books: Books::default(),
    };
    metrics.injected(&Ok(injected));
    assert_eq!(
        (metrics.context.total, metrics.context.latencies.clone()),
        (1, vec![30])
    );

    metrics.pushed(&PushReport {
        end: PushEnd::Partly,
        states: vec![
            (
                "a".into(),
                StateOutcome::Done {
                    etag: None,
                    latency: 5,
                },
            ),
            ("b".into(), StateOutcome::NotDone("no".into())),
        ],
        refused: Vec::new(),
        webhooks: Vec::new(),
        latency: 9,
        books: Books::default(),
    });
    assert_eq!(metrics.transitions["a"].successful, 1);
    assert_eq!(metrics.transitions["b"].successful, 0);
}

#[test]
fn old_latencies_make_room() {
    let mut attempts = Attempts::default();
    for latency in 0..500 {
        attempts.record(true, latency);
    }
    assert_eq!(
        (
            attempts.total,
            attempts.latencies.len(),
            attempts.latencies[0]
        ),
        (500, 200, 300)
    );
}
