//! The client's operations against the practice tenant, in a time that jumps: what they claim is
//! compared with what the tenant holds.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod canary;
mod chance;
mod conversations;
mod faults;
mod inside;
mod interleavings;
mod judge;
mod judge_flows;
mod matrix;
#[path = "../../../cognigy/tests/client/support/memory.rs"]
#[allow(dead_code, reason = "the client's own tests use the rest")]
mod memory;
mod network;
mod page;
mod records;
mod scenarios;
mod storm;
mod user;
#[path = "../../../cognigy/tests/client/support/time.rs"]
#[allow(dead_code, reason = "the client's own tests use the rest")]
mod virtual_time;
mod world;
