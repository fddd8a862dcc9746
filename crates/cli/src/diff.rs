//! `flowdeck diff`: from two files, folders or packages to what differs between them.

use std::io;
use std::path::Path;

use flow::compare::{SetComparison, Side, Tone, compare_sets, html, json, markdown, text};
use flow::document::Document;
use flow::intake::{Intake, Opened};
use flow::report::counted;
use flow::rules::chart_index::Origin;

use crate::arguments::{DiffArguments, DiffFormat};
use crate::check::{self, Input, Verdict};
use crate::failure::{Failure, reason};
use crate::output::{self, ADDED, FAINT, Paint, REMOVED, STRONG, WARNING};

/// Compares once and says whether anything differs.
pub(crate) fn run(arguments: &DiffArguments) -> Result<Verdict, Failure> {
    let is_stdin = |path: &Path| path.as_os_str() == "-";
    if is_stdin(&arguments.old) && is_stdin(&arguments.new) {
        return Err(Failure::CompareStdin);
    }
    let (old, new) = (Set::read(&arguments.old), Set::read(&arguments.new));
    for (set, path) in [(&old, &arguments.old), (&new, &arguments.new)] {
        for (path, reason) in &set.rejected {
            output::complain(&format!("{path}: {reason}"));
        }
        // An empty folder may be compared; what could not be read at all says nothing.
        if set.documents.is_empty() && !set.rejected.is_empty() {
            return Err(Failure::NothingToCompare { path: path.clone() });
        }
    }
    let (old_sides, new_sides) = (old.sides(), new.sides());
    let mut found = compare_sets(&old_sides, &new_sides);
    found.old = check::shown(&arguments.old);
    found.new = check::shown(&arguments.new);
    // A file that could not be read on one side was neither added nor removed.
    found.files.retain(|file| match (file.old, file.new) {
        (Some(side), None) => !new.has_rejected(side.path),
        (None, Some(side)) => !old.has_rejected(side.path),
        _ => true,
    });
    output::deliver(&render(arguments, &found), arguments.output.as_deref())?;
    if let Some(path) = &arguments.output {
        output::remark(&format!(
            "{} Written to {}.",
            found.summary(),
            path.display()
        ));
    }
    let unread = old.rejected.len() + new.rejected.len();
    if unread > 0 {
        let files = counted(unread, "file");
        output::complain(&format!(
            "{files} could not be read and have no part in this."
        ));
        return Ok(Verdict::Unread);
    }
    Ok(if found.differs() {
        Verdict::Problems
    } else {
        Verdict::Clean
    })
}

fn render(arguments: &DiffArguments, found: &SetComparison<'_>) -> String {
    match arguments.format {
        DiffFormat::Json => json(found),
        DiffFormat::Markdown => markdown(found),
        DiffFormat::Html => html(found),
        DiffFormat::Text => {
            let paint = if arguments.output.is_some() {
                Paint::PLAIN
            } else {
                Paint::for_stream(&io::stdout())
            };
            text(found, &|words, tone| {
                let style = match tone {
                    Tone::Heading => STRONG,
                    Tone::Added => ADDED,
                    Tone::Removed => REMOVED,
                    Tone::Changed => WARNING,
                    Tone::Faint => FAINT,
                };
                paint.on(words, style)
            })
        }
    }
}

/// What was read of one side.
struct Set {
    /// Each document with its path from the root of the set, and where it comes from.
    documents: Vec<(String, Origin, Document)>,
    /// What could not be read, with the reason.
    rejected: Vec<(String, String)>,
}

impl Set {
    /// Reads a file, every document in a folder, or the charts of a package.
    fn read(path: &Path) -> Self {
        let mut set = Self {
            documents: Vec::new(),
            rejected: Vec::new(),
        };
        let root = Root::of(path);
        let inputs = check::collect(&[path.to_owned()]);
        let read = check::each(inputs.len(), |index| check::read_input(&inputs[index]));
        let mut files = Vec::with_capacity(inputs.len());
        for (input, read) in inputs.iter().zip(read) {
            match (read, input) {
                (Some(Ok(file)), _) => files.push(file),
                (Some(Err(error)), input) => set.refuse(&root, input, &error),
                (None, Input::Unreadable { error, .. }) => set.refuse(&root, input, error),
                (None, _) => {}
            }
        }
        let taken = Intake::new(files).finish();
        let opened = check::each(taken.entries.len(), |index| taken.entries[index].open());
        for (entry, opened) in taken.entries.into_iter().zip(opened) {
            let path = root.without(&entry.path);
            match opened {
                Opened::Document(document) => {
                    set.documents.push((path, entry.origin, document));
                }
                Opened::Rejected { errors, .. } => {
                    let errors = errors.iter().map(ToString::to_string);
                    let reasons: Vec<String> = errors.collect();
                    set.rejected.push((path, reasons.join("; ")));
                }
                // The charts of a package follow by themselves.
                Opened::Package(_) | Opened::Other => {}
            }
        }
        set
    }

    fn refuse(&mut self, root: &Root, input: &Input, error: &io::Error) {
        let path = match input {
            Input::Stdin => "-".to_owned(),
            Input::File { path, .. } | Input::Unreadable { path, .. } => check::shown(path),
        };
        let reason = format!("The file could not be read: {}.", reason(error));
        self.rejected.push((root.without(&path), reason));
    }

    fn sides(&self) -> Vec<Side<'_>> {
        let documents = self.documents.iter();
        documents
            .map(|(path, origin, document)| Side {
                path,
                origin,
                document,
            })
            .collect()
    }

    fn has_rejected(&self, path: &str) -> bool {
        self.rejected.iter().any(|(own, _)| own == path)
    }
}

/// What stands before the paths of a set: whatever the sides are called, the files in them are called
/// alike.
struct Root(String);

impl Root {
    fn of(path: &Path) -> Self {
        let shown = check::shown(path);
        let mut prefix = shown.trim_start_matches("./").to_owned();
        if prefix == "." {
            prefix.clear();
        } else if !prefix.is_empty() && !prefix.ends_with('/') {
            prefix.push('/');
        }
        Self(prefix)
    }

    fn without(&self, path: &str) -> String {
        let path = path.trim_start_matches("./");
        path.strip_prefix(&self.0).unwrap_or(path).to_owned()
    }
}
