//! A tenant that takes no requests for ten minutes: how many more a client sends because it repeats
//! them, and whether it waits as long as it is asked to.

use std::collections::BTreeMap;

use cognigy::area::Area;
use cognigy::ports::{Clock, LocalBoxFuture};
use cognigy::send::{Call, Watch};
use tenant::{Fault, FaultKind, RetryAfter};

use crate::network::Seen;
use crate::virtual_time::together;
use crate::world::{Setup, World, tenant};

/// How long it lasts, in milliseconds.
const STORM: u64 = 600_000;

/// Calls at a steady pace, whatever becomes of them.
fn calls(world: &World, every: u64) -> Vec<LocalBoxFuture<'_, bool>> {
    let count = STORM / every;
    (0..count)
        .map(|number| {
            let call = async move {
                world.time.sleep(number * every).await;
                let path = ["api", "v1", "bots", "nordlicht-shop", "versions"];
                let call = Call::get(Area::Simulation, &path).query("n", &number.to_string());
                world
                    .tools
                    .client
                    .call(&call, &Watch::default())
                    .await
                    .is_ok()
            };
            Box::pin(call) as LocalBoxFuture<'_, bool>
        })
        .collect()
}

#[test]
fn a_storm_is_not_made_worse_and_waits_are_kept() {
    let limited = |retry_after, seconds| FaultKind::RateLimited {
        retry_after,
        seconds,
    };
    let storms = [
        ("429, 7 seconds", limited(RetryAfter::Seconds, 7)),
        ("429, until a date", limited(RetryAfter::Date, 45)),
        ("429, without a time", limited(RetryAfter::None, 0)),
        ("503", FaultKind::ServerError { status: 503 }),
    ];
    for (name, kind) in storms {
        for (page, every) in [(false, 500), (true, 500), (false, 250)] {
            let world = World::new(tenant(), Setup { page, keys: true }, 7);
            let storm = Fault::once(kind.clone()).on("bot-versions").times(None);
            world.network.tenant.borrow_mut().switch_on(storm).unwrap();
            let calls = calls(&world, every);
            let count = calls.len();
            let answers = world.run(together(calls)).unwrap();
            assert!(answers.iter().all(|answered| !answered), "{name}");
            let seen = world.network.seen.borrow();
            let in_the_storm = |seen: &&Seen| seen.call == "bot-versions" && seen.sent < STORM;
            let sent = seen.iter().filter(in_the_storm).count();
            println!("{name}, page {page}, every {every} ms: {count} calls, {sent} requests");
            assert!(
                sent * 10 <= count * 11,
                "{name}: {sent} requests for {count} calls"
            );
            let mut until: BTreeMap<&str, u64> = BTreeMap::new();
            for seen in seen.iter() {
                let url = seen.request.url.as_str();
                if let Some(until) = until.get(url) {
                    assert!(seen.sent >= *until, "{name}: {url} came back too early");
                }
                until.extend(seen.wait_until.map(|until| (url, until)));
            }
        }
    }
}
