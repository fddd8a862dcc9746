//! Why the command could not do what it was asked: one sentence each, ready to be shown.

use std::io;
use std::path::{Path, PathBuf};

use flow::document::DocumentKind;
use flow::json::{Position, ReadError};
use flow::rules::Rule;
use tenant::RestoreError;

/// A reason to stop with exit code 2. Files that cannot be read are no such reason: they are part
/// of the report.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A file that was to be converted could not be read.
    Read { path: PathBuf, source: io::Error },
    /// An audit log could not be read.
    AuditLog { path: PathBuf, reason: String },
    /// A file that was to be converted is no document.
    Rejected {
        path: PathBuf,
        errors: Vec<ReadError>,
    },
    /// No document of this kind can be made of the other.
    NotConvertible {
        path: PathBuf,
        from: DocumentKind,
        to: DocumentKind,
    },
    /// There is nothing in the document that a picture could show.
    NothingToDraw { path: PathBuf, kind: DocumentKind },
    /// The result could not be written to a file.
    Write { path: PathBuf, source: io::Error },
    /// The settings file is wrong.
    Settings {
        path: PathBuf,
        place: Option<Position>,
        message: String,
    },
    /// The current folder cannot be told.
    NoFolder(io::Error),
    /// Standard input can be read only once.
    WatchStdin,
    /// Standard input cannot be both sides of a comparison.
    CompareStdin,
    /// Nothing of one side of a comparison could be read.
    NothingToCompare { path: PathBuf },
    /// Changes of files cannot be watched.
    Watch(notify::Error),
    /// A rule that does not exist was asked for.
    UnknownRule {
        asked: String,
        nearest: Option<&'static Rule>,
    },
    /// A baseline could not be read.
    Baseline { path: PathBuf, reason: String },
    /// The result could not be written to standard output.
    Print(io::Error),
    /// The practice tenant could not be filled.
    Tenant(RestoreError),
    /// The practice tenant could not listen on a port.
    Listen { port: u16, source: io::Error },
    /// The practice tenant could not go on.
    Serve(io::Error),
}

impl Failure {
    pub(crate) fn write(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        Self::Write { path, source }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Read { path, source } => write!(
                f,
                "{} could not be read: {}. Nothing was written.",
                path.display(),
                reason(source)
            ),
            Self::AuditLog { path, reason } => write!(
                f,
                "The audit log {} could not be read: {reason}. Nothing was checked.",
                path.display()
            ),
            Self::Rejected { path, errors } => {
                for error in errors {
                    writeln!(f, "{}:{error}", path.display())?;
                }
                f.write_str("Nothing was written.")
            }
            Self::NotConvertible { path, from, to } => write!(
                f,
                "{} is a {}, of which no {} can be made. Nothing was written.",
                path.display(),
                from.label(),
                to.label()
            ),
            Self::NothingToDraw { path, kind } => write!(
                f,
                "{} is a {} without anything to draw. Nothing was written.",
                path.display(),
                kind.label()
            ),
            Self::Write { path, source } => write!(
                f,
                "{} could not be written: {}. Choose another place for it.",
                path.display(),
                reason(source)
            ),
            Self::Settings {
                path,
                place,
                message,
            } => {
                write!(f, "{}", path.display())?;
                if let Some(at) = place {
                    write!(f, ":{}:{}", at.line, at.column)?;
                }
                write!(f, ": {message} Nothing was checked.")
            }
            Self::NoFolder(source) => write!(
                f,
                "The current folder could not be found out: {}. Nothing was checked.",
                reason(source)
            ),
            Self::WatchStdin => f.write_str(
                "Standard input does not change, so it cannot be watched. Nothing was checked. \
                 Name files or folders instead of -.",
            ),
            Self::CompareStdin => f.write_str(
                "Standard input can be read only once, so it cannot be both sides. Nothing was \
                 compared. Name a file or folder for one of them.",
            ),
            Self::NothingToCompare { path } => write!(
                f,
                "No document could be read from {}. Nothing was compared.",
                path.display()
            ),
            Self::Watch(source) => write!(
                f,
                "Files can no longer be watched: {source}. Run the check without --watch."
            ),
            Self::UnknownRule { asked, nearest } => {
                write!(f, "There is no rule \"{asked}\".")?;
                if let Some(rule) = nearest {
                    write!(f, " Did you mean {} {}?", rule.code, rule.name)?;
                }
                f.write_str(" `flowdeck rules` lists them all.")
            }
            Self::Baseline { path, reason } => write!(
                f,
                "The baseline {} could not be read: {reason}. Nothing was checked. Write one with \
                 --write-baseline.",
                path.display()
            ),
            Self::Print(source) => {
                write!(f, "Standard output was closed: {}.", reason(source))
            }
            Self::Tenant(error) => error.fmt(f),
            Self::Listen { port, source } => write!(
                f,
                "Port {port} of this machine cannot be used: {}. Nothing was started. Name another \
                 with --port, or 0 for any that is free.",
                match source.kind() {
                    io::ErrorKind::AddrInUse => "another program has it".to_owned(),
                    _ => reason(source),
                }
            ),
            Self::Serve(source) => {
                write!(f, "The practice tenant stopped: {}.", reason(source))
            }
        }
    }
}

impl std::error::Error for Failure {}

/// What went wrong with a file, in the words of a person.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission was denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "a part of its path is a file".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk cannot be written to".to_owned(),
        // The kind for a circle of symbolic links is not stable yet (io_error_more).
        _ if error.raw_os_error() == Some(40) && cfg!(target_os = "linux") => {
            "its symbolic links lead in a circle".to_owned()
        }
        _ => error.to_string(),
    }
}
