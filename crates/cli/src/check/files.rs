//! Checking many files at once. The order of the results is the order of the inputs, whichever
//! thread was first.

use std::fs::File;
use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use flow::document::{Document, DocumentKind};
use flow::json::{MAX_BYTES, ReadError, decode_text, parse};
use flow::report::{FileReport, Outcome, Report};
use flow::rules::{self, Settings};

use super::Checked;
use super::inputs::Input;
use crate::failure::reason;
use crate::format::Source;
use crate::settings::Configuration;

/// What came of one input.
enum Found {
    /// A verdict, and the text where there is something to show in it.
    File(FileReport, Option<Source>),
    /// No document of any kind.
    Other,
}

/// Checks every input, on as many threads as the machine has processors.
/// With `pictures`, files that hold a graph get one.
pub(crate) fn check(inputs: &[Input], configuration: &Configuration, pictures: bool) -> Checked {
    let count = inputs.len();
    let threads = thread::available_parallelism()
        .map_or(1, NonZeroUsize::get)
        .min(count);
    let next = AtomicUsize::new(0);
    let found = Mutex::new(Vec::with_capacity(count));
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut mine = Vec::new();
                while let Some((index, input)) = {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    inputs.get(index).map(|input| (index, input))
                } {
                    mine.push((index, check_input(input, configuration, pictures)));
                }
                // A poisoned lock means that another thread panicked; the scope passes that on.
                if let Ok(mut found) = found.lock() {
                    found.append(&mut mine);
                }
            });
        }
    });
    let mut found = found.into_inner().unwrap_or_default();
    found.sort_unstable_by_key(|(index, _)| *index);
    let mut checked = Checked {
        report: Report::default(),
        sources: Vec::with_capacity(count),
    };
    for (_, found) in found {
        match found {
            Found::File(file, source) => {
                checked.report.files.push(file);
                checked.sources.push(source);
            }
            Found::Other => checked.report.skipped += 1,
        }
    }
    checked
}

fn check_input(input: &Input, configuration: &Configuration, pictures: bool) -> Found {
    match input {
        Input::Stdin => {
            let bytes = read(Path::new("-"));
            let settings = configuration.of(None);
            check_bytes("-".to_owned(), bytes, true, &settings, pictures)
        }
        Input::File { path, named } => {
            let settings = configuration.of(Some(path));
            check_bytes(shown(path), read(path), *named, &settings, pictures)
        }
        Input::Unreadable { path, error } => unreadable(shown(path), error),
    }
}

fn check_bytes(
    path: String,
    bytes: io::Result<Vec<u8>>,
    named: bool,
    settings: &Settings,
    pictures: bool,
) -> Found {
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => return unreadable(path, &error),
    };
    match Document::open(&bytes) {
        Ok(document) => {
            let problems = rules::check(&document, settings);
            let mut file = FileReport::checked(path, &document, problems).of_bytes(&bytes);
            let source = match &file.outcome {
                Outcome::Checked(problems) if problems.is_empty() => None,
                _ => Some(Source::new(document.tree().shared_text())),
            };
            if pictures {
                file.draw(document);
            }
            Found::File(file, source)
        }
        Err(errors) => {
            // Rejections are rare, so reading such a file twice costs nothing that matters.
            let text = decode_text(&bytes).ok();
            let tree = text.and_then(|text| parse(text.into()).ok());
            let kind = tree.as_ref().and_then(DocumentKind::of);
            if tree.is_some() && kind.is_none() && !named {
                return Found::Other;
            }
            let source = text.map(|text| Source::new(text.into()));
            let file = FileReport::rejected(path, kind, errors).of_bytes(&bytes);
            Found::File(file, source)
        }
    }
}

fn unreadable(path: String, error: &io::Error) -> Found {
    let message = format!("The file could not be read: {}.", reason(error));
    let errors = vec![ReadError::whole(message)];
    Found::File(FileReport::rejected(path, None, errors), None)
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
fn shown(path: &Path) -> String {
    let path = path.to_string_lossy();
    if cfg!(windows) {
        path.replace('\\', "/")
    } else {
        path.into_owned()
    }
}
