//! The client against a scripted tenant, in a time that jumps.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod addresses;
mod breaker;
mod canonical_json;
mod deploy;
mod dialogs;
mod errors;
mod retries;
mod support;
mod tokens;
