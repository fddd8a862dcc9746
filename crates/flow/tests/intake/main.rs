//! Files, folders and archives on their way to documents.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod agreement;
#[path = "../support/exports.rs"]
mod exports;
mod folders;
mod hostile;
mod mutations;
mod packages;
#[path = "../support/zip.rs"]
mod zip;

use flow::intake::{Content, Entry, File, Intake, Taken};

/// A file that somebody asked for.
fn named(path: &str, bytes: impl Into<Vec<u8>>) -> File {
    file(path, bytes, true)
}

/// A file that was found in a folder.
fn found(path: &str, bytes: impl Into<Vec<u8>>) -> File {
    file(path, bytes, false)
}

fn file(path: &str, bytes: impl Into<Vec<u8>>, named: bool) -> File {
    File {
        path: path.to_owned(),
        bytes: bytes.into(),
        named,
    }
}

fn take(files: Vec<File>) -> Taken {
    Intake::new(files).finish()
}

/// One archive that somebody asked for.
fn take_zip(bytes: Vec<u8>) -> Taken {
    take(vec![named("a.zip", bytes)])
}

/// The paths of what came out, each with a word for what it is.
fn shapes(taken: &Taken) -> Vec<String> {
    let shape = |entry: &Entry| {
        let word = match &entry.content {
            Content::Text(_) => "text",
            Content::Package(_) => "package",
            Content::Rejected { .. } => "rejected",
        };
        format!("{word} {}", entry.path)
    };
    taken.entries.iter().map(shape).collect()
}

/// The messages of an entry that was rejected.
fn messages(entry: &Entry) -> Vec<String> {
    match &entry.content {
        Content::Rejected { errors, .. } => {
            errors.iter().map(|error| error.message.clone()).collect()
        }
        other => panic!("{} was not rejected: {other:?}", entry.path),
    }
}

/// The text at a path.
fn text<'t>(taken: &'t Taken, path: &str) -> &'t str {
    let entry = taken.entries.iter().find(|entry| entry.path == path);
    let entry = entry.unwrap_or_else(|| panic!("no {path} in {:?}", shapes(taken)));
    entry.text().unwrap()
}
