//! `flowdeck check`: from paths to a verdict.

mod baseline;
mod files;
mod inputs;
mod parallel;
mod watch;

use std::io;
use std::path::Path;

use flow::report::{Report, ReviewedBy, counted};
use flow::rules::Preset;

use baseline::Baseline;
pub(crate) use files::{read, read_input, shown};
pub(crate) use inputs::{Input, collect};
pub(crate) use parallel::each;

use crate::arguments::{self, CheckArguments, Format};
use crate::clock;
use crate::failure::Failure;
use crate::format::{self, Source};
use crate::output::{self, Paint};
use crate::settings::Configuration;

/// How a check ended, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// No errors, and not too many warnings.
    Clean,
    /// Errors, or too many warnings.
    Problems,
    /// Something could not be read.
    Unread,
}

impl Verdict {
    /// The exit code.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Problems => 1,
            Self::Unread => 2,
        }
    }

    fn of(report: &Report, max_warnings: Option<usize>) -> Self {
        let counts = report.counts();
        if report.rejected() > 0 {
            Self::Unread
        } else if counts.errors > 0 || max_warnings.is_some_and(|most| counts.warnings > most) {
            Self::Problems
        } else {
            Self::Clean
        }
    }
}

/// A report with what its text form needs besides.
pub(crate) struct Checked {
    pub(crate) report: Report,
    /// The text of each file that has something to show, in the order of the report.
    pub(crate) sources: Vec<Option<Source>>,
}

/// Checks once, or until interrupted.
pub(crate) fn run(arguments: &CheckArguments) -> Result<Verdict, Failure> {
    if arguments.watch {
        watch::run(arguments, once)
    } else {
        once(arguments)
    }
}

fn once(arguments: &CheckArguments) -> Result<Verdict, Failure> {
    let configuration = configure(arguments)?;
    // Read first: a check of a thousand files should not end in a misspelled name.
    let baseline = match &arguments.baseline {
        Some(path) => Some(Baseline::read(path)?),
        None => None,
    };
    let inputs = inputs::collect(&arguments.paths);
    let pictures = arguments.format == Format::Html && arguments.write_baseline.is_none();
    let mut checked = files::check(&inputs, &configuration, pictures);
    if let Some(path) = &arguments.write_baseline {
        return write_baseline(&checked.report, path);
    }
    if let Some(baseline) = baseline {
        baseline.subtract(&mut checked.report);
    }
    checked.report.review = review(arguments);
    let text = render(arguments, &checked);
    output::deliver(&text, arguments.output.as_deref())?;
    if let Some(path) = &arguments.output {
        let summary = checked.report.summary();
        output::remark(&format!("{summary} Written to {}.", path.display()));
    }
    let warnings = checked.report.counts().warnings;
    if let Some(most) = arguments.max_warnings.filter(|&most| warnings > most) {
        output::complain(&format!(
            "That is {}, more than the {most} that --max-warnings allows.",
            counted(warnings, "warning")
        ));
    }
    Ok(Verdict::of(&checked.report, arguments.max_warnings))
}

/// The settings file, with what the command line overrides.
fn configure(arguments: &CheckArguments) -> Result<Configuration, Failure> {
    let folder = std::env::current_dir().map_err(Failure::NoFolder)?;
    let mut configuration = Configuration::find(&folder)?;
    let everywhere = configuration.everywhere();
    everywhere.all_cycles = arguments.all_cycles;
    if let Some(preset) = arguments.preset {
        everywhere.preset = match preset {
            arguments::Preset::Recommended => Preset::Recommended,
            arguments::Preset::Strict => Preset::Strict,
        };
    }
    Ok(configuration)
}

/// Writes the baseline instead of a report. What could not be read cannot be in it.
fn write_baseline(report: &Report, path: &Path) -> Result<Verdict, Failure> {
    let known = baseline::write(report, path)?;
    output::remark(&format!(
        "{} written to {}. From now on, check with --baseline {}.",
        counted(known, "problem"),
        path.display(),
        path.display()
    ));
    if report.rejected() == 0 {
        return Ok(Verdict::Clean);
    }
    let files = counted(report.rejected(), "file");
    output::complain(&format!(
        "{files} could not be read and have no part in it."
    ));
    Ok(Verdict::Unread)
}

/// Who reviewed, and when. What people read is dated; what programs read is only when somebody puts
/// a name to it, so that two runs over the same files are the same to the byte.
fn review(arguments: &CheckArguments) -> Option<ReviewedBy> {
    let is_dated = matches!(arguments.format, Format::Html | Format::Markdown);
    (is_dated || arguments.reviewer.is_some()).then(|| ReviewedBy {
        reviewer: arguments.reviewer.clone().unwrap_or_default(),
        at: clock::now(),
        note: arguments.note.clone().unwrap_or_default(),
    })
}

fn render(arguments: &CheckArguments, checked: &Checked) -> String {
    let report = &checked.report;
    match arguments.format {
        Format::Text => {
            let paint = if arguments.output.is_some() {
                Paint::PLAIN
            } else {
                Paint::for_stream(&io::stdout())
            };
            format::text::write(checked, arguments.all, paint)
        }
        Format::Json => report.to_json(),
        Format::Markdown => report.to_markdown(),
        Format::Sarif => report.to_sarif(),
        Format::Html => report.to_html(),
        Format::Csv => report.to_csv(),
        Format::Github => format::github::write(report),
    }
}
