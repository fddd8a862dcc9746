//! What happens when a new version cannot be made active or does not prove to be.

use std::cell::Cell;
use std::rc::Rc;

use cognigy::http::{Method, Request};
use cognigy::operation::{DeployEnd, Unknown};
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

/// How a deployment ends when everything fails from the first request that `begins` on.
fn unknown_from(tenant: DialogTenant, begins: fn(&Request) -> bool) -> Unknown {
    let mut tenant = tenant;
    let mut began = false;
    tenant.fault = Some(Box::new(move |_, request| {
        began |= begins(request);
        began.then_some(Fault::Before(Wrong::Status(500)))
    }));
    let (world, _) = world(tenant);
    match deploy_new(&world).unwrap().end {
        DeployEnd::Unknown(unknown) => unknown,
        end => panic!("{end}"),
    }
}

#[test]
fn what_helps_is_what_the_request_does() {
    let publishes = |request: &Request| request.method == Method::Post;
    let promotes = |request: &Request| request.method == Method::Patch;
    let version =
        |unknown: &Unknown, id: &str| unknown.request.contains(&format!("/versions/{id}'"));

    let unknown = unknown_from(DialogTenant::with_one(), promotes);
    assert!(version(&unknown, "v1"), "{}", unknown.request);
    assert_eq!(
        unknown.what_helps(),
        "Check again when the tenant answers, or send the request below by hand. It makes v1 \
         active, which was active before."
    );

    // The first version of a dialog: there is none to go back to.
    let unknown = unknown_from(DialogTenant::default(), promotes);
    assert!(version(&unknown, "v1"), "{}", unknown.request);
    assert_eq!(
        unknown.what_helps(),
        "Check again when the tenant answers, or send the request below by hand. It makes v1 \
         active, which is what was wanted; none is known to have been active before."
    );

    let unknown = unknown_from(DialogTenant::default(), publishes);
    assert_eq!(unknown.request, "");
    assert_eq!(
        unknown.what_helps(),
        "Check again when the tenant answers. No version is known that could be made active by hand."
    );
    let end = DeployEnd::Unknown(unknown).to_string();
    assert!(!end.contains("request below"), "{end}");
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
