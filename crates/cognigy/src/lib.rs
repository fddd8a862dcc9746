//! The client of a Cognigy tenant: requests, authentication, retries, one module per resource, the
//! operations on them, audit and metrics.
//!
//! Pure over the traits it is given ([`ports`]): it opens no connection, reads no clock and draws no
//! random number of its own.

pub mod address;
mod answer;
pub mod area;
pub mod audit;
pub mod canonical;
pub mod connection;
pub mod connection_test;
pub mod error;
pub mod http;
pub mod journal;
pub mod metrics;
pub mod moment;
pub mod operation;
pub mod ports;
mod random;
pub mod refused;
pub mod resource;
pub mod secret;
pub mod send;
pub mod vault;
mod waiting;
pub mod webhook;
pub mod wire;

pub use waiting::Cancellation;
