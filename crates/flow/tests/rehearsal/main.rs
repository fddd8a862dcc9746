//! Rehearsal: conversations with fixed flows, and random flows.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/flows.rs"]
mod flows;
#[path = "../support/json.rs"]
mod json;

mod any_flow;
mod conversations;
mod dialog;
mod fixture;
mod states;
mod support;
