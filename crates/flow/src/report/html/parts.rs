//! Pieces of the page that more than one part of it needs: texts made safe, tones and their signs.

use crate::problem::Severity;
use crate::report::{FileReport, Outcome, shortened};

/// How much of a path, an id or a pointer is shown, in characters.
pub(super) const NAME: usize = 300;
/// How much of a message, a reason or a note is shown, in characters.
pub(super) const MESSAGE: usize = 4_000;

/// How something is marked: by a colour, and by a sign that says the same without it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Error,
    Warning,
    Info,
    Clean,
    /// Acknowledged.
    Seen,
}

impl Tone {
    pub(super) fn of(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Info => Self::Info,
        }
    }

    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Clean => "clean",
            Self::Seen => "seen",
        }
    }

    /// The sign; whoever hears the page read finds the words beside it.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Error => "<span class=\"sign\" aria-hidden=\"true\">\u{2715}</span>",
            Self::Warning => "<span class=\"sign\" aria-hidden=\"true\">!</span>",
            Self::Info => "<span class=\"sign\" aria-hidden=\"true\">i</span>",
            Self::Clean | Self::Seen => "<span class=\"sign\" aria-hidden=\"true\">\u{2713}</span>",
        }
    }
}

/// What marks a file: its worst finding.
fn tone_of_file(file: &FileReport) -> Tone {
    let counts = file.counts();
    match &file.outcome {
        Outcome::Rejected(_) => Tone::Error,
        Outcome::Checked(_) if counts.errors > 0 => Tone::Error,
        Outcome::Checked(_) if counts.warnings > 0 => Tone::Warning,
        Outcome::Checked(_) if counts.infos > 0 => Tone::Info,
        Outcome::Checked(_) => Tone::Clean,
    }
}

/// The verdict on a file, with its sign.
pub(super) fn verdict(file: &FileReport) -> String {
    let tone = tone_of_file(file);
    format!(
        "<span class=\"verdict {}\">{}<span>{}</span></span>",
        tone.class(),
        tone.sign(),
        file.verdict()
    )
}

/// A text that is read as nothing but text, in an element or an attribute; at most so many
/// characters of it.
pub(super) fn shown(text: &str, most: usize) -> String {
    let text = shortened(text, most);
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
