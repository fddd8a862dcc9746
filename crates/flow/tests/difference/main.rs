//! Wire forms, differences and merges: fixed cases, and laws that hold for random flows.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/flows.rs"]
mod flows;
#[path = "../support/json.rs"]
mod json;

mod differences;
mod laws;
mod merges;
mod states;
mod support;
mod wire_forms;
