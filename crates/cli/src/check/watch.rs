//! `--watch`: checking again whenever a file changes, until interrupted.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecursiveMode, Watcher};

use super::Verdict;
use crate::arguments::CheckArguments;
use crate::failure::Failure;
use crate::output;
use crate::settings::FILE_NAME;

/// How long the files must be quiet before they are checked: editors write in several steps.
const QUIET: Duration = Duration::from_millis(60);

/// Checks, then waits for a change, for ever. Ends only when the watching itself fails.
pub(super) fn run(
    arguments: &CheckArguments,
    once: impl Fn(&CheckArguments) -> Result<Verdict, Failure>,
) -> Result<Verdict, Failure> {
    if arguments.paths.iter().any(|path| path.as_os_str() == "-") {
        return Err(Failure::WatchStdin);
    }
    let (sender, changes) = channel();
    let mut watcher = notify::recommended_watcher(sender).map_err(Failure::Watch)?;
    // Before the first check, so that a change while it runs is not missed.
    for (folder, mode) in folders(arguments)? {
        watcher.watch(&folder, mode).map_err(Failure::Watch)?;
    }
    loop {
        match once(arguments) {
            // A settings file or baseline that is wrong can be put right while watching.
            Err(failure @ (Failure::Settings { .. } | Failure::Baseline { .. })) => {
                output::complain(&failure.to_string());
            }
            Err(failure) => return Err(failure),
            Ok(_) => {}
        }
        output::remark("Watching for changes; Ctrl+C ends it.");
        wait(&changes, arguments)?;
    }
}

/// The folders that hold what is checked and what it is checked with. Files are watched by their
/// folder, because many editors put a new file in the place of the old one.
fn folders(arguments: &CheckArguments) -> Result<BTreeSet<(PathBuf, RecursiveMode)>, Failure> {
    let here = std::env::current_dir().map_err(Failure::NoFolder)?;
    let mut folders = BTreeSet::new();
    for path in arguments
        .paths
        .iter()
        .filter(|path| path.as_os_str() != "-")
    {
        if path.is_dir() {
            folders.insert((path.clone(), RecursiveMode::Recursive));
        } else {
            folders.insert((folder_of(path, &here), RecursiveMode::NonRecursive));
        }
    }
    if let Some(path) = &arguments.baseline {
        folders.insert((folder_of(path, &here), RecursiveMode::NonRecursive));
    }
    // A settings file that is wrong now is found here all the same.
    let settings = here
        .ancestors()
        .find(|folder| folder.join(FILE_NAME).is_file());
    let settings = settings.unwrap_or(&here).to_owned();
    folders.insert((settings, RecursiveMode::NonRecursive));
    Ok(folders)
}

fn folder_of(path: &Path, here: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => here.to_owned(),
    }
}

/// Waits for a change that matters, and then until the files are quiet.
fn wait(
    changes: &Receiver<notify::Result<Event>>,
    arguments: &CheckArguments,
) -> Result<(), Failure> {
    let gone = || Failure::Watch(notify::Error::generic("the watcher has stopped"));
    loop {
        let event = changes.recv().map_err(|_| gone())?;
        if matters(&event.map_err(Failure::Watch)?, arguments) {
            break;
        }
    }
    loop {
        match changes.recv_timeout(QUIET) {
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout) => return Ok(()),
            Err(RecvTimeoutError::Disconnected) => return Err(gone()),
        }
    }
}

/// Whether a check could end otherwise after this. What a check does itself, reading files and
/// writing its own result, is none of that.
fn matters(event: &Event, arguments: &CheckArguments) -> bool {
    if matches!(event.kind, EventKind::Access(_)) {
        return false;
    }
    let own = arguments.output.as_deref().and_then(Path::file_name);
    event.need_rescan()
        || event.paths.iter().any(|path| {
            let name = path.file_name();
            name.is_none() || name != own
        })
}
