//! `flowdeck tenant`: the practice tenant as a real HTTP server, on this machine alone. What it
//! answers is decided in the `tenant` crate; here are the port, the clock, and what a network does
//! to an answer: delays, cut bodies, dropped connections.

mod body;
mod cross_origin;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use cognigy::http::{Method, Request};
use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tenant::{Answer, Delivery, Samples, Tenant};
use tokio::net::{TcpListener, TcpStream};

use crate::arguments::TenantArguments;
use crate::failure::Failure;
use crate::output;
use body::Body;
use cross_origin::CrossOrigin;

/// The largest body that is taken, in bytes: as large as a document may be.
const MAX_BODY: usize = flow::json::MAX_BYTES;

/// What every connection shares.
#[derive(Debug)]
struct Shared {
    tenant: Mutex<Tenant>,
    address: SocketAddr,
    cross_origin: CrossOrigin,
}

/// The connection is dropped without an answer.
#[derive(Debug)]
struct Dropped;

impl std::fmt::Display for Dropped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the connection is dropped on purpose")
    }
}

impl std::error::Error for Dropped {}

/// Serves until Ctrl+C.
pub(crate) fn run(arguments: &TenantArguments) -> Result<(), Failure> {
    let mut tenant = Tenant::seeded(&samples()).map_err(Failure::Tenant)?;
    tenant.hide_headers(arguments.hide_headers);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Failure::Serve)?;
    runtime.block_on(serve(tenant, arguments))
}

fn samples() -> Samples {
    Samples::from_texts(
        [
            include_str!("../../../samples/hello.json"),
            include_str!("../../../samples/order-status.json"),
            include_str!("../../../samples/returns.json"),
            include_str!("../../../samples/workshop-appointment.json"),
            include_str!("../../../samples/customer-support.json"),
            include_str!("../../../samples/checkout-states.json"),
        ]
        .map(str::to_owned),
    )
}

async fn serve(tenant: Tenant, arguments: &TenantArguments) -> Result<(), Failure> {
    let port = arguments.port;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await
        .map_err(|source| Failure::Listen { port, source })?;
    let address = listener.local_addr().map_err(Failure::Serve)?;
    let shared = Arc::new(Shared {
        tenant: Mutex::new(tenant),
        address,
        cross_origin: CrossOrigin {
            takes_idempotency_key: !arguments.refuse_idempotency_key,
        },
    });
    output::deliver(
        &format!(
            "The practice tenant listens on http://{address}\n\
             Token URL http://{address}/oauth/token, client practice-client, secret \
             practice-secret.\nCtrl+C stops it.\n"
        ),
        None,
    )?;
    tokio::spawn(accept(listener, shared));
    tokio::signal::ctrl_c().await.map_err(Failure::Serve)
}

/// Takes connections for ever.
async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(connection(stream, Arc::clone(&shared)));
            }
            // Too many open files, or the peer is gone already: there may be room again soon.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn connection(stream: TcpStream, shared: Arc<Shared>) {
    let service = service_fn(|request| respond(request, Arc::clone(&shared)));
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service)
        .await;
    // A connection that breaks is the business of its other end; half of them break on purpose.
    drop(served);
}

async fn respond(
    request: hyper::Request<Incoming>,
    shared: Arc<Shared>,
) -> Result<hyper::Response<Body>, Dropped> {
    let Some(method) = method(request.method()) else {
        return Ok(plain(405, "The practice tenant knows no such method."));
    };
    let (head, body) = request.into_parts();
    let preflight = method == Method::Options;
    let Ok(body) = Limited::new(body, MAX_BODY).collect().await else {
        return Ok(plain(413, "The body is too large, or it broke off."));
    };
    let body: Bytes = body.to_bytes();
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    let asked = Request {
        method,
        url: format!("http://{}{path}", shared.address),
        headers: head
            .headers
            .iter()
            .map(|(name, value)| {
                let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                (name.as_str().to_owned(), value)
            })
            .collect(),
        body: (!body.is_empty()).then(|| body.to_vec()),
    };
    let answer = shared.answer(&asked);
    if answer.delay_ms > 0 {
        tokio::time::sleep(Duration::from_millis(answer.delay_ms)).await;
    }
    let exposed = answer.headers_exposed;
    let mut response = match answer.delivery {
        Delivery::Dropped => return Err(Dropped),
        Delivery::Whole(response) => body::whole(response),
        Delivery::Cut { response, sent } => body::cut(response, sent),
    };
    shared
        .cross_origin
        .permit(response.headers_mut(), preflight, exposed);
    Ok(response)
}

impl Shared {
    fn answer(&self, request: &Request) -> Answer {
        let now = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
        let now = u64::try_from(now.as_millis()).unwrap_or(u64::MAX);
        // A tenant that a panic left behind is still plain data.
        let mut tenant = self.tenant.lock().unwrap_or_else(PoisonError::into_inner);
        tenant.answer(request, now)
    }
}

fn plain(status: u16, text: &str) -> hyper::Response<Body> {
    body::whole(cognigy::http::Response {
        status,
        headers: vec![(
            "content-type".to_owned(),
            "text/plain; charset=utf-8".to_owned(),
        )],
        body: text.as_bytes().to_vec(),
    })
}

fn method(method: &hyper::Method) -> Option<Method> {
    [
        Method::Get,
        Method::Head,
        Method::Post,
        Method::Put,
        Method::Patch,
        Method::Delete,
        Method::Options,
    ]
    .into_iter()
    .find(|known| known.as_str() == method.as_str())
}
