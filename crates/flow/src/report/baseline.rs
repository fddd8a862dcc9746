//! Baselines: the problems that were there when somebody started to check, left out of reports
//! from then on. A baseline is a text here; where it is kept, and from where the paths in it are
//! told, is decided by whoever has it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Outcome, Report};
use crate::json::{ValueRef, parse, quote};

/// The version of the file format.
const FORMAT: u32 = 1;
/// The key that says that a file is a baseline.
const KEY: &str = "flowdeck-baseline";

/// The problems that are known, by file and fingerprint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    known: BTreeSet<(String, String)>,
}

/// Why a text is no baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotABaseline {
    /// It is something else.
    Other,
    /// Its format is not the one that is read here.
    Format(String),
}

impl std::fmt::Display for NotABaseline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Other => f.write_str("it is no baseline file"),
            Self::Format(format) => write!(
                f,
                "its format is {format}, and this version of flowdeck reads {FORMAT}"
            ),
        }
    }
}

impl std::error::Error for NotABaseline {}

impl Baseline {
    /// Reads a text that [`Report::to_baseline`] wrote.
    pub fn read(text: &str) -> Result<Self, NotABaseline> {
        let tree = parse(text.into()).map_err(|_| NotABaseline::Other)?;
        let format = tree.root().get(KEY).ok_or(NotABaseline::Other)?;
        if format.raw() != FORMAT.to_string() {
            let is_number = format.raw().bytes().all(|digit| digit.is_ascii_digit());
            return Err(if is_number {
                NotABaseline::Format(format.raw().to_owned())
            } else {
                NotABaseline::Other
            });
        }
        let problems = tree.root().get("problems").ok_or(NotABaseline::Other)?;
        let name = |problem: ValueRef<'_>| {
            let text = |key| Some(problem.get(key)?.as_str()?.into_owned());
            Some((text("path")?, text("fingerprint")?))
        };
        let known: Option<BTreeSet<_>> = problems.elements().map(name).collect();
        let known = known.ok_or(NotABaseline::Other)?;
        Ok(Self { known })
    }

    /// Takes the known problems out of a report, which counts them from then on. `path_of` says how
    /// the baseline spells the path of a file. Returns how many problems were taken out.
    pub fn subtract(&self, report: &mut Report, path_of: &dyn Fn(&str) -> String) -> usize {
        let mut left_out = 0;
        for file in &mut report.files {
            let path = path_of(&file.path);
            if let Outcome::Checked(problems) = &mut file.outcome {
                let before = problems.len();
                problems.retain(|problem| {
                    let name = (path.clone(), spelled(problem.fingerprint));
                    !self.known.contains(&name)
                });
                left_out += before - problems.len();
            }
        }
        report.known += left_out;
        left_out
    }
}

impl Report {
    /// All problems as a baseline: one line each, so that a change to it can be reviewed. `path_of`
    /// says how the baseline is to spell the path of a file.
    pub fn to_baseline(&self, path_of: &dyn Fn(&str) -> String) -> String {
        let mut lines = Vec::new();
        for file in &self.files {
            let path = quote(&path_of(&file.path));
            for problem in file.problems() {
                let ids: Vec<String> = problem.ids.iter().map(|id| quote(id)).collect();
                let mut line = String::new();
                write!(
                    line,
                    "    {{\"path\": {path}, \"code\": \"{}\", \"ids\": [{}], \"fingerprint\": \
                     \"{}\"}}",
                    problem.rule.code,
                    ids.join(", "),
                    spelled(problem.fingerprint)
                )
                .unwrap_or_default();
                lines.push(line);
            }
        }
        let list = if lines.is_empty() {
            "[]".to_owned()
        } else {
            format!("[\n{}\n  ]", lines.join(",\n"))
        };
        format!("{{\n  \"{KEY}\": {FORMAT},\n  \"problems\": {list}\n}}\n")
    }
}

/// A fingerprint as files spell it.
pub(super) fn spelled(fingerprint: u64) -> String {
    format!("{fingerprint:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_baseline_is_told_from_a_newer_one() {
        for other in [
            "",
            "[]",
            "{}",
            "{\"flowdeck-baseline\": \"1\", \"problems\": []}",
            "{\"flowdeck-baseline\": 1}",
            "{\"flowdeck-baseline\": 1, \"problems\": [{\"path\": \"a\"}]}",
        ] {
            assert_eq!(Baseline::read(other), Err(NotABaseline::Other), "{other}");
        }
        let newer = Baseline::read("{\"flowdeck-baseline\": 2, \"problems\": []}");
        assert_eq!(newer, Err(NotABaseline::Format("2".to_owned())));
        let empty = Report::default().to_baseline(&str::to_owned);
        assert_eq!(Baseline::read(&empty), Ok(Baseline::default()));
    }
}
