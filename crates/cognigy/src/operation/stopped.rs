//! Why an operation stopped before it changed anything: one sentence or two each.

use flow::document::{Document, DocumentKind};
use flow::json::{Locator, ReadError};
use flow::problem::Severity;
use flow::rules::{Settings, check};

use crate::error::CallError;
use crate::ports::StoreError;

/// A problem that stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundProblem {
    /// The code of its rule.
    pub code: &'static str,
    /// What is wrong and what to do.
    pub message: String,
    /// The JSON Pointer of the value it is about.
    pub pointer: String,
}

/// Why an operation stopped. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// The text is no document.
    Unreadable(Vec<ReadError>),
    /// It is another kind of document.
    WrongKind {
        /// What is needed.
        needed: DocumentKind,
        /// What it is.
        found: DocumentKind,
    },
    /// The rules found errors.
    Problems(Vec<FoundProblem>),
    /// The user did not want it.
    Declined,
    /// A call failed.
    Call(CallError),
    /// What is intended could not be written down.
    NoRecord(StoreError),
    /// A version with this number exists already.
    VersionTaken {
        /// The number.
        version: String,
        /// The next one that is free.
        next: String,
    },
    /// The version to be promoted does not exist.
    NoSuchVersion(String),
    /// The version to be promoted is active already.
    AlreadyActive(String),
    /// States differ in more than their transitions, which the API cannot change.
    StatesDiffer(Vec<String>),
    /// Every state has these transitions already.
    NothingToPush,
    /// The version of the bot that is to be talked to does not exist or is not active.
    BotVersion {
        /// Its id.
        version: String,
        /// What the platform says of it; none when it does not exist.
        status: Option<String>,
    },
    /// The environment is isolated and does not name the bot.
    Isolated {
        /// The environment.
        environment: String,
        /// The bot.
        bot: String,
    },
    /// The platform's export is no dialog flow.
    ExportUnreadable(Vec<ReadError>),
}

impl From<CallError> for Stopped {
    fn from(error: CallError) -> Self {
        Self::Call(error)
    }
}

impl Stopped {
    /// How many mistakes of the document stand in the way.
    pub fn problem_count(&self) -> u64 {
        let count = match self {
            Self::Problems(problems) => problems.len(),
            Self::Unreadable(errors) => errors.len(),
            _ => 0,
        };
        u64::try_from(count).unwrap_or(u64::MAX)
    }
}

impl std::fmt::Display for Stopped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable(errors) => {
                let first = errors.first().map(ToString::to_string).unwrap_or_default();
                write!(f, "The document cannot be read: {first}")?;
            }
            Self::WrongKind { needed, found } => write!(
                f,
                "The document is a {}; this needs a {}.",
                found.label(),
                needed.label()
            )?,
            Self::Problems(problems) => {
                let count = problems.len();
                let plural = if count == 1 { "" } else { "s" };
                write!(f, "The rules found {count} error{plural}.")?;
                if let Some(first) = problems.first() {
                    write!(f, " {}: {}", first.code, first.message)?;
                }
            }
            Self::Declined => f.write_str("You did not confirm it.")?,
            Self::Call(error) => return error.fmt(f),
            Self::NoRecord(reason) => write!(
                f,
                "What was intended could not be written down first: {reason} Make room for it, or \
                 allow this page to store data."
            )?,
            Self::VersionTaken { version, next } => write!(
                f,
                "Version {version} exists already. Give the flow another number; {next} is free."
            )?,
            Self::NoSuchVersion(id) => write!(f, "The dialog has no version {id}.")?,
            Self::AlreadyActive(id) => write!(f, "Version {id} is active already.")?,
            Self::StatesDiffer(list) => write!(
                f,
                "Only transitions can be pushed, and more than that differs: {}. Change that on the \
                 platform, then fetch the states again.",
                list.join("; ")
            )?,
            Self::NothingToPush => {
                f.write_str("The platform has these transitions already.")?;
            }
            Self::BotVersion { version, status } => {
                let what = match status {
                    Some(status) => {
                        format!("Version {version} of the bot is {status}, not ACTIVE.")
                    }
                    None => format!("The bot has no version {version}."),
                };
                write!(f, "{what} Choose an active one.")?;
            }
            Self::Isolated { environment, bot } => write!(
                f,
                "The environment {environment} is strictly isolated and does not allow the bot \
                 {bot}. Choose another environment, or let an administrator add the bot."
            )?,
            Self::ExportUnreadable(errors) => {
                let first = errors.first().map(ToString::to_string).unwrap_or_default();
                write!(f, "What the platform exported is no dialog flow: {first}")?;
            }
        }
        f.write_str(" Nothing was changed.")
    }
}

impl std::error::Error for Stopped {}

/// Reads a document of one kind and lets the rules look at it. Errors stop, acknowledged ones too.
pub(crate) fn validated(
    text: &str,
    needed: DocumentKind,
    settings: &Settings,
) -> Result<Document, Stopped> {
    let document = Document::read(text.into()).map_err(Stopped::Unreadable)?;
    let found = document.kind();
    let suits =
        found == needed || (needed == DocumentKind::DialogFlow && found == DocumentKind::Artifact);
    if !suits {
        return Err(Stopped::WrongKind { needed, found });
    }
    let problems = errors_in(&document, settings);
    if problems.is_empty() {
        Ok(document)
    } else {
        Err(Stopped::Problems(problems))
    }
}

/// The problems of a document that are errors.
pub(crate) fn errors_in(document: &Document, settings: &Settings) -> Vec<FoundProblem> {
    let mut locator = Locator::new(document.tree());
    let problems = check(document, settings);
    problems
        .into_iter()
        .filter(|problem| problem.severity == Severity::Error)
        .map(|problem| FoundProblem {
            code: problem.rule.code,
            pointer: locator.pointer(problem.at),
            message: problem.message,
        })
        .collect()
}
