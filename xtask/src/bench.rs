//! `cargo xtask bench`: the native benchmarks of every crate, or the page beside its peers in a
//! browser.

use crate::headers::ConnectSources;
use crate::{browser, npm, process, project, rust, site};
use anyhow::{Result, bail};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

/// Runs `cargo bench` over the workspace, with `arguments` passed on.
pub(crate) fn native(arguments: &[OsString]) -> Result<ExitCode> {
    rust::check_version()?;
    process::run(
        process::cargo()
            .args(["bench", "--locked", "--workspace"])
            .args(arguments),
    )?;
    Ok(ExitCode::SUCCESS)
}

/// What is measured in the browser.
#[derive(Default)]
pub(crate) struct BrowserOptions {
    /// The folder of a finished site; without one a release is built.
    pub(crate) site: Option<PathBuf>,
    /// Fewer sizes and rounds.
    pub(crate) quick: bool,
}

/// Measures the page in a browser, beside one with React Flow and one that blits a bitmap.
pub(crate) fn in_browser(options: &BrowserOptions) -> Result<ExitCode> {
    let browser = browser::ensure()?;
    npm::ensure()?;
    let mut command = npm::node();
    command
        .args(["bench/run.mjs", "--site"])
        .arg(site_folder(options)?)
        .env("FLOWDECK_CHROMIUM", &browser.chromium);
    if options.quick {
        command.arg("--quick");
    }
    process::run(&mut command)?;
    Ok(ExitCode::SUCCESS)
}

/// The site that was named, or one built for release.
fn site_folder(options: &BrowserOptions) -> Result<PathBuf> {
    let Some(named) = &options.site else {
        let folder = project::work_folder().join("site-release");
        site::build(site::Kind::Release, &ConnectSources::default(), &folder)?;
        return Ok(folder);
    };
    // Node runs in the root of the checkout, wherever this was started.
    let folder = std::path::absolute(named)?;
    if !folder.join("index.html").is_file() {
        bail!(
            "There is no index.html in {}. Nothing was measured. Name the folder of a finished \
             site, or leave --site out to have one built.",
            folder.display()
        );
    }
    Ok(folder)
}
