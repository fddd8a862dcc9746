//! The contract of the practice tenant, resource by resource: requests and what comes back.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod any_request;
mod bots;
mod context;
mod dialogs;
mod engine;
mod faults;
mod faults_of_jobs;
mod idempotency;
mod limits;
mod practice;
mod restore;
mod runtime;
mod simulations;
mod states;
mod support;
mod tokens;
