//! Comparisons of two versions: fixed cases, and laws that hold for random charts, flows and edits of them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/flows.rs"]
mod flows;
#[path = "../support/json.rs"]
mod json;

mod apply;
mod cases;
mod chart_laws;
mod charts;
mod formats;
mod many;
