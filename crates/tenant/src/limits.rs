//! How many requests are let through: at most so many a second for each bot and each dialog.

use serde::{Deserialize, Serialize};

use crate::ask::Ask;
use crate::calls::Limit;
use crate::refusal::{Refusal, Wait};
use crate::world::World;

/// Requests a second for one bot.
const PER_BOT: u64 = 100;
/// Requests a second for one dialog.
const PER_DIALOG: u64 = 10;

/// What is left of an allowance. It refills steadily and holds two seconds' worth, as a network
/// delivers in bursts what was sent evenly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Bucket {
    /// In thousandths of a request.
    left: u64,
    /// When that was, in milliseconds since 1970.
    at: u64,
}

/// Takes one request out of its allowance.
pub(crate) fn take(world: &mut World, ask: &Ask<'_>) -> Result<(), Refusal> {
    let Some(limit) = ask.call.limit else {
        return Ok(());
    };
    let (kind, rate) = match limit {
        Limit::Bot => ("bot", PER_BOT),
        Limit::Dialog => ("dialog", PER_DIALOG),
    };
    let full = rate * 2000;
    // A rate a second is as many thousandths a millisecond.
    let now = ask.now;
    world
        .buckets
        .retain(|_, bucket| now.saturating_sub(bucket.at) < 10_000);
    let key = format!("{kind} {}", ask.name(0));
    let bucket = world.buckets.entry(key).or_insert(Bucket {
        left: full,
        at: now,
    });
    let refilled = now.saturating_sub(bucket.at).saturating_mul(rate);
    bucket.left = bucket.left.saturating_add(refilled).min(full);
    bucket.at = bucket.at.max(now);
    if bucket.left < 1000 {
        return Err(Refusal::RateLimited {
            wait: Some(Wait::Seconds(1)),
        });
    }
    bucket.left -= 1000;
    Ok(())
}
