//! The `flowdeck` command as others run it: arguments and files in, output and exit code out.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod audit;
mod bad_input;
mod baseline;
mod check;
mod convert;
mod diff;
mod explain;
mod exports;
mod formats;
mod many_files;
#[path = "../../../flow/tests/support/exports.rs"]
mod project;
mod samples;
mod settings;
mod support;
mod watch;
#[path = "../../../flow/tests/support/zip.rs"]
mod zip;
