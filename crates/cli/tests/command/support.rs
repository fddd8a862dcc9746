//! A folder to work in, and the command run in it.

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A flow without problems.
pub(crate) const CLEAN: &str = r#"{
  "id": "clean", "name": "Clean", "version": "1.0.0", "entryPoint": "start",
  "nodes": [
    { "id": "start", "type": "start", "label": "Start" },
    { "id": "bye", "type": "end", "label": "Bye" }
  ],
  "edges": [ { "id": "e1", "source": "start", "target": "bye" } ]
}
"#;

/// A flow with an error (FD402) and a warning (FD109).
pub(crate) const DIRTY: &str = r#"{
  "id": "dirty", "name": "Dirty", "version": "1.0.0", "entryPoint": "start",
  "nodes": [
    { "id": "start", "type": "start", "label": "Start" },
    { "id": "stuck", "type": "action", "label": "" }
  ],
  "edges": [ { "id": "e1", "source": "start", "target": "stuck" } ]
}
"#;

/// A flow with a warning (FD109) and no error.
pub(crate) const WARNED: &str = r#"{
  "id": "warned", "name": "Warned", "version": "1.0.0", "entryPoint": "start",
  "nodes": [
    { "id": "start", "type": "start", "label": "Start" },
    { "id": "bye", "type": "end", "label": "" }
  ],
  "edges": [ { "id": "e1", "source": "start", "target": "bye" } ]
}
"#;

/// What a run of the command left behind.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// The JSON on standard output.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The codes of the problems in the JSON on standard output, in order.
    pub(crate) fn codes(&self) -> Vec<String> {
        let json = self.json();
        let files = json["files"].as_array().unwrap();
        let problems = files.iter().filter_map(|file| file["problems"].as_array());
        let codes = problems.flatten().map(|problem| problem["code"].as_str());
        codes.map(|code| code.unwrap().to_owned()).collect()
    }
}

/// A folder that is gone after the test.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// With these files in it.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self::new();
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    pub(crate) fn write(&self, name: impl AsRef<Path>, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.0.path().join(name)
    }

    /// The command, to be run in this folder without anything of the environment that changes what
    /// it prints.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_flowdeck"));
        command.current_dir(self.0.path());
        for variable in [
            "NO_COLOR",
            "CLICOLOR",
            "CLICOLOR_FORCE",
            "SOURCE_DATE_EPOCH",
        ] {
            command.env_remove(variable);
        }
        command
    }

    /// Runs the command to its end.
    pub(crate) fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Ran {
        self.run_with_input(arguments, b"")
    }

    /// Runs the command to its end with `input` on standard input.
    pub(crate) fn run_with_input<A: AsRef<OsStr>>(&self, arguments: &[A], input: &[u8]) -> Ran {
        let mut child = self
            .command()
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that does not read its input closes it, which is its right.
        let _ = child.stdin.take().unwrap().write_all(input);
        let output = child.wait_with_output().unwrap();
        Ran {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
