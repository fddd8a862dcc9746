//! The `flowdeck` command as others run it: arguments and files in, output and exit code out.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod audit;
mod bad_input;
mod baseline;
mod check;
mod convert;
mod explain;
mod formats;
mod many_files;
mod samples;
mod settings;
mod support;
mod watch;
