//! The circuit breaker of a connection: when so much fails that asking on would only make it worse,
//! it keeps requests back until a probe gets through. What counts as failed is told to it.

use std::collections::VecDeque;

/// So many failures in a row open it.
const IN_A_ROW: usize = 5;
/// So many of the last outcomes are looked at.
const WINDOW: usize = 100;
/// From so many outcomes on, a share of failures above [`SHARE`] opens it.
const ENOUGH: usize = 20;
/// One in so many may fail.
const SHARE: usize = 10;
/// How long it stays open before a probe may go, in milliseconds.
const OPEN_FOR: u64 = 15_000;

/// Counts outcomes and decides whether a request may go. Times are monotonic milliseconds.
#[derive(Clone, Debug, Default)]
pub struct Breaker {
    /// The last outcomes, true for failures.
    outcomes: VecDeque<bool>,
    in_a_row: usize,
    state: BreakerState,
}

/// Whether requests may go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BreakerState {
    /// They may.
    #[default]
    Closed,
    /// Not before this moment; then one may, as a probe.
    Open {
        /// Monotonic milliseconds.
        until: u64,
    },
    /// A probe is under way; all others wait for what becomes of it.
    Probing,
}

impl Breaker {
    /// What it does now.
    pub fn state(&self) -> BreakerState {
        self.state
    }

    /// Asks to send a request: when not, the monotonic moment to ask again. Whoever may send tells
    /// the outcome with [`Breaker::record`], or that there is none with [`Breaker::give_up`].
    pub fn admit(&mut self, now: u64) -> Result<(), u64> {
        match self.state {
            BreakerState::Closed => Ok(()),
            BreakerState::Open { until } if now < until => Err(until),
            BreakerState::Open { .. } => {
                self.state = BreakerState::Probing;
                Ok(())
            }
            // The probe has its own deadline; a moment later more is known.
            BreakerState::Probing => Err(now + 1_000),
        }
    }

    /// Counts an outcome.
    pub fn record(&mut self, failed: bool, now: u64) {
        if self.state == BreakerState::Probing {
            *self = Self::default();
            if failed {
                self.open(now);
            }
            return;
        }
        self.in_a_row = if failed { self.in_a_row + 1 } else { 0 };
        self.outcomes.push_back(failed);
        if self.outcomes.len() > WINDOW {
            self.outcomes.pop_front();
        }
        let failures = self.outcomes.iter().filter(|&&failed| failed).count();
        let too_many = self.outcomes.len() >= ENOUGH && failures * SHARE > self.outcomes.len();
        // A success never opens it, however bad the past was.
        let closed = self.state == BreakerState::Closed;
        if closed && failed && (self.in_a_row >= IN_A_ROW || too_many) {
            self.open(now);
        }
    }

    /// A request that was admitted came to nothing: it was stopped before its outcome was known.
    pub fn give_up(&mut self, now: u64) {
        if self.state == BreakerState::Probing {
            self.state = BreakerState::Open { until: now };
        }
    }

    fn open(&mut self, now: u64) {
        self.state = BreakerState::Open {
            until: now + OPEN_FOR,
        };
    }
}
