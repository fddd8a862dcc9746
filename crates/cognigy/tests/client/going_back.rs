//! What happens when a new version cannot be made active or does not prove to be.

use std::cell::Cell;
use std::rc::Rc;

use cognigy::http::{Method, Request};
use cognigy::operation::DeployEnd;
use serde_json::json;

use crate::deploy::deploy_new;
use crate::dialogs::{DialogTenant, Fault, Wrong, world};

#[test]
fn going_back_needs_no_record_and_offers_it() {
    let mut tenant = DialogTenant::with_one();
    tenant.alter_export = Some(|flow| {
        if flow["version"] == "1.1.0" {
            flow["name"] = json!("Altered");
        }
    });
    let (world, tenant) = world(tenant);
    // The intent is kept, and nothing after it.
    world.memory.lines_left.set(Some(1));
    let report = deploy_new(&world).unwrap();
    assert!(
        matches!(report.end, DeployEnd::PreviousActive { .. }),
        "{}",
        report.end
    );
    assert!(report.rolled_back);
    assert_eq!(tenant.borrow().active(), Some("v1".into()));
    let lost = report.books.not_kept.join("\n");
    assert!(
        lost.contains("FLOW_ROLLBACK") && lost.contains("previous_version_active"),
        "{lost}"
    );
}

#[test]
fn other_content_than_was_sent_is_rolled_back() {
    let mut tenant = DialogTenant::with_one();
    tenant.alter_export = Some(|flow| flow["nodes"][0]["label"] = json!("Someone else's"));
    let (world, tenant) = world(tenant);
    let report = deploy_new(&world).unwrap();
    assert!(
        matches!(report.end, DeployEnd::PreviousActive { .. }),
        "{}",
        report.end
    );
    assert_eq!(tenant.borrow().active(), Some("v1".into()));
    assert_eq!(
        world.actions(),
        [
            "FLOW_DEPLOY",
            "FLOW_ROLLBACK",
            "FLOW_ROLLBACK",
            "FLOW_DEPLOY"
        ]
    );
}

/// Promotions of `v2` fail, and so does going back when `back_fails`.
fn failing_promotions(back_fails: bool) -> impl FnMut(usize, &Request) -> Option<Fault> {
    move |_, request| {
        let promotes = request.method == Method::Patch;
        let back = request.url.ends_with("/v1");
        (promotes && (!back || back_fails)).then_some(if back {
            Fault::Before(Wrong::Status(500))
        } else {
            Fault::After(Wrong::Status(400))
        })
    }
}

#[test]
fn a_promotion_that_is_refused_though_it_works_is_taken_back() {
    let mut tenant = DialogTenant::with_one();
    tenant.fault = Some(Box::new(failing_promotions(false)));
    let (world, tenant) = world(tenant);
    let report = deploy_new(&world).unwrap();
    assert!(
        matches!(report.end, DeployEnd::PreviousActive { .. }),
        "{}",
        report.end
    );
    assert_eq!(tenant.borrow().active(), Some("v1".into()));
}

#[test]
fn a_rollback_that_fails_is_told_with_what_helps() {
    let mut tenant = DialogTenant::with_one();
    tenant.fault = Some(Box::new(failing_promotions(true)));
    tenant.alter_export = Some(|flow| flow["name"] = json!("Altered"));
    let (world, _) = world(tenant);
    let report = deploy_new(&world).unwrap();
    let DeployEnd::Unknown(unknown) = &report.end else {
        panic!("{}", report.end);
    };
    assert_eq!(
        (unknown.target.as_deref(), unknown.previous.as_deref()),
        (Some("v2"), Some("v1"))
    );
    assert_eq!(
        unknown.request,
        "curl -X PATCH 'https://tenant.example.com/api/v2/dialogs/d/versions/v1' -H \"Authorization: \
         Bearer $TOKEN\" -H 'Content-Type: application/json' -d '{\"promote\":true,\"status\":\"active\"}'"
    );
    assert!(report.end.to_string().contains("It is not known"));
    assert_eq!(world.memory.records.borrow().len(), 1);
}

#[test]
fn stopping_after_publication_leaves_the_version_before() {
    let cancelled = Rc::new(Cell::new(None::<cognigy::Cancellation>));
    let shared = Rc::clone(&cancelled);
    let mut tenant = DialogTenant::with_one();
    tenant.fault = Some(Box::new(move |_, request| {
        if request.method == Method::Post
            && let Some(cancellation) = shared.take()
        {
            cancellation.cancel();
        }
        None
    }));
    let (world, tenant) = world(tenant);
    cancelled.set(Some(world.cancellation.clone()));
    let report = deploy_new(&world).unwrap();
    let DeployEnd::PreviousActive { created, .. } = report.end else {
        panic!("{}", report.end);
    };
    assert_eq!(created.as_deref(), Some("v2"));
    assert_eq!(tenant.borrow().active(), Some("v1".into()));
}
