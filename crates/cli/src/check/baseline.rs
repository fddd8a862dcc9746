//! Baselines: the problems that were there when somebody started to check, left out of reports
//! from then on.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use flow::json::quote;
use flow::report::{Outcome, Report};
use serde::Deserialize;

use crate::failure::{Failure, reason};

/// The version of the file format.
const FORMAT: u32 = 1;

/// The problems that are known, by file and fingerprint.
pub(crate) struct Baseline {
    known: BTreeSet<(String, String)>,
    base: PathBuf,
}

#[derive(Deserialize)]
struct Stored {
    #[serde(rename = "flowdeck-baseline")]
    format: u32,
    problems: Vec<StoredProblem>,
}

#[derive(Deserialize)]
struct StoredProblem {
    path: String,
    fingerprint: String,
}

impl Baseline {
    /// Reads a file that [`write`] wrote.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let fail = |reason: String| Failure::Baseline {
            path: path.to_owned(),
            reason,
        };
        let text = std::fs::read_to_string(path).map_err(|error| fail(reason(&error)))?;
        let stored: Stored =
            serde_json::from_str(&text).map_err(|_| fail("it is no baseline file".to_owned()))?;
        if stored.format != FORMAT {
            return Err(fail(format!(
                "its format is {}, and this version of flowdeck reads {FORMAT}",
                stored.format
            )));
        }
        let known = stored
            .problems
            .into_iter()
            .map(|problem| (problem.path, problem.fingerprint))
            .collect();
        Ok(Self {
            known,
            base: base_of(path),
        })
    }

    /// Takes the known problems out of a report. Returns how many those were.
    pub(crate) fn subtract(&self, report: &mut Report) -> usize {
        let mut left_out = 0;
        for file in &mut report.files {
            let path = relative(&file.path, &self.base);
            if let Outcome::Checked(problems) = &mut file.outcome {
                let before = problems.len();
                problems.retain(|problem| {
                    let name = (path.clone(), spelled(problem.fingerprint));
                    !self.known.contains(&name)
                });
                left_out += before - problems.len();
            }
        }
        left_out
    }
}

/// Writes all problems of a report as a baseline: one line each, so that a change to it can be
/// reviewed. Returns how many they are.
pub(crate) fn write(report: &Report, path: &Path) -> Result<usize, Failure> {
    let base = base_of(path);
    let mut lines = Vec::new();
    for file in &report.files {
        let file_path = quote(&relative(&file.path, &base));
        for problem in file.problems() {
            let ids: Vec<String> = problem.ids.iter().map(|id| quote(id)).collect();
            let mut line = String::new();
            write!(
                line,
                "    {{\"path\": {file_path}, \"code\": \"{}\", \"ids\": [{}], \"fingerprint\": \
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
    let text = format!("{{\n  \"flowdeck-baseline\": {FORMAT},\n  \"problems\": {list}\n}}\n");
    std::fs::write(path, text).map_err(|source| Failure::write(path, source))?;
    Ok(lines.len())
}

fn spelled(fingerprint: u64) -> String {
    format!("{fingerprint:016x}")
}

/// The folder that the paths in a baseline are told from: its own.
fn base_of(path: &Path) -> PathBuf {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
}

/// A path as told from `base`, so that it is the same from whichever folder the check is started;
/// as it is when it lies elsewhere. What is in an archive has the archive's path before its own.
fn relative(path: &str, base: &Path) -> String {
    let path_itself = Path::new(path);
    let real = path_itself.ancestors().find_map(|above| {
        let real = above.canonicalize().ok()?;
        let inside = path_itself.strip_prefix(above).ok()?;
        let is_whole = inside.as_os_str().is_empty();
        // A folder that is there says nothing about a file in it that is not.
        (is_whole || real.is_file()).then(|| if is_whole { real } else { real.join(inside) })
    });
    let inside = real
        .as_deref()
        .and_then(|real| real.strip_prefix(base).ok());
    inside.map_or_else(
        || path.to_owned(),
        |inside| inside.to_string_lossy().replace('\\', "/"),
    )
}
