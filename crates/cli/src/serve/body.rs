//! Bodies as they go over the wire: whole, or cut off with the connection.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use cognigy::http::Response;
use hyper::body::{Frame, SizeHint};
use hyper::header::{CONTENT_LENGTH, HeaderName, HeaderValue};

/// What is left to be sent of a body.
#[derive(Debug)]
pub(super) struct Body {
    bytes: Option<Bytes>,
    end: End,
}

/// How a body ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// Where it is announced to end.
    Whole,
    /// Before that. What was sent before is flushed first.
    Cut,
    /// It has been flushed.
    Flushed,
}

/// The body ends before it was announced to, and the connection with it.
#[derive(Debug)]
pub(super) struct CutOff;

impl std::fmt::Display for CutOff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the body is cut off on purpose")
    }
}

impl std::error::Error for CutOff {}

impl hyper::body::Body for Body {
    type Data = Bytes;
    type Error = CutOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, CutOff>>> {
        if let Some(bytes) = self.bytes.take().filter(|bytes| !bytes.is_empty()) {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        match self.end {
            End::Whole => Poll::Ready(None),
            End::Cut => {
                // The server flushes when it has to wait, and throws away what it holds when a body
                // fails.
                self.end = End::Flushed;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            End::Flushed => Poll::Ready(Some(Err(CutOff))),
        }
    }

    fn size_hint(&self) -> SizeHint {
        let length = self.bytes.as_ref().map_or(0, Bytes::len);
        match self.end {
            End::Whole => SizeHint::with_exact(u64::try_from(length).unwrap_or(u64::MAX)),
            End::Cut | End::Flushed => SizeHint::default(),
        }
    }
}

/// The response with all of its body.
pub(super) fn whole(response: Response) -> hyper::Response<Body> {
    let bytes = Bytes::from(response.body);
    let end = End::Whole;
    with_head(
        response.status,
        &response.headers,
        Body {
            bytes: Some(bytes),
            end,
        },
    )
}

/// The response with the first `sent` bytes of its body, although it announces all of them.
pub(super) fn cut(response: Response, sent: usize) -> hyper::Response<Body> {
    let bytes = Bytes::from(response.body);
    let length = bytes.len();
    let body = Body {
        bytes: Some(bytes.slice(..sent.min(length))),
        end: End::Cut,
    };
    let mut response = with_head(response.status, &response.headers, body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    response
}

fn with_head(status: u16, headers: &[(String, String)], body: Body) -> hyper::Response<Body> {
    let mut response = hyper::Response::new(body);
    // The tenant makes both; were one not to fit, the rest of the answer is worth having.
    if let Ok(status) = hyper::StatusCode::from_u16(status) {
        *response.status_mut() = status;
    }
    for (name, value) in headers {
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
            response.headers_mut().append(name, value);
        }
    }
    response
}
