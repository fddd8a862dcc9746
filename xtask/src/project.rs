//! Where things lie in the checkout, and what its lock file says. Creates nothing.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// The root of the checkout. Cargo sets the variable for `cargo xtask`; a binary started by hand
/// falls back on the place it was compiled in.
pub(crate) fn root() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest
        .parent()
        .map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Where intermediate results of these tasks lie.
pub(crate) fn work_folder() -> PathBuf {
    root().join("target").join("flowdeck")
}

/// The version `Cargo.lock` holds for `package`.
pub(crate) fn locked_version(package: &str) -> Result<String> {
    let path = root().join("Cargo.lock");
    let lock = std::fs::read_to_string(&path)
        .with_context(|| format!("Cannot read {}. Restore it from git.", path.display()))?;
    version_in_lock(&lock, package).with_context(|| {
        format!(
            "{} does not mention {package}. Restore it from git.",
            path.display()
        )
    })
}

fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == name)?;
    let version = lines.next()?.strip_prefix("version = \"")?;
    Some(version.strip_suffix('"')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_that_of_the_exact_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.9.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.126\"\n";
        assert_eq!(
            version_in_lock(lock, "wasm-bindgen").as_deref(),
            Some("0.2.126")
        );
        assert_eq!(version_in_lock(lock, "wasm"), None);
    }
}
