//! A deployment with a fault at every request: what it claims is compared with what is so.

use std::cell::Cell;
use std::rc::Rc;

use cognigy::http::{Method, Request};
use cognigy::operation::DeployEnd;

use crate::deploy::deploy_new;
use crate::dialogs::{DialogTenant, Fault, Faults, Wrong, world_made};
use crate::support::Making;

/// Runs a deployment with a fault at one request, or from it on.
fn honest(making: Making, fault: &Fault, at: usize, forever: bool) -> &'static str {
    let fault = fault.clone();
    let faults = move |number: usize, _: &Request| {
        (number == at || (forever && number > at)).then(|| fault.clone())
    };
    honest_with(making, Box::new(faults), forever)
}

/// Runs a deployment with faults and checks what it claims against what is so.
fn honest_with(making: Making, faults: Faults, forever: bool) -> &'static str {
    let mut tenant = DialogTenant::with_one();
    tenant.fault = Some(faults);
    let (world, tenant) = world_made(making, tenant);
    let ended = deploy_new(&world);
    let tenant = tenant.borrow();
    let context = format!("{ended:?}, {:?}", world.asked());
    assert!(tenant.numbered("1.1.0") <= 1, "created twice: {context}");
    let open = !world.memory.records.borrow().is_empty();
    let Ok(report) = ended else {
        assert_eq!(tenant.versions.len(), 1, "stopped, yet created: {context}");
        assert!(!open, "{context}");
        return "stopped";
    };
    let deploys = world
        .actions()
        .iter()
        .filter(|action| *action == "FLOW_DEPLOY")
        .count();
    assert_eq!(deploys, 2, "intent and outcome: {context}");
    assert_eq!(open, !report.end.is_proved(), "{context}");
    match report.end {
        DeployEnd::NewActive { version_id, .. } => {
            assert_eq!(tenant.active(), Some(version_id), "{context}");
            assert_eq!(tenant.numbered("1.1.0"), 1);
            "new"
        }
        DeployEnd::PreviousActive { version_id, .. } => {
            assert_eq!(
                (tenant.active(), version_id),
                (Some("v1".into()), Some("v1".into())),
                "{context}"
            );
            "previous"
        }
        DeployEnd::Unknown(unknown) => {
            assert!(forever, "one fault alone leaves nothing unknown: {context}");
            assert!(
                !unknown.tried.is_empty() && unknown.request.contains("$TOKEN"),
                "{context}"
            );
            "unknown"
        }
    }
}

#[test]
fn a_fault_at_every_request_ends_as_it_should() {
    let wrongs = [
        Wrong::Status(500),
        Wrong::Status(503),
        Wrong::Status(429),
        Wrong::Status(409),
        Wrong::Status(403),
        Wrong::Status(401),
        Wrong::Status(400),
        Wrong::Drop,
        Wrong::Silence,
        Wrong::Html,
        Wrong::Cut,
        Wrong::OtherType,
    ];
    let mut ends: std::collections::BTreeMap<&str, u32> = std::collections::BTreeMap::new();
    for keys in [true, false] {
        for wrong in wrongs {
            for fault in [Fault::Before(wrong), Fault::After(wrong)] {
                for at in 0..8 {
                    for forever in [false, true] {
                        let mut making = Making::default();
                        making.connection.idempotency_keys = keys;
                        let end = honest(making, &fault, at, forever);
                        *ends.entry(end).or_default() += 1;
                    }
                }
            }
        }
    }
    // Each end is reached, so none of the checks above is idle.
    assert_eq!(
        ends.keys().copied().collect::<Vec<_>>(),
        ["new", "previous", "stopped", "unknown"]
    );
    assert_eq!(ends.values().sum::<u32>(), 2 * 12 * 2 * 8 * 2);
}

#[test]
fn one_fault_of_the_network_does_not_keep_a_version_from_users() {
    for wrong in [Wrong::Status(503), Wrong::Drop, Wrong::Silence] {
        for fault in [Fault::Before(wrong), Fault::After(wrong)] {
            for at in 0..6 {
                assert_eq!(
                    honest(Making::default(), &fault, at, false),
                    "new",
                    "{fault:?} {at}"
                );
            }
        }
    }
}

#[test]
fn without_keys_only_an_answered_publication_is_sent_again() {
    for (wrong, end, sent) in [
        (Wrong::Drop, "previous", 1),
        (Wrong::Silence, "previous", 1),
        (Wrong::Status(503), "new", 2),
    ] {
        let mut making = Making::default();
        making.connection.idempotency_keys = false;
        let published = Rc::new(Cell::new(0));
        let count = Rc::clone(&published);
        let fault = move |_: usize, request: &Request| {
            let publishes = request.method == Method::Post;
            count.set(count.get() + usize::from(publishes));
            (publishes && count.get() == 1).then_some(Fault::Before(wrong))
        };
        assert_eq!(
            honest_with(making, Box::new(fault), false),
            end,
            "{wrong:?}"
        );
        assert_eq!(published.get(), sent, "{wrong:?}");
    }
}

#[test]
fn a_silent_tenant_is_not_asked_for_ever() {
    for at in 2..6 {
        let mut tenant = DialogTenant::with_one();
        tenant.fault = Some(Box::new(move |number, _| {
            (number >= at).then_some(Fault::Before(Wrong::Silence))
        }));
        let (world, _) = world_made(Making::default(), tenant);
        let report = deploy_new(&world).unwrap();
        assert!(!report.end.is_proved(), "{}", report.end);
        let minutes = world.time.passed() / 60_000;
        assert!(minutes < 6, "{minutes} minutes from request {at} on");
    }
}
