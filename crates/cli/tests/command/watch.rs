//! `--watch`: the result is written again after a change.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use crate::support::{CLEAN, DIRTY, Folder};

/// How long to wait for output that must come, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A command that is ended with the test.
struct Watching {
    child: Child,
    lines: Receiver<String>,
    /// Lines that came before one that was waited for: the two streams are not in step.
    seen: Vec<String>,
}

impl Watching {
    fn start(folder: &Folder, arguments: &[&str]) -> Self {
        let mut child = folder
            .command()
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let errors = sender.clone();
        thread::spawn(move || {
            stdout
                .lines()
                .map_while(Result::ok)
                .try_for_each(|line| sender.send(line))
        });
        thread::spawn(move || {
            stderr
                .lines()
                .map_while(Result::ok)
                .try_for_each(|line| errors.send(line))
        });
        Self {
            child,
            lines,
            seen: Vec::new(),
        }
    }

    /// Reads until a line has `text` in it, and takes that line away.
    fn wait_for(&mut self, text: &str) {
        loop {
            if let Some(at) = self.seen.iter().position(|line| line.contains(text)) {
                self.seen.remove(at);
                return;
            }
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => self.seen.push(line),
                Err(error) => panic!("{error}: no \"{text}\" in {:?}", self.seen),
            }
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_change_is_checked() {
    let folder = Folder::with(&[("flows/a.json", CLEAN)]);
    let mut watching = Watching::start(&folder, &["check", "flows", "--watch"]);
    watching.wait_for("1 file checked: no problems.");
    watching.wait_for("Watching for changes");
    folder.write("flows/a.json", DIRTY);
    watching.wait_for("1 file checked: 1 error");
    folder.write("flows/more/b.json", CLEAN);
    watching.wait_for("2 files checked: 1 error");
    std::fs::remove_file(folder.path("flows/a.json")).unwrap();
    watching.wait_for("1 file checked: no problems.");
}

#[test]
fn a_file_that_is_replaced_and_settings_that_change_are_noticed() {
    let folder = Folder::with(&[("a.json", DIRTY)]);
    let mut watching = Watching::start(&folder, &["check", "a.json", "--watch"]);
    watching.wait_for("1 file checked: 1 error");
    watching.wait_for("Watching for changes");
    folder.write("flowdeck.toml", "[rules]\nFD402 = \"of\"\n");
    watching.wait_for("\"of\" is no severity");
    folder.write("flowdeck.toml", "[rules]\nFD402 = \"off\"\n");
    watching.wait_for("1 file checked: 1 warning.");
    folder.write("new", CLEAN);
    std::fs::rename(folder.path("new"), folder.path("a.json")).unwrap();
    watching.wait_for("1 file checked: no problems.");
}

#[test]
fn standard_input_cannot_be_watched() {
    let ran = Folder::new().run(&["check", "-", "--watch"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("cannot be watched"), "{ran:?}");
}
