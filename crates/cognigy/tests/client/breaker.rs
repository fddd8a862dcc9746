//! The circuit breaker, by itself and in a client.

use cognigy::area::Area;
use cognigy::error::Error;
use cognigy::send::{Breaker, BreakerState, Call, Watch};
use serde_json::json;

use crate::support::{Reply, World};

#[test]
fn five_failures_in_a_row_open_it_and_one_probe_decides() {
    let mut breaker = Breaker::default();
    for _ in 0..4 {
        breaker.record(true, 0);
    }
    breaker.record(false, 0);
    for failed in 0..5 {
        assert_eq!(breaker.admit(100), Ok(()), "after {failed} in a row");
        breaker.record(true, 100);
    }
    assert_eq!(breaker.state(), BreakerState::Open { until: 15_100 });
    assert_eq!(breaker.admit(15_099), Err(15_100));
    assert_eq!(breaker.admit(15_100), Ok(()), "the probe");
    assert!(breaker.admit(15_100).is_err(), "one probe alone");
    breaker.record(true, 15_200);
    assert_eq!(breaker.state(), BreakerState::Open { until: 30_200 });
    assert_eq!(breaker.admit(30_200), Ok(()));
    breaker.record(false, 30_300);
    assert_eq!(breaker.state(), BreakerState::Closed);
    breaker.record(true, 30_300);
    assert_eq!(
        breaker.state(),
        BreakerState::Closed,
        "the past is forgotten"
    );
}

#[test]
fn more_than_a_tenth_of_at_least_twenty_opens_it() {
    let mut breaker = Breaker::default();
    for index in 0..19 {
        breaker.record(index % 3 == 0 && index < 10, 0);
    }
    assert_eq!(breaker.state(), BreakerState::Closed, "four of nineteen");
    breaker.record(false, 0);
    assert_eq!(
        breaker.state(),
        BreakerState::Closed,
        "a success never opens it"
    );
    breaker.record(true, 0);
    assert!(
        matches!(breaker.state(), BreakerState::Open { .. }),
        "five of twenty-one"
    );

    let mut breaker = Breaker::default();
    for index in 0..1_000 {
        breaker.record(index % 10 == 9, 0);
    }
    assert_eq!(
        breaker.state(),
        BreakerState::Closed,
        "a tenth is not more than a tenth"
    );
}

#[test]
fn a_probe_that_is_given_up_leaves_the_way_free() {
    let mut breaker = Breaker::default();
    for _ in 0..5 {
        breaker.record(true, 0);
    }
    assert_eq!(breaker.admit(15_000), Ok(()));
    breaker.give_up(15_100);
    assert_eq!(breaker.admit(15_100), Ok(()));
}

fn read() -> Call {
    Call::get(Area::Dialogs, &["thing"])
}

#[test]
fn while_it_is_open_calls_say_when_the_next_probe_goes() {
    let world = World::new(|_| Reply::json(503, &json!({})));
    let watch = Watch::default();
    let client = &world.tools.client;
    let first = world.run(client.call(&read(), &watch)).unwrap_err();
    assert!(matches!(first.error, Error::Server { status: 503, .. }));
    let second = world.run(client.call(&read(), &watch)).unwrap_err();
    assert!(
        matches!(second.error, Error::Server { .. }),
        "the fifth failure, itself told"
    );
    let asked = world.asked().len();
    assert_eq!(asked, 5);
    let third = world.run(client.call(&read(), &watch)).unwrap_err();
    assert!(matches!(third.error, Error::Paused { .. }));
    assert!(
        third.to_string().contains("Nothing was changed."),
        "{third}"
    );
    assert_eq!(world.asked().len(), asked, "nothing was sent");
}

#[test]
fn a_patient_call_waits_for_the_probe() {
    let mut failures = 5;
    let world = World::new(move |_| {
        failures -= i32::from(failures > 0);
        Reply::json(if failures > 0 { 500 } else { 200 }, &json!({"ok": true}))
    });
    let watch = Watch::default();
    let client = &world.tools.client;
    world.run(client.call(&read(), &watch)).unwrap_err();
    let answer = world
        .run(client.call(&read().patient(true), &watch))
        .unwrap();
    assert_eq!(answer.body, json!({"ok": true}));
}

#[test]
fn what_the_tenant_refuses_is_no_failure_of_the_tenant() {
    let world = World::new(|_| Reply::json(404, &json!({})));
    let watch = Watch::default();
    for _ in 0..200 {
        world
            .run(world.tools.client.call(&read(), &watch))
            .unwrap_err();
    }
    assert_eq!(world.tools.client.breaker_state(), BreakerState::Closed);
}
