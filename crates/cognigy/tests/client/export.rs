//! Exporting a flow and handing it on.

use cognigy::operation::{ExportReport, Stopped, export_flow};
use cognigy::webhook::WebhookEnd;
use flow::document::{Document, DocumentKind};
use flow::rules::Settings;
use serde_json::{Value, json};

use crate::dialogs::flow;
use crate::support::{Making, Reply, World};

fn export(answer: Value, hook: Option<u16>) -> (Result<ExportReport, Stopped>, World) {
    let mut making = Making::default();
    if hook.is_some() {
        making.connection.webhooks.artifact_sync = "https://hooks.example.com/sync".into();
    }
    let world = World::made(making, move |request| match hook {
        Some(status) if request.url.contains("hooks") => Reply::json(status, &json!({})),
        _ => Reply::json(200, &answer),
    });
    let settings = Settings::default();
    let report = world.run(export_flow(
        &world.tools,
        "d",
        &settings,
        &world.cancellation,
        &world.sink(),
    ));
    (report, world)
}

#[test]
fn an_export_is_a_sync_payload_with_its_checksum() {
    let (report, world) = export(flow("1.0.0", "A"), Some(202));
    let report = report.unwrap();
    assert_eq!(report.delivered, WebhookEnd::Delivered);
    assert!(report.governance_compliant);
    let document = Document::read(report.payload.as_str().into()).unwrap();
    assert_eq!(document.kind(), DocumentKind::Artifact);
    let problems = flow::rules::check(&document, &Settings::default());
    assert!(problems.iter().all(|problem| problem.rule.code != "FD601"));
    let sent = world.wire.seen.borrow()[1].1.body.clone().unwrap();
    assert_eq!(String::from_utf8(sent).unwrap(), report.payload);
    let body = &world.audited()[1].1;
    assert_eq!(world.actions(), ["FLOW_SYNC", "FLOW_SYNC"]);
    assert_eq!(
        (&body["checksum"], &body["version"]),
        (&json!(report.checksum), &json!("1.0.0"))
    );
    assert_eq!(body["governance_compliant"], true);
}

#[test]
fn errors_are_told_and_it_is_not_compliant() {
    let mut broken = flow("1.0.0", "A");
    broken["entryPoint"] = json!("nowhere");
    let (report, _) = export(broken, None);
    let report = report.unwrap();
    assert!(!report.governance_compliant && !report.problems.is_empty());
    assert_eq!(report.delivered, WebhookEnd::NotSet);
}

#[test]
fn a_sync_that_fails_leaves_the_payload() {
    let (report, world) = export(flow("1.0.0", "A"), Some(500));
    let report = report.unwrap();
    assert!(matches!(&report.delivered, WebhookEnd::Failed(reason) if reason.contains("500")));
    assert!(!report.payload.is_empty());
    assert_eq!(world.audited()[1].1["delivered"], false);
}

#[test]
fn what_is_no_flow_is_refused() {
    let (report, _) = export(json!({"nodes": 1}), None);
    assert!(matches!(report, Err(Stopped::ExportUnreadable(_))));
}
