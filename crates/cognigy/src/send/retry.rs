//! When a failed request is sent again, and after how long.

use std::collections::VecDeque;

use crate::ports::Random;
use crate::random::up_to;

/// How often a request is sent again.
pub const MAXIMUM_RETRIES: u32 = 3;
/// How often while a job is polled.
pub const MAXIMUM_RETRIES_POLLING: u32 = 5;
/// The longest delay before the first repetition, in milliseconds. It doubles each time.
const BASE: u64 = 1_500;
/// The longest delay, in milliseconds.
const CAP: u64 = 20_000;

/// How long to wait before repetition number `retry`, counted from zero, in milliseconds: anything
/// up to a bound that doubles (full jitter), so that clients that failed together do not come back
/// together.
pub fn delay(retry: u32, random: &dyn Random) -> u64 {
    let bound = BASE.saturating_mul(1 << retry.min(10)).min(CAP);
    up_to(random, bound)
}

/// Retries a minute that are always allowed.
const FREE: u64 = 10;
/// Beyond them, one in so many requests may be a retry.
const SHARE: u64 = 10;
/// How far back is counted, in milliseconds.
const MINUTE: u64 = 60_000;
/// How finely, in milliseconds.
const SLOT: u64 = 1_000;

/// Keeps retries from multiplying the load on a tenant that is in trouble already.
#[derive(Clone, Debug, Default)]
pub struct Budget {
    /// Second, requests and retries in it; oldest first.
    slots: VecDeque<(u64, u64, u64)>,
}

impl Budget {
    /// Counts a request that is no retry. `now` is in monotonic milliseconds.
    pub fn request(&mut self, now: u64) {
        self.slot(now).1 += 1;
    }

    /// Asks for a retry and counts it when it is allowed.
    pub fn retry(&mut self, now: u64) -> bool {
        self.slot(now);
        let requests: u64 = self.slots.iter().map(|slot| slot.1).sum();
        let retries: u64 = self.slots.iter().map(|slot| slot.2).sum();
        let allowed = retries < FREE || (retries + 1) * SHARE <= requests;
        if allowed {
            self.slot(now).2 += 1;
        }
        allowed
    }

    fn slot(&mut self, now: u64) -> &mut (u64, u64, u64) {
        let second = now / SLOT;
        while self
            .slots
            .front()
            .is_some_and(|slot| slot.0 + MINUTE / SLOT <= second)
        {
            self.slots.pop_front();
        }
        if self.slots.back().is_none_or(|slot| slot.0 != second) {
            self.slots.push_back((second, 0, 0));
        }
        let last = self.slots.len() - 1;
        &mut self.slots[last]
    }
}
