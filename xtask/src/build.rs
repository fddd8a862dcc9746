//! `cargo xtask build`: the optimised site in `dist/`, and what each file weighs; when asked, the
//! whole app in one file beside it.

use crate::headers::ConnectSources;
use crate::{one_file, project, site, weight};
use anyhow::Result;
use std::process::ExitCode;

/// What the command line asks for.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) connect: ConnectSources,
    pub(crate) single_file: bool,
}

/// Builds `dist/` and prints the weights.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let dist = project::root().join("dist");
    let built = site::build(site::Kind::Release, &options.connect, &dist)?;
    weight::print_table(&dist)?;
    println!(
        "The site is in {}. docs/hosting.md says how to host it.",
        dist.display()
    );
    if options.single_file {
        let path = dist.join(one_file::NAME);
        let weights = one_file::write(&built, site::Kind::Release, &options.connect, &path)?;
        one_file::print_table(&weights);
        println!(
            "All of it in one file is {}. docs/one-file.md says what it is for.",
            path.display()
        );
    }
    Ok(ExitCode::SUCCESS)
}
