//! `flowdeck tenant` as others meet it: a port, bytes on a connection, and how a connection ends.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, ExitStatus, Stdio};

/// A server on a port of its own, ended with the test.
struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    fn start(options: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_flowdeck"))
            .args(["tenant", "--port", "0"])
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        lines.read_line(&mut first).unwrap();
        let address = first.trim().rsplit("http://").next().unwrap();
        let address = address.parse().unwrap_or_else(|_| panic!("{first}"));
        Self { child, address }
    }

    fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).unwrap()
    }

    /// Sends a request on a connection of its own, which the server closes, and takes all bytes.
    fn send(&self, call: &str, headers: &str, body: &str) -> Heard {
        let mut stream = self.connect();
        let length = body.len();
        let request = format!(
            "{call} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\nauthorization: Bearer \
             practice-token\r\n{headers}content-length: {length}\r\n\r\n{body}",
            self.address
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        // A connection that is dropped may be reset, which is as good an end as any.
        let ended = stream.read_to_end(&mut bytes);
        assert!(ended.is_ok() || bytes.is_empty(), "{ended:?}");
        Heard::of(&bytes)
    }

    fn fault(&self, fault: &str) {
        let heard = self.send("POST /__practice/faults", "", fault);
        assert_eq!(heard.status, 201, "{}", heard.body);
    }

    fn end(&mut self) -> ExitStatus {
        self.child.kill().unwrap();
        self.child.wait().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

/// What came over a connection.
#[derive(Debug)]
struct Heard {
    /// 0 when nothing came.
    status: u16,
    head: String,
    body: String,
}

impl Heard {
    fn of(bytes: &[u8]) -> Self {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head
            .split(' ')
            .nth(1)
            .map_or(0, |status| status.parse().unwrap());
        Self {
            status,
            head: head.to_ascii_lowercase(),
            body: body.to_owned(),
        }
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().skip(1);
        lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

const EXPORT: &str = "GET /api/v2/dialogs/hello/export";
const RUNTIME: &str = "GET /runtime/v2/dialogs/d-5f0c2a/state";

#[test]
fn answers_are_sent_with_permissions_for_pages() {
    let server = Server::start(&[]);
    assert!(server.address.ip().is_loopback());
    let heard = server.send(RUNTIME, "origin: https://example.org\r\n", "");
    assert_eq!(heard.status, 200, "{heard:?}");
    assert!(heard.body.contains("\"basketPrompts\":1"));
    assert!(heard.header("etag").is_some());
    assert_eq!(heard.header("access-control-allow-origin"), Some("*"));
    assert_eq!(
        heard.header("access-control-expose-headers"),
        Some("etag, retry-after")
    );
    assert!(heard.header("access-control-allow-methods").is_none());
}

#[test]
fn a_token_is_granted_and_good() {
    let server = Server::start(&[]);
    let form =
        "grant_type=client_credentials&client_id=practice-client&client_secret=practice-secret";
    let kind = "content-type: application/x-www-form-urlencoded\r\n";
    let granted = server.send("POST /oauth/token", kind, form);
    let granted: serde_json::Value = serde_json::from_str(&granted.body).unwrap();
    let mut stream = server.connect();
    let token = granted["access_token"].as_str().unwrap();
    write!(
        stream,
        "{EXPORT} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\r\n"
    )
    .unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 200 OK\r\n"), "{text}");
}

#[test]
fn a_preflight_permits_what_calls_need() {
    let server = Server::start(&[]);
    let asks = "origin: https://example.org\r\naccess-control-request-method: PATCH\r\n\
                access-control-request-headers: authorization,if-match\r\n";
    let heard = server.send("OPTIONS /api/v1/context", asks, "");
    assert_eq!(heard.status, 204);
    let headers = heard.header("access-control-allow-headers").unwrap();
    for header in [
        "authorization",
        "content-type",
        "if-match",
        "idempotency-key",
        "x-source",
    ] {
        assert!(headers.split(", ").any(|one| one == header), "{headers}");
    }
    assert!(
        heard
            .header("access-control-allow-methods")
            .unwrap()
            .contains("patch")
    );
}

#[test]
fn switches_hide_headers_and_refuse_the_idempotency_key() {
    let server = Server::start(&["--hide-headers", "--refuse-idempotency-key"]);
    let heard = server.send(RUNTIME, "", "");
    assert!(heard.header("etag").is_some());
    assert!(heard.header("access-control-expose-headers").is_none());
    let heard = server.send("OPTIONS /api/v1/simulations", "", "");
    assert!(
        !heard
            .header("access-control-allow-headers")
            .unwrap()
            .contains("idempotency-key")
    );
}

#[test]
fn a_connection_is_really_dropped_before_or_after_the_effect() {
    let server = Server::start(&[]);
    let body = include_str!("../../../samples/hello.json");
    let publish = "POST /api/v2/dialogs/hello/versions";
    let count = || {
        let state = server.send("GET /__practice/state", "", "").body;
        let state: serde_json::Value = serde_json::from_str(&state).unwrap();
        state["world"]["dialogs"]["hello"]["versions"]
            .as_array()
            .unwrap()
            .len()
    };
    let before = count();
    for (kind, published) in [("dropBefore", 0), ("dropAfter", 1)] {
        server.fault(&format!(r#"{{"kind":"{kind}","call":"publish"}}"#));
        let heard = server.send(publish, "", body);
        assert_eq!((heard.status, heard.head.as_str()), (0, ""));
        assert_eq!(count(), before + published);
    }
    assert_eq!(server.send(publish, "", body).status, 201);
}

#[test]
fn a_body_is_really_cut() {
    let server = Server::start(&[]);
    let whole = server.send(EXPORT, "", "");
    server.fault(r#"{"kind":"cutBody","call":"export"}"#);
    let cut = server.send(EXPORT, "", "");
    assert_eq!(cut.status, 200);
    assert_eq!(
        cut.header("content-length").unwrap(),
        whole.body.len().to_string()
    );
    assert_eq!(cut.body.len(), whole.body.len() / 2);
    assert!(whole.body.starts_with(&cut.body));
}

#[test]
fn a_delay_is_really_waited_for() {
    let server = Server::start(&[]);
    server.fault(r#"{"kind":"delay","call":"export","ms":300}"#);
    let before = std::time::Instant::now();
    assert_eq!(server.send(EXPORT, "", "").status, 200);
    assert!(before.elapsed().as_millis() >= 300);
}

#[test]
fn one_connection_serves_many_requests() {
    let server = Server::start(&[]);
    let mut stream = BufReader::new(server.connect());
    for _ in 0..3 {
        let request = b"HEAD /api/v2/dialogs/none/export HTTP/1.1\r\nhost: x\r\n\r\n";
        stream.get_mut().write_all(request).unwrap();
        let mut first = String::new();
        stream.read_line(&mut first).unwrap();
        assert_eq!(first, "HTTP/1.1 401 Unauthorized\r\n");
        let mut line = String::new();
        while line != "\r\n" {
            line.clear();
            assert_ne!(stream.read_line(&mut line).unwrap(), 0);
        }
    }
}

#[test]
fn what_is_no_http_does_no_harm() {
    let server = Server::start(&[]);
    for bytes in [
        &b"\x16\x03\x01\x02\x00"[..],
        b"GET\r\n\r\n",
        b"BREW / HTTP/1.1\r\nhost: x\r\n\r\n",
    ] {
        let mut stream = server.connect();
        stream.write_all(bytes).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut heard = Vec::new();
        stream.read_to_end(&mut heard).unwrap();
        assert!(
            heard.is_empty() || heard.starts_with(b"HTTP/1.1 4"),
            "{heard:?}"
        );
    }
    assert_eq!(server.send(EXPORT, "", "").status, 200);
}

#[test]
fn a_port_that_is_taken_is_told() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ran = Command::new(env!("CARGO_BIN_EXE_flowdeck"))
        .args(["tenant", "--port", port.as_str()])
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(2));
    let stderr = String::from_utf8(ran.stderr).unwrap();
    assert!(
        stderr.contains(&format!(
            "Port {port} of this machine cannot be used: another program has it."
        )),
        "{stderr}"
    );
}

#[cfg(unix)]
#[test]
fn it_ends_when_it_is_interrupted() {
    let mut server = Server::start(&[]);
    let interrupted = Command::new("kill")
        .args(["-INT", &server.child.id().to_string()])
        .status()
        .unwrap();
    assert!(interrupted.success());
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
}
