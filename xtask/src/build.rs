//! `cargo xtask build`: the optimised site in `dist/`, and what each file weighs.

use crate::headers::ConnectSources;
use crate::{project, site, weight};
use anyhow::Result;
use std::process::ExitCode;

/// Builds `dist/` and prints the weights.
pub(crate) fn run(connect: &ConnectSources) -> Result<ExitCode> {
    let dist = project::root().join("dist");
    site::build(site::Kind::Release, connect, &dist)?;
    weight::print_table(&dist)?;
    println!(
        "The site is in {}. docs/hosting.md says how to host it.",
        dist.display()
    );
    Ok(ExitCode::SUCCESS)
}
