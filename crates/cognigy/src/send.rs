//! How requests get to a tenant and back: authentication, pace, retries, the circuit breaker. What
//! is asked for is in [`crate::resource`].

mod breaker;
mod call;
mod client;
mod pace;
mod retry;
mod token;

pub use breaker::{Breaker, BreakerState};
pub use call::{Answer, Call};
pub use client::{Client, Ports, Wait, WaitReason, Watch};
pub use pace::Pace;
pub use retry::{Budget, MAXIMUM_RETRIES, MAXIMUM_RETRIES_POLLING, delay};
