//! A request as a call sees it: the names in its path, its query, its body read as JSON, the time.

use std::borrow::Cow;

use cognigy::http::{Method, Request};
use flow::json::{Kind, Tree, decode_text, parse};
use percent_encoding::percent_decode_str;

use crate::calls::{CALLS, Call};
use crate::faults::FaultKind;
use crate::refusal::Refusal;
use crate::rehearse::Rehearse;
use crate::validate::read_flaws;

/// A request that found its call.
#[derive(Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub(crate) call: &'static Call,
    /// The parts of the path that the call leaves open, decoded.
    pub(crate) names: &'a [String],
    pub(crate) request: &'a Request,
    /// In milliseconds since 1970.
    pub(crate) now: u64,
    /// Runs flows.
    pub(crate) rehearse: &'a dyn Rehearse,
    /// What goes wrong inside the call.
    pub(crate) fault: Option<&'a FaultKind>,
}

impl Ask<'_> {
    /// The open part of the path at `index`.
    pub(crate) fn name(&self, index: usize) -> &str {
        self.names.get(index).map_or("", String::as_str)
    }

    /// A parameter of the query, decoded.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        let (_, query) = split_url(&self.request.url);
        form_urlencoded::parse(query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }

    /// The body as a JSON object.
    pub(crate) fn object(&self) -> Result<Tree, Refusal> {
        let bytes = self.request.body.as_deref().unwrap_or_default();
        let text = decode_text(bytes).map_err(|error| invalid_json(&[error]))?;
        let tree =
            parse(Cow::from(text).as_ref().into()).map_err(|errors| invalid_json(&errors))?;
        if tree.root().kind() == Kind::Object {
            Ok(tree)
        } else {
            let found = tree.root().kind().describe();
            let message = format!("Expected a JSON object, found {found}.");
            Err(Refusal::flaw("invalidBody", "", message))
        }
    }
}

fn invalid_json(errors: &[flow::json::ReadError]) -> Refusal {
    Refusal::Invalid {
        code: "invalidJson",
        message: "The body is not JSON as it is read here. Nothing was changed.".to_owned(),
        flaws: read_flaws(errors, ""),
    }
}

/// Path and query of a URL, with or without scheme and host.
pub(crate) fn split_url(url: &str) -> (&str, &str) {
    let url = url.split('#').next().unwrap_or_default();
    let (before, query) = url.split_once('?').unwrap_or((url, ""));
    let path = match before.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |slash| &rest[slash..]),
        None => before,
    };
    (path, query)
}

/// The decoded segments of a path. What is not UTF-8 when decoded names nothing.
pub(crate) fn segments(path: &str) -> Vec<String> {
    path.trim_matches('/')
        .split('/')
        .map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned())
        .collect()
}

/// The call a request makes, and the names in its path. `HEAD` is answered like `GET`: leaving the
/// body out is the business of whoever sends it.
pub(crate) fn find(
    method: Method,
    segments: &[String],
) -> Result<(&'static Call, Vec<String>), Refusal> {
    let method = match method {
        Method::Head => Method::Get,
        other => other,
    };
    let mut others = Vec::new();
    for call in CALLS {
        if let Some(names) = call.names_in(segments) {
            if call.method == method {
                return Ok((call, names));
            }
            others.push(call.method.as_str());
        }
    }
    if others.is_empty() {
        Err(Refusal::NoSuchCall)
    } else {
        Err(Refusal::Method(others))
    }
}
