//! The pinned tools written in Rust: found in the cache shared between checkouts, or built into
//! it, and linked into `.tools/bin`. Nothing is ever installed outside these two folders.

use crate::report::step;
use crate::{process, project};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// The variable that moves the cache.
const CACHE_VARIABLE: &str = "FLOWDECK_TOOLS_CACHE";

struct Tool {
    package: &'static str,
    version: String,
    binaries: &'static [&'static str],
    /// Extra arguments of `cargo install`.
    install: &'static [&'static str],
    /// Whether the first binary knows `--version`. One that does not is known by its folder.
    tells_version: bool,
}

/// The folder to put first on the search path.
pub(crate) fn folder() -> PathBuf {
    project::root().join(".tools").join("bin")
}

/// Makes trunk, the tools of wasm-bindgen and the one that splits the program ready in [`folder`].
pub(crate) fn ensure() -> Result<()> {
    let tools = [
        Tool {
            package: "trunk",
            version: "0.21.14".into(),
            binaries: &["trunk"],
            // An unoptimised Trunk is as good and compiles in a fraction of the time.
            install: &["--debug"],
            tells_version: true,
        },
        Tool {
            package: "wasm-bindgen-cli",
            // The tool and the crate speak a private protocol: their versions must be equal.
            version: project::locked_version("wasm-bindgen")?,
            binaries: &["wasm-bindgen", "wasm-bindgen-test-runner"],
            install: &[],
            tells_version: true,
        },
        Tool {
            package: "wasm_split_cli_support",
            version: "0.2.4".into(),
            binaries: &["wasm-split-cli"],
            install: &["--features", "build-binary"],
            tells_version: false,
        },
    ];
    for tool in &tools {
        let home = tool.find_or_install()?;
        for binary in tool.binaries {
            link(
                &executable(&home, binary),
                &executable_in(&folder(), binary),
            )?;
        }
    }
    Ok(())
}

impl Tool {
    /// The folder under which the tool lies in `bin/`.
    fn find_or_install(&self) -> Result<PathBuf> {
        let name = format!("{}-{}", self.package, self.version);
        let local = project::root().join(".tools");
        let homes: Vec<_> = cache()
            .into_iter()
            .chain([local])
            .map(|folder| folder.join(&name))
            .collect();
        if let Some(home) = homes.iter().find(|home| self.works_in(home)) {
            return Ok(home.clone());
        }
        let Some(home) = homes.into_iter().find(|home| is_writable(home)) else {
            bail!(
                "There is no place to install {name}: neither the tool cache nor .tools/ can be \
                 written. Set {CACHE_VARIABLE} to a folder that can."
            );
        };
        step(
            &format!("Installing {name} (once per machine, some minutes)"),
            || self.install_into(&home),
        )?;
        if !self.works_in(&home) {
            bail!(
                "{name} was installed into {} but does not start there.",
                home.display()
            );
        }
        Ok(home)
    }

    fn works_in(&self, home: &Path) -> bool {
        self.binaries.iter().all(|binary| {
            let path = executable(home, binary);
            // The test runner knows no `--version`; it comes with the binary that does.
            path.is_file() && (*binary != self.binaries[0] || self.says_its_version(&path))
        })
    }

    fn says_its_version(&self, binary: &Path) -> bool {
        if !self.tells_version {
            return process::read(process::program(binary).arg("--help")).is_ok();
        }
        process::read(process::program(binary).arg("--version"))
            .is_ok_and(|said| said.split_whitespace().nth(1) == Some(self.version.as_str()))
    }

    fn install_into(&self, home: &Path) -> Result<()> {
        let mut command = process::cargo();
        command
            .args([
                "install",
                "--locked",
                "--force",
                "--version",
                &format!("={}", self.version),
            ])
            .args(self.install)
            .arg("--root")
            .arg(home)
            .arg(self.package)
            // Flags meant for the app must not reach the tools.
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .env_remove("CARGO_BUILD_TARGET");
        process::run(&mut command).with_context(|| {
            format!(
                "{} {} could not be installed. Nothing of the app was changed. Check that \
                 crates.io can be reached and a C compiler is installed, then try again.",
                self.package, self.version
            )
        })
    }
}

/// The cache shared between checkouts, if this machine has a place for one.
fn cache() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os(CACHE_VARIABLE).filter(|value| !value.is_empty()) {
        return Some(PathBuf::from(folder));
    }
    Some(std::env::home_dir()?.join(".cache/flowdeck/tools"))
}

/// Whether files can be made in `folder`; makes it.
fn is_writable(folder: &Path) -> bool {
    let probe = folder.join(".probe");
    let writable = fs::create_dir_all(folder).is_ok() && fs::write(&probe, "").is_ok();
    let _ = fs::remove_file(probe);
    writable
}

fn executable(home: &Path, binary: &str) -> PathBuf {
    executable_in(&home.join("bin"), binary)
}

fn executable_in(folder: &Path, binary: &str) -> PathBuf {
    folder.join(format!("{binary}{}", std::env::consts::EXE_SUFFIX))
}

/// Makes `link` lead to `target`, replacing what was there.
fn link(target: &Path, link: &Path) -> Result<()> {
    if fs::canonicalize(link).ok() == fs::canonicalize(target).ok() {
        return Ok(());
    }
    if let Some(folder) = link.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("Cannot make the folder {}.", folder.display()))?;
    }
    let _ = fs::remove_file(link);
    #[cfg(unix)]
    let made = std::os::unix::fs::symlink(target, link);
    #[cfg(not(unix))]
    let made = fs::copy(target, link).map(drop);
    made.with_context(|| format!("Cannot make {}.", link.display()))
}
