//! What of the Rust toolchain has to be there: a recent compiler, the wasm target, the linters.

use crate::process;
use crate::report::step;
use anyhow::{Context, Result, bail};
use std::path::PathBuf;

/// The compile target of the app.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";
/// The oldest compiler that builds the workspace (`rust-version` in Cargo.toml).
const OLDEST: (u32, u32) = (1, 95);

/// Fails with a sentence when the compiler is too old.
pub(crate) fn check_version() -> Result<()> {
    let said = process::read(process::program("rustc").arg("--version"))
        .context("Rust is not installed. Install it from https://rustup.rs, then try again.")?;
    let version = parse_version(&said)
        .with_context(|| format!("Cannot tell the version of Rust from `{said}`."))?;
    if version < OLDEST {
        bail!(
            "Flowdeck needs Rust {}.{} or later; this is {}.{}. Run `rustup update stable`, then \
             try again.",
            OLDEST.0,
            OLDEST.1,
            version.0,
            version.1
        );
    }
    Ok(())
}

fn parse_version(said: &str) -> Option<(u32, u32)> {
    let mut parts = said.split_whitespace().nth(1)?.split(['.', '-']);
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// Adds the wasm target to the active toolchain where it is missing.
pub(crate) fn ensure_wasm_target() -> Result<()> {
    let sysroot = process::read(process::program("rustc").args(["--print", "sysroot"]))?;
    if PathBuf::from(sysroot)
        .join("lib/rustlib")
        .join(WASM)
        .is_dir()
    {
        return Ok(());
    }
    step(&format!("Adding the Rust target {WASM}"), || {
        process::run(process::program("rustup").args(["target", "add", WASM])).with_context(|| {
            format!(
                "The Rust target {WASM} is missing and rustup could not add it. Install it the way \
                 Rust was installed (for rustup: `rustup target add {WASM}`), then try again."
            )
        })
    })
}

/// Adds clippy and rustfmt to the active toolchain where they are missing.
pub(crate) fn ensure_linters() -> Result<()> {
    for (subcommand, component) in [("clippy", "clippy"), ("fmt", "rustfmt")] {
        if process::read(process::cargo().args([subcommand, "--version"])).is_ok() {
            continue;
        }
        step(&format!("Adding {component}"), || {
            process::run(process::program("rustup").args(["component", "add", component]))
        })?;
    }
    Ok(())
}

/// Downloads every locked crate, so that Trunk can work offline.
pub(crate) fn fetch_crates() -> Result<()> {
    process::run(process::cargo().args(["fetch", "--quiet", "--locked"])).context(
        "Some crates are missing and could not be downloaded. Connect to the internet once, then \
         try again.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert_eq!(
            parse_version("rustc 1.95.0 (59807616e 2026-04-14)"),
            Some((1, 95))
        );
        assert_eq!(
            parse_version("rustc 1.100.0-nightly (abc 2026-09-01)"),
            Some((1, 100))
        );
        assert!(parse_version("rustc 1.100.0").is_some_and(|version| version >= OLDEST));
        assert_eq!(parse_version("rustc"), None);
    }
}
