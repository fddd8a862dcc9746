//! `cargo xtask`: starts, builds, tests and measures Flowdeck on a machine that has only Rust.
//! This file reads the command line; every subject has its own file.

mod bench;
mod browser;
mod build;
mod headers;
mod integrity;
mod npm;
mod one_file;
mod page;
mod process;
mod project;
mod report;
mod rule_pages;
mod rust;
mod sbom;
mod serve;
mod site;
mod split;
mod start;
mod test;
mod tools;
mod weight;

use anyhow::{Result, bail};
use lexopt::{Arg, ValueExt};
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask <task>

  start   set everything up, build the app and serve it on this machine
            --port N       serve on this port (otherwise 4180 or the next free one)
            --no-open      do not open a browser
            --also-at PATH serve the site under this path too, such as /a/b/
  build   leave the optimised static site in dist/
            --connect-src \"URL …\"  the only hosts the page may talk to besides its own
                                   (otherwise any https host, and this machine)
            --single-file  also the whole app in one file, dist/flowdeck.html, which opens from disk
  test    check everything; with names, only those: lint native browser e2e build
  docs    write the pages of the rules in docs/rules/ from their sources
  bench   run the native benchmarks; what follows is passed to `cargo bench`
            --browser      instead measure the page in Chromium, beside a page with React Flow
                           and one that only blits a bitmap; as first argument, then
              --site FOLDER  measure this finished site (otherwise a release is built)
              --quick        fewer sizes and rounds
";

/// What the command line asks for.
enum Task {
    Help,
    Start(start::Options),
    Build(build::Options),
    Test(Vec<test::Suite>),
    Docs,
    Bench(Vec<std::ffi::OsString>),
    BenchBrowser(bench::BrowserOptions),
}

fn parse(mut parser: lexopt::Parser) -> Result<Task> {
    let task = match parser.next()? {
        None | Some(Arg::Short('h') | Arg::Long("help")) => return Ok(Task::Help),
        Some(Arg::Value(task)) => task.string()?,
        Some(other) => return Err(other.unexpected().into()),
    };
    match task.as_str() {
        "help" => Ok(Task::Help),
        "start" => {
            let mut options = start::Options::default();
            while let Some(argument) = parser.next()? {
                match argument {
                    Arg::Long("port") => options.port = Some(parser.value()?.parse()?),
                    Arg::Long("no-open") => options.open = false,
                    Arg::Long("also-at") => options.also_at = Some(parser.value()?.string()?),
                    other => return Err(other.unexpected().into()),
                }
            }
            Ok(Task::Start(options))
        }
        "build" => {
            let mut options = build::Options::default();
            while let Some(argument) = parser.next()? {
                match argument {
                    Arg::Long("connect-src") => {
                        options.connect =
                            headers::ConnectSources::pinned(&parser.value()?.string()?)?;
                    }
                    Arg::Long("single-file") => options.single_file = true,
                    other => return Err(other.unexpected().into()),
                }
            }
            Ok(Task::Build(options))
        }
        "test" => {
            let mut suites = Vec::new();
            while let Some(argument) = parser.next()? {
                match argument {
                    Arg::Value(name) => suites.push(test::Suite::from_name(&name.string()?)?),
                    other => return Err(other.unexpected().into()),
                }
            }
            Ok(Task::Test(suites))
        }
        "docs" => Ok(Task::Docs),
        "bench" => {
            let mut arguments = parser.raw_args()?;
            if arguments.next_if(|first| first == "--browser").is_none() {
                return Ok(Task::Bench(arguments.collect()));
            }
            let mut options = bench::BrowserOptions::default();
            while let Some(argument) = parser.next()? {
                match argument {
                    Arg::Long("site") => options.site = Some(parser.value()?.into()),
                    Arg::Long("quick") => options.quick = true,
                    other => return Err(other.unexpected().into()),
                }
            }
            Ok(Task::BenchBrowser(options))
        }
        other => bail!("There is no task `{other}`. Nothing was done.\n\n{USAGE}"),
    }
}

fn run() -> Result<ExitCode> {
    match parse(lexopt::Parser::from_env())? {
        Task::Help => {
            print!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        Task::Start(options) => start::run(&options),
        Task::Build(options) => build::run(&options),
        Task::Test(suites) => Ok(test::run(&suites)),
        Task::Docs => docs(),
        Task::Bench(arguments) => bench::native(&arguments),
        Task::BenchBrowser(options) => bench::in_browser(&options),
    }
}

fn docs() -> Result<ExitCode> {
    let changed = rule_pages::generate(&project::root())?;
    for path in &changed {
        println!("{}", path.display());
    }
    println!("{} of the rule pages changed.", changed.len());
    Ok(ExitCode::SUCCESS)
}

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{}", report::explain(&error));
            ExitCode::FAILURE
        }
    }
}
