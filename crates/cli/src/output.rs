//! Where results go: standard output, a file, and the last words on standard error.

use std::io::{self, Write as _};
use std::path::Path;

use anstyle::AnsiColor;
pub(crate) use anstyle::Style;

use crate::failure::Failure;

/// Writes `text` to the file, else to standard output. A reader that has seen enough and closed
/// the pipe is no failure.
pub(crate) fn deliver(text: &str, file: Option<&Path>) -> Result<(), Failure> {
    if let Some(path) = file {
        return std::fs::write(path, text).map_err(|source| Failure::write(path, source));
    }
    let mut stdout = io::stdout().lock();
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(Failure::Print),
    }
}

/// Says `message` on standard error. When that is closed there is nobody left to tell.
pub(crate) fn complain(message: &str) {
    let paint = Paint::for_stream(&io::stderr());
    let prefix = paint.on("error:", ERROR);
    writeln!(io::stderr(), "{prefix} {}", flow::report::visible(message)).unwrap_or_default();
}

/// Says `message` on standard error, as a remark.
pub(crate) fn remark(message: &str) {
    writeln!(io::stderr(), "{}", flow::report::visible(message)).unwrap_or_default();
}

/// What is wrong.
pub(crate) const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
/// What is probably wrong.
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// What is worth knowing.
pub(crate) const INFO: Style = AnsiColor::Cyan.on_default().bold();
/// What came.
pub(crate) const ADDED: Style = AnsiColor::Green.on_default();
/// What went.
pub(crate) const REMOVED: Style = AnsiColor::Red.on_default();
/// Frames and line numbers.
pub(crate) const FRAME: Style = AnsiColor::BrightBlue.on_default();
/// What matters in a line.
pub(crate) const STRONG: Style = Style::new().bold();
/// What matters less.
pub(crate) const FAINT: Style = Style::new().dimmed();

/// Puts colours on words, or leaves them as they are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    coloured: bool,
}

impl Paint {
    /// Without colours.
    pub(crate) const PLAIN: Self = Self { coloured: false };

    /// As the environment asks for (`NO_COLOR`, `CLICOLOR`, `CLICOLOR_FORCE`), else with colours on
    /// a terminal.
    pub(crate) fn for_stream(stream: &impl anstream::stream::RawStream) -> Self {
        let choice = anstream::AutoStream::choice(stream);
        Self {
            coloured: choice != anstream::ColorChoice::Never,
        }
    }

    /// `text` in `style`.
    pub(crate) fn on(self, text: &str, style: Style) -> String {
        if self.coloured && !text.is_empty() {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }
}
