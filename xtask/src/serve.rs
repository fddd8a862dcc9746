//! A small static server for this machine alone. It sends the headers a real host should send, so
//! that what works here works there.

use crate::headers::{self, ConnectSources};
use anyhow::{Result, anyhow};
use percent_encoding::percent_decode_str;
use std::fs::{self, File};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use tiny_http::{Header, Method, Request, Response, Server, StatusCode};

/// A page, its scripts and a worker are asked for at once; more threads would only wait.
const THREADS: usize = 4;

/// What is served.
pub(crate) struct Site {
    pub(crate) folder: PathBuf,
    /// Paths under which the site appears, each with a slash at both ends.
    pub(crate) mounts: Vec<String>,
    pub(crate) connect: ConnectSources,
}

/// A server that listens. It answers until the process ends.
pub(crate) struct Running {
    pub(crate) port: u16,
    threads: Vec<JoinHandle<()>>,
}

impl Running {
    /// The address of the site.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Serves for good.
    pub(crate) fn wait(self) {
        for thread in self.threads {
            // A thread that panicked has printed why; the others go on.
            let _ = thread.join();
        }
    }
}

/// Listens on a port of this machine; 0 means any free one. Fails when the port is taken.
pub(crate) fn serve(site: Site, port: u16) -> Result<Running> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let server =
        Server::http(address).map_err(|error| anyhow!("Cannot listen on {address}: {error}"))?;
    let port = server
        .server_addr()
        .to_ip()
        .map_or(port, |address| address.port());
    let shared = Arc::new((server, site));
    let threads = (0..THREADS)
        .map(|_| {
            let shared = Arc::clone(&shared);
            std::thread::spawn(move || {
                let (server, site) = &*shared;
                for request in server.incoming_requests() {
                    // A browser that closed the connection wants no answer any more.
                    let _ = answer(request, site);
                }
            })
        })
        .collect();
    Ok(Running { port, threads })
}

fn answer(request: Request, site: &Site) -> io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return respond(
            request,
            site,
            text(405, "This server only hands out files.\n"),
        );
    }
    match locate(request.url(), &site.mounts) {
        Target::Moved(url) => {
            let moved = text(301, "The page is one slash further.\n");
            respond(request, site, moved.with_header(header("Location", &url)))
        }
        Target::File(path) => match open(&site.folder.join(&path)) {
            Some(file) => {
                let cache = if path.starts_with("assets") {
                    headers::CACHE_FOREVER
                } else {
                    headers::CACHE_CHECKED
                };
                let response = Response::from_file(file)
                    .with_header(header("Content-Type", content_type(&path)))
                    .with_header(header("Cache-Control", cache));
                respond(request, site, response)
            }
            None => respond(request, site, text(404, "There is no such file.\n")),
        },
        Target::Nothing => respond(request, site, text(404, "There is no such file.\n")),
    }
}

fn respond<R: io::Read>(
    request: Request,
    site: &Site,
    mut response: Response<R>,
) -> io::Result<()> {
    for (name, value) in headers::security(&site.connect) {
        response.add_header(header(name, &value));
    }
    request.respond(response)
}

fn text(status: u16, message: &str) -> Response<io::Cursor<Vec<u8>>> {
    Response::from_string(message).with_status_code(StatusCode(status))
}

/// A header made of characters a header may have; others are left out.
fn header(name: &str, value: &str) -> Header {
    let visible: Vec<u8> = value
        .bytes()
        .filter(|byte| (b' '..=b'~').contains(byte))
        .collect();
    // Both parts are visible ASCII, which is all the constructor asks for.
    #[expect(clippy::expect_used)]
    Header::from_bytes(name.as_bytes(), visible).expect("visible ASCII makes a header")
}

fn open(path: &Path) -> Option<File> {
    fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    File::open(path).ok()
}

#[derive(Debug, PartialEq, Eq)]
enum Target {
    /// A file, relative to the folder of the site.
    File(PathBuf),
    /// The same page under its proper address.
    Moved(String),
    Nothing,
}

/// What a requested address means. Never leads outside the site.
fn locate(url: &str, mounts: &[String]) -> Target {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    if mounts
        .iter()
        .any(|mount| mount.strip_suffix('/') == Some(path) && !path.is_empty())
    {
        return Target::Moved(format!("{path}/"));
    }
    // The longest mount first: "/" is a part of every other.
    let Some(inside) = mounts
        .iter()
        .filter_map(|mount| path.strip_prefix(mount.as_str()))
        .min_by_key(|inside| inside.len())
    else {
        return Target::Nothing;
    };
    let Ok(decoded) = percent_decode_str(inside).decode_utf8() else {
        return Target::Nothing;
    };
    let mut file = PathBuf::new();
    for part in decoded.split('/') {
        if part == ".." || part.contains(['\\', ':', '\0']) {
            return Target::Nothing;
        }
        if !part.is_empty() && part != "." {
            file.push(part);
        }
    }
    if decoded.is_empty() || decoded.ends_with('/') {
        file.push("index.html");
    }
    Target::File(file)
}

fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("md" | "txt") => "text/plain; charset=utf-8",
        Some("zip") => "application/zip",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(url: &str) -> Target {
        locate(url, &["/".into(), "/a/b/".into()])
    }

    fn file(path: &str) -> Target {
        Target::File(path.into())
    }

    #[test]
    fn folders_mean_their_page() {
        assert_eq!(at("/"), file("index.html"));
        assert_eq!(at("/a/b/"), file("index.html"));
        assert_eq!(at("/?x=1#y"), file("index.html"));
    }

    #[test]
    fn a_mount_without_its_slash_is_moved() {
        assert_eq!(at("/a/b"), Target::Moved("/a/b/".into()));
    }

    #[test]
    fn files_are_found_under_every_mount() {
        assert_eq!(at("/assets/x.js"), file("assets/x.js"));
        assert_eq!(at("/a/b/assets/x.js?v"), file("assets/x.js"));
        assert_eq!(at("/samples/a%20b.json"), file("samples/a b.json"));
    }

    #[test]
    fn nothing_leads_outside_the_site() {
        for url in [
            "/../secret",
            "/%2e%2e/secret",
            "/a/..%2f..%2fsecret",
            "/..%5csecret",
            "/C:/x",
            "x",
        ] {
            assert_eq!(at(url), Target::Nothing, "{url}");
        }
    }
}
