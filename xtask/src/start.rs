//! `cargo xtask start`: builds the app and serves it on this machine.

use crate::headers::ConnectSources;
use crate::serve::{self, Running, Site};
use crate::{process, project, site};
use anyhow::{Result, bail};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{ExitCode, Stdio};

/// The port without `--port`. The browser keeps the workspace per port, so it should stay.
const PORT: u16 = 4180;
/// How many ports after [`PORT`] are tried.
const TRIES: u16 = 20;

/// What the command line asks for.
pub(crate) struct Options {
    pub(crate) port: Option<u16>,
    pub(crate) open: bool,
    pub(crate) also_at: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: None,
            open: true,
            also_at: None,
        }
    }
}

/// Builds, serves and opens the app; returns when the server ends, which it does not by itself.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    // Asked before the build, so that nobody waits minutes to learn it.
    let port = choose_port(options.port)?;
    let folder = project::work_folder().join("site-fast");
    site::build(site::Kind::Fast, &ConnectSources::default(), &folder)?;
    let running = listen(&folder, options.also_at.as_deref(), port)?;
    let url = running.url();
    println!("==> Flowdeck is at {url}  (Ctrl+C ends)");
    if port != PORT && options.port.is_none() {
        println!(
            "    Port {PORT} is taken. A browser keeps the work saved under one port apart from that of another."
        );
    }
    if options.open {
        open_browser(&url);
    }
    running.wait()?;
    Ok(ExitCode::SUCCESS)
}

/// Serves a finished site, under a second path too where one is given.
pub(crate) fn listen(folder: &Path, also_at: Option<&str>, port: u16) -> Result<Running> {
    let extra = also_at.map(|path| format!("/{}/", path.trim_matches('/')));
    let mounts = std::iter::once("/".to_owned()).chain(extra).collect();
    let site = Site {
        folder: folder.to_path_buf(),
        mounts,
        connect: ConnectSources::default(),
    };
    serve::serve(site, port)
}

fn choose_port(wanted: Option<u16>) -> Result<u16> {
    if let Some(port) = wanted {
        if is_free(port) {
            return Ok(port);
        }
        let hint = (PORT..PORT + TRIES)
            .find(|port| is_free(*port))
            .map_or_else(
                || "Choose another.".to_owned(),
                |free| format!("Port {free} is free: `cargo xtask start --port {free}`."),
            );
        bail!(
            "Port {port} cannot be used; most likely another program has it. Nothing was started. {hint}"
        );
    }
    // 0 lets the system choose.
    Ok((PORT..PORT + TRIES)
        .find(|port| is_free(*port))
        .unwrap_or(0))
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

/// Opens the page; where that is not possible, the printed address remains.
fn open_browser(url: &str) {
    let opener: &[&str] = if cfg!(target_os = "macos") {
        &["open"]
    } else if cfg!(windows) {
        &["cmd", "/c", "start"]
    } else {
        &["xdg-open"]
    };
    let mut command = process::program(opener[0]);
    command
        .args(&opener[1..])
        .arg(url)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if command.spawn().is_err() {
        println!("    No browser could be opened from here. Open the address yourself.");
    }
}
