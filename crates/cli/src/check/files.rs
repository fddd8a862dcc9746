//! Checking many files at once: they are read side by side, told apart together, opened and checked side
//! by side. The order of the results is the order of the inputs.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flow::document::Document;
use flow::intake::{self, Entry, Intake, Opened, Taken};
use flow::json::{MAX_BYTES, ReadError};
use flow::report::{Content, FileReport, Outcome, Report};
use flow::rules::chart_index::ChartIndex;
use flow::rules::links::Beside;
use flow::rules::{self, Settings};

use super::inputs::Input;
use super::{Checked, parallel};
use crate::failure::reason;
use crate::format::Source;
use crate::settings::Configuration;

/// What came of one entry.
enum Found {
    /// A verdict, and the text where there is something to show in it.
    File(FileReport, Option<Source>),
    /// A chart, which is checked when all charts are known.
    Chart(Box<Document>),
    /// No document of any kind.
    Other,
}

/// Checks every input. With `pictures`, files that hold a graph get one.
pub(crate) fn check(inputs: &[Input], configuration: &Configuration, pictures: bool) -> Checked {
    let mut files = Vec::with_capacity(inputs.len());
    let mut unreadable = Vec::new();
    let read = parallel::each(inputs.len(), |index| read_input(&inputs[index]));
    // Each file and what could not be read, with the number of its input.
    let mut numbers = Vec::with_capacity(inputs.len());
    for (number, (input, read)) in inputs.iter().zip(read).enumerate() {
        match read {
            Some(Ok(file)) => {
                numbers.push(number);
                files.push(file);
            }
            Some(Err(error)) => unreadable.push((number, rejected(input, &error))),
            None => {
                if let Input::Unreadable { error, .. } = input {
                    unreadable.push((number, rejected(input, error)));
                }
            }
        }
    }
    let whole = parallel::each(files.len(), |index| {
        let file = &files[index];
        (file.path.clone(), Content::of(&file.bytes))
    });
    let taken = Intake::new(files).finish();
    let of_input = |entry: &Entry| numbers[entry.file];
    let found = check_entries(
        &taken,
        |entry| configuration.of(path_of(entry, &inputs[of_input(entry)]).as_deref()),
        pictures,
    );

    let mut results: Vec<(usize, FileReport, Option<Source>)> = unreadable
        .into_iter()
        .map(|(number, file)| (number, file, None))
        .collect();
    let mut skipped = taken.skipped;
    for (entry, found) in taken.entries.iter().zip(found) {
        match found {
            Some((mut file, source)) => {
                // What comes out of an archive is its text, everything else its file.
                let (path, content) = &whole[entry.file];
                if file.path == *path {
                    file.content = Some(content.clone());
                }
                results.push((of_input(entry), file, source));
            }
            None => skipped += 1,
        }
    }
    // Stable: what came of one input stays in its order.
    results.sort_by_key(|(number, ..)| *number);
    let mut checked = Checked {
        report: Report {
            skipped,
            ..Report::default()
        },
        sources: Vec::with_capacity(results.len()),
    };
    for (_, file, source) in results {
        checked.report.files.push(file);
        checked.sources.push(source);
    }
    checked
}

/// A verdict on each entry; none for what is no document. Charts are checked together, each knowing the
/// others.
fn check_entries<'a>(
    taken: &Taken,
    settings_of: impl Fn(&Entry) -> Cow<'a, Settings> + Sync,
    pictures: bool,
) -> Vec<Option<(FileReport, Option<Source>)>> {
    let entries = &taken.entries;
    let opened = parallel::each(entries.len(), |index| {
        open(&entries[index], &settings_of(&entries[index]), pictures)
    });
    let mut own = vec![0; entries.len()];
    let mut charts = Vec::new();
    for (index, found) in opened.iter().enumerate() {
        if let Found::Chart(document) = found
            && let Some(chart) = document.chart()
        {
            own[index] = u32::try_from(charts.len()).unwrap_or(u32::MAX);
            charts.push((entries[index].origin.clone(), chart));
        }
    }
    let index = Arc::new(ChartIndex::of(charts, taken.flows.iter().cloned()));
    let mut checked = parallel::each(entries.len(), |at| {
        let Found::Chart(document) = &opened[at] else {
            return None;
        };
        let mut settings = settings_of(&entries[at]).into_owned();
        settings.links.charts = Some(Beside {
            index: Arc::clone(&index),
            own: own[at],
        });
        Some(verdict(&entries[at].path, document, &settings, pictures))
    });
    opened
        .into_iter()
        .zip(&mut checked)
        .map(|(found, checked)| match found {
            Found::File(file, source) => Some((file, source)),
            Found::Chart(_) => checked.take(),
            Found::Other => None,
        })
        .collect()
}

fn open(entry: &Entry, settings: &Settings, pictures: bool) -> Found {
    let path = || entry.path.clone();
    match entry.open() {
        Opened::Document(document) if document.chart().is_some() => {
            Found::Chart(Box::new(document))
        }
        Opened::Document(document) => {
            let (file, source) = verdict(&entry.path, &document, settings, pictures);
            Found::File(file, source)
        }
        Opened::Package(_) => Found::File(FileReport::package(path()), None),
        Opened::Rejected { kind, errors } => {
            let source = entry.text().map(|text| Source::new(Arc::clone(text)));
            Found::File(FileReport::rejected(path(), kind, errors), source)
        }
        Opened::Other => Found::Other,
    }
}

fn verdict(
    path: &str,
    document: &Document,
    settings: &Settings,
    pictures: bool,
) -> (FileReport, Option<Source>) {
    let problems = rules::check(document, settings);
    let mut file = FileReport::checked(path.to_owned(), document, problems).checked_with(settings);
    let source = match &file.outcome {
        Outcome::Checked(problems) if problems.is_empty() => None,
        _ => Some(Source::new(document.tree().shared_text())),
    };
    if pictures {
        file.draw(document.clone());
    }
    (file, source)
}

/// The path that settings for some paths go by; none for what came through standard input.
fn path_of<'a>(entry: &'a Entry, input: &'a Input) -> Option<Cow<'a, Path>> {
    match input {
        Input::Stdin => None,
        // A name that is no text is matched as it is.
        Input::File { path, .. } if shown(path) == entry.path => Some(Cow::Borrowed(path)),
        Input::File { .. } | Input::Unreadable { .. } => {
            Some(Cow::Owned(PathBuf::from(&entry.path)))
        }
    }
}

/// A file with what is in it; none for a path that leads to no file.
pub(crate) fn read_input(input: &Input) -> Option<io::Result<intake::File>> {
    let (path, shown, named) = match input {
        Input::Stdin => (Path::new("-"), "-".to_owned(), true),
        Input::File { path, named } => (path.as_path(), shown(path), *named),
        Input::Unreadable { .. } => return None,
    };
    Some(read(path).map(|bytes| intake::File {
        path: shown,
        bytes,
        named,
    }))
}

fn rejected(input: &Input, error: &io::Error) -> FileReport {
    let path = match input {
        Input::Stdin => "-".to_owned(),
        Input::File { path, .. } | Input::Unreadable { path, .. } => shown(path),
    };
    let message = format!("The file could not be read: {}.", reason(error));
    FileReport::rejected(path, None, vec![ReadError::whole(message)])
}

/// The bytes of a file, or of standard input for `-`, unless they are too many to be opened.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        read_limited(&mut bytes, io::stdin().lock())?;
        return Ok(bytes);
    }
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if metadata.len() > MAX_BYTES as u64 {
        return Err(too_large());
    }
    bytes.reserve_exact(usize::try_from(metadata.len()).unwrap_or_default());
    // A file may grow, and a pipe has no length: the limit holds for what is read.
    read_limited(&mut bytes, file)?;
    Ok(bytes)
}

fn read_limited(bytes: &mut Vec<u8>, reader: impl Read) -> io::Result<()> {
    let limit = MAX_BYTES as u64;
    if reader.take(limit + 1).read_to_end(bytes)? as u64 > limit {
        return Err(too_large());
    }
    Ok(())
}

fn too_large() -> io::Error {
    io::Error::new(
        io::ErrorKind::FileTooLarge,
        "it is larger than 64 MiB, the most that is read",
    )
}

/// A path as reports show it: forward slashes on every system.
pub(crate) fn shown(path: &Path) -> String {
    let path = path.to_string_lossy();
    if cfg!(windows) {
        path.replace('\\', "/")
    } else {
        path.into_owned()
    }
}
