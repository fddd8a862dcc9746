//! What comes back from the tenant: the response a call made, and how it is delivered.

use cognigy::http::Response;
use serde::Serialize;

use crate::refusal::Refusal;

/// What comes back, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What arrives.
    pub delivery: Delivery,
    /// How long it takes to arrive, in milliseconds.
    pub delay_ms: u64,
    /// Whether a page of another origin may read `ETag` and `Retry-After`. The response has them
    /// either way; [`Answer::as_seen_by_page`] takes them out.
    pub headers_exposed: bool,
}

/// What arrives of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// All of it.
    Whole(Response),
    /// Its headers, which announce the whole length, and the first bytes of its body; then the
    /// connection closes.
    Cut {
        /// The whole response.
        response: Response,
        /// How many bytes of its body arrive.
        sent: usize,
    },
    /// Nothing: the connection closes.
    Dropped,
}

/// The headers a page of another origin sees only where the server exposes them.
const EXPOSABLE: [&str; 2] = ["etag", "retry-after"];

impl Answer {
    /// The response that arrives whole, if one does.
    pub fn response(&self) -> Option<&Response> {
        match &self.delivery {
            Delivery::Whole(response) => Some(response),
            Delivery::Cut { .. } | Delivery::Dropped => None,
        }
    }

    /// The answer as a page of another origin sees it: without the headers that are not exposed.
    #[must_use]
    pub fn as_seen_by_page(mut self) -> Self {
        if !self.headers_exposed {
            match &mut self.delivery {
                Delivery::Whole(response) | Delivery::Cut { response, .. } => response
                    .headers
                    .retain(|(name, _)| !EXPOSABLE.contains(&name.as_str())),
                Delivery::Dropped => {}
            }
        }
        self
    }
}

/// The response of a call, before anything happens to it on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Reply {
    /// A JSON body. What the tenant writes is plain data with names as keys, so it can be written.
    pub(crate) fn json(status: u16, value: &impl Serialize) -> Result<Self, Refusal> {
        let body = serde_json::to_string(value).map_err(|_| Refusal::Internal)?;
        Ok(Self::text(status, "application/json; charset=utf-8", body))
    }

    /// A body of some media type.
    pub(crate) fn text(status: u16, media_type: &str, body: String) -> Self {
        Self {
            status,
            headers: vec![("content-type".to_owned(), media_type.to_owned())],
            body,
        }
    }

    /// No body.
    pub(crate) fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: String::new(),
        }
    }

    /// With a header; `name` in lower case.
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    pub(crate) fn into_response(self) -> Response {
        Response {
            status: self.status,
            headers: self.headers,
            body: self.body.into_bytes(),
        }
    }
}
