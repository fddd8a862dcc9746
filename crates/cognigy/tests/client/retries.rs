//! What is sent again, how often and after how long.

use std::cell::RefCell;
use std::rc::Rc;

use cognigy::area::Area;
use cognigy::error::{Changed, Error};
use cognigy::ports::TransportError;
use cognigy::send::{Budget, Call, Pace, Wait, WaitReason, Watch};
use serde_json::json;

use crate::support::{Reply, START, World, together};

fn get() -> Call {
    Call::get(Area::Dialogs, &["thing"])
}

fn post() -> Call {
    Call::post(Area::Dialogs, &["thing"], Some("{}".into()))
}

fn patch(etag: Option<&str>) -> Call {
    Call::patch(Area::Dialogs, &["thing"], "{}".into()).if_match(etag)
}

fn failing(reply: Reply) -> World {
    World::new(move |_| reply.clone())
}

/// How often a call is sent to a tenant that always replies the same.
fn sent(call: &Call, reply: &Reply) -> usize {
    let world = failing(reply.clone());
    world
        .run(world.tools.client.call(call, &Watch::default()))
        .unwrap_err();
    world.asked().len()
}

#[test]
fn the_table_of_what_is_repeated() {
    let status = |status| Reply::json(status, &json!({}));
    let repeated = [
        status(500),
        status(502),
        status(503),
        status(504),
        Reply::Fail(TransportError::Dropped, 5),
        Reply::Fail(TransportError::Offline, 5),
        Reply::Fail(TransportError::Blocked, 5),
        Reply::Fail(TransportError::Timeout, 5),
        Reply::Silence,
        Reply::text(429, ""),
    ];
    for (index, reply) in repeated.iter().enumerate() {
        let limited = index == repeated.len() - 1;
        assert_eq!(sent(&get(), reply), 4, "get, {index}");
        assert_eq!(
            sent(&patch(Some("1")), reply),
            4,
            "patch with a mark, {index}"
        );
        assert_eq!(
            sent(&post(), reply),
            if limited { 4 } else { 1 },
            "post, {index}"
        );
        assert_eq!(
            sent(&patch(None), reply),
            if limited { 4 } else { 1 },
            "patch, {index}"
        );
    }
    for never in [400, 403, 404, 409, 412, 422, 501] {
        assert_eq!(sent(&get(), &status(never)), 1, "{never}");
    }
    assert_eq!(
        sent(&get(), &Reply::text(200, "{\"cut\": ")),
        4,
        "a cut body"
    );
    assert_eq!(sent(&get(), &Reply::text(200, "<html>")), 1, "another body");
}

#[test]
fn polling_is_repeated_more_often() {
    let world = failing(Reply::json(429, &json!({})));
    world
        .run(world.tools.client.call(&get().polling(), &Watch::default()))
        .unwrap_err();
    assert_eq!(world.asked().len(), 6);
}

#[test]
fn delays_double_and_are_drawn_anew() {
    let world = failing(Reply::json(503, &json!({})));
    world
        .run(world.tools.client.call(&get(), &Watch::default()))
        .unwrap_err();
    let seen = world.wire.seen.borrow();
    let gaps: Vec<u64> = seen
        .windows(2)
        .map(|pair| pair[1].0 - pair[0].0 - 10)
        .collect();
    // The dice always fall in the middle.
    assert_eq!(gaps, [750, 1_500, 3_000]);
}

#[test]
fn the_tenants_own_wait_is_kept_to() {
    for (header, wait) in [
        ("7", 7_000),
        ("Sun, 01 Mar 2026 12:00:30 GMT", 29_990),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0),
    ] {
        let mut first = true;
        let world = World::new(move |_| {
            let status = if std::mem::take(&mut first) { 429 } else { 200 };
            Reply::json(status, &json!({})).header("retry-after", header)
        });
        world
            .run(world.tools.client.call(&post(), &Watch::default()))
            .unwrap();
        let seen = world.wire.seen.borrow();
        assert_eq!(seen[1].0 - seen[0].0 - 10, wait, "{header}");
    }
}

#[test]
fn a_date_is_measured_against_the_tenants_clock() {
    let mut first = true;
    let world = World::new(move |_| {
        let status = if std::mem::take(&mut first) { 503 } else { 200 };
        Reply::json(status, &json!({}))
            .header("retry-after", "Wed, 01 Jan 2025 00:00:05 GMT")
            .header("date", "Wed, 01 Jan 2025 00:00:00 GMT")
    });
    world
        .run(world.tools.client.call(&get(), &Watch::default()))
        .unwrap();
    let seen = world.wire.seen.borrow();
    assert_eq!(seen[1].0 - seen[0].0 - 10, 5_000);
}

fn watch_with_waits() -> (Watch, Rc<RefCell<Vec<Wait>>>) {
    let waits: Rc<RefCell<Vec<Wait>>> = Rc::default();
    let kept = Rc::clone(&waits);
    let watch = Watch {
        on_wait: Rc::new(move |wait| kept.borrow_mut().push(wait)),
        ..Watch::default()
    };
    (watch, waits)
}

#[test]
fn a_long_wait_is_a_countdown_and_an_endless_one_is_told() {
    let mut replies = vec!["3600", "90"];
    let world = World::new(move |_| match replies.pop() {
        Some(wait) => Reply::json(429, &json!({})).header("retry-after", wait),
        None => Reply::json(200, &json!({})),
    });
    let (watch, waits) = watch_with_waits();
    let failed = world
        .run(world.tools.client.call(&get(), &watch))
        .unwrap_err();
    let expected = Wait {
        until: START + 10 + 90_000,
        reason: WaitReason::Countdown,
    };
    assert_eq!(*waits.borrow(), [expected]);
    let until = Some(START + 90_020 + 3_600_000);
    assert_eq!(failed.error, Error::RateLimited { until });
}

#[test]
fn every_wait_can_be_stopped() {
    let world = failing(Reply::json(429, &json!({})).header("retry-after", "50"));
    let watch = Watch::default();
    let stop = async {
        use cognigy::ports::Clock as _;
        world.time.sleep(1_000).await;
        watch.cancellation.cancel();
        Ok(())
    };
    let call = async { world.tools.client.call(&get(), &watch).await.map(|_| ()) };
    let results = world.run(together(vec![Box::pin(call), Box::pin(stop)]));
    assert_eq!(results[0].as_ref().unwrap_err().error, Error::Cancelled);
    assert_eq!(world.time.passed(), 1_000);
}

#[test]
fn a_silent_tenant_runs_out_of_time() {
    let world = failing(Reply::Silence);
    let failed = world
        .run(world.tools.client.call(&post(), &Watch::default()))
        .unwrap_err();
    assert_eq!(failed.error, Error::Timeout { waited: 15_000 });
    assert_eq!(failed.changed, Changed::Perhaps);
    assert_eq!(world.time.passed(), 15_250);
}

#[test]
fn what_may_have_got_through_stays_open_though_the_last_answer_is_clear() {
    let mut first = true;
    let world = World::new(move |_| {
        if std::mem::take(&mut first) {
            Reply::Fail(TransportError::Dropped, 5)
        } else {
            Reply::json(412, &json!({}))
        }
    });
    let failed = world.run(
        world
            .tools
            .client
            .call(&patch(Some("1")), &Watch::default()),
    );
    let failed = failed.unwrap_err();
    assert!(matches!(failed.error, Error::Conflict { .. }));
    assert_eq!(failed.changed, Changed::Perhaps);
}

#[test]
fn retries_add_a_tenth_at_most_beyond_the_first_ten_a_minute() {
    let mut budget = Budget::default();
    let (mut requests, mut retries) = (0_u64, 0_u64);
    // Ten minutes of a tenant that refuses everything, ten requests a second.
    for tick in 0..6_000_u64 {
        let now = tick * 100;
        budget.request(now);
        requests += 1;
        for _ in 0..3 {
            retries += u64::from(budget.retry(now));
        }
    }
    assert!(
        retries * 10 <= requests + 100,
        "{retries} retries on {requests} requests"
    );
    let mut quiet = Budget::default();
    quiet.request(0);
    assert_eq!((0..20).filter(|_| quiet.retry(0)).count(), 10);
    assert!(!quiet.retry(59_999));
    assert!(quiet.retry(60_000), "a minute later they are back");
}

#[test]
fn a_storm_of_calls_keeps_to_the_budget() {
    let world = failing(Reply::json(429, &json!({})));
    for _ in 0..100 {
        world
            .run(world.tools.client.call(&get(), &Watch::default()))
            .unwrap_err();
    }
    let extra = world.asked().len() - 100;
    assert!(extra <= 20, "{extra} repetitions");
}

#[test]
fn a_dialog_is_asked_ten_times_a_second_at_most() {
    let world = failing(Reply::json(200, &json!({})).after(0));
    let watch = Watch::default();
    let calls = (0..25).map(|_| {
        let call = get().paced(Pace::Dialog("d".into()));
        let (client, watch) = (&world.tools.client, &watch);
        Box::pin(async move { client.call(&call, watch).await.is_ok() }) as _
    });
    assert!(
        world
            .run(together(calls.collect()))
            .iter()
            .all(|worked| *worked)
    );
    let seen = world.wire.seen.borrow();
    let within = |from: u64| {
        seen.iter()
            .filter(|(at, _)| (from..from + 1_000).contains(at))
            .count()
    };
    assert_eq!([within(0), within(1_000), within(2_000)], [10, 10, 5]);
}

#[test]
fn an_id_that_would_climb_the_path_is_not_sent() {
    let world = failing(Reply::json(200, &json!({})));
    for id in ["", ".", ".."] {
        let call = Call::get(Area::Dialogs, &["api", id, "versions"]);
        let failed = world
            .run(world.tools.client.call(&call, &Watch::default()))
            .unwrap_err();
        assert!(matches!(failed.error, Error::Invalid(_)), "{id}");
    }
    assert!(world.asked().is_empty());
}

#[test]
fn requests_carry_what_they_need_and_no_more() {
    let world = failing(Reply::json(200, &json!({})));
    let watch = Watch::default();
    world
        .run(
            world
                .tools
                .client
                .call(&get().query("cursor", "a b"), &watch),
        )
        .unwrap();
    world
        .run(
            world
                .tools
                .client
                .call(&post().idempotency_key("k"), &watch),
        )
        .unwrap();
    let seen = world.wire.seen.borrow();
    let headers = |index: usize| {
        let request = &seen[index].1;
        let names = request
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}"));
        (
            request.url.clone(),
            request.body.is_some(),
            names.collect::<Vec<_>>().join(", "),
        )
    };
    insta::assert_debug_snapshot!("headers", [headers(0), headers(1)]);
}
