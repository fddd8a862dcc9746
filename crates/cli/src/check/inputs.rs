//! From the paths of the command line to the files they stand for, in a stable order.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Something to check.
#[derive(Debug)]
pub(crate) enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    File {
        path: PathBuf,
        /// Whether the command line names it. One found in a folder may be no document at all.
        named: bool,
    },
    /// A path that leads nowhere.
    Unreadable { path: PathBuf, error: io::Error },
}

/// The files that `paths` stand for, each once: files as they are named; of folders every `.json`
/// and `.zip` file in them, sorted by name, but for those in hidden folders and `node_modules`.
pub(crate) fn collect(paths: &[PathBuf]) -> Vec<Input> {
    let named = paths
        .iter()
        .filter(|path| path.is_file())
        .filter_map(|path| path.canonicalize().ok())
        .collect();
    let mut walk = Walk {
        named,
        seen: HashSet::new(),
        inputs: Vec::new(),
    };
    for path in paths {
        if path.as_os_str() == "-" {
            if walk.seen.insert(path.clone()) {
                walk.inputs.push(Input::Stdin);
            }
            continue;
        }
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => walk.folder(path),
            Ok(_) => walk.file(path.clone()),
            Err(error) => walk.unreadable(path.clone(), error),
        }
    }
    walk.inputs
}

struct Walk {
    /// Where the files that the command line names really are.
    named: HashSet<PathBuf>,
    /// Where the files and folders seen so far really are: symbolic links lead to one only once,
    /// and never in a circle.
    seen: HashSet<PathBuf>,
    inputs: Vec<Input>,
}

impl Walk {
    fn folder(&mut self, folder: &Path) {
        let mut waiting = vec![folder.to_owned()];
        while let Some(path) = waiting.pop() {
            match fs::metadata(&path) {
                Ok(metadata) if metadata.is_dir() => match self.entries(&path) {
                    Ok(mut entries) => {
                        entries.sort_unstable_by(|a, b| b.cmp(a));
                        waiting.append(&mut entries);
                    }
                    Err(error) => self.unreadable(path, error),
                },
                Ok(metadata) if metadata.is_file() && is_looked_at(&path) => self.file(path),
                Err(error) if is_looked_at(&path) => self.unreadable(path, error),
                // Sockets, pipes and files of other names are none of our business.
                Ok(_) | Err(_) => {}
            }
        }
    }

    /// What to look at in a folder; nothing when it was seen before.
    fn entries(&mut self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        if !self.seen.insert(folder.canonicalize()?) {
            return Ok(Vec::new());
        }
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder)? {
            let name = entry?.file_name();
            if !is_hidden(&name) && name != "node_modules" {
                entries.push(without_dot(folder).join(name));
            }
        }
        Ok(entries)
    }

    fn file(&mut self, path: PathBuf) {
        // What cannot be resolved cannot be opened either, which is reported then.
        let real = path.canonicalize().unwrap_or_else(|_| path.clone());
        let named = self.named.contains(&real);
        if self.seen.insert(real) {
            self.inputs.push(Input::File { path, named });
        }
    }

    fn unreadable(&mut self, path: PathBuf, error: io::Error) {
        if self.seen.insert(path.clone()) {
            self.inputs.push(Input::Unreadable { path, error });
        }
    }
}

/// Whether a file in a folder may be a document or an archive of some.
fn is_looked_at(path: &Path) -> bool {
    path.extension().is_some_and(|extension| {
        ["json", "zip"]
            .iter()
            .any(|own| extension.eq_ignore_ascii_case(own))
    })
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// `./a` as `a`, `.` as nothing: what is joined to it reads as people write it.
fn without_dot(path: &Path) -> &Path {
    let mut components = path.components();
    if components.next() == Some(Component::CurDir) {
        components.as_path()
    } else {
        path
    }
}
