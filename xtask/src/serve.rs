//! A small static server for this machine alone. It sends the headers a real host should send, so
//! that what works here works there.

use crate::headers::{self, ConnectSources};
use anyhow::{Context, Result};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

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
    thread: JoinHandle<std::io::Result<()>>,
}

impl Running {
    /// The address of the site.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Serves for good; fails when the server cannot go on.
    pub(crate) fn wait(self) -> Result<()> {
        match self.thread.join() {
            Ok(ended) => ended.context("The server ended. Start it again."),
            // What a thread that panicked had to say, it has printed.
            Err(_) => anyhow::bail!("The server broke down. Start it again."),
        }
    }
}

/// Listens on a port of this machine; 0 means any free one. Fails when the port is taken.
pub(crate) fn serve(site: Site, port: u16) -> Result<Running> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let cannot = || format!("Cannot listen on {address}.");
    let listener = TcpListener::bind(address).with_context(cannot)?;
    listener.set_nonblocking(true).with_context(cannot)?;
    let port = listener.local_addr().with_context(cannot)?.port();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_io()
        .build()
        .context("Cannot start the server.")?;
    let headers = security_headers(&site.connect)?;
    let state = Arc::new((site, headers));
    let thread = std::thread::spawn(move || {
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            let router = Router::new().fallback(move |method: Method, uri: Uri| {
                let state = Arc::clone(&state);
                async move {
                    let (site, headers) = &*state;
                    let mut response = answer(&method, &uri, site).await;
                    response.headers_mut().extend(headers.clone());
                    response
                }
            });
            axum::serve(listener, router).await
        })
    });
    Ok(Running { port, thread })
}

fn security_headers(connect: &ConnectSources) -> Result<HeaderMap> {
    headers::security(connect)
        .into_iter()
        .map(|(name, value)| {
            Ok((
                HeaderName::try_from(name)?,
                HeaderValue::try_from(value.as_str())?,
            ))
        })
        .collect()
}

async fn answer(method: &Method, uri: &Uri, site: &Site) -> Response {
    if !matches!(*method, Method::GET | Method::HEAD) {
        let message = "This server only hands out files.\n";
        return (StatusCode::METHOD_NOT_ALLOWED, message).into_response();
    }
    let nothing = (StatusCode::NOT_FOUND, "There is no such file.\n");
    match locate(uri.path(), &site.mounts) {
        Target::Moved(url) => (
            StatusCode::MOVED_PERMANENTLY,
            [(header::LOCATION, url)],
            "The page is one slash further.\n",
        )
            .into_response(),
        Target::File(path) => match tokio::fs::read(site.folder.join(&path)).await {
            Ok(content) => {
                let cache = if path.starts_with("assets") {
                    headers::CACHE_FOREVER
                } else {
                    headers::CACHE_CHECKED
                };
                (
                    [
                        (header::CONTENT_TYPE, content_type(&path)),
                        (header::CACHE_CONTROL, cache),
                    ],
                    Body::from(content),
                )
                    .into_response()
            }
            Err(_) => nothing.into_response(),
        },
        Target::Nothing => nothing.into_response(),
    }
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

    /// A browser keeps its connections open. None of them may wait for another one to end.
    #[test]
    fn many_open_connections_are_all_answered() {
        use std::io::{Read, Write};
        use std::net::TcpStream;
        let folder = std::env::temp_dir().join(format!("flowdeck-serve-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("index.html"), "<!doctype html>").unwrap();
        let running = serve(
            Site {
                folder: folder.clone(),
                mounts: vec!["/".into()],
                connect: ConnectSources::default(),
            },
            0,
        )
        .unwrap();
        let mut open: Vec<_> = (0..64)
            .map(|_| {
                let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, running.port)).unwrap();
                stream
                    .set_read_timeout(Some(std::time::Duration::from_mins(1)))
                    .unwrap();
                stream
                    .write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .unwrap();
                stream
            })
            .collect();
        for stream in &mut open {
            let mut start = [0; 15];
            stream.read_exact(&mut start).unwrap();
            assert_eq!(&start, b"HTTP/1.1 200 OK");
        }
        std::fs::remove_dir_all(folder).unwrap();
    }
}
