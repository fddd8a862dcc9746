//! The command line: what can be asked for, and the help it prints.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use cognigy::audit::Head;

/// Checks conversational flows for NICE Cognigy.
#[derive(Debug, Parser)]
#[command(name = "flowdeck", version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check files, folders and archives for problems
    Check(CheckArguments),
    /// Say what differs between two files, folders or packages
    Diff(DiffArguments),
    /// Print the page of a rule
    Explain {
        /// Its code or name, such as FD101 or entry-point-missing
        #[arg(value_name = "CODE")]
        rule: String,
    },
    /// List all rules
    Rules,
    /// Write a document in canonical layout, or as another kind
    Convert(ConvertArguments),
    /// Serve a practice tenant on this machine, until Ctrl+C
    Tenant(TenantArguments),
    /// Check audit logs of the app
    #[command(subcommand)]
    Audit(AuditCommand),
}

#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    /// Say whether an exported log is as it was written, or which entry was tampered with first
    Verify(VerifyArguments),
}

/// Exit code 0: whole. 1: tampered with. 2: it could not be read.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit code 0: whole. 1: tampered with. 2: it could not be read. A log that a user \
                  keeps on a machine of their own proves nothing against that user."
)]
pub(crate) struct VerifyArguments {
    /// The exported log (JSON Lines), or - for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// A head that was kept elsewhere, such as from an export: it shows whether the log was cut short
    #[arg(long, value_name = "SIZE:HASH", value_parser = parse_head)]
    pub(crate) head: Option<Head>,
}

fn parse_head(text: &str) -> Result<Head, String> {
    let parsed = text.split_once(':').and_then(|(size, hash)| {
        let hexadecimal = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        let size = size.parse().ok()?;
        hexadecimal.then(|| Head {
            size,
            hash: hash.to_ascii_lowercase(),
        })
    });
    parsed.ok_or_else(|| "expected the size and the hash, such as 12:6b86b2…".to_owned())
}

/// Exit code 0: clean. 1: problems at error level, or too many warnings. 2: something could not
/// be read.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit code 0: clean. 1: problems at error level, or too many warnings. \
                        2: something could not be read."
)]
pub(crate) struct CheckArguments {
    /// Files, ZIP archives, folders (every .json and .zip file in them), or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// How to write the result
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Write the result to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Who stands for the report; with the name comes the time
    #[arg(long, value_name = "NAME")]
    pub(crate) reviewer: Option<String>,
    /// What the reviewer has to say about all of it
    #[arg(long, value_name = "TEXT", requires = "reviewer")]
    pub(crate) note: Option<String>,
    /// Report only problems that are not in this file
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Write all problems there are now to this file, as a baseline
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "watch"])]
    pub(crate) write_baseline: Option<PathBuf>,
    /// Start from another choice of severities than flowdeck.toml does
    #[arg(long, value_enum)]
    pub(crate) preset: Option<Preset>,
    /// List up to N more cycles of an endless loop, beyond the shortest
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) all_cycles: usize,
    /// Fail when there are more than N warnings
    #[arg(long, value_name = "N")]
    pub(crate) max_warnings: Option<usize>,
    /// Show every problem, however many a file has
    #[arg(long)]
    pub(crate) all: bool,
    /// Stay, and check again whenever a file changes
    #[arg(long)]
    pub(crate) watch: bool,
}

/// Exit code 0: nothing differs. 1: something does. 2: something could not be read.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit code 0: nothing differs. 1: something does. 2: something could not be read."
)]
pub(crate) struct DiffArguments {
    /// The old file, folder or package, or - for standard input
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,
    /// The new one
    #[arg(value_name = "NEW")]
    pub(crate) new: PathBuf,
    /// How to write the result
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(crate) format: DiffFormat,
    /// Write the result to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct ConvertArguments {
    /// The document to read, or - for standard input
    #[arg(value_name = "IN")]
    pub(crate) input: PathBuf,
    /// The file to write, or - for standard output; .svg, .mmd and .dot make a picture
    #[arg(value_name = "OUT")]
    pub(crate) output: PathBuf,
    /// What to write; the kind that was read, unless said otherwise
    #[arg(long, value_enum, value_name = "KIND")]
    pub(crate) to: Option<Target>,
}

#[derive(Args, Debug)]
pub(crate) struct TenantArguments {
    /// The port to listen on; 0 for any that is free
    #[arg(long, value_name = "N", default_value_t = 4180)]
    pub(crate) port: u16,
    /// Do not let pages read the headers etag and retry-after
    #[arg(long)]
    pub(crate) hide_headers: bool,
    /// Do not let pages send idempotency keys
    #[arg(long)]
    pub(crate) refuse_idempotency_key: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Target {
    /// The dialog flow, taken out of its sync payload
    DialogFlow,
    /// A sync payload around the dialog flow, with its checksum
    Artifact,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, with the source at each problem
    Text,
    /// For programs; the schema is stable
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// For a ticket or a pull request
    Markdown,
    /// One page that stands alone, with pictures
    Html,
    /// For a spreadsheet, one row per problem
    Csv,
    /// Annotations of GitHub Actions
    Github,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people
    Text,
    /// For programs; the schema is stable
    Json,
    /// For a ticket or a pull request
    Markdown,
    /// One page that stands alone, with both pictures
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Preset {
    /// Each rule as its page says
    Recommended,
    /// Endless loops and everything about conditions are errors
    Strict,
}
