//! Carries requests to tenants with `fetch`. A page learns little about a request that failed; this
//! finds out what can be found out. Nothing of a request or an answer is written anywhere.

use std::cell::RefCell;
use std::collections::BTreeSet;

use cognigy::http::{Method, Request, Response};
use cognigy::ports::{LocalBoxFuture, Transport, TransportError};
use gloo_net::http::RequestBuilder;
use web_sys::{
    AbortController, ReferrerPolicy, RequestCache, RequestCredentials, RequestMode, RequestRedirect,
};

use super::clock::sleep;
use super::page::window;

/// How long it may take to find out whether a host is there at all, in milliseconds.
const PROBE: u64 = 4_000;

/// Requests over the network.
#[derive(Debug, Default)]
pub struct Fetch {
    /// The kinds of requests that have been answered: what got through once is not forbidden.
    answered: RefCell<BTreeSet<String>>,
}

impl Transport for Fetch {
    fn send(
        &self,
        request: Request,
        deadline: u64,
    ) -> LocalBoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            let shape = shape(&request);
            let answer = in_time(deadline, |abort| exchange(&request, abort)).await;
            match answer {
                None => Err(TransportError::Timeout),
                Some(Ok(response)) => {
                    self.answered.borrow_mut().insert(shape);
                    Ok(response)
                }
                Some(Err(_)) if !window().navigator().on_line() => Err(TransportError::Offline),
                Some(Err(_)) if self.answered.borrow().contains(&shape) => {
                    Err(TransportError::Dropped)
                }
                Some(Err(_)) => Err(why(&request.url).await),
            }
        })
    }
}

/// What the browser decides by whether a page may send it: the host, the method, the headers.
fn shape(request: &Request) -> String {
    let names: Vec<&str> = request.headers.iter().map(|(name, _)| &**name).collect();
    format!(
        "{} {} {}",
        request.method.as_str(),
        origin(&request.url),
        names.join(",")
    )
}

fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    let end = url[host..].find('/').map_or(url.len(), |at| host + at);
    &url[..end]
}

/// Runs what an abort signal can stop, for so long. Dropping the future stops it too.
async fn in_time<T, F: Future<Output = T>>(
    deadline: u64,
    run: impl FnOnce(Option<web_sys::AbortSignal>) -> F,
) -> Option<T> {
    let stop = Stop(AbortController::new().ok());
    let running = run(stop.0.as_ref().map(AbortController::signal));
    let (mut running, mut late) = (std::pin::pin!(running), std::pin::pin!(sleep(deadline)));
    std::future::poll_fn(|context| {
        if let std::task::Poll::Ready(result) = running.as_mut().poll(context) {
            return std::task::Poll::Ready(Some(result));
        }
        late.as_mut().poll(context).map(|()| None)
    })
    .await
}

/// Stops a request that nobody waits for any more.
struct Stop(Option<AbortController>);

impl Drop for Stop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

fn builder(url: &str, abort: Option<&web_sys::AbortSignal>) -> RequestBuilder {
    RequestBuilder::new(url)
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(abort)
}

async fn exchange(
    request: &Request,
    abort: Option<web_sys::AbortSignal>,
) -> Result<Response, gloo_net::Error> {
    let method = match request.method {
        Method::Get => gloo_net::http::Method::GET,
        Method::Head => gloo_net::http::Method::HEAD,
        Method::Post => gloo_net::http::Method::POST,
        Method::Put => gloo_net::http::Method::PUT,
        Method::Patch => gloo_net::http::Method::PATCH,
        Method::Delete => gloo_net::http::Method::DELETE,
        Method::Options => gloo_net::http::Method::OPTIONS,
    };
    let mut builder = builder(&request.url, abort.as_ref())
        .method(method)
        .redirect(RequestRedirect::Error);
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    let built = match &request.body {
        Some(body) => builder.body(js_sys::Uint8Array::from(body.as_slice()))?,
        None => builder.build()?,
    };
    let answer = built.send().await?;
    let headers = answer.headers().entries();
    let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value));
    Ok(Response {
        status: answer.status(),
        headers: headers.collect(),
        body: answer.binary().await?,
    })
}

/// Why a request got no answer: asked whether the host is there, without reading what it says. A host
/// that is there has been kept from the page by the browser.
async fn why(url: &str) -> TransportError {
    let page = window().location().protocol().unwrap_or_default();
    if page == "https:" && url.starts_with("http://") {
        return TransportError::Blocked;
    }
    let probe = in_time(PROBE, |abort| async move {
        let probe = builder(&format!("{}/", origin(url)), abort.as_ref())
            .mode(RequestMode::NoCors)
            .build()?;
        probe.send().await
    });
    match probe.await {
        Some(Ok(_)) => TransportError::Blocked,
        Some(Err(_)) | None => TransportError::Dropped,
    }
}
