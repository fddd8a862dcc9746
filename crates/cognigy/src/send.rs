//! How requests get to a tenant and back: authentication, pace, retries, the circuit breaker. What
//! is asked for is in [`crate::resource`].

mod authorize;
mod breaker;
mod call;
mod client;
mod pace;
mod retry;
mod token;
mod watch;

pub use breaker::{Breaker, BreakerState};
pub use call::{Answer, Call};
pub use client::{Client, Ports};
pub use pace::Pace;
pub use retry::{Budget, MAXIMUM_RETRIES, MAXIMUM_RETRIES_POLLING, delay};
pub use watch::{Wait, WaitReason, Watch};
