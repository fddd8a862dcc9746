//! Where baselines are kept: in files, with paths told from the folder they are in.

use std::path::{Path, PathBuf};

use flow::report::Report;

use crate::failure::{Failure, reason};

/// A baseline with the folder that its paths are told from.
pub(crate) struct Baseline {
    known: flow::report::Baseline,
    base: PathBuf,
}

impl Baseline {
    /// Reads a file that [`write`] wrote.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let fail = |reason: String| Failure::Baseline {
            path: path.to_owned(),
            reason,
        };
        let text = std::fs::read_to_string(path).map_err(|error| fail(reason(&error)))?;
        let known = flow::report::Baseline::read(&text).map_err(|error| fail(error.to_string()))?;
        Ok(Self {
            known,
            base: base_of(path),
        })
    }

    /// Takes the known problems out of a report.
    pub(crate) fn subtract(&self, report: &mut Report) {
        let path_of = |path: &str| relative(path, &self.base);
        self.known.subtract(report, &path_of);
    }
}

/// Writes all problems of a report as a baseline. Returns how many they are.
pub(crate) fn write(report: &Report, path: &Path) -> Result<usize, Failure> {
    let base = base_of(path);
    let text = report.to_baseline(&|path| relative(path, &base));
    std::fs::write(path, text).map_err(|source| Failure::write(path, source))?;
    Ok(report.files.iter().map(|file| file.problems().len()).sum())
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
