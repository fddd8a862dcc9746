//! One call to the platform, described before it is sent.

use serde_json::Value;

use crate::address::escape;
use crate::answer::Place;
use crate::area::Area;
use crate::error::Error;
use crate::http::{Method, Response};
use crate::send::Pace;

/// What is asked of the platform.
#[derive(Clone, Debug)]
pub struct Call {
    pub(crate) method: Method,
    /// From the base URL on, escaped.
    pub(crate) path: String,
    pub(crate) body: Option<String>,
    pub(crate) area: Area,
    pub(crate) pace: Option<Pace>,
    pub(crate) if_match: Option<String>,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) polling: bool,
    pub(crate) patient: bool,
    pub(crate) final_failure: Option<fn(&Error) -> bool>,
    /// Whether an id in the path is empty or would climb the path.
    pub(crate) unusable_id: bool,
}

impl Call {
    fn new(method: Method, area: Area, segments: &[&str]) -> Self {
        let escaped: Vec<String> = segments.iter().map(|segment| escape(segment)).collect();
        Self {
            method,
            path: format!("/{}", escaped.join("/")),
            body: None,
            area,
            pace: None,
            if_match: None,
            idempotency_key: None,
            polling: false,
            patient: false,
            final_failure: None,
            unusable_id: segments
                .iter()
                .any(|segment| ["", ".", ".."].contains(segment)),
        }
    }

    /// Reads. `segments` are the parts of the path, unescaped.
    pub fn get(area: Area, segments: &[&str]) -> Self {
        Self::new(Method::Get, area, segments)
    }

    /// Creates or starts something.
    pub fn post(area: Area, segments: &[&str], body: Option<String>) -> Self {
        Self {
            body,
            ..Self::new(Method::Post, area, segments)
        }
    }

    /// Changes a part of something.
    pub fn patch(area: Area, segments: &[&str], body: String) -> Self {
        Self {
            body: Some(body),
            ..Self::new(Method::Patch, area, segments)
        }
    }

    /// With a field in the query.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        let sign = if self.path.contains('?') { '&' } else { '?' };
        self.path = format!("{}{sign}{name}={}", self.path, escape(value));
        self
    }

    /// At the pace of a bot or a dialog.
    pub fn paced(mut self, pace: Pace) -> Self {
        self.pace = Some(pace);
        self
    }

    /// Only when the thing is still in the version with this mark. Such a change may be repeated.
    pub fn if_match(mut self, etag: Option<&str>) -> Self {
        self.if_match = etag.map(str::to_owned);
        self
    }

    /// With the key that tells repetitions of one intent from new ones, where the connection sends
    /// such keys.
    pub fn idempotency_key(mut self, key: &str) -> Self {
        self.idempotency_key = Some(key.to_owned());
        self
    }

    /// As one of many looks at a job: it is repeated more often.
    pub fn polling(mut self) -> Self {
        self.polling = true;
        self
    }

    /// To be sent even if that means waiting for the breaker: so much depends on it.
    pub fn patient(mut self, patient: bool) -> Self {
        self.patient = patient;
        self
    }

    /// Once and no more, for a call that only tries whether it gets through.
    pub(crate) fn unrepeated(self) -> Self {
        self.final_failure(|_| true)
    }

    /// Failures that say something about the request after all and are not repeated.
    pub fn final_failure(mut self, is_final: fn(&Error) -> bool) -> Self {
        self.final_failure = Some(is_final);
        self
    }

    /// Whether sending it twice does no more than sending it once.
    pub(crate) fn is_repeatable(&self) -> bool {
        match self.method {
            Method::Get | Method::Head | Method::Put | Method::Delete | Method::Options => true,
            Method::Patch => self.if_match.is_some(),
            Method::Post => false,
        }
    }

    /// Whether it changes nothing by its nature.
    pub(crate) fn is_read(&self) -> bool {
        matches!(self.method, Method::Get | Method::Head | Method::Options)
    }
}

/// A good answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The body.
    pub body: Value,
    /// The body as it came.
    pub text: String,
    /// The version mark of the thing: from the header, else from the body.
    pub etag: Option<String>,
}

impl Answer {
    /// Reads a body. An empty one is null where nothing is asked of it.
    pub(crate) fn read(response: &Response) -> Result<Self, Error> {
        let body = if response.body.is_empty() {
            Value::Null
        } else {
            crate::answer::json(&response.body)?
        };
        let in_body = || body.get("etag").and_then(Value::as_str);
        let etag = response.header("etag").or_else(in_body).map(str::to_owned);
        Ok(Self {
            text: String::from_utf8_lossy(&response.body).into_owned(),
            etag,
            body,
        })
    }

    pub(crate) fn root(&self) -> Place<'_> {
        Place::root(&self.body)
    }
}
