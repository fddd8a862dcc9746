//! The client against a scripted tenant, in a time that jumps.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod addresses;
mod audit_log;
mod breaker;
mod canonical_json;
mod connections;
mod context;
mod deploy;
mod deploy_faults;
mod dialogs;
mod errors;
mod export;
mod figures;
mod going_back;
mod intake;
mod lost;
mod refused;
mod resolving;
mod retries;
mod secrets;
mod simulations;
mod state_tenant;
mod state_variables;
mod states;
mod support;
mod tokens;
mod webhooks;
