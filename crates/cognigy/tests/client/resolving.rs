//! What becomes of operations that were interrupted: a page that closed at any moment.

use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Waker};

use cognigy::operation::{
    DeployPlan, DeployRequest, DeployUser, PreviousChoice, Resolution, Resolved, VersionTaken,
    deploy, resolve,
};
use cognigy::ports::{Journal as _, LocalBoxFuture, TransportError};
use cognigy::resource::dialogs::Version;
use cognigy::send::Watch;
use flow::rules::Settings;
use serde_json::json;

use crate::dialogs::{DialogTenant, Fault, Wrong, flow, world};
use crate::support::{Reply, World};

struct Agrees;

impl DeployUser for Agrees {
    fn other_id<'a>(&'a self, _: &'a str, _: &'a str) -> LocalBoxFuture<'a, bool> {
        Box::pin(async { true })
    }

    fn which_is_active<'a>(
        &'a self,
        _: &'a [Version],
    ) -> LocalBoxFuture<'a, Option<PreviousChoice>> {
        Box::pin(async { None })
    }

    fn version_taken<'a>(&'a self, _: &'a VersionTaken) -> LocalBoxFuture<'a, Option<String>> {
        Box::pin(async { None })
    }

    fn confirm<'a>(&'a self, _: &'a DeployPlan) -> LocalBoxFuture<'a, bool> {
        Box::pin(async { true })
    }
}

/// Deploys until the request of this number is on its way, then drops everything, as a closed page
/// does. Whether the tenant still got the request is `arrives`.
fn closed_at(number: usize, arrives: bool) -> (World, Rc<RefCell<DialogTenant>>) {
    let mut tenant = DialogTenant::with_one();
    tenant.fault = Some(Box::new(move |at, _| {
        (at == number).then_some(if arrives {
            Fault::After(Wrong::Silence)
        } else {
            Fault::Before(Wrong::Silence)
        })
    }));
    let (world, tenant) = world(tenant);
    let (settings, text) = (Settings::default(), flow("1.1.0", "New").to_string());
    let request = DeployRequest {
        dialog: "d",
        text: &text,
        settings: &settings,
    };
    let sink = world.sink();
    {
        let mut running = pin!(deploy(
            &world.tools,
            &request,
            &Agrees,
            &world.cancellation,
            &sink
        ));
        let mut context = Context::from_waker(Waker::noop());
        while world.asked().len() <= number {
            assert!(running.as_mut().poll(&mut context).is_pending());
            if world.asked().len() <= number {
                world.time.step();
            }
        }
    }
    world.time.forget();
    tenant.borrow_mut().fault = None;
    (world, tenant)
}

fn resolved(world: &World) -> Vec<Resolved> {
    world
        .run(resolve(&world.tools, &Watch::default()))
        .unwrap()
        .0
}

#[test]
fn a_page_closed_at_any_request_leaves_nothing_unknown_at_the_next_start() {
    // Requests: versions, export, publish, promote, versions, export.
    for number in 0..6 {
        for arrives in [false, true] {
            let (world, tenant) = closed_at(number, arrives);
            let asked = world.asked().len();
            let resolved = resolved(&world);
            let context = format!("request {number}, arrives {arrives}: {resolved:?}");
            let new_is_active = tenant.borrow().active() == Some("v2".into());
            if number < 2 {
                assert!(resolved.is_empty(), "{context}");
            } else {
                let expected = if new_is_active {
                    Resolution::Done
                } else {
                    Resolution::NotDone
                };
                assert_eq!(resolved[0].resolution, expected, "{context}");
                let last = world.audited().pop().unwrap();
                assert_eq!(last.0, "RESOLVED_AFTER_INTERRUPTION");
                assert!(!resolved[0].to_string().is_empty());
            }
            assert_eq!(
                new_is_active,
                number > 3 || (number == 3 && arrives),
                "{context}"
            );
            let sent = world.asked().split_off(asked);
            assert!(
                sent.iter().all(|line| line.starts_with("GET ")),
                "only read: {sent:?}"
            );
            assert!(world.memory.records.borrow().is_empty(), "{context}");
        }
    }
}

#[test]
fn what_others_did_meanwhile_is_told() {
    let (world, tenant) = closed_at(3, false);
    for version in &mut tenant.borrow_mut().versions {
        version.active = false;
    }
    let resolved = resolved(&world);
    assert!(
        matches!(&resolved[0].resolution, Resolution::Elsewhere(what) if what.contains("no version"))
    );

    let (world, tenant) = closed_at(3, true);
    tenant.borrow_mut().alter_export = Some(|flow| flow["name"] = json!("Altered"));
    assert!(matches!(
        &self::resolved(&world)[0].resolution,
        Resolution::Elsewhere(_)
    ));
}

#[test]
fn a_record_stays_while_the_tenant_cannot_be_read() {
    let (world, tenant) = closed_at(3, true);
    tenant.borrow_mut().fault = Some(Box::new(|_, _| Some(Fault::Before(Wrong::Status(403)))));
    assert!(matches!(
        resolved(&world)[0].resolution,
        Resolution::Unreadable(_)
    ));
    assert_eq!(world.memory.records.borrow().len(), 1);
    tenant.borrow_mut().fault = None;
    assert_eq!(resolved(&world)[0].resolution, Resolution::Done);
    assert!(resolved(&world).is_empty());
}

#[test]
fn pushed_states_are_recognised_by_their_content() {
    let (world, tenant) = crate::state_tenant::world(crate::state_tenant::StateTenant::new());
    let file = crate::state_tenant::file();
    let new = &file["states"][0]["transitions"];
    let canonical = cognigy::canonical::canonical(&cognigy::wire::transitions(new));
    let record = json!({"id": "op", "kind": "push-transitions", "tenant": "https://tenant.example.com",
        "step": "push", "subject": "ask", "more": {"bot": "b", "flow": "f",
        "states": {"ask": cognigy::canonical::sha256(&canonical)}}});
    let journal = |record: &serde_json::Value| {
        world
            .run(world.memory.write("op", &record.to_string()))
            .unwrap();
    };
    journal(&record);
    assert_eq!(resolved(&world)[0].resolution, Resolution::NotDone);
    tenant.borrow_mut().states[0].2 = new.clone();
    journal(&record);
    assert_eq!(resolved(&world)[0].resolution, Resolution::Done);
}

#[test]
fn what_leaves_no_trace_and_what_is_elsewhere_is_not_guessed() {
    let world = World::new(|_| Reply::Fail(TransportError::Dropped, 1));
    let put = |id: &str, text: &str| world.run(world.memory.write(id, text)).unwrap();
    put(
        "1",
        r#"{"id": "1", "kind": "simulate", "tenant": "https://tenant.example.com", "subject": "b"}"#,
    );
    put(
        "2",
        r#"{"id": "2", "kind": "deploy", "tenant": "https://other.example.com", "subject": "d"}"#,
    );
    put("3", "not a record");
    let (resolved, unreadable) = world.run(resolve(&world.tools, &Watch::default())).unwrap();
    let resolutions: Vec<&Resolution> = resolved.iter().map(|one| &one.resolution).collect();
    assert_eq!(
        resolutions,
        [&Resolution::CannotTell, &Resolution::OtherTenant]
    );
    assert_eq!(unreadable, ["not a record"]);
    assert!(world.asked().is_empty());
}
