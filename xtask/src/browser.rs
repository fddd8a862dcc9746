//! Finds a Chromium and its driver for the tests, or installs them where that is possible.

use crate::report::{self, step};
use crate::{process, project};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

/// A browser the tests can drive.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) driver: PathBuf,
}

const CHROMIUM: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

/// Finds Chromium and chromedriver, installing Debian's where this user may.
pub(crate) fn ensure() -> Result<Browser> {
    if find().is_none() {
        install_debian_packages(&["chromium", "chromium-driver"]);
    }
    match find() {
        Some(browser) => Ok(browser),
        None => bail!(
            "The browser tests need Chromium (or Chrome) and chromedriver of the same version. \
             Install both (Debian, as root: `apt-get install chromium chromium-driver`), or name \
             them in FLOWDECK_CHROMIUM and CHROMEDRIVER, then try again."
        ),
    }
}

fn find() -> Option<Browser> {
    Some(Browser {
        chromium: named_or_found("FLOWDECK_CHROMIUM", CHROMIUM)?,
        driver: named_or_found("CHROMEDRIVER", &["chromedriver"])?,
    })
}

fn named_or_found(variable: &str, names: &[&str]) -> Option<PathBuf> {
    std::env::var_os(variable)
        .map(PathBuf::from)
        .filter(|path| path.is_file())
        .or_else(|| process::find(names))
}

/// Installs packages with apt where there is apt and this user may use it. Failing is not an error
/// here: the caller looks again for what it needs and says what is missing.
pub(crate) fn install_debian_packages(packages: &[&str]) {
    let is_root = process::read(process::program("id").arg("-u")).is_ok_and(|id| id == "0");
    if !is_root || process::find(&["apt-get"]).is_none() {
        return;
    }
    let installed = step(&format!("Installing {}", packages.join(", ")), || {
        let apt = || {
            let mut command = process::program("apt-get");
            command.arg("-qq").env("DEBIAN_FRONTEND", "noninteractive");
            command
        };
        // A package list that could not be refreshed may still be good enough to install from.
        process::capture(apt().arg("update"))?;
        let install = process::capture(
            apt()
                .args(["install", "-y", "--no-install-recommends"])
                .args(packages),
        )?;
        if install.success {
            Ok(())
        } else {
            bail!("apt-get could not install them.")
        }
    });
    if let Err(error) = installed {
        println!("{}", report::explain(&error));
    }
}

impl Browser {
    /// Writes the settings of wasm-bindgen's test runner, completed by the browser found here.
    pub(crate) fn write_webdriver_settings(&self) -> Result<PathBuf> {
        let template = project::root().join("webdriver.json");
        let text = fs::read_to_string(&template)
            .with_context(|| format!("Cannot read {}.", template.display()))?;
        let mut settings: Value = serde_json::from_str(&text)
            .with_context(|| format!("{} is not valid JSON.", template.display()))?;
        settings["goog:chromeOptions"]["binary"] = self.chromium.to_string_lossy().into();
        let path = project::work_folder().join("webdriver.json");
        fs::create_dir_all(project::work_folder())?;
        fs::write(&path, settings.to_string())
            .with_context(|| format!("Cannot write {}.", path.display()))?;
        Ok(path)
    }
}
