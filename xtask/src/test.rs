//! `cargo xtask test`: every check there is. A suite that fails does not keep the others from
//! running; the last line counts what passed and failed in all of them.

use crate::browser::Browser;
use crate::headers::ConnectSources;
use crate::report::{self, Tally, step};
use crate::{browser, npm, one_file, process, project, rust, site, start, tools, weight};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

/// A group of checks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Suite {
    /// Format, clippy for both targets, and the dependency rules where cargo-deny is installed.
    Lint,
    /// The tests of all crates on this machine.
    Native,
    /// The tests of the app inside a browser.
    Browser,
    /// The tests that use the served app as a person would.
    EndToEnd,
    /// The release build.
    Build,
}

const ALL: [Suite; 5] = [
    Suite::Lint,
    Suite::Native,
    Suite::Browser,
    Suite::EndToEnd,
    Suite::Build,
];

impl Suite {
    /// The suite called `name` on the command line.
    pub(crate) fn from_name(name: &str) -> Result<Self> {
        Ok(match name {
            "lint" => Self::Lint,
            "native" => Self::Native,
            "browser" => Self::Browser,
            "e2e" => Self::EndToEnd,
            "build" => Self::Build,
            _ => bail!("There is no suite `{name}`. There are: lint native browser e2e build."),
        })
    }

    fn run(self) -> Result<Tally> {
        match self {
            Self::Lint => lint(),
            Self::Native => native(),
            Self::Browser => in_browser(),
            Self::EndToEnd => end_to_end(),
            Self::Build => release(),
        }
    }
}

/// Runs `suites`, or all when none are named, and prints the count as the last line.
pub(crate) fn run(suites: &[Suite]) -> ExitCode {
    let mut tally = Tally::default();
    for suite in if suites.is_empty() { &ALL } else { suites } {
        tally += suite.run().unwrap_or_else(|error| {
            println!("{}", report::explain(&error));
            Tally::FAILED
        });
    }
    println!("{tally}");
    if tally.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// One check: a program that succeeds or not.
fn check(name: &str, command: &mut Command) -> Tally {
    let checked = step(name, || {
        if process::capture(command)?.success {
            Ok(())
        } else {
            bail!("{name} failed.")
        }
    });
    if checked.is_ok() {
        Tally::PASSED
    } else {
        Tally::FAILED
    }
}

/// A program that prints `test result:` lines.
fn tests(name: &str, command: &mut Command) -> Result<Tally> {
    let mut tally = Tally::FAILED;
    step(name, || {
        let outcome = process::capture(command)?;
        tally = Tally::of_test_output(&outcome.output, outcome.success);
        println!("    {tally}");
        Ok(())
    })?;
    Ok(tally)
}

fn lint() -> Result<Tally> {
    rust::check_version()?;
    rust::ensure_wasm_target()?;
    rust::ensure_linters()?;
    let clippy = || {
        let mut command = process::cargo();
        command.args(["clippy", "--locked", "--all-targets"]);
        command
    };
    let deny_warnings = ["--", "-D", "warnings"];
    let mut tally = check("Format", process::cargo().args(["fmt", "--all", "--check"]));
    tally += check("Clippy", clippy().arg("--workspace").args(deny_warnings));
    let app = [
        "--package",
        "flowdeck",
        "--all-features",
        "--target",
        rust::WASM,
    ];
    tally += check(
        "Clippy for the browser",
        clippy().args(app).args(deny_warnings),
    );
    if process::find(&["cargo-deny"]).is_some() {
        let rules = ["deny", "--offline", "check", "bans", "licenses", "sources"];
        tally += check("Dependency rules", process::cargo().args(rules));
    }
    Ok(tally)
}

fn native() -> Result<Tally> {
    rust::check_version()?;
    let mut command = process::cargo();
    command
        .args(["test", "--locked", "--workspace", "--no-fail-fast"])
        // A snapshot that differs is a failure here, never a new file.
        .env("INSTA_UPDATE", "no");
    tests("Native tests", &mut command)
}

fn in_browser() -> Result<Tally> {
    rust::check_version()?;
    rust::ensure_wasm_target()?;
    tools::ensure()?;
    let browser = browser::ensure()?;
    let mut command = process::cargo();
    command
        // With the profile of the end-to-end tests: what it compiles is used twice.
        .args([
            "test",
            "--locked",
            "--package",
            "flowdeck",
            "--profile",
            "wasm-fast",
        ])
        .args(["--target", rust::WASM, "--test", "web*", "--no-fail-fast"])
        .env("PATH", process::path_with(&[tools::folder()])?)
        .env("CHROMEDRIVER", &browser.driver)
        .env("WASM_BINDGEN_USE_BROWSER", "1")
        // Seconds; the defaults (5 and 20) are too short for a loaded machine.
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300")
        .env(
            "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
            browser.write_webdriver_settings()?,
        );
    tests("Tests in the browser", &mut command)
}

fn end_to_end() -> Result<Tally> {
    let browser = browser::ensure()?;
    npm::ensure()?;
    let folder = project::work_folder().join("site-test");
    let command = flowdeck_command()?;
    let connect = ConnectSources::default();
    let built = site::build(site::Kind::Fast, &connect, &folder)?;
    let whole = project::work_folder()
        .join("one-file-test")
        .join(one_file::NAME);
    one_file::write(&built, site::Kind::Fast, &connect, &whole)?;
    let made = Made {
        folder,
        whole,
        command,
    };
    playwright(&browser, &made)
}

/// Builds the `flowdeck` command, with which tests start practice tenants, and says where it is.
fn flowdeck_command() -> Result<PathBuf> {
    step("Building the flowdeck command", || {
        process::run(process::cargo().args([
            "build",
            "--locked",
            "--quiet",
            "--package",
            "flowdeck-cli",
        ]))
        .context("The flowdeck command could not be built, so nothing was tested.")
    })?;
    let name = format!("flowdeck{}", std::env::consts::EXE_SUFFIX);
    Ok(project::root().join("target").join("debug").join(name))
}

/// What the end-to-end tests are run on.
struct Made {
    /// The site.
    folder: PathBuf,
    /// The app in one file.
    whole: PathBuf,
    /// The `flowdeck` command.
    command: PathBuf,
}

/// Serves the site on a free port and runs Playwright against it.
fn playwright(browser: &Browser, made: &Made) -> Result<Tally> {
    let server = start::listen(&made.folder, Some("/a/b/"), 0)?;
    let results: PathBuf = project::work_folder().join("playwright.json");
    let _ = fs::remove_file(&results);
    let mut command = npm::node();
    command
        .args([
            "node_modules/@playwright/test/cli.js",
            "test",
            "--config",
            "tests/e2e",
        ])
        .env("FLOWDECK_URL", server.url())
        .env("FLOWDECK_CHROMIUM", &browser.chromium)
        .env("FLOWDECK_ONE_FILE", &made.whole)
        .env("FLOWDECK_COMMAND", &made.command)
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &results);
    step("End-to-end tests", || {
        let outcome = process::capture(&mut command)?;
        let tally = playwright_tally(&results, outcome.success)?;
        println!("    {tally}");
        Ok(tally)
    })
}

fn playwright_tally(results: &std::path::Path, success: bool) -> Result<Tally> {
    let text = fs::read_to_string(results)
        .context("Playwright ended without results. What it printed above says why.")?;
    let results: Value = serde_json::from_str(&text)
        .context("The results of Playwright are not what was expected.")?;
    let count = |kind: &str| {
        results["stats"][kind]
            .as_u64()
            .and_then(|count| usize::try_from(count).ok())
            .unwrap_or(0)
    };
    // A test that passes only sometimes is broken.
    let mut tally = Tally {
        passed: count("expected"),
        failed: count("unexpected") + count("flaky"),
    };
    if !success && tally.failed == 0 {
        tally.failed = 1;
    }
    Ok(tally)
}

fn release() -> Result<Tally> {
    let folder = project::work_folder().join("site-release");
    site::build(site::Kind::Release, &ConnectSources::default(), &folder)?;
    weight::print_table(&folder)?;
    Ok(Tally::PASSED)
}
