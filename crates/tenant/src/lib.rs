//! The practice tenant: a pure function of state, request and time that stands in for a whole
//! Cognigy tenant. It opens no port and reads no clock.
//!
//! [`Tenant::answer`] takes a request and says what comes back, when, and whether anything comes
//! back at all. All that is remembered is in the [`Tenant`], which is plain data and can be kept
//! as JSON. What travels over a network, and how, is the business of whoever asks.

mod answer;
mod ask;
mod bots;
mod calls;
mod clock;
mod compile;
mod context;
mod delivery;
mod dialogs;
mod engine;
mod entities;
mod faults;
mod held;
mod hooks;
mod idempotency;
mod interference;
mod json;
mod limits;
mod pattern;
mod practice;
mod refusal;
mod rehearse;
mod runtime;
mod samples;
mod seed;
mod simulations;
mod states;
mod strike;
mod surroundings;
mod tenant;
mod tokens;
mod validate;
mod world;

pub use answer::{Answer, Delivery};
pub use calls::{CallName, call_names};
pub use engine::Engine;
pub use faults::{Fault, FaultError, FaultKind, RetryAfter};
pub use rehearse::{Entity, Rehearse, Step};
pub use samples::Samples;
pub use tenant::{RestoreError, Tenant};
