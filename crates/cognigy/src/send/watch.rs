//! Who looks on while a call is made, and what they are told.

use std::cell::Cell;
use std::rc::Rc;

use crate::waiting::Cancellation;

/// A wait that a call is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// When it ends, in milliseconds since 1970.
    pub until: u64,
    /// What for.
    pub reason: WaitReason,
}

/// What a call waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitReason {
    /// To be sent again after a failure.
    Retry,
    /// The platform asked to wait.
    RateLimit,
    /// The platform asked for so long a wait that the user wants to see it pass.
    Countdown,
    /// To keep the pace.
    Pace,
    /// The breaker's next probe.
    Probe,
    /// A job of the platform to go on.
    Job,
}

/// Who looks on while a call is made: can stop it, is told of waits.
#[derive(Clone)]
pub struct Watch {
    /// Stops it.
    pub cancellation: Cancellation,
    /// Is told of waits.
    pub on_wait: Rc<dyn Fn(Wait)>,
    /// The monotonic moment after which calls are made once and no more.
    pub hurried_from: Rc<Cell<u64>>,
}

impl Default for Watch {
    fn default() -> Self {
        Self {
            cancellation: Cancellation::new(),
            on_wait: Rc::new(|_| {}),
            hurried_from: Rc::new(Cell::new(u64::MAX)),
        }
    }
}
