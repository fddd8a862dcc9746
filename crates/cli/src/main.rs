//! The `flowdeck` command: the checks of the browser app for a terminal or a pipeline. What it
//! checks with is the `flow` crate; here are the file system, the formats and the exit codes.

mod arguments;
mod audit;
mod check;
mod clock;
mod convert;
mod diff;
mod explain;
mod failure;
mod format;
mod output;
mod serve;
mod settings;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, AuditCommand, Command};
use check::Verdict;
use failure::Failure;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments.command) {
        Ok(verdict) => ExitCode::from(verdict.code()),
        Err(failure) => {
            output::complain(&failure.to_string());
            ExitCode::from(Verdict::Unread.code())
        }
    }
}

fn run(command: &Command) -> Result<Verdict, Failure> {
    match command {
        Command::Check(arguments) => check::run(arguments),
        Command::Diff(arguments) => diff::run(arguments),
        Command::Explain { rule } => explain::explain(rule).map(|()| Verdict::Clean),
        Command::Convert(arguments) => convert::run(arguments).map(|()| Verdict::Clean),
        Command::Tenant(arguments) => serve::run(arguments).map(|()| Verdict::Clean),
        Command::Audit(AuditCommand::Verify(arguments)) => audit::verify(arguments),
        Command::Rules => explain::list().map(|()| Verdict::Clean),
    }
}
