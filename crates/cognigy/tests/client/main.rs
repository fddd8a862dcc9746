//! The client against a scripted tenant, in a time that jumps.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod addresses;
mod audit_log;
mod breaker;
mod canonical_json;
mod connections;
mod context;
mod deploy;
mod dialogs;
mod errors;
mod export;
mod figures;
mod lost;
mod memory;
mod resolving;
mod retries;
mod secrets;
mod simulations;
mod state_variables;
mod states;
mod support;
mod tokens;
mod virtual_time;
mod webhooks;
