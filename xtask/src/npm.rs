//! Node and the npm packages pinned in `package-lock.json`: the wasm optimiser and the end-to-end
//! tests need them, `cargo xtask start` does not.

use crate::report::step;
use crate::{browser, integrity, process, project};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The oldest major version of Node the packages support.
const OLDEST_NODE: u32 = 20;

/// The folder with the programs of the packages.
pub(crate) fn folder() -> PathBuf {
    project::root().join("node_modules").join(".bin")
}

/// Makes Node and the locked packages ready.
pub(crate) fn ensure() -> Result<()> {
    ensure_node()?;
    let root = project::root();
    let lock = fs::read(root.join("package-lock.json"))
        .context("Cannot read package-lock.json. Restore it from git.")?;
    let mark = root.join("node_modules").join(".flowdeck-lock");
    let wanted = integrity::digest(&lock).integrity();
    if fs::read_to_string(&mark).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    step("Installing the npm packages", || {
        let mut command = npm();
        command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        process::run(&mut command).context(
            "The npm packages could not be installed. Check that the npm registry can be reached, \
             then try again.",
        )?;
        fs::write(mark, wanted).context("Cannot write into node_modules.")
    })
}

/// Node with `arguments`.
pub(crate) fn node() -> Command {
    process::program("node")
}

fn npm() -> Command {
    // On Windows npm is a script, which only its full name starts.
    process::program(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

fn ensure_node() -> Result<()> {
    if node_version().is_none() || process::find(&["npm", "npm.cmd"]).is_none() {
        browser::install_debian_packages(&["nodejs", "npm"]);
    }
    match node_version() {
        Some(version) if version >= OLDEST_NODE => Ok(()),
        Some(version) => bail!(
            "This needs Node {OLDEST_NODE} or later; this is Node {version}. Install a newer one \
             from https://nodejs.org, then try again."
        ),
        None => bail!(
            "This needs Node {OLDEST_NODE} or later, with npm. Install it from https://nodejs.org, \
             then try again."
        ),
    }
}

fn node_version() -> Option<u32> {
    let said = process::read(node().arg("--version")).ok()?;
    said.strip_prefix('v')?.split('.').next()?.parse().ok()
}
