//! `cargo xtask bench`: the native benchmarks of every crate.

use crate::{process, rust};
use anyhow::Result;
use std::ffi::OsString;
use std::process::ExitCode;

/// Runs `cargo bench` over the workspace, with `arguments` passed on.
pub(crate) fn run(arguments: &[OsString]) -> Result<ExitCode> {
    rust::check_version()?;
    process::run(
        process::cargo()
            .args(["bench", "--locked", "--workspace"])
            .args(arguments),
    )?;
    Ok(ExitCode::SUCCESS)
}
