//! Running other programs: with their output passed through, or kept until it is known to matter.

use crate::report::seconds;
use anyhow::{Context, Result, bail};
use std::ffi::{OsStr, OsString};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// How long a silent program may run before a line says that it still does.
const HEARTBEAT: Duration = Duration::from_mins(1);

/// The cargo that runs this task, in the root of the checkout.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(crate::project::root());
    command
}

/// `program` in the root of the checkout.
pub(crate) fn program(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(crate::project::root());
    command
}

/// The search path with `folders` before everything else.
pub(crate) fn path_with(folders: &[PathBuf]) -> Result<OsString> {
    let present = std::env::var_os("PATH").unwrap_or_default();
    let all = folders
        .iter()
        .cloned()
        .chain(std::env::split_paths(&present));
    std::env::join_paths(all).context("A folder of the search path has a character it cannot have.")
}

/// The first of `names` on the search path.
pub(crate) fn find(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<_> = std::env::split_paths(&path).collect();
    names.iter().find_map(|name| {
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        folders
            .iter()
            .map(|folder| folder.join(&file))
            .find(|candidate| candidate.is_file())
    })
}

/// Runs a program whose output the user should see as it comes.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let name = describe(command);
    let status = command
        .status()
        .with_context(|| format!("Cannot start `{name}`."))?;
    if !status.success() {
        bail!("`{name}` failed ({status}). What it printed above says why.");
    }
    Ok(())
}

/// What a program printed, on both streams, and whether it succeeded.
pub(crate) struct Outcome {
    pub(crate) success: bool,
    pub(crate) output: String,
}

/// Runs a program and keeps what it prints; only a failure prints it. Says now and then that it is
/// still running.
pub(crate) fn capture(command: &mut Command) -> Result<Outcome> {
    let name = describe(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("Cannot start `{name}`."))?;
    let (sender, receiver) = channel();
    if let Some(stream) = child.stdout.take() {
        forward(stream, sender.clone());
    }
    if let Some(stream) = child.stderr.take() {
        forward(stream, sender);
    }
    let begun = Instant::now();
    let mut output = Vec::new();
    let mut next_sign = HEARTBEAT;
    loop {
        match receiver.recv_timeout(HEARTBEAT) {
            Ok(bytes) => output.extend_from_slice(&bytes),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if begun.elapsed() >= next_sign {
            println!("    still running after {}", seconds(begun.elapsed()));
            next_sign = begun.elapsed() + HEARTBEAT;
        }
    }
    let status = child
        .wait()
        .with_context(|| format!("Lost track of `{name}`."))?;
    let output = String::from_utf8_lossy(&output).into_owned();
    if !status.success() {
        println!("    `{name}` failed ({status}) and printed:");
        print!("{output}");
        std::io::stdout().flush()?;
    }
    Ok(Outcome {
        success: status.success(),
        output,
    })
}

/// The standard output of a program that is expected to succeed, trimmed.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let name = describe(command);
    let output = command
        .output()
        .with_context(|| format!("Cannot start `{name}`."))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        bail!("`{name}` failed ({}): {said}", output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn forward(mut stream: impl Read + Send + 'static, sender: Sender<Vec<u8>>) {
    std::thread::spawn(move || {
        let mut buffer = vec![0; 16 * 1024];
        while let Ok(length) = stream.read(&mut buffer) {
            if length == 0 || sender.send(buffer[..length].to_vec()).is_err() {
                break;
            }
        }
    });
}

/// The command as a person would type it.
fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or_default();
    std::iter::once(program)
        .chain(command.get_args())
        .map(|word| word.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}
